import numpy as np
import torch
from itertools import count


def leaves(*tensors):
    for t in tensors:
        yield t.detach().clone().requires_grad_(True)


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := X.matmul(W1) + b1)
    y_pred = sigmoid(z2 := h.matmul(W2) + b2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return (y_pred - y).pow(2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    at_output = (y_pred - y) * (1 - y_pred) * y_pred
    at_hidden = at_output.matmul(W2.T) * (1 - h) * h
    stacked = X.T.matmul(at_hidden), at_hidden.sum(0), h.T.matmul(at_output), at_output.sum(0)
    return tuple(2 * s / (m * k) for s in stacked)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (W1 - learning_rate * dW1,
            b1 - learning_rate * db1,
            W2 - learning_rate * dW2,
            b2 - learning_rate * db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in count():
        if epoch == n_epochs:
            break
        f = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(f[0], y).item())
        g = backward_pass(X, y, *f, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *g, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1, b1, W2, b2 = leaves(W1, b1, W2, b2)
    losses = []
    for epoch in range(n_epochs):
        residual = forward_pass(X, W1, b1, W2, b2)[0] - y
        loss = 0.5 * residual.pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in (W1, W2):
                p -= learning_rate * p.grad
        for p in [W1, b1, W2, b2]:
            p.grad.zero_()
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    dt = W1.dtype
    xx, yy = torch.meshgrid(torch.linspace(*x_range, n, dtype=dt), torch.linspace(*y_range, n, dtype=dt), indexing="xy")
    pred = torch.zeros(n, n, dtype=dt)
    for i in range(n):
        pred[i] = forward_pass(torch.stack((xx[i], yy[i]), 1), W1, b1, W2, b2)[0].T
    return xx, yy, pred
