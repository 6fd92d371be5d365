"""Everything in place where the docstrings allow it; the loss is a tensor of one element."""
import math
import torch
import numpy as np


def sigmoid(x):
    half = x / 2
    return (torch.tanh(half) + 1) / 2


def sigmoid_derivative(sigmoid_output: torch.Tensor) -> torch.Tensor:
    # a (1 - a) = 1/4 - (a - 1/2)^2
    return 0.25 - (sigmoid_output - 0.5) ** 2


def forward_pass(X, W1, b1, W2, b2):
    m = X.size(0)
    z1 = X.matmul(W1).add(b1.unsqueeze(0).expand(m, -1))
    h = sigmoid(z1)
    z2 = h.matmul(W2).add(b2.unsqueeze(0).expand(m, -1))
    return [sigmoid(z2), h, z1, z2]


def compute_loss(y_pred, y):
    d = (y_pred - y).reshape(1, -1)
    loss = (d @ d.T) / d.shape[1]
    return loss.reshape(1)  # a tensor of one


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    was = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        # summed over the samples one by one
        dW1 = X.new_zeros(X.shape[1], h.shape[1])
        db1 = X.new_zeros(h.shape[1])
        dW2 = W2.new_zeros(W2.shape)
        db2 = W2.new_zeros(W2.shape[1])
        for i in range(X.shape[0]):
            error = 2.0 * (y_pred[i] - y[i])
            delta2 = error * sigmoid_derivative(y_pred[i])
            delta1 = torch.mv(W2, delta2) * sigmoid_derivative(h[i])
            dW2.addr_(h[i], delta2)
            db2 += delta2
            dW1.addr_(X[i], delta1)
            db1 += delta1
        n = math.prod(y_pred.shape)
        for g in (dW1, db1, dW2, db2):
            g /= n
        return dW1, db1, dW2, db2
    finally:
        torch.set_grad_enabled(was)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # the parameters we are given are ours to change
    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y))
        for p, g in zip((W1, b1, W2, b2), backward_pass(X, y, y_pred, h, z1, z2, W2)):
            p -= learning_rate * g
        if epoch % 100 == 0:
            print("epoch", epoch, "loss", losses[-1].item())
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # leaves of my own, made of the same memory (they may be changed)
    leaves = [p.detach() for p in (W1, b1, W2, b2)]
    for p in leaves:
        p.requires_grad_(True)
        p.grad = None
    losses = []
    try:
        for epoch in range(n_epochs):
            loss = compute_loss(forward_pass(X, *leaves)[0], y)
            loss.backward()
            losses.append(loss.detach())
            with torch.no_grad():
                for p in leaves:
                    p -= learning_rate * p.grad
                    p.grad.zero_()
    finally:
        for p in leaves:
            p.requires_grad_(False)
            p.grad = None
    return (*leaves, losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = x.repeat(n, 1)
    yy = y.repeat(n, 1).T
    points = torch.stack((xx, yy), dim=-1).reshape(n * n, 2)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].view(n, n)
