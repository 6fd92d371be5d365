from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray


def sigmoid(x) -> NDArray:
    clipped = np.clip(np.asarray(x, dtype=np.float64), -500.0, 500.0)
    return np.reciprocal(1.0 + np.exp(-clipped))


def sigmoid_derivative(x) -> NDArray:
    value = sigmoid(x)
    return value - np.square(value)


def relu(x: NDArray) -> NDArray:
    return np.clip(x, 0, None)


def relu_derivative(x: NDArray) -> NDArray:
    return np.asarray(np.asarray(x) > 0, dtype=np.float64)


def mse_loss(y_pred: NDArray, y_true: NDArray) -> float:
    return float(np.square(y_pred - y_true).mean())


def mse_loss_derivative(y_pred: NDArray, y_true: NDArray) -> NDArray:
    element_count: int = y_pred.shape[-1]
    return 2.0 * (y_pred - y_true) / element_count


@dataclass
class Gradients:
    dW1: NDArray
    db1: NDArray
    dW2: NDArray
    db2: NDArray


class SimpleNeuralNetwork:
    W1: NDArray
    b1: NDArray
    W2: NDArray
    b2: NDArray

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ) -> None:
        generator = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = generator.normal(scale=0.2, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = generator.normal(scale=0.2, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X: NDArray) -> NDArray:
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(
        self, X: NDArray, y: NDArray, y_pred: NDArray
    ) -> tuple[NDArray, NDArray, NDArray, NDArray]:
        output_error = (y_pred - y) * sigmoid_derivative(self.z2) * (2.0 / y.size)
        hidden_error = (output_error @ self.W2.T) * sigmoid_derivative(self.z1)
        gradients = Gradients(
            dW1=X.T @ hidden_error,
            db1=hidden_error.sum(axis=0, keepdims=True),
            dW2=self.a1.T @ output_error,
            db2=output_error.sum(axis=0, keepdims=True),
        )
        return astuple(gradients)

    def update_weights(
        self, dW1: NDArray, db1: NDArray, dW2: NDArray, db2: NDArray
    ) -> None:
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X: NDArray, y: NDArray, epochs: int = 1000) -> list[float]:
        losses: list[float] = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h: float = 1e-05) -> NDArray:
    base = np.array(x, dtype=np.float64)
    gradient = np.zeros(base.shape, dtype=np.float64)

    def shifted(index: tuple[int, ...], amount: float) -> NDArray:
        moved = base.copy()
        moved[index] += amount
        return moved

    for index in np.ndindex(*base.shape):
        gradient[index] = (f(shifted(index, h)) - f(shifted(index, -h))) / (2.0 * h)
    return gradient
