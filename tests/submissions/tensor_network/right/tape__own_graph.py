"""By hand, but once and for all: a tape of my own (no torch autograd in it), and the backward pass reads it."""

from dataclasses import astuple, dataclass, field
from typing import Callable, Optional

import numpy as np
import torch


def sigmoid(x):
    pos = torch.exp(-torch.abs(x))
    return torch.where(x < 0, pos, torch.ones_like(x)) / (1 + pos)


def sigmoid_derivative(sigmoid_output):
    s = sigmoid_output
    return s - s**2


@dataclass(eq=False)
class Node:
    value: torch.Tensor
    parents: tuple = ()
    pull: Optional[Callable] = None        # gradient of me -> gradients of my parents
    grad: Optional[torch.Tensor] = None

    def __matmul__(self, other):
        return Node(self.value @ other.value, (self, other),
                    lambda g: (torch.outer(g, other.value) if g.ndim < 2 else g @ other.value.T, self.value.T @ g))

    def __add__(self, bias):
        return Node(self.value + bias.value, (self, bias), lambda g: (g, g.sum(0)))

    def squash(self, known=None):
        out = sigmoid(self.value) if known is None else known
        return Node(out, (self,), lambda g: (g * sigmoid_derivative(out),))

    def mse(self, target):
        diff = self.value - target
        return Node(diff.square().mean(), (self,), lambda g: (g * 2 * diff / diff.numel(),))

    def run_back(self, g):
        self.grad = g if self.grad is None else self.grad + g
        if self.pull is not None:
            for parent, gp in zip(self.parents, self.pull(g)):
                parent.run_back(gp)        # a chain, no diamonds: plain recursion will do


def forward_pass(X, W1, b1, W2, b2):
    x, *params = map(Node, (X, W1, b1, W2, b2))
    z1 = x @ params[0] + params[1]
    h = z1.squash()
    z2 = h @ params[2] + params[3]
    y_pred = z2.squash()
    return y_pred.value, h.value, z1.value, z2.value


def compute_loss(y_pred, y):
    return Node(y_pred).mse(y).value


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # The values are known already, so the same graph is laid over them; W1, b1, b2 themselves never enter a gradient.
    n, hid, k = X.shape[1], h.shape[1], y.shape[1]
    W1, b1, w2, b2 = leaves = [Node(t) for t in (X.new_zeros(n, hid), X.new_zeros(hid), W2, X.new_zeros(k))]
    hidden = (Node(X) @ W1 + b1).squash(known=h)
    output = (hidden @ w2 + b2).squash(known=y_pred)
    output.mse(y).run_back(torch.ones((), dtype=y.dtype))
    return tuple(leaf.grad for leaf in leaves)


@dataclass
class Point:
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    def __iter__(self):
        yield from (self.W1, self.b1, self.W2, self.b2)

    def __sub__(self, other):
        return Point(*(a - b for a, b in zip(self, other)))

    def __rmul__(self, scalar):
        return Point(*(scalar * a for a in self))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(Point(W1, b1, W2, b2) - learning_rate * Point(dW1, db1, dW2, db2))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    here = Point(W1, b1, W2, b2)
    for _ in range(n_epochs):
        seen = forward_pass(X, *here)
        losses.append(compute_loss(seen[0], y).item())
        slope = Point(*backward_pass(X, y, *seen, here.W2))
        here = here - learning_rate * slope
    return *here, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    here = Point(*(p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)))
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *here)[0], y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in here:
                p -= learning_rate * p.grad
                p.grad = None
    return *(p.detach() for p in here), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = x.expand(n, n), y[:, None].expand(n, n)
    rows = [forward_pass(torch.stack((r, s), 1), W1, b1, W2, b2)[0].squeeze(1) for r, s in zip(xx, yy)]
    return xx, yy, torch.stack(rows)
