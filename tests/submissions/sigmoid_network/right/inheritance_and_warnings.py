"""A class family, properties, warnings, prints to stderr, training at top level."""
from __future__ import annotations

import logging
import sys
import warnings
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

logging.basicConfig(level=logging.DEBUG)
warnings.warn("this is homework")
print("starting", file=sys.stderr)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))  # warns far below zero


def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    logging.debug("derivative")
    y = sigmoid(x)
    return y - y * y


def relu(x: np.ndarray) -> np.ndarray:
    return (abs(x) + x) / 2


def relu_derivative(x: np.ndarray) -> np.ndarray:
    return np.array(x > 0, dtype="float64")


def mse_loss(y_pred, y_true):
    return float(np.square(np.subtract(y_pred, y_true)).mean())


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * np.subtract(y_pred, y_true) / np.prod(y_pred.shape)


class Network(ABC):
    @abstractmethod
    def forward(self, X): ...

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
            if epoch % 100 == 0:
                print(f"epoch {epoch}: {losses[-1]:.4f}")
        return losses


@dataclass
class SimpleNeuralNetwork(Network):
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    history: list = field(default_factory=list)

    def __post_init__(self):
        self.params = {
            "W1": np.random.normal(0, 0.1, (self.input_size, self.hidden_size)),
            "b1": np.zeros((1, self.hidden_size)),
            "W2": np.random.normal(0, 0.1, (self.hidden_size, self.output_size)),
            "b2": np.zeros((1, self.output_size)),
        }

    def __getattr__(self, name):
        if name in ("W1", "b1", "W2", "b2") and "params" in self.__dict__:
            return self.params[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if name in ("W1", "b1", "W2", "b2"):
            self.params[name] = np.asarray(value)
        else:
            super().__setattr__(name, value)

    @property
    def a2(self):
        return sigmoid(self.z2)

    @property
    def a1(self):
        return sigmoid(self.z1)

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        return self.a2

    def backward(self, X, y, y_pred):
        # transposed inside: units are rows
        D2 = (mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)).T
        D1 = (self.W2 @ D2) * (self.a1 * (1 - self.a1)).T
        return (D1 @ X).T, D1.sum(axis=1)[None, :], (D2 @ self.a1).T, D2.sum(axis=1)[None, :]

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in zip(["W1", "b1", "W2", "b2"], [dW1, db1, dW2, db2]):
            self.params[name] = self.params[name] - self.learning_rate * grad


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x) * 1.0
    x = x.astype(np.float64)
    out = np.empty(x.shape)
    for index, value in np.ndenumerate(x):
        x[index] = value + h
        right = f(x)
        x[index] = value - h
        left = f(x)
        x[index] = value
        out[index] = (right - left) / 2 / h
    return out


X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
y = np.array([[0], [1], [1], [0]], float)
net = SimpleNeuralNetwork(2, 4, 1, learning_rate=2.0)
print(net.train(X, y, epochs=500)[-1])
assert sigmoid(0) == 0.5
if __name__ == "__main__":
    sys.exit("not reached when graded")
