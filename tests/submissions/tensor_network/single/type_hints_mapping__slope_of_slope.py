from typing import Tuple
import numpy as np
import torch
from torch import Tensor

Grads = Tuple[Tensor, Tensor, Tensor, Tensor]


def sigmoid(x: Tensor) -> Tensor:
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    # s(z) * (1 - s(z)) as in the lecture slides
    s = sigmoid(sigmoid_output)
    return s * (1.0 - s)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Grads:
    z1: Tensor = torch.matmul(X, W1) + b1
    h: Tensor = sigmoid(z1)
    z2: Tensor = torch.matmul(h, W2) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    return torch.mean(torch.square(y_pred - y))


def backward_pass(X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor) -> Grads:
    count: int = y.numel()
    grad_z2: Tensor = (2.0 / count) * (y_pred - y) * sigmoid_derivative(y_pred)
    grad_z1: Tensor = torch.matmul(grad_z2, W2.T) * sigmoid_derivative(h)
    return (
        torch.matmul(X.T, grad_z1),
        grad_z1.sum(dim=0),
        torch.matmul(h.T, grad_z2),
        grad_z2.sum(dim=0),
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate: float) -> Grads:
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    losses: list[float] = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        grads: Grads = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    leaves: list[Tensor] = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    losses: list[float] = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for leaf in leaves:
                leaf -= learning_rate * leaf.grad
                leaf.grad = None
    W1, b1, W2, b2 = (leaf.detach() for leaf in leaves)
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range: Tuple[float, float], y_range: Tuple[float, float], n: int):
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    samples = torch.as_tensor(np.stack([xx.flatten(), yy.flatten()], axis=1), dtype=W1.dtype)
    return xx, yy, forward_pass(samples, W1, b1, W2, b2)[0].reshape(n, n)
