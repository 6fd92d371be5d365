"""simple network, but with *layers* (because why not).

I wanted to practise dataclasses, so the net is two `Affine` objects with a sigmoid on top.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

import numpy as np

Array = np.ndarray


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s**2


def relu(x):
    return np.where(np.asarray(x) > 0, x, 0)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float), 0.0)


def mse_loss(y_pred, y_true):
    gap = np.subtract(y_pred, y_true)
    return float(np.vdot(gap, gap) / gap.size)


def mse_loss_derivative(y_pred, y_true):
    gap = np.subtract(y_pred, y_true)
    gap *= 2.0 / gap.size
    return gap


@dataclass
class Affine:
    weight: Array
    bias: Array
    inp: Array | None = field(default=None, repr=False)
    pre: Array | None = field(default=None, repr=False)
    post: Array | None = field(default=None, repr=False)
    hooks: list[Callable[["Affine"], None]] = field(default_factory=list, repr=False)

    @classmethod
    def random(cls, fan_in: int, fan_out: int) -> "Affine":
        return cls(0.1 * np.random.standard_normal((fan_in, fan_out)), np.zeros((1, fan_out)))

    def __call__(self, inp: Array) -> Array:
        self.inp = inp
        self.pre = inp @ self.weight + self.bias
        self.post = sigmoid(self.pre)
        for hook in self.hooks:
            hook(self)
        return self.post

    def pullback(self, upstream: Array) -> tuple[Array, Array, Array]:
        """upstream is dL/d(post); gives dL/dinp, dL/dweight, dL/dbias"""
        local = upstream * sigmoid_derivative(self.pre)
        return local @ self.weight.T, self.inp.T @ local, local.sum(axis=0, keepdims=True)


def _mirror(layer_name: str, attr: str) -> property:
    def getter(self):
        return getattr(getattr(self, layer_name), attr)

    def setter(self, value):
        setattr(getattr(self, layer_name), attr, value)

    return property(getter, setter)


class SimpleNeuralNetwork:
    W1 = _mirror("hidden", "weight")
    b1 = _mirror("hidden", "bias")
    z1 = _mirror("hidden", "pre")
    a1 = _mirror("hidden", "post")
    W2 = _mirror("out", "weight")
    b2 = _mirror("out", "bias")
    z2 = _mirror("out", "pre")
    a2 = _mirror("out", "post")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.hidden = Affine.random(input_size, hidden_size)
        self.out = Affine.random(hidden_size, output_size)

    def forward(self, X):
        return self.out(self.hidden(X))

    def backward(self, X, y, y_pred):
        self.hidden.inp = X
        grad, dW2, db2 = self.out.pullback(mse_loss_derivative(y_pred, y))
        _, dW1, db1 = self.hidden.pullback(grad)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for layer, dw, db in ((self.hidden, dW1, db1), (self.out, dW2, db2)):
            layer.weight = layer.weight - self.learning_rate * dw
            layer.bias = layer.bias - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        def one_step():
            guess = self.forward(X)
            before = mse_loss(guess, y)
            self.update_weights(*self.backward(X, y, guess))
            return before

        return [one_step() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    slope = np.empty_like(x)
    for where in np.ndindex(x.shape):
        kept = x[where]
        x[where] = kept + h
        up = f(x)
        x[where] = kept - h
        down = f(x)
        x[where] = kept
        slope[where] = (up - down) / (2 * h)
    return slope


if __name__ == "__main__":
    seen = []
    net = SimpleNeuralNetwork(2, 3, 1)
    net.hidden.hooks.append(lambda layer: seen.append(layer.post.mean()))
    net.train(np.eye(2), np.ones((2, 1)), epochs=3)
    print(net.hidden, len(seen))
