from __future__ import annotations

from typing import NamedTuple, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor


class Activations(NamedTuple):
    y_pred: Tensor
    h: Tensor
    z1: Tensor
    z2: Tensor


class Gradients(NamedTuple):
    dW1: Tensor
    db1: Tensor
    dW2: Tensor
    db2: Tensor


def sigmoid(x: Tensor) -> Tensor:
    small: Tensor = torch.exp(-x.abs())
    return torch.where(x < 0, small, torch.ones_like(x)) / (1 + small)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    return (1 - sigmoid_output) * sigmoid_output


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Activations:
    z1: Tensor = X @ W1 + b1
    h: Tensor = sigmoid(z1)
    z2: Tensor = h @ W2 + b2
    return Activations(y_pred=sigmoid(z2), h=h, z1=z1, z2=z2)


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    return (y - y_pred).pow(2).sum() / y.numel()


def backward_pass(X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor) -> Gradients:
    scale: float = 2.0 / y.numel()
    delta_out: Tensor = (y_pred - y) * sigmoid_derivative(y_pred)
    delta_hid: Tensor = (delta_out @ W2.T) * sigmoid_derivative(h)
    return Gradients(
        dW1=scale * (X.T @ delta_hid),
        db1=scale * delta_hid.sum(dim=0),
        dW2=scale * (h.T @ delta_out),
        db2=scale * delta_out.sum(dim=0),
    )


def update_parameters(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    dW1: Tensor, db1: Tensor, dW2: Tensor, db2: Tensor,
    learning_rate: float,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    losses: list[float] = []
    for _ in range(n_epochs):
        acts = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(acts.y_pred, y).item())
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, *acts, W2), learning_rate)
    return W1, b1, W2, b2, losses


def _leaves(tensors: Sequence[Tensor]) -> list[Tensor]:
    return [t.detach().clone().requires_grad_(True) for t in tensors]


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    losses: list[float] = []
    w1, c1, w2, c2 = _leaves((W1, b1, W2, b2))
    for _ in range(n_epochs):
        prediction = forward_pass(X, w1, c1, w2, c2).y_pred
        cost = 0.5 * (prediction - y).pow(2).mean()
        losses.append(cost.item())
        cost.backward()
        with torch.no_grad():
            for leaf in (w1, w2):
                leaf -= learning_rate * leaf.grad
            for leaf in (w1, c1, w2, c2):
                leaf.grad.zero_()
    return w1.detach(), c1.detach(), w2.detach(), c2.detach(), losses


def decision_grid(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    x_range: tuple[float, float], y_range: tuple[float, float], n: int,
) -> tuple[npt.NDArray, npt.NDArray, Tensor]:
    xx, yy = np.meshgrid(np.linspace(*x_range, num=n), np.linspace(*y_range, num=n))
    flat: Tensor = torch.as_tensor(np.array([xx, yy]).reshape(2, -1).T.copy(), dtype=W1.dtype)
    return xx, yy, forward_pass(flat, W1, b1, W2, b2).y_pred.reshape(n, n)
