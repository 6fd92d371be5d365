# Red neuronal de una capa oculta con tensores
# Practica 4

import numpy as np
import torch


def sigmoid(x):
    # para x muy negativo exp(-x) = inf, y 1/inf = 0: correcto
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    salida = sigmoid_output
    return salida * (1 - salida)


def forward_pass(X, W1, b1, W2, b2):
    suma_oculta = X.mm(W1) + b1
    oculta = sigmoid(suma_oculta)
    suma_salida = oculta.mm(W2) + b2
    salida = sigmoid(suma_salida)
    return salida, oculta, suma_oculta, suma_salida


def compute_loss(y_pred, y):
    error = y_pred - y
    return (error ** 2).sum() / error.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    cuantos = y_pred.numel()
    # regla de la cadena, factor por factor
    dperdida_dsalida = 2 * (y_pred - y) / cuantos
    dsalida_dsuma = sigmoid_derivative(y_pred)
    delta_salida = dperdida_dsalida * dsalida_dsuma
    dperdida_doculta = delta_salida.mm(W2.t())
    doculta_dsuma = sigmoid_derivative(h)
    delta_oculta = dperdida_doculta * doculta_dsuma
    return (
        X.t().mm(delta_oculta),
        delta_oculta.sum(dim=0),
        h.t().mm(delta_salida),
        delta_salida.sum(dim=0),
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def paso(parametro, gradiente):
        # un paso cuesta abajo
        parametro -= learning_rate * gradiente
        return parametro

    return paso(W1, dW1), paso(b1, db1), paso(W2, dW2), paso(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    perdidas = []
    for epoca in range(n_epochs):
        salida, oculta, suma1, suma2 = forward_pass(X, W1, b1, W2, b2)
        perdida = compute_loss(salida, y)
        perdidas.append(perdida.item())
        gW1, gb1, gW2, gb2 = backward_pass(X, y, salida, oculta, suma1, suma2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, gW1, gb1, gW2, gb2, learning_rate)
    return W1, b1, W2, b2, perdidas


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    pesos1 = W1.detach().clone(); pesos1.requires_grad = True
    sesgo1 = b1.detach().clone(); sesgo1.requires_grad = True
    pesos2 = W2.detach().clone(); pesos2.requires_grad = True
    sesgo2 = b2.detach().clone(); sesgo2.requires_grad = True
    todos = [pesos1, sesgo1, pesos2, sesgo2]

    perdidas = []
    for epoca in range(n_epochs):
        salida, _, _, _ = forward_pass(X, pesos1, sesgo1, pesos2, sesgo2)
        perdida = compute_loss(salida, y)
        perdidas.append(perdida.item())
        perdida.backward()
        with torch.no_grad():
            for t in todos:
                t -= learning_rate * t.grad
                t.grad.zero_()
    return pesos1.detach(), sesgo1.detach(), pesos2.detach(), sesgo2.detach(), perdidas


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    eje_x = np.linspace(x_range[0], x_range[1], n)
    eje_y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(eje_x, eje_y)
    puntos = torch.tensor(np.vstack([xx.ravel(), yy.ravel()]).T, dtype=W1.dtype)
    salida, _, _, _ = forward_pass(puntos, W1, b1, W2, b2)
    return xx, yy, salida.numpy().reshape(xx.shape)
