"""One hidden layer; the two layers' gradients are separate functions, so that each can be checked alone."""

import numpy as np
import torch


def sigmoid(x):
    # two branches, so that exp never overflows
    e = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    r = (y_pred - y).flatten()
    return r.dot(r) / r.numel()


def output_layer(h, y, y_pred):
    """dL/dz2, dL/dW2, dL/db2"""
    g2 = 2 / y.numel() * (y_pred - y) * sigmoid_derivative(y_pred)
    return g2, h.mT @ g2, g2.sum(0)


def hidden_layer(X, h, g2, W2):
    """dL/dW1, dL/db1"""
    g1 = (g2 @ W2.mT) * sigmoid_derivative(h)
    return X.mT @ g1, g1.sum(0)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    g2, dW2, db2 = output_layer(h, y, y_pred)
    dW1, db1 = hidden_layer(X, h, g2, W2)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # layer by layer, as in backward_pass, but without keeping four gradients in memory
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))

        g2, dW2, db2 = output_layer(h, y, y_pred)
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2

        dW1, db1 = hidden_layer(X, h, g2, W2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = tuple(t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2))
    losses = []
    for _ in range(n_epochs):
        L = compute_loss(forward_pass(X, *theta)[0], y)
        losses.append(float(L))
        grads = torch.autograd.grad(L, theta)
        theta = tuple((t - learning_rate * g).detach().requires_grad_() for t, g in zip(theta, grads))
    return (*(t.detach() for t in theta), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = xs.repeat(n, 1)
    yy = ys.repeat(n, 1).T
    points = torch.stack((xx.reshape(-1), yy.reshape(-1)), dim=1)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)


def gradient_error(eps=1e-6):
    """The largest difference between backward_pass and central differences, on a small problem."""
    gen = torch.Generator().manual_seed(0)
    rnd = lambda *s: torch.randn(*s, generator=gen, dtype=torch.float64)
    X, y = rnd(4, 2), torch.rand(4, 2, generator=gen, dtype=torch.float64)
    theta = [rnd(2, 3), rnd(3), rnd(3, 2), rnd(2)]
    grads = backward_pass(X, y, *forward_pass(X, *theta), theta[2])
    worst = 0.0
    for t, g in zip(theta, grads):
        for i in np.ndindex(*t.shape):
            old = t[i].item()
            t[i] = old + eps
            up = compute_loss(forward_pass(X, *theta)[0], y)
            t[i] = old - eps
            down = compute_loss(forward_pass(X, *theta)[0], y)
            t[i] = old
            worst = max(worst, abs(((up - down) / (2 * eps) - g[i]).item()))
    return worst


print("gradient check:", gradient_error())
