"""
Neural network with one hidden layer in PyTorch.

Part A trains it with hand-written gradients, Part B with autograd and ``torch.optim``.
"""

from typing import List, Tuple

import numpy as np
import torch
import torch.nn as nn
from torch import Tensor

Params = Tuple[Tensor, Tensor, Tensor, Tensor]


# ---------------------------------------------------------------------------
# Building blocks
# ---------------------------------------------------------------------------

def sigmoid(x: Tensor) -> Tensor:
    """Logistic function (delegates to the numerically stable torch version)."""
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """Slope of the sigmoid given its *output*."""
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Params:
    """Return (y_pred, h, z1, z2)."""
    z1 = nn.functional.linear(X, W1.T, b1)
    h = sigmoid(z1)
    z2 = nn.functional.linear(h, W2.T, b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    """Mean squared error."""
    return nn.MSELoss()(y_pred, y)


# ---------------------------------------------------------------------------
# Part A: gradients by hand
# ---------------------------------------------------------------------------

def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> Params:
    """Backpropagate the mean squared error through both layers."""
    n_elements = y_pred.shape[0] * y_pred.shape[1]

    # Output layer
    output_error = (2.0 / n_elements) * (y_pred - y)
    output_delta = output_error * sigmoid_derivative(y_pred)

    # Hidden layer
    hidden_error = output_delta @ W2.T
    hidden_delta = hidden_error * sigmoid_derivative(h)

    # Parameter gradients
    dW2 = h.T @ output_delta
    db2 = output_delta.sum(dim=0)
    dW1 = X.T @ hidden_delta
    db1 = hidden_delta.sum(dim=0)

    return dW1, db1, dW2, db2


def update_parameters(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    dW1: Tensor, db1: Tensor, dW2: Tensor, db2: Tensor,
    learning_rate: float,
) -> Params:
    """One gradient descent step; the inputs are left untouched."""
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(
    X: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    learning_rate: float, n_epochs: int,
) -> Tuple[Tensor, Tensor, Tensor, Tensor, List[float]]:
    """Full-batch gradient descent with manual gradients."""
    losses: List[float] = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, losses


# ---------------------------------------------------------------------------
# Part B: gradients by autograd
# ---------------------------------------------------------------------------

def train_autograd(
    X: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    learning_rate: float, n_epochs: int,
) -> Tuple[Tensor, Tensor, Tensor, Tensor, List[float]]:
    """Full-batch training with autograd and a torch optimizer."""
    parameters = nn.ParameterList([nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)])
    optimizer = torch.optim.Adam(parameters, lr=learning_rate)
    criterion = nn.MSELoss()

    losses: List[float] = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        y_pred = forward_pass(X, *parameters)[0]
        loss = criterion(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()

    W1, b1, W2, b2 = [p.detach() for p in parameters]
    return W1, b1, W2, b2, losses


# ---------------------------------------------------------------------------
# Visualisation
# ---------------------------------------------------------------------------

@torch.no_grad()
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Predictions on an (n, n) grid, ready for ``plt.contourf``."""
    x_axis = torch.linspace(float(x_range[0]), float(x_range[1]), n, dtype=W1.dtype)
    y_axis = torch.linspace(float(y_range[0]), float(y_range[1]), n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(x_axis, y_axis, indexing="xy")
    points = torch.stack([xx.flatten(), yy.flatten()], dim=1)
    predictions = forward_pass(points, W1, b1, W2, b2)[0].view(n, n)
    return xx, yy, predictions
