"""A torch.autograd.Function of its own for the sigmoid, torch.autograd.grad for the gradients, named tuples for the results."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor


class Parameters(NamedTuple):
    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor


class Forward(NamedTuple):
    y_pred: Tensor
    h: Tensor
    z1: Tensor
    z2: Tensor


class Trained(NamedTuple):
    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor
    losses: list


class Logistic(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        small = torch.exp(-x.abs())
        out = torch.where(x < 0, small, torch.ones_like(x)) / (1 + small)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, upstream):
        (out,) = ctx.saved_tensors
        return upstream * sigmoid_derivative(out)


def sigmoid(x):
    return Logistic.apply(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output.square()


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return Forward(y_pred=sigmoid(z2), h=h, z1=z1, z2=z2)


def compute_loss(y_pred, y):
    return torch.sub(y_pred, y).square().mean()


@torch.no_grad()
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    scale = 2 / y.numel()
    delta2 = scale * (y_pred - y) * sigmoid_derivative(y_pred)
    delta1 = delta2 @ W2.T * sigmoid_derivative(h)
    one = X.new_ones(X.shape[0])
    return Parameters(X.T @ delta1, one @ delta1, h.T @ delta2, one @ delta2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    old, gradient = (W1, b1, W2, b2), (dW1, db1, dW2, db2)
    return Parameters._make(torch.sub(p, g, alpha=learning_rate) for p, g in zip(old, gradient))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = Parameters(W1, b1, W2, b2)
    losses = []
    for _ in range(n_epochs):
        result = forward_pass(X, *parameters)
        losses.append(compute_loss(result.y_pred, y))
        parameters = update_parameters(*parameters, *backward_pass(X, y, *result, parameters.W2), learning_rate)
    return Trained(*parameters, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = Parameters(*(p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)))
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *parameters).y_pred, y)
        gradient = torch.autograd.grad(loss, parameters)
        losses.append(loss.detach())
        parameters = Parameters._make(
            p.detach().sub(g, alpha=learning_rate).requires_grad_() for p, g in zip(parameters, gradient)
        )
    return Trained(*(p.detach() for p in parameters), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.linspace(*x_range, n, dtype=W1.dtype)
    y = torch.linspace(*y_range, n, dtype=W1.dtype)
    yy, xx = torch.meshgrid(y, x, indexing="ij")

    out = torch.empty(n, n, dtype=W1.dtype)
    with torch.no_grad():
        for i in range(n):
            points = torch.stack([xx[i], yy[i]], dim=1)
            out[i] = forward_pass(points, W1, b1, W2, b2).y_pred[:, 0]
    return xx, yy, out
