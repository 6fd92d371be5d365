"""Layers as value objects; the sigmoid of the autograd version is a torch.autograd.Function of its own."""
from __future__ import annotations

import logging
from dataclasses import astuple, dataclass, fields
from typing import Callable

import numpy as np
import torch
from torch import Tensor

log = logging.getLogger(__name__)


def sigmoid(x: Tensor) -> Tensor:
    e = torch.exp(-x.abs())
    return torch.where(x >= 0, torch.ones_like(x), e) / (1 + e)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1)     # a - a a


class Logistic(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        a = sigmoid(z)
        ctx.save_for_backward(a)
        return a

    @staticmethod
    def backward(ctx, upstream):
        (a,) = ctx.saved_tensors
        return upstream * sigmoid_derivative(a)


@dataclass(frozen=True)
class Parameters:
    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor

    def map(self, f: Callable[..., Tensor], *others: "Parameters") -> "Parameters":
        names = [fl.name for fl in fields(self)]
        return Parameters(*(f(*(getattr(o, n) for o in (self, *others))) for n in names))

    def __iter__(self):
        return iter(getattr(self, fl.name) for fl in fields(self))


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="mean")


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    delta2 = (y_pred - y).mul(2 / y.numel()).mul_(sigmoid_derivative(y_pred))
    delta1 = torch.mm(delta2, W2.t()).mul_(sigmoid_derivative(h))
    return X.t().mm(delta1), delta1.sum(dim=0), h.t().mm(delta2), delta2.sum(dim=0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    theta, grad = Parameters(W1, b1, W2, b2), Parameters(dW1, db1, dW2, db2)
    return tuple(theta.map(lambda p, g: torch.sub(p, g, alpha=learning_rate), grad))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = Parameters(W1, b1, W2, b2)
    losses: list[float] = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, *theta)
        losses.append(compute_loss(y_pred, y).item())
        grads = backward_pass(X, y, y_pred, h, z1, z2, theta.W2)
        theta = Parameters(*update_parameters(*theta, *grads, learning_rate=learning_rate))
        log.debug("epoch %d loss %g", epoch, losses[-1])
    return (*theta, losses)


class Net(torch.nn.Module):
    def __init__(self, theta: Parameters):
        super().__init__()
        for fl in fields(theta):
            self.register_parameter(fl.name, torch.nn.Parameter(getattr(theta, fl.name).detach().clone()))

    def forward(self, X):
        a = Logistic.apply(X @ self.W1 + self.b1)
        return Logistic.apply(a @ self.W2 + self.b2)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = Net(Parameters(W1, b1, W2, b2))
    opt = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(n_epochs):
        opt.zero_grad()
        loss = compute_loss(net(X), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return net.W1.data, net.b1.data, net.W2.data, net.b2.data, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    kw = dict(dtype=W1.dtype, device=W1.device)
    xs, ys = torch.linspace(*x_range, n, **kw), torch.linspace(*y_range, n, **kw)
    xx, yy = torch.meshgrid(xs, ys, indexing="xy")
    with torch.no_grad():
        out, *_ = forward_pass(torch.stack([xx, yy], dim=-1).reshape(-1, 2), W1, b1, W2, b2)
    return xx, yy, out.view(n, n)
