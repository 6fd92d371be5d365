"""Tensors by hand, then autograd. Layers as small objects because that is how I think."""
from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    decay = torch.exp(-torch.abs(x))
    return torch.where(x >= 0, 1 / (1 + decay), decay / (1 + decay))


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    complement = 1.0 - sigmoid_output
    return torch.mul(sigmoid_output, complement)


@dataclass
class Dense:
    weight: Tensor
    bias: Tensor

    def __call__(self, inputs: Tensor) -> Tensor:
        self.inputs = inputs
        return torch.addmm(self.bias, inputs, self.weight)

    def gradients(self, error_term: Tensor) -> Tuple[Tensor, Tensor]:
        return self.inputs.t().mm(error_term), error_term.sum(dim=0)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor):
    hidden_layer, output_layer = Dense(W1, b1), Dense(W2, b2)
    z1 = hidden_layer(X)
    h = sigmoid(z1)
    z2 = output_layer(h)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    return torch.nn.functional.mse_loss(y_pred, y)


@torch.no_grad()
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    hidden_layer = Dense(None, None)
    output_layer = Dense(W2, None)
    hidden_layer.inputs, output_layer.inputs = X, h

    grad_output = (y_pred - y).mul(2.0).div(y.numel())
    output_error_term = grad_output * sigmoid_derivative(y_pred)
    grad_hidden = output_error_term.mm(output_layer.weight.t())
    hidden_error_term = grad_hidden * sigmoid_derivative(h)

    grad_w2, grad_b2 = output_layer.gradients(output_error_term)
    grad_w1, grad_b1 = hidden_layer.gradients(hidden_error_term)
    return grad_w1, grad_b1, grad_w2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def step(parameter: Tensor, gradient: Tensor) -> Tensor:
        return parameter.sub(gradient, alpha=learning_rate)

    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses: List[float] = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        grad_w1, grad_b1, grad_w2, grad_b2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, grad_w1, grad_b1, grad_w2, grad_b2, learning_rate
        )
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    w1, bias1, w2, bias2 = (torch.nn.Parameter(t.detach().clone()) for t in (W1, b1, W2, b2))
    trainable = [w1, bias1, w2, bias2]
    losses: List[float] = []
    for epoch in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, *trainable)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        seed = loss.detach()
        loss.backward(gradient=seed)
        with torch.no_grad():
            for parameter in trainable:
                parameter.sub_(parameter.grad, alpha=learning_rate)
                parameter.grad.zero_()
    return (*[parameter.detach() for parameter in trainable], losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_axis = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y_axis = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = x_axis.unsqueeze(0).expand(n, n)
    yy = y_axis.unsqueeze(1).expand(n, n)
    points = torch.cat([xx.reshape(-1, 1), yy.reshape(-1, 1)], dim=1)
    predictions, _, _, _ = forward_pass(points, W1, b1, W2, b2)
    return xx, yy, predictions.reshape(n, n)
