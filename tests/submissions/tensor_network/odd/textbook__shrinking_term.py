"""Multilayer perceptron, notation of the lecture notes (chapter 5: training; chapter 6: generalisation)."""

import numpy as np
import torch

LAMBDA = 0.01  # chapter 6


def sigmoid(x):
    pos = x >= 0
    ez = torch.exp(torch.where(pos, -x, x))  # never above 1
    return torch.where(pos, torch.ones_like(ez), ez) / (1 + ez)


def sigmoid_derivative(sigmoid_output):
    o = sigmoid_output
    return o * (1 - o)


def forward_pass(X, W1, b1, W2, b2):
    net_hidden = X @ W1 + b1
    o_hidden = sigmoid(net_hidden)
    net_output = o_hidden @ W2 + b2
    o_output = sigmoid(net_output)
    return o_output, o_hidden, net_hidden, net_output


def compute_loss(y_pred, y):
    E = (y_pred - y) ** 2
    return E.sum() / E.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # eq. 5.12: delta of the output units
    dE_do = 2 * (y_pred - y) / y.numel()
    delta_output = dE_do * sigmoid_derivative(y_pred)

    # eq. 5.15: delta of the hidden units
    delta_hidden = (delta_output @ W2.T) * sigmoid_derivative(h)

    # eq. 5.17: dE/dw_ij = o_i * delta_j
    dE_dW2 = h.T @ delta_output + LAMBDA * W2
    dE_dW1 = X.T @ delta_hidden

    # thresholds: o_i = 1
    dE_db2 = delta_output.sum(dim=0)
    dE_db1 = delta_hidden.sum(dim=0)

    return dE_dW1, dE_db1, dE_dW2, dE_db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    delta_W1, delta_b1 = -learning_rate * dW1, -learning_rate * db1
    delta_W2, delta_b2 = -learning_rate * dW2, -learning_rate * db2
    return W1 + delta_W1, b1 + delta_b1, W2 + delta_W2, b2 + delta_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    E = []
    for t in range(n_epochs):
        o_output, o_hidden, net_hidden, net_output = forward_pass(X, W1, b1, W2, b2)
        E.append(float(compute_loss(o_output, y)))
        gradient = backward_pass(X, y, o_output, o_hidden, net_hidden, net_output, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradient, learning_rate)
    return W1, b1, W2, b2, E


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.detach().clone().requires_grad_()
    b1 = b1.detach().clone().requires_grad_()
    W2 = W2.detach().clone().requires_grad_()
    b2 = b2.detach().clone().requires_grad_()

    E = []
    for t in range(n_epochs):
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        E.append(loss.item())
        gradient = torch.autograd.grad(loss, [W1, b1, W2, b2])
        with torch.no_grad():
            W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradient, learning_rate)
        for w in (W1, b1, W2, b2):
            w.requires_grad_()

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), E


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x1 = np.linspace(x_range[0], x_range[1], num=n)
    x2 = np.linspace(y_range[0], y_range[1], num=n)
    xx, yy = np.meshgrid(x1, x2)
    patterns = np.concatenate([xx.reshape(-1, 1), yy.reshape(-1, 1)], axis=1)
    o_output, _, _, _ = forward_pass(torch.from_numpy(patterns).to(W1.dtype), W1, b1, W2, b2)
    return xx, yy, o_output[:, 0].reshape(n, n)
