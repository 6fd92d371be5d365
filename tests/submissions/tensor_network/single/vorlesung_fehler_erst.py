import torch
import numpy as np

# Aufbau wie in der Vorlesung: erst alle Fehler, dann alle Gradienten


def sigmoid(x):
    ex = torch.exp(-x.abs())
    return torch.where(x < 0, ex / (1 + ex), 1 / (1 + ex))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    netz1 = X @ W1 + b1
    aktiv1 = sigmoid(netz1)
    netz2 = aktiv1 @ W2 + b2
    aktiv2 = sigmoid(netz2)
    return aktiv2, aktiv1, netz1, netz2


def compute_loss(y_pred, y):
    abweichung = y_pred - y
    return (abweichung * abweichung).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    abweichung = 2 * (y_pred - y) / y.numel()
    # Ausgang
    fehler2 = abweichung * sigmoid_derivative(y_pred)
    # versteckt
    fehler1 = (abweichung @ W2.T) * sigmoid_derivative(h)
    return X.T @ fehler1, fehler1.sum(0), h.T @ fehler2, fehler2.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (W1 - learning_rate * dW1, b1 - learning_rate * db1,
            W2 - learning_rate * dW2, b2 - learning_rate * db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verlauf = []
    for epoche in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        verlauf.append(compute_loss(y_pred, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, verlauf


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    alle = (W1, b1, W2, b2)
    verlauf = []
    for epoche in range(n_epochs):
        y_pred = forward_pass(X, *alle)[0]
        fehler = compute_loss(y_pred, y)
        verlauf.append(fehler.item())
        for p in alle:
            p.grad = None
        fehler.backward()
        with torch.no_grad():
            for p in alle:
                p -= learning_rate * p.grad
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), verlauf


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    waagerecht = np.linspace(x_range[0], x_range[1], n)
    senkrecht = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(waagerecht, senkrecht)
    punkte = torch.as_tensor(np.column_stack((xx.ravel(), yy.ravel()))).to(W1.dtype)
    ausgabe, *_ = forward_pass(punkte, W1, b1, W2, b2)
    return xx, yy, ausgabe.reshape(xx.shape)
