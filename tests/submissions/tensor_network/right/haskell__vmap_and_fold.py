"""One sample is the unit of thought: everything else is vmap and fold."""
from functools import reduce
from itertools import product

import numpy as np
import torch
from torch.func import grad, vmap

sigmoid = lambda x: torch.exp(-torch.nn.functional.softplus(-x, threshold=1000.0))
sigmoid_derivative = lambda sigmoid_output: sigmoid_output * (1 - sigmoid_output)


def _one(x, W1, b1, W2, b2):
    z1 = x @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    return sigmoid(z2), h, z1, z2


def forward_pass(X, W1, b1, W2, b2):
    return vmap(_one, in_dims=(0, None, None, None, None))(X, W1, b1, W2, b2)


def compute_loss(y_pred, y):
    return vmap(lambda p, t: (p - t) @ (p - t) / len(t))(y_pred, y).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    def one(x, t, p, a):
        d2 = 2 * (p - t) * sigmoid_derivative(p)
        d1 = (W2 @ d2) * sigmoid_derivative(a)
        return torch.outer(x, d1), d1, torch.outer(a, d2), d2

    return tuple(g.sum(0) / y.numel() for g in vmap(one)(X, y, y_pred, h))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(map(lambda p, g: p - learning_rate * g, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def _descend(gradient, loss):
    def run(theta, learning_rate, n_epochs):
        def step(state, _):
            th, ls = state
            return update_parameters(*th, *gradient(th), learning_rate), (*ls, float(loss(th)))

        return reduce(step, range(n_epochs), (theta, ()))

    return run


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def by_hand(th):
        y_pred, h, z1, z2 = forward_pass(X, *th)
        return backward_pass(X, y, y_pred, h, z1, z2, th[2])

    theta, losses = _descend(by_hand, lambda th: compute_loss(forward_pass(X, *th)[0], y))((W1, b1, W2, b2), learning_rate, n_epochs)
    return (*theta, list(losses))


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    loss = lambda *th: compute_loss(forward_pass(X, *th)[0], y)
    by_autograd = lambda th: grad(loss, argnums=(0, 1, 2, 3))(*th)
    theta, losses = _descend(by_autograd, lambda th: loss(*th))((W1, b1, W2, b2), learning_rate, n_epochs)
    return (*theta, list(losses))


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    theta = tuple(t.detach() for t in (W1, b1, W2, b2))
    axis = lambda r: torch.linspace(float(r[0]), float(r[1]), n, dtype=W1.dtype)
    pairs = torch.stack([torch.stack((x, y)) for y, x in product(axis(y_range), axis(x_range))])
    cut = lambda v: v.reshape(n, n)
    return cut(pairs[:, 0]), cut(pairs[:, 1]), cut(forward_pass(pairs, *theta)[0])
