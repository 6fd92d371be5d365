"""net with tensors - my own loop, layer after layer"""
import torch
import numpy as np

RECORD = list


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output.square()


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.nn.functional.linear(X, W1.t(), b1)
    h = sigmoid(z1)
    z2 = torch.nn.functional.linear(h, W2.t(), b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    g2 = 2 / y.nelement() * (y_pred - y) * sigmoid_derivative(y_pred)
    g1 = torch.matmul(g2, W2.t()) * sigmoid_derivative(h)
    return torch.matmul(X.t(), g1), torch.sum(g1, 0), torch.matmul(h.t(), g2), torch.sum(g2, 0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1, b1 = W1 - dW1 * learning_rate, b1 - db1 * learning_rate
    W2, b2 = W2 - dW2 * learning_rate, b2 - db2 * learning_rate
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = RECORD()
    for n in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        # output layer first
        _, _, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2

        # then the hidden one
        dW1, db1, _, _ = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1, b1, W2, b2 = (torch.nn.Parameter(q.clone()) for q in (W1, b1, W2, b2))
    losses = RECORD()
    sgd = torch.optim.SGD([{"params": [W1, b1]}, {"params": [W2, b2]}], lr=learning_rate)
    for n in range(n_epochs):
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        losses.append(loss.item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    return W1.data, b1.data, W2.data, b2.data, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    first = torch.linspace(x_range[0], x_range[1], steps=n, dtype=W1.dtype)
    second = torch.linspace(y_range[0], y_range[1], steps=n, dtype=W1.dtype)
    yy, xx = torch.meshgrid(second, first, indexing="ij")
    rows = [forward_pass(torch.stack([xx[i], yy[i]], 1), W1, b1, W2, b2)[0].squeeze(1) for i in range(n)]
    return xx, yy, torch.stack(rows)
