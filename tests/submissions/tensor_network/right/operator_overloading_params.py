# coding: utf-8
from __future__ import annotations
from dataclasses import dataclass, astuple, fields
import operator
import numpy as np
import torch
from torch import Tensor


@dataclass
class Theta:
    """All of the parameters (or a gradient), behaving like one vector."""
    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor

    def _zip(self, other, op):
        return Theta(*(op(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)))

    def __sub__(self, other): return self._zip(other, operator.sub)

    def __rmul__(self, scalar):
        return Theta(*[scalar * getattr(self, f.name) for f in fields(self)])

    def __iter__(self):
        yield from (self.W1, self.b1, self.W2, self.b2)

    def __call__(self, X):
        return forward_pass(X, *self)


def sigmoid(x: Tensor) -> Tensor:
    return 0.5 * (torch.tanh(0.5 * x) + 1)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    return sigmoid_output - sigmoid_output ** 2


def forward_pass(X, W1, b1, W2, b2):
    hidden = sigmoid(pre1 := torch.addmm(b1, X, W1))
    out = sigmoid(pre2 := torch.addmm(b2, hidden, W2))
    return out, hidden, pre1, pre2


def compute_loss(y_pred, y):
    residual = (y_pred - y).flatten()
    return residual.dot(residual) / residual.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    err_out = (y_pred - y).mul(2 / y.numel()).mul(sigmoid_derivative(y_pred))
    err_hid = torch.nn.functional.linear(err_out, W2).mul(sigmoid_derivative(h))
    ones = torch.ones(len(X), dtype=X.dtype)
    g = Theta(W1=X.t() @ err_hid, b1=ones @ err_hid, W2=h.t() @ err_out, b2=ones @ err_out)
    return tuple(g)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    theta, grad = Theta(W1, b1, W2, b2), Theta(dW1, db1, dW2, db2)
    return tuple(theta - learning_rate * grad)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = Theta(W1, b1, W2, b2)
    history = []
    while len(history) < n_epochs:
        state = theta(X)
        history.append(compute_loss(state[0], y).item())
        theta = theta - learning_rate * Theta(*backward_pass(X, y, *state, theta.W2))
    return (*theta, history)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, history = Theta(W1, b1, W2, b2), []
    while len(history) < n_epochs:
        theta = Theta(*(t.detach().clone().requires_grad_(True) for t in theta))
        loss = compute_loss(theta(X)[0], y)
        history.append(float(loss.detach()))
        slope = Theta(*torch.autograd.grad(loss, tuple(theta)))
        with torch.no_grad():
            theta = theta - learning_rate * slope
    return (*theta, history)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    gx = torch.linspace(*x_range, n, dtype=W1.dtype)
    gy = torch.linspace(*y_range, n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(gx, gy, indexing="xy")
    pts = torch.stack([xx, yy], dim=-1).view(-1, 2)
    return xx, yy, Theta(W1, b1, W2, b2)(pts)[0].view(n, n)


if __name__ == "__main__":
    torch.manual_seed(3)
    t0 = Theta(*(torch.randn(s) for s in [(2, 3), (3,), (3, 1), (1,)]))
    print(train(torch.rand(4, 2), torch.rand(4, 1), *t0, 1.0, 20)[-1][::5])
