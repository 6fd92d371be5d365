from __future__ import annotations

from typing import Callable, List, Tuple

import numpy as np

Array = np.ndarray


def sigmoid(x) -> Array:
    z: Array = np.asarray(x, dtype=np.float64)
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_derivative(x) -> Array:
    σ = sigmoid(x)
    return σ * (1 - σ)


def relu(x: Array) -> Array:
    return np.multiply(x, np.greater(x, 0))


def relu_derivative(x: Array) -> Array:
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred: Array, y_true: Array) -> float:
    return float(np.mean((y_true - y_pred) ** 2))


def mse_loss_derivative(y_pred: Array, y_true: Array) -> Array:
    return (y_pred - y_true) / (0.5 * y_pred.size)


class SimpleNeuralNetwork:
    W1: Array
    b1: Array
    W2: Array
    b2: Array

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        rng = np.random.default_rng(2024)
        self.learning_rate = learning_rate
        self.W1 = rng.uniform(-.1, .1, (input_size, hidden_size))
        self.W2 = rng.uniform(-.1, .1, (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: Array) -> Array:
        self.z1: Array = X @ self.W1 + self.b1
        self.a1: Array = sigmoid(self.z1)
        self.z2: Array = self.a1 @ self.W2 + self.b2
        self.a2: Array = sigmoid(self.z2)
        return self.a2

    def backward(self, X: Array, y: Array, y_pred: Array) -> Tuple[Array, Array, Array, Array]:
        δ2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        δ1 = δ2.sum(axis=1, keepdims=True) * sigmoid_derivative(self.z1)
        return X.T @ δ1, δ1.sum(axis=0, keepdims=True), self.a1.T @ δ2, δ2.sum(axis=0, keepdims=True)

    def update_weights(self, dW1: Array, db1: Array, dW2: Array, db2: Array) -> None:
        η = self.learning_rate
        self.W1 = self.W1 - η * dW1
        self.W2 = self.W2 - η * dW2
        self.b1 = self.b1 - η * db1
        self.b2 = self.b2 - η * db2

    def train(self, X: Array, y: Array, epochs: int = 1000) -> List[float]:
        losses: List[float] = []
        for _ in range(epochs):
            ŷ = self.forward(X)
            losses.append(mse_loss(ŷ, y))
            self.update_weights(*self.backward(X, y, ŷ))
        return losses


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-05) -> Array:
    p = np.array(x, dtype=np.float64)
    m = p.copy()
    out = np.zeros_like(p)
    for i in np.ndindex(p.shape):
        c = p[i]
        p[i], m[i] = c + h, c - h
        out[i] = (f(p) - f(m)) / (2 * h)
        p[i] = m[i] = c
    return out
