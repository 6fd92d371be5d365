"""Enterprise edition: activations are strategy objects, layers are dataclasses, the network a facade with properties."""
from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Callable, Protocol

import numpy as np

log = logging.getLogger(__name__)

Array = np.ndarray
Loss = Callable[[Array, Array], float]


class Differentiable(Protocol):
    def __call__(self, x): ...
    def derivative(self, x): ...


class Activation(ABC):
    @abstractmethod
    def __call__(self, x): ...

    @abstractmethod
    def derivative(self, x): ...


class Logistic(Activation):
    def __call__(self, x):
        x = np.asarray(x, dtype=np.float64)
        e = np.exp(-np.abs(x))
        return np.where(x < 0, e, 1.0) / (1.0 + e)

    def derivative(self, x):
        e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
        return e / np.square(1.0 + e)


class Rectifier(Activation):
    def __call__(self, x):
        return np.maximum(x, np.zeros((), dtype=np.asarray(x).dtype))

    def derivative(self, x):
        return np.greater(x, 0, out=np.empty(np.shape(x)))


sigmoid = Logistic()
sigmoid_derivative = sigmoid.derivative
relu = Rectifier()
relu_derivative = relu.derivative


class MeanSquaredError:
    def __call__(self, y_pred, y_true):
        return np.average(np.power(np.subtract(y_pred, y_true, dtype=np.float64), 2))

    def derivative(self, y_pred, y_true):
        d = np.subtract(y_pred, y_true, dtype=np.float64)
        return (d + d) / d.size


mse_loss = MeanSquaredError()
mse_loss_derivative = mse_loss.derivative


@dataclass
class Dense:
    fan_in: int
    fan_out: int
    act: Differentiable = field(default=sigmoid, repr=False)
    W: Array = field(init=False, repr=False)
    b: Array = field(init=False, repr=False)
    x: Array = field(init=False, repr=False, default=None)
    z: Array = field(init=False, repr=False, default=None)
    a: Array = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        limit = np.sqrt(6 / (self.fan_in + self.fan_out))
        self.W = np.random.uniform(-limit, limit, (self.fan_in, self.fan_out))
        self.b = np.zeros((1, self.fan_out))

    def push(self, x: Array) -> Array:
        self.x = x
        self.z = x @ self.W + self.b
        self.a = self.act(self.z)
        return self.a

    def pull(self, upstream: Array) -> tuple[Array, Array, Array]:
        delta = upstream * self.act.derivative(self.z)
        return delta @ self.W.T, self.x.T @ delta, delta.sum(axis=0, keepdims=True)


def _forwarded(layer: str, name: str) -> property:
    def getter(self):
        return getattr(getattr(self, layer), name)

    def setter(self, value):
        setattr(getattr(self, layer), name, value)

    return property(getter, setter)


class SimpleNeuralNetwork:
    W1 = _forwarded("hidden", "W")
    b1 = _forwarded("hidden", "b")
    z1 = _forwarded("hidden", "z")
    a1 = _forwarded("hidden", "a")
    W2 = _forwarded("output", "W")
    b2 = _forwarded("output", "b")
    z2 = _forwarded("output", "z")
    a2 = _forwarded("output", "a")

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.hidden = Dense(input_size, hidden_size)
        self.output = Dense(hidden_size, output_size)
        self.learning_rate = learning_rate
        log.debug("created %r -> %r", self.hidden, self.output)

    def forward(self, X: Array) -> Array:
        return self.output.push(self.hidden.push(X))

    def backward(self, X: Array, y: Array, y_pred: Array) -> tuple[Array, Array, Array, Array]:
        upstream, dW2, db2 = self.output.pull(mse_loss_derivative(y_pred, y))
        _, dW1, db1 = self.hidden.pull(upstream)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        for layer, dW, db in ((self.hidden, dW1, db1), (self.output, dW2, db2)):
            layer.W = layer.W - self.learning_rate * dW
            layer.b = layer.b - self.learning_rate * db

    def train(self, X: Array, y: Array, epochs: int = 1000) -> list[float]:
        def epoch() -> float:
            out = self.forward(X)
            loss = float(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
            return loss

        history = [epoch() for _ in range(epochs)]
        if history:
            log.info("loss %.6f -> %.6f", history[0], history[-1])
        return history


class _Probe:
    """Central differences of one function; calls are counted."""

    def __init__(self, f, h):
        self.f, self.h, self.calls = f, h, 0

    def at(self, x, index, step):
        moved = np.array(x)
        moved[index] += step
        self.calls += 1
        return self.f(moved)

    def slope(self, x, index):
        return (self.at(x, index, self.h) - self.at(x, index, -self.h)) / (2 * self.h)


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype(np.float64)
    probe = _Probe(f, h)
    g = np.empty_like(x)
    for index, _ in np.ndenumerate(x):
        g[index] = probe.slope(x, index)
    assert probe.calls == 2 * x.size
    return g
