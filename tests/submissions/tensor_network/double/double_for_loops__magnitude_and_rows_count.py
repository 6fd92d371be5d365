"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

import numpy as np
import torch


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    return sigmoid_output * (torch.ones_like(sigmoid_output) - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass, one unit after the other."""
    z1 = torch.zeros(X.shape[0], W1.shape[1], dtype=X.dtype)
    for j in range(W1.shape[1]):
        z1[:, j] = (X * W1[:, j]).sum(dim=1) + b1[j]
    h = sigmoid(z1)

    z2 = torch.zeros(X.shape[0], W2.shape[1], dtype=X.dtype)
    for j in range(W2.shape[1]):
        z2[:, j] = (h * W2[:, j]).sum(dim=1) + b2[j]
    y_pred = sigmoid(z2)

    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements."""
    m = y.shape[0]
    k = y.shape[1]
    total = 0.0
    for i in range(m):
        for j in range(k):
            difference = y_pred[i, j] - y[i, j]
            total = total + abs(difference)
    return total / m


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """The gradient by hand, one unit after the other (the columns are units)."""
    m, k = y.shape
    n_hidden = h.shape[1]

    dW1 = torch.zeros(X.shape[1], n_hidden, dtype=X.dtype)
    db1 = torch.zeros(n_hidden, dtype=X.dtype)
    dW2 = torch.zeros_like(W2)
    db2 = torch.zeros(k, dtype=X.dtype)

    # output units
    delta2 = torch.zeros(m, k, dtype=X.dtype)
    for j in range(k):
        delta2[:, j] = 2 * (y_pred[:, j] - y[:, j]) / (m * k) * sigmoid_derivative(y_pred[:, j])
        db2[j] = delta2[:, j].sum()
        for i in range(n_hidden):
            dW2[i, j] = (h[:, i] * delta2[:, j]).sum()

    # hidden units
    for i in range(n_hidden):
        error = torch.zeros(m, dtype=X.dtype)
        for j in range(k):
            error = error + delta2[:, j] * W2[i, j]
        delta1 = error * sigmoid_derivative(h[:, i])
        db1[i] = delta1.sum()
        for l in range(X.shape[1]):
            dW1[l, i] = (X[:, l] * delta1).sum()

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent."""
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Gradient descent on all samples at once, by backward_pass: without autograd."""
    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """The same training through PyTorch's autograd."""
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)
    criterion = torch.nn.MSELoss()
    losses = []
    for epoch in range(n_epochs):
        y_pred = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, [W1, b1, W2, b2])
        with torch.no_grad():
            W1 -= learning_rate * grads[0]
            b1 -= learning_rate * grads[1]
            W2 -= learning_rate * grads[2]
            b2 -= learning_rate * grads[3]
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """What a network of two inputs and one output predicts on a grid."""
    xx = torch.zeros(n, n, dtype=W1.dtype)
    yy = torch.zeros(n, n, dtype=W1.dtype)
    for i in range(n):
        for j in range(n):
            xx[i, j] = x_range[0] + (x_range[1] - x_range[0]) * j / (n - 1)
            yy[i, j] = y_range[0] + (y_range[1] - y_range[0]) * i / (n - 1)
    predictions = torch.zeros(n, n, dtype=W1.dtype)
    for i in range(n):
        row = torch.stack([xx[i], yy[i]], dim=1)
        predictions[i] = forward_pass(row, W1, b1, W2, b2)[0][:, 0]
    return xx, yy, predictions
