from __future__ import annotations

import itertools
from contextlib import contextmanager
from functools import wraps
from operator import itemgetter

import numpy as np
import torch

NAMES = ("W1", "b1", "W2", "b2")


def without_graph(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return function(*(a.detach() if torch.is_tensor(a) else a for a in args), **kwargs)

    return wrapper


def sigmoid(x):
    out = torch.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + torch.exp(-x[right]))
    e = torch.exp(x[~right])
    out[~right] = e / (1 + e)
    return out


def sigmoid_derivative(sigmoid_output):
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1)


def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := X @ W1 + b1)
    y_pred = sigmoid(z2 := h @ W2 + b2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return torch.var(y_pred - y, unbiased=False) + torch.mean(y_pred - y) ** 2  # E[d^2] = Var d + (E d)^2


@without_graph
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # the Jacobian of each sample first, then the mean over them: (m, n, h) and (m, h, k)
    per_output = 2 * (y_pred - y) / y.shape[1] * sigmoid_derivative(y_pred)
    per_hidden = (per_output.unsqueeze(1) @ W2.t()).squeeze(1) * sigmoid_derivative(h)
    dW2 = torch.bmm(h.unsqueeze(2), per_output.unsqueeze(1)).mean(dim=0)
    dW1 = torch.bmm(X.unsqueeze(2), per_hidden.unsqueeze(1)).mean(dim=0)
    return dW1, per_hidden.mean(dim=0), dW2, per_output.mean(dim=0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = lambda p, g: p + g * (-learning_rate)
    return tuple(map(step, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def descent(X, y, theta: dict[str, torch.Tensor], gradient, learning_rate):
    """Endless: gives the loss, then makes its step as soon as it is asked for the next."""
    while True:
        loss, g = gradient(X, y, theta)
        yield loss
        theta.update(zip(NAMES, update_parameters(*map(theta.get, NAMES), *g, learning_rate)))


def by_hand(X, y, theta):
    y_pred, h, z1, z2 = forward_pass(X, **theta)
    return compute_loss(y_pred, y).item(), backward_pass(X, y, y_pred, h, z1, z2, theta["W2"])


def by_autograd(X, y, theta):
    with leaves(theta) as L:
        loss = compute_loss(forward_pass(X, **L)[0], y)
        loss.backward()
    return loss.item(), [L[name].grad for name in NAMES]


@contextmanager
def leaves(theta):
    with torch.enable_grad():
        yield {name: value.clone().detach().requires_grad_(True) for name, value in theta.items()}


def _train(gradient, X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = dict(zip(NAMES, (W1, b1, W2, b2)))
    # one more is asked for than is kept, so that the last step is made as well
    losses = list(itertools.islice(descent(X, y, theta, gradient, learning_rate), n_epochs + 1))[:-1]
    return *itemgetter(*NAMES)(theta), losses


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    return _train(by_hand, X, y, W1, b1, W2, b2, learning_rate, n_epochs)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    return _train(by_autograd, X, y, W1, b1, W2, b2, learning_rate, n_epochs)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    (x0, x1), (y0, y1) = x_range, y_range
    y, x = np.mgrid[y0 : y1 : n * 1j, x0 : x1 : n * 1j]
    points = torch.tensor(np.dstack([x, y]), dtype=W1.dtype)  # (n, n, 2): matmul does not mind the extra axis
    return x, y, forward_pass(points, W1, b1, W2, b2)[0].squeeze(-1)
