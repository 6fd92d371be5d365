# functional style: no .grad attributes anywhere, torch.autograd.grad only
from functools import reduce
from typing import NamedTuple

import numpy as np
import torch


class Theta(NamedTuple):
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    def map(self, f):
        return Theta(*map(f, self))

    def minus(self, eta, nabla):
        return Theta(*(p - eta * g for p, g in zip(self, nabla)))


def sigmoid(x):
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def compute_loss(y_pred, y):
    return torch.square(y_pred - y).mean()


def forward_pass(X, W1, b1, W2, b2):
    layer = lambda hist, wb: hist + [z := hist[-1] @ wb[0] + wb[1], sigmoid(z)]
    _, z1, h, z2, y_pred = reduce(layer, [(W1, b1), (W2, b2)], [X])
    return y_pred, h, z1, z2


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    layer_grads = lambda inp, delta: (inp.T @ delta, delta.sum(0))
    delta2 = (2 / y.numel()) * (y_pred - y) * sigmoid_derivative(y_pred)
    delta1 = (delta2 @ W2.T) * sigmoid_derivative(h)
    return layer_grads(X, delta1) + layer_grads(h, delta2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(Theta(W1, b1, W2, b2).minus(learning_rate, (dW1, db1, dW2, db2)))


def _descend(step, theta, n_epochs):
    """Runs step: theta -> (theta, loss), n_epochs times, and collects the losses."""
    losses = []
    for _ in range(n_epochs):
        theta, loss = step(theta)
        losses.append(float(loss))
    return (*theta, losses)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def step(theta):
        out = forward_pass(X, *theta)
        nabla = backward_pass(X, y, *out, theta.W2)
        return theta.minus(learning_rate, nabla), compute_loss(out[0], y)

    return _descend(step, Theta(W1, b1, W2, b2), n_epochs)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def step(theta):
        leaves = theta.map(lambda t: t.detach().clone().requires_grad_(True))
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        # grad(outputs, inputs, grad_outputs): what goes in at the top of the graph
        nabla = torch.autograd.grad(loss, leaves, grad_outputs=loss.detach())
        return leaves.map(torch.Tensor.detach).minus(learning_rate, nabla), loss.detach()

    return _descend(step, Theta(W1, b1, W2, b2), n_epochs)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(*(np.linspace(lo, hi, n) for lo, hi in (x_range, y_range)))
    pts = torch.from_numpy(np.stack([xx, yy], axis=-1)).to(W1.dtype)  # (n, n, 2), @ broadcasts
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].squeeze(-1)
