from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Tuple

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    return (1 - sigmoid_output) * sigmoid_output


@dataclass
class Layer:
    """An affine map followed by the logistic function. Remembers what went through it."""
    weight: Tensor
    bias: Tensor | None = None
    cache: dict = field(default_factory=dict)

    def __call__(self, inp: Tensor) -> Tensor:
        self.cache["in"] = inp
        self.cache["z"] = inp @ self.weight + self.bias
        self.cache["out"] = sigmoid(self.cache["z"])
        return self.cache["out"]

    @property
    def z(self) -> Tensor:
        return self.cache["z"]

    def pull_back(self, grad_out: Tensor) -> Tuple[Tensor, Tensor, Tensor | None]:
        """Returns the gradients of weight, bias and (if the weight is known) input."""
        grad_z = grad_out * sigmoid_derivative(self.cache["out"])
        grad_in = None if self.weight is None else grad_z @ self.weight.T
        return self.cache["in"].T @ grad_z, grad_z.sum(dim=0), grad_in


def forward_pass(X, W1, b1, W2, b2):
    hidden, output = Layer(W1, b1), Layer(W2, b2)
    y_pred = output(hidden(X))
    return y_pred, hidden.cache["out"], hidden.z, output.z


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    output = Layer(W2, cache={"in": h, "z": z2, "out": y_pred})
    hidden = Layer(None, cache={"in": X, "z": z1, "out": h})
    upstream = 2 * (y_pred - y) / y.numel()
    dW2, db2, upstream = output.pull_back(upstream)
    dW1, db1, _ = hidden.pull_back(upstream)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    old, grad = (W1, b1, W2, b2), (dW1, db1, dW2, db2)
    return tuple(torch.sub(o, g, alpha=learning_rate) for o, g in zip(old, grad))


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    losses: List[float] = []
    for _ in range(n_epochs):
        y_pred, *rest = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, *backward_pass(X, y, y_pred, *rest, W2), learning_rate=learning_rate)
    return W1, b1, W2, b2, losses


class Net(torch.nn.Module):
    def __init__(self, W1, b1, W2, b2):
        super().__init__()
        for name, value in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2)):
            setattr(self, name, torch.nn.Parameter(value.detach().clone()))

    def forward(self, X):
        return forward_pass(X, self.W1, self.b1, self.W2, self.b2)[0]


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    net, losses = Net(W1, b1, W2, b2), []
    for _ in range(n_epochs):
        net.zero_grad()
        loss = compute_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in net.parameters():
                p -= learning_rate * p.grad
    return net.W1.data, net.b1.data, net.W2.data, net.b2.data, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, num=n), np.linspace(*y_range, num=n))
    pts = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].numpy().reshape(xx.shape)
