from __future__ import annotations

from dataclasses import astuple, dataclass, fields

import numpy as np
import torch


@dataclass(frozen=True)
class Net:
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    def __iter__(self):
        return (getattr(self, f.name) for f in fields(self))

    def map(self, fn, *others):
        return Net(*(fn(*ps) for ps in zip(self, *others)))


@dataclass
class Trace:
    y_pred: torch.Tensor
    h: torch.Tensor
    z1: torch.Tensor
    z2: torch.Tensor

    def __iter__(self):
        yield from (self.y_pred, self.h, self.z1, self.z2)


def sigmoid(x):
    return (1 + (-x).exp()).reciprocal()


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def _run(net, X):
    z1 = X @ net.W1 + net.b1
    h = sigmoid(z1)
    z2 = h @ net.W2 + net.b2
    return Trace(y_pred=sigmoid(z2), h=h, z1=z1, z2=z2)


def forward_pass(X, W1, b1, W2, b2):
    return tuple(_run(Net(W1, b1, W2, b2), X))


def compute_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    at_z2 = (y_pred - y).mul(2 / y.numel()) * sigmoid_derivative(y_pred)
    at_z1 = at_z2 @ W2.T * sigmoid_derivative(h)
    gradient = Net(
        W1=X.T @ at_z1,
        b1=at_z1.sum(dim=0),
        W2=h.T @ at_z2,
        b2=at_z2.sum(dim=0),
    )
    return tuple(gradient)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    gradient = Net(dW1, db1, dW2, db2)
    return tuple(Net(W1, b1, W2, b2).map(lambda p, g: p - learning_rate * g, gradient))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        net = Net(W1, b1, W2, b2)
        out = Trace(*forward_pass(X, *net))
        losses.append(compute_loss(out.y_pred, y).item())
        gradient = backward_pass(X, y, *out, net.W2)
        net = Net(*update_parameters(*net, *gradient, learning_rate))
    return (*net, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = Net(W1, b1, W2, b2).map(lambda p: p.detach().clone().requires_grad_())
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(_run(net, X).y_pred, y)
        losses.append(loss.item())
        gradient = torch.autograd.grad(loss, list(net))
        net = net.map(lambda p, g: (p - learning_rate * g).detach().requires_grad_(), gradient)
    return (*net.map(torch.Tensor.detach), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(*(np.linspace(*r, n) for r in (x_range, y_range)))
    points = torch.from_numpy(np.stack([xx, yy], axis=-1).reshape(-1, 2)).type_as(W1)
    return xx, yy, _run(Net(W1, b1, W2, b2), points).y_pred.reshape(n, n).numpy()
