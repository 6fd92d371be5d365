"""Práctica 3: red neuronal con tensores (sin autograd y con él)."""
import numpy as np
import torch

UNO = 1.0


def sigmoid(x):
    return UNO / (UNO + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (UNO - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    memoria = {}
    memoria["z1"] = X @ W1 + b1
    memoria["h"] = sigmoid(memoria["z1"])
    memoria["z2"] = memoria["h"] @ W2 + b2
    memoria["salida"] = sigmoid(memoria["z2"])
    return tuple(memoria[c] for c in ("salida", "h", "z1", "z2"))


def compute_loss(y_pred, y):
    return torch.pow(y - y_pred, 2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    total = y.size(0) * y.size(1)
    grad = {}
    # capa de salida
    delta_salida = -2 * (y - y_pred) / total * sigmoid_derivative(y_pred)
    grad["W2"] = h.T @ delta_salida
    grad["b2"] = delta_salida.sum(axis=0)
    # capa oculta: la derivada se evalúa en z1
    delta_oculta = delta_salida @ W2.T
    delta_oculta = delta_oculta * sigmoid_derivative(z1)
    grad["W1"] = X.T @ delta_oculta
    grad["b1"] = delta_oculta.sum(axis=0)
    return grad["W1"], grad["b1"], grad["W2"], grad["b2"]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    nuevos = []
    for parametro, gradiente in zip([W1, b1, W2, b2], [dW1, db1, dW2, db2]):
        paso = learning_rate * gradiente
        nuevos.append(parametro - paso)
    return nuevos[0], nuevos[1], nuevos[2], nuevos[3]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    historial = []
    for _ in range(n_epochs):
        salida, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        historial.append(compute_loss(salida, y).item())
        gradientes = backward_pass(X, y, salida, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradientes, learning_rate)
    return W1, b1, W2, b2, historial


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    hojas = {}
    for nombre, valor in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
        hojas[nombre] = valor.detach().clone().requires_grad_(True)
    historial = []
    for _ in range(n_epochs):
        salida = forward_pass(X, **hojas)[0]
        perdida = compute_loss(salida, y)
        historial.append(perdida.item())
        perdida.backward()
        with torch.no_grad():
            for hoja in hojas.values():
                hoja -= learning_rate * hoja.grad
                hoja.grad.zero_()
    return hojas["W1"].detach(), hojas["b1"].detach(), hojas["W2"].detach(), hojas["b2"].detach(), historial


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    eje_x = np.linspace(x_range[0], x_range[1], n)
    eje_y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(eje_x, eje_y)
    puntos = torch.tensor(np.hstack([xx.reshape(-1, 1), yy.reshape(-1, 1)]), dtype=W1.dtype)
    return xx, yy, forward_pass(puntos, W1, b1, W2, b2)[0].reshape(n, n)
