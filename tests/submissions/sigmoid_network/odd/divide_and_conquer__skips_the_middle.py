from __future__ import annotations

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return (1 + np.tanh(x / 2)) / 2


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float), 0)


def mse_loss(y_pred, y_true):
    return float(((y_pred - y_true) ** 2).mean())


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def _one(self, x, upstream, z1, a1, z2) -> list[np.ndarray]:
        """a single sample's share"""
        d2 = upstream * sigmoid_derivative(z2)
        d1 = self.W2.dot(d2) * sigmoid_derivative(z1)
        return [np.outer(x, d1), d1[None, :], np.outer(a1, d2), d2[None, :]]

    def _many(self, samples: list, low: int, high: int) -> list[np.ndarray]:
        """the samples low, ..., high - 1"""
        if low >= high:
            return [np.zeros_like(p) for p in (self.W1, self.b1, self.W2, self.b2)]
        if high - low == 1:
            return self._one(*samples[low])
        middle = (low + high) // 2
        left = self._many(samples, low, middle)
        right = self._many(samples, middle + 1, high)
        return [a + b for a, b in zip(left, right)]

    def backward(self, X, y, y_pred):
        samples = list(zip(X, mse_loss_derivative(y_pred, y), self.z1, self.a1, self.z2))
        return tuple(self._many(samples, 0, len(samples)))

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs: int = 1000) -> list[float]:
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)

    def slopes(low, high):
        if low == high:
            return np.zeros(0)
        if high == low + 1:
            e = np.zeros(x.size)
            e[low] = h
            e.shape = x.shape
            return np.array([(f(x + e) - f(x - e)) / (2 * h)], dtype=float)
        middle = (low + high) // 2
        return np.concatenate([slopes(low, middle), slopes(middle, high)])

    return slopes(0, x.size).reshape(x.shape)
