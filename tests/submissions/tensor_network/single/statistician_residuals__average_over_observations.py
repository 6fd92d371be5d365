"""Two-layer regression with logistic links. Notation as in my stats courses: residuals, N observations, design matrix X."""
from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    """Inverse logit, evaluated on the side where exp() is small."""
    tail = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + tail), tail / (1 + tail))


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """Bernoulli variance p(1 - p)."""
    p = sigmoid_output
    return p - p**2


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    eta_hidden = torch.addmm(b1, X, W1)
    hidden = sigmoid(eta_hidden)
    eta_out = torch.addmm(b2, hidden, W2)
    fitted = sigmoid(eta_out)
    return fitted, hidden, eta_hidden, eta_out


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    residuals = y_pred - y
    rss = torch.sum(residuals * residuals)
    n_obs = y.shape[0]
    return rss / n_obs


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    residuals = y_pred - y
    score_out = residuals.mul(2 / residuals.numel()).mul(sigmoid_derivative(y_pred))
    score_hidden = score_out.mm(W2.t()).mul(sigmoid_derivative(h))
    return X.t().mm(score_hidden), score_hidden.sum(0), h.t().mm(score_out), score_out.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate: float):
    return (
        torch.add(W1, dW1, alpha=-learning_rate),
        torch.add(b1, db1, alpha=-learning_rate),
        torch.add(W2, dW2, alpha=-learning_rate),
        torch.add(b2, db2, alpha=-learning_rate),
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    trace: list[float] = []
    theta = (W1, b1, W2, b2)
    for _ in range(n_epochs):
        fit = forward_pass(X, *theta)
        trace.append(torch.nn.functional.mse_loss(fit[0], y).item())
        gradient = backward_pass(X, y, *fit, theta[2])
        theta = update_parameters(*theta, *gradient, learning_rate)
    return (*theta, trace)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
    trace: list[float] = []
    theta = tuple(t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2))
    for _ in range(n_epochs):
        mse = torch.nn.functional.mse_loss(forward_pass(X, *theta)[0], y)
        trace.append(mse.item())
        gradient = torch.autograd.grad(mse, theta)
        with torch.no_grad():
            for t, g in zip(theta, gradient):
                t.sub_(g, alpha=learning_rate)
    return (*(t.detach() for t in theta), trace)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n: int):
    gx = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    gy = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(gx, gy, indexing="xy")
    design = torch.stack([xx.flatten(), yy.flatten()], dim=1)
    fitted = forward_pass(design, W1, b1, W2, b2)[0]
    return xx, yy, fitted.view(n, n)
