"""One hidden layer, small helpers."""

import numpy as np
import torch


def _lin(x, W, b): return x @ W + b
def _axis(limits, n): return np.linspace(limits[0], limits[1], n)
def _pairs(xx, yy, dtype): return torch.tensor(np.column_stack([xx.ravel(), yy.ravel()]), dtype=dtype)
def _leaf(p): return p.detach().clone().requires_grad_(True)
def _step(p, g, lr): return p - lr * g


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output ** 2


def forward_pass(X, W1, b1, W2, b2):
    z1 = _lin(X, W1, b1)
    h = sigmoid(z1)
    z2 = _lin(h, W2, b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return ((y - y_pred) ** 2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # signs: the loss has (y - y_pred), hence the minus in front
    e2 = -2 * (y - y_pred) * sigmoid_derivative(y_pred) / y.numel()
    e1 = e2 @ W2.T * sigmoid_derivative(h)
    return X.T @ e1, e1.sum(0), h.T @ e2, e2.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (_step(W1, dW1, learning_rate), _step(b1, db1, learning_rate),
            _step(W2, dW2, learning_rate), _step(b2, db2, learning_rate))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        g = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *g, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    ps = [_leaf(p) for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *ps)[0], y)
        loss.backward()
        losses.append(loss.item())
        ps = [_leaf(_step(p, p.grad, learning_rate)) for p in ps]
    W1, b1, W2, b2 = [p.detach() for p in ps]
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(_axis(y_range, n), _axis(x_range, n))
    out = forward_pass(_pairs(xx, yy, W1.dtype), W1, b1, W2, b2)[0]
    # the colour of each point
    zz = (out > 0.5).float().numpy()
    return xx, yy, zz.reshape(n, n)
