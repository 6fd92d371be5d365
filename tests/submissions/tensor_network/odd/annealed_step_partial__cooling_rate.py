import numpy as np
import torch
from operator import sub


def sigmoid(x):
    t = torch.tanh(x * 0.5)
    return torch.lerp(torch.zeros_like(t), torch.ones_like(t), (t + 1) * 0.5)


def sigmoid_derivative(sigmoid_output):
    s = sigmoid_output
    return s - s ** 2


def affine(a, W, b):
    # the bias as one more row of the matrix
    ones = torch.ones(a.shape[0], 1, dtype=a.dtype)
    return torch.cat([a, ones], 1) @ torch.cat([W, b[None]], 0)


def forward_pass(X, W1, b1, W2, b2):
    z1 = affine(X, W1, b1)
    h = sigmoid(z1)
    z2 = affine(h, W2, b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return sub(y_pred, y).square().mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    def split(a, d):
        full = torch.cat([a, torch.ones(a.shape[0], 1, dtype=a.dtype)], 1).T @ d
        return full[:-1], full[-1]

    d2 = sub(y_pred, y) * sigmoid_derivative(y_pred) * 2 / y.numel()
    d1 = torch.inner(d2, W2) * sigmoid_derivative(h)
    return (*split(X, d1), *split(h, d2))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(map(sub, (W1, b1, W2, b2), (learning_rate * g for g in (dW1, db1, dW2, db2))))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    rate = learning_rate
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, y_pred, h, z1, z2, W2), rate)
        rate *= 0.9          # smaller steps near the minimum
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    ps = [torch.tensor(p.numpy().copy(), requires_grad=True) for p in (W1, b1, W2, b2)]
    for epoch in range(n_epochs):
        loss = compute_loss(forward_pass(X, *ps)[0], y)
        losses.append(loss.item())
        gs = torch.autograd.grad(loss, ps)
        with torch.no_grad():
            for p, g in zip(ps, gs):
                p.sub_(learning_rate * g)
    return (*(p.detach() for p in ps), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], n)[np.newaxis].repeat(n, axis=0)
    ys = np.linspace(y_range[0], y_range[1], n)[:, np.newaxis].repeat(n, axis=1)
    pts = torch.tensor(np.dstack((xs, ys)), dtype=W1.dtype).flatten(end_dim=1)
    return xs, ys, forward_pass(pts, W1, b1, W2, b2)[0].reshape(n, n)
