from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sigmoid(x: ArrayLike) -> Array:
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x: ArrayLike) -> Array:
    activation = sigmoid(x)
    return activation - activation**2


def relu(x: ArrayLike) -> NDArray:
    return np.maximum(np.asarray(x), 0)


def relu_derivative(x: ArrayLike) -> Array:
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred: Array, y_true: Array) -> float:
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred: Array, y_true: Array) -> Array:
    return 2.0 * (y_pred - y_true) / np.size(y_true)


@dataclass
class Residual:
    """What the output layer got wrong, and how many numbers went into the mean."""

    values: Array
    count: int

    @classmethod
    def between(cls, prediction: Array, target: Array) -> Residual:
        return cls(
            values=prediction - target,
            count=target.shape[0],
        )

    def gradient(self) -> Array:
        return 2.0 / self.count * self.values


class SimpleNeuralNetwork:
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ) -> None:
        generator = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1: Array = generator.standard_normal((input_size, hidden_size)) * 0.2
        self.b1: Array = np.zeros((1, hidden_size))
        self.W2: Array = generator.standard_normal((hidden_size, output_size)) * 0.2
        self.b2: Array = np.zeros((1, output_size))

    def forward(self, X: Array) -> Array:
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(
        self, X: Array, y: Array, y_pred: Array
    ) -> tuple[Array, Array, Array, Array]:
        residual = Residual.between(y_pred, y)

        grad_z2 = residual.gradient() * sigmoid_derivative(self.z2)
        grad_z1 = grad_z2 @ self.W2.T * sigmoid_derivative(self.z1)

        return (
            X.T @ grad_z1,
            grad_z1.sum(axis=0, keepdims=True),
            self.a1.T @ grad_z2,
            grad_z2.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1: Array, db1: Array, dW2: Array, db2: Array) -> None:
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X: Array, y: Array, epochs: int = 1000) -> list[float]:
        history: list[float] = []
        for _ in range(epochs):
            prediction = self.forward(X)
            history.append(mse_loss(prediction, y))
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
        return history


def numerical_gradient(
    f: Callable[[Array], float],
    x: ArrayLike,
    h: float = 1e-05,
) -> Array:
    point: Array = np.array(x, dtype=np.float64)
    result: Array = np.empty_like(point)
    for index in np.ndindex(point.shape):
        original = point[index]
        point[index] = original + h
        above = f(point)
        point[index] = original - h
        below = f(point)
        point[index] = original
        result[index] = (above - below) / (2 * h)
    return result
