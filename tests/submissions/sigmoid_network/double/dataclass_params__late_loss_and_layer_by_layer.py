"""Sigmoid network; the sizes and the parameters are dataclasses."""

from dataclasses import dataclass, fields
from functools import partial

import numpy as np


def sigmoid(x):
    """Logistic function."""
    return np.reciprocal(1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -709, 709)))


def sigmoid_derivative(x):
    """sigmoid'(x)"""
    s = sigmoid(x)
    return s - s * s


def relu(x):
    """max(0, x)"""
    return np.where(np.asarray(x) > 0, x, np.zeros_like(x))


def relu_derivative(x):
    """1.0 for x > 0, else 0.0"""
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    """Mean squared error."""
    return float(np.mean(np.square(np.subtract(y_pred, y_true))))


def mse_loss_derivative(y_pred, y_true):
    """d mse_loss / d y_pred"""
    return np.subtract(y_pred, y_true) * 2.0 / np.size(y_true)


LAYER1 = ("W1", "b1")
LAYER2 = ("W2", "b2")


@dataclass(frozen=True)
class Sizes:
    n: int
    h: int
    k: int


@dataclass
class Params:
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    @classmethod
    def draw(cls, s):
        return cls(
            np.random.randn(s.n, s.h) / np.sqrt(s.n),
            np.zeros((1, s.h)),
            np.random.randn(s.h, s.k) / np.sqrt(s.h),
            np.zeros((1, s.k)),
        )


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.sizes = Sizes(input_size, hidden_size, output_size)
        self.learning_rate = learning_rate
        params = Params.draw(self.sizes)
        for f in fields(params):
            setattr(self, f.name, getattr(params, f.name))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        over_samples = partial(np.sum, axis=0, keepdims=True)
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dz1 = (dz2 @ self.W2.T) * sigmoid_derivative(self.z1)
        grad = Params(X.T @ dz1, over_samples(dz1), self.a1.T @ dz2, over_samples(dz2))
        return tuple(getattr(grad, f.name) for f in fields(grad))

    def step(self, names, grad):
        for f, g in zip(fields(Params), grad):
            if f.name in names:
                setattr(self, f.name, getattr(self, f.name) - self.learning_rate * g)

    def update_weights(self, dW1, db1, dW2, db2):
        self.step(LAYER1 + LAYER2, (dW1, db1, dW2, db2))

    def train(self, X, y, epochs=1000):
        history = []
        for _ in range(epochs):
            out = self.forward(X)
            for layer in (LAYER2, LAYER1):
                grad = self.backward(X, y, out)
                self.step(layer, grad)
            history.append(mse_loss(self.forward(X), y))
        return history


def numerical_gradient(f, x, h=1e-05):
    """Central differences."""
    x = np.array(x, dtype=np.float64)

    def moved(i, by):
        c = x.copy()
        c[i] += by
        return f(c)

    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        g[i] = (moved(i, h) - moved(i, -h)) / (2 * h)
    return g
