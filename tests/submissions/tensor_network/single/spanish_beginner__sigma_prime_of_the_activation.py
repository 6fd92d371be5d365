# Red neuronal con tensores (sin autograd y con autograd)
import numpy as np
import torch


def sigmoid(x):
    # torch ya la tiene y no se desborda
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    s = sigmoid(sigmoid_output)
    pendiente = s * (1 - s)
    return pendiente


def forward_pass(X, W1, b1, W2, b2):
    entrada_oculta = X @ W1 + b1
    oculta = sigmoid(entrada_oculta)
    entrada_salida = oculta @ W2 + b2
    salida = sigmoid(entrada_salida)
    return salida, oculta, entrada_oculta, entrada_salida


def compute_loss(y_pred, y):
    diferencia = y_pred - y
    return torch.mean(diferencia ** 2)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    cantidad = y.shape[0] * y.shape[1]

    # capa de salida
    error = y_pred - y
    delta_salida = 2 * error / cantidad * y_pred * (1 - y_pred)
    dW2 = h.T @ delta_salida
    db2 = torch.sum(delta_salida, dim=0)

    # capa oculta
    delta_oculta = (delta_salida @ W2.T) * h * (1 - h)
    dW1 = X.T @ delta_oculta
    db1 = torch.sum(delta_oculta, dim=0)

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1_nuevo = W1 - learning_rate * dW1
    b1_nuevo = b1 - learning_rate * db1
    W2_nuevo = W2 - learning_rate * dW2
    b2_nuevo = b2 - learning_rate * db2
    return W1_nuevo, b1_nuevo, W2_nuevo, b2_nuevo


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    perdidas = []
    for epoca in range(n_epochs):
        salida, oculta, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        perdida = compute_loss(salida, y)
        perdidas.append(perdida.item())
        dW1, db1, dW2, db2 = backward_pass(X, y, salida, oculta, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, perdidas


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    perdidas = []
    for epoca in range(n_epochs):
        salida, _, _, _ = forward_pass(X, W1, b1, W2, b2)
        perdida = compute_loss(salida, y)
        perdidas.append(perdida.item())
        perdida.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
            # si no, se suman
            W1.grad.zero_()
            b1.grad.zero_()
            W2.grad.zero_()
            b2.grad.zero_()
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), perdidas


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    eje_x = np.linspace(x_range[0], x_range[1], n)
    eje_y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(eje_x, eje_y)
    puntos = np.column_stack((xx.ravel(), yy.ravel()))
    puntos = torch.tensor(puntos, dtype=W1.dtype)
    salida, _, _, _ = forward_pass(puntos, W1, b1, W2, b2)
    return xx, yy, salida.reshape(n, n)
