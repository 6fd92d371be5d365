"""One hidden layer, as a chain of little objects that know their own way back."""
from dataclasses import dataclass

import numpy as np
import torch


def sigmoid(x):
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output.square()


@dataclass
class Affine:
    """inp @ weight + bias; `weight` may be None where nothing has to go further back."""
    inp: torch.Tensor
    weight: torch.Tensor = None

    def params(self, up):
        return torch.einsum("mi,mo->io", self.inp, up), torch.einsum("mo->o", up)

    def backward(self, up):
        return torch.einsum("mo,io->mi", up, self.weight)


@dataclass
class Squash:
    out: torch.Tensor

    def backward(self, up):
        return up * sigmoid_derivative(self.out)


@dataclass
class MeanSquare:
    guess: torch.Tensor
    truth: torch.Tensor

    def value(self):
        return (self.guess - self.truth).pow(2).mean()

    def backward(self, up=1.0):
        return up * (self.guess - self.truth) / self.truth.numel()


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.einsum("mi,ih->mh", X, W1) + b1
    h = sigmoid(z1)
    z2 = torch.einsum("mh,hk->mk", h, W2) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return MeanSquare(y_pred, y).value()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    chain = [Affine(X), Squash(h), Affine(z1, W2), Squash(y_pred), MeanSquare(y_pred, y)]
    up, found = 1.0, []
    while chain:
        node = chain.pop()
        if isinstance(node, Affine):
            found = [*node.params(up), *found]
        if chain:
            up = node.backward(up)
    return tuple(found)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(torch.sub(p, g, alpha=learning_rate) for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        state = forward_pass(X, *theta)
        losses.append(compute_loss(state[0], y).item())
        theta = update_parameters(*theta, *backward_pass(X, y, *state, theta[2]), learning_rate)
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [torch.nn.Parameter(p.detach().clone()) for p in (W1, b1, W2, b2)]
    opt, losses = torch.optim.SGD(theta, lr=learning_rate), []
    for _ in range(n_epochs):
        opt.zero_grad()
        loss = (forward_pass(X, *theta)[0] - y).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return (*(p.detach() for p in theta), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs, ys = (torch.linspace(*r, n, dtype=W1.dtype) for r in (x_range, y_range))
    xx, yy = xs.expand(n, n), ys[:, None].expand(n, n)
    out = forward_pass(torch.stack((xx, yy), -1).reshape(-1, 2), W1, b1, W2, b2)[0]
    return xx, yy, out.view(n, n)
