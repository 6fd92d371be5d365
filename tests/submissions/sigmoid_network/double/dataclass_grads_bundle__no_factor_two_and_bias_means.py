from __future__ import annotations

from dataclasses import astuple, dataclass, fields

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    decay = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, decay) / (1.0 + decay)


def sigmoid_derivative(x):
    return (s := sigmoid(x)) - s * s


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


@dataclass
class Bundle:
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    def __sub__(self, other: "Bundle") -> "Bundle":
        return Bundle(*(p - q for p, q in zip(astuple(self), astuple(other))))

    def __rmul__(self, factor: float) -> "Bundle":
        return Bundle(*(factor * p for p in astuple(self)))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.p = Bundle(
            np.random.randn(input_size, hidden_size) * 0.1,
            np.zeros((1, hidden_size)),
            np.random.randn(hidden_size, output_size) * 0.1,
            np.zeros((1, output_size)),
        )

    def forward(self, X):
        p = self.p
        self.z1 = X @ p.W1 + p.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ p.W2 + p.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dL = (y_pred - y) / y.size
        dz2 = dL * sigmoid_derivative(self.z2)
        dz1 = dz2 @ self.p.W2.T * sigmoid_derivative(self.z1)
        grad = Bundle(
            W1=X.T @ dz1,
            b1=dz1.mean(axis=0, keepdims=True),
            W2=self.a1.T @ dz2,
            b2=dz2.mean(axis=0, keepdims=True),
        )
        return astuple(grad)

    def update_weights(self, dW1, db1, dW2, db2):
        self.p = self.p - self.learning_rate * Bundle(dW1, db1, dW2, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


for _f in fields(Bundle):  # net.W1 is net.p.W1 and so on
    setattr(
        SimpleNeuralNetwork,
        _f.name,
        property(
            lambda self, n=_f.name: getattr(self.p, n),
            lambda self, value, n=_f.name: setattr(self.p, n, value),
        ),
    )


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        c = x[i]
        x[i] = c + h
        slopes[i] = f(x)
        x[i] = c - h
        slopes[i] = (slopes[i] - f(x)) / (2 * h)
        x[i] = c
    return slopes
