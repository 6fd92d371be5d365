from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Arr = npt.NDArray[np.floating]


class Loss(Protocol):
    def value(self, p: Arr, t: Arr) -> float: ...

    def gradient(self, p: Arr, t: Arr) -> Arr: ...


class MSE:
    def value(self, p: Arr, t: Arr) -> float:
        return float(np.mean((p - t) ** 2))

    def gradient(self, p: Arr, t: Arr) -> Arr:
        return (p - t) * (2.0 / p.size)


def sigmoid(x: npt.ArrayLike) -> Arr:
    safe = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1.0 / 1.0 + np.exp(-safe)


def sigmoid_derivative(x: npt.ArrayLike) -> Arr:
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x: npt.NDArray) -> npt.NDArray:
    return np.clip(x, 0, None)


def relu_derivative(x: npt.NDArray) -> Arr:
    return (x > 0) * 1.0


def mse_loss(y_pred: Arr, y_true: Arr) -> float:
    return MSE().value(y_pred, y_true)


def mse_loss_derivative(y_pred: Arr, y_true: Arr) -> Arr:
    return MSE().gradient(y_pred, y_true)


class SimpleNeuralNetwork:
    W1: Arr
    b1: Arr
    W2: Arr
    b2: Arr
    loss: Loss = MSE()

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        rng = np.random.default_rng()
        self.W1, self.b1 = self._layer(rng, input_size, hidden_size)
        self.W2, self.b2 = self._layer(rng, hidden_size, output_size)
        self.learning_rate = learning_rate

    @staticmethod
    def _layer(rng: np.random.Generator, rows: int, cols: int) -> tuple[Arr, Arr]:
        return rng.uniform(-0.1, 0.1, (rows, cols)), np.zeros((1, cols))

    def forward(self, X: Arr) -> Arr:
        self.z1: Arr = X @ self.W1 + self.b1
        self.a1: Arr = sigmoid(self.z1)
        self.z2: Arr = self.a1 @ self.W2 + self.b2
        self.a2: Arr = sigmoid(self.z2)
        return self.a2

    def backward(self, X: Arr, y: Arr, y_pred: Arr) -> tuple[Arr, Arr, Arr, Arr]:
        upper: Arr = self.loss.gradient(y_pred, y) * sigmoid_derivative(self.z2)
        lower: Arr = upper @ self.W2.T * sigmoid_derivative(self.z1)
        return (
            X.T @ lower,
            np.sum(lower, axis=0, keepdims=True),
            self.a1.T @ upper,
            np.sum(upper, axis=0, keepdims=True),
        )

    def update_weights(self, dW1: Arr, db1: Arr, dW2: Arr, db2: Arr) -> None:
        rate = self.learning_rate
        self.W1 = self.W1 - rate * dW1
        self.b1 = self.b1 - rate * db1
        self.W2 = self.W2 - rate * dW2
        self.b2 = self.b2 - rate * db2

    def train(self, X: Arr, y: Arr, epochs: int = 1000) -> list[float]:
        losses: list[float] = []
        for _ in range(epochs):
            prediction = self.forward(X)
            losses.append(self.loss.value(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f, x: npt.NDArray, h: float = 1e-05) -> npt.NDArray[np.float64]:
    point = np.array(x, dtype=np.float64)
    out = np.zeros(point.shape, dtype=np.float64)
    for where, centre in np.ndenumerate(np.array(point)):
        point[where] = centre + h
        ahead = f(point)
        point[where] = centre - h
        behind = f(point)
        point[where] = centre
        out[where] = (ahead - behind) / (2.0 * h)
    return out
