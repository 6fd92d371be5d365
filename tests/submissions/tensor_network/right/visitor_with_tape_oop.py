from __future__ import annotations
from typing import Callable, List
import numpy as np
import torch
from torch import Tensor


class Tape:
    """records how to go back, pops in reverse"""

    def __init__(self):
        self._undo: List[Callable[[Tensor], Tensor]] = []
        self.found: dict[str, Tensor] = {}

    def record(self, f):
        self._undo.append(f)
        return self

    def rewind(self, g: Tensor) -> "Tape":
        while self._undo:
            g = self._undo.pop()(g)
        return self

    def keep(self, name, value):
        self.found[name] = value.detach()


def sigmoid(x):
    return torch.exp(torch.nn.functional.logsigmoid(x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(sigmoid_output.neg().add(1))


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def pre(self, v):
        return torch.matmul(v, self.W).add(self.b)


def forward_pass(X, W1, b1, W2, b2):
    lower, upper = Dense(W1, b1), Dense(W2, b2)
    z1 = lower.pre(X)
    h = sigmoid(z1)
    z2 = upper.pre(h)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.linalg.vector_norm(y_pred - y).square() / y.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    tape = Tape()

    def through_dense(number, inp, W):
        def undo(g):
            tape.keep(f"dW{number}", inp.t().mm(g))
            tape.keep(f"db{number}", g.sum(dim=0))
            return g if W is None else g.mm(W.t())
        return undo

    (tape.record(through_dense(1, X, None))
         .record(lambda g: g * sigmoid_derivative(h))
         .record(through_dense(2, h, W2))
         .record(lambda g: g * sigmoid_derivative(y_pred))
         .record(lambda r: r.mul(2).div(r.numel()))
         .rewind(y_pred.sub(y)))
    return tuple(tape.found[k] for k in ("dW1", "db1", "dW2", "db2"))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    updated = []
    for parameter, gradient in zip([W1, b1, W2, b2], [dW1, db1, dW2, db2]):
        fresh = parameter.clone()
        fresh.sub_(gradient, alpha=learning_rate)
        updated.append(fresh)
    return tuple(updated)


class Trainer:
    def __init__(self, X, y, rate):
        self.X, self.y, self.rate, self.losses = X, y, rate, []

    def epoch(self, params):
        outputs = forward_pass(self.X, *params)
        self.losses.append(float(compute_loss(outputs[0], self.y)))
        return update_parameters(*params, *backward_pass(self.X, self.y, *outputs, params[2]), self.rate)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    trainer, params = Trainer(X, y, learning_rate), (W1, b1, W2, b2)
    for _ in range(n_epochs):
        params = trainer.epoch(params)
    return (*params, trainer.losses)


class Net(torch.nn.Module):
    @staticmethod
    def of(W1, b1, W2, b2) -> Net:
        net = Net()
        for name, value in dict(W1=W1, b1=b1, W2=W2, b2=b2).items():
            net.register_parameter(name, torch.nn.Parameter(value.clone()))
        return net

    def forward(self, X):
        return forward_pass(X, self.W1, self.b1, self.W2, self.b2)[0]


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = Net.of(W1, b1, W2, b2)
    optimizer = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(net(X), y)
        loss.backward()
        losses.append(loss.item())
        return loss
    for _ in range(n_epochs):
        optimizer.step(closure)
    return net.W1.detach(), net.b1.detach(), net.W2.detach(), net.b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    yy, xx = np.mgrid[y_range[0]:y_range[1]:n * 1j, x_range[0]:x_range[1]:n * 1j]
    points = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    with torch.no_grad():
        predictions = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, predictions.view(n, n).numpy()
