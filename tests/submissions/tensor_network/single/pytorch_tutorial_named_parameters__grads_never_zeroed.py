from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    return x.sigmoid()


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    return sigmoid_output.mul(1 - sigmoid_output)


def forward_pass(
    X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    grad_output = 2.0 * (y_pred - y) / y.numel()
    grad_z2 = grad_output * sigmoid_derivative(y_pred)
    grad_W2 = h.t().mm(grad_z2)
    grad_b2 = grad_z2.sum(dim=0)
    grad_hidden = grad_z2.mm(W2.t())
    grad_z1 = grad_hidden * sigmoid_derivative(h)
    grad_W1 = X.t().mm(grad_z1)
    grad_b1 = grad_z1.sum(dim=0)
    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(
    W1: Tensor,
    b1: Tensor,
    W2: Tensor,
    b2: Tensor,
    dW1: Tensor,
    db1: Tensor,
    dW2: Tensor,
    db2: Tensor,
    learning_rate: float,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return (
        W1.sub(dW1, alpha=learning_rate),
        b1.sub(db1, alpha=learning_rate),
        W2.sub(dW2, alpha=learning_rate),
        b2.sub(db2, alpha=learning_rate),
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    losses: list[float] = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        gradients = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    params: dict[str, Tensor] = {
        name: tensor.detach().clone().requires_grad_()
        for name, tensor in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items()
    }
    losses: list[float] = []

    for _ in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, **params)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        loss.backward()

        with torch.no_grad():
            for param in params.values():
                param -= learning_rate * param.grad

    trained = {name: tensor.detach() for name, tensor in params.items()}
    return trained["W1"], trained["b1"], trained["W2"], trained["b2"], losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n: int):
    first_axis = torch.linspace(*x_range, n, dtype=W1.dtype)
    second_axis = torch.linspace(*y_range, n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(first_axis, second_axis, indexing="xy")
    points = torch.stack((xx.flatten(), yy.flatten()), dim=1)
    with torch.no_grad():
        y_pred, _, _, _ = forward_pass(points, W1, b1, W2, b2)
    return xx, yy, y_pred.reshape(n, n)
