import math

import numpy as np
import torch


def sigmoid(x):
    """1 / (1 + e^-x)"""
    return 1.0 / (1.0 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    """a (1 - a)"""
    return torch.mul(sigmoid_output, 1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    """All samples at once."""
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    """Mean over samples and outputs."""
    total = 0.0
    for guess, target in zip(y_pred, y):
        total = total + ((guess - target) ** 2).sum()
    return total / y.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """One sample after the other: add up, scale at the end."""
    gW1 = torch.zeros(X.shape[1], h.shape[1], dtype=W2.dtype)
    gb1 = torch.zeros(h.shape[1], dtype=W2.dtype)
    gW2 = torch.zeros_like(W2)
    gb2 = torch.zeros(W2.shape[1], dtype=W2.dtype)

    for i in range(X.shape[0]):
        x_i, h_i, p_i, y_i = X[i], h[i], y_pred[i], y[i]
        # output layer
        d2 = 2.0 * (p_i - y_i) * sigmoid_derivative(p_i)
        gW2 += torch.outer(h_i, d2)
        gb2 += d2
        # hidden layer
        d1 = torch.mv(W2, d2) * sigmoid_derivative(h_i)
        gW1 += torch.outer(x_i, d1)
        gb1 += d1

    N = math.prod(y.shape)
    return gW1 / N, gb1 / N, gW2, gb2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """p - learning_rate * dp"""
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Full-batch gradient descent."""
    losses = [None] * n_epochs
    for t in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[t] = float(compute_loss(y_pred, y))
        gW1, gb1, gW2, gb2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, gW1, gb1, gW2, gb2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """The same with .backward()."""
    leaves = []
    for p in (W1, b1, W2, b2):
        leaf = p.clone()
        leaf.requires_grad_()
        leaves.append(leaf)
    losses = [None] * n_epochs
    for t in range(n_epochs):
        for leaf in leaves:
            leaf.grad = None
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        loss.backward()
        losses[t] = loss.item()
        for leaf in leaves:
            leaf.data -= learning_rate * leaf.grad
    W1, b1, W2, b2 = [leaf.detach() for leaf in leaves]
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Row after row of the grid."""
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    rows = []
    for x_row, y_row in zip(xx, yy):
        points = torch.tensor(np.array([x_row, y_row]).T, dtype=W1.dtype)
        rows.append(forward_pass(points, W1, b1, W2, b2)[0][:, 0])
    return xx, yy, torch.stack(rows)
