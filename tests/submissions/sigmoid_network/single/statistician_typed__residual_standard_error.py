"""Neural network as a nonlinear regression model."""

from __future__ import annotations

from typing import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Gradient = tuple[NDArray, NDArray, NDArray, NDArray]


def sigmoid(x: ArrayLike) -> NDArray:
    """Inverse logit."""
    eta = np.asarray(x, dtype=np.float64)
    return np.exp(-np.logaddexp(0.0, -eta))


def sigmoid_derivative(x: ArrayLike) -> NDArray:
    mu = sigmoid(x)
    return mu * (1.0 - mu)  # Bernoulli variance


def relu(x: ArrayLike) -> NDArray:
    x = np.asarray(x)
    return np.where(x > 0, x, np.zeros_like(x))


def relu_derivative(x: ArrayLike) -> NDArray:
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def _residuals(y_pred: NDArray, y_true: NDArray) -> NDArray:
    return np.asarray(y_pred, dtype=float) - np.asarray(y_true, dtype=float)


def mse_loss(y_pred: NDArray, y_true: NDArray) -> float:
    resid = _residuals(y_pred, y_true)
    rss = float(np.sum(resid**2))
    n_obs = resid.size
    return (rss / n_obs) ** 0.5


def mse_loss_derivative(y_pred: NDArray, y_true: NDArray) -> NDArray:
    resid = _residuals(y_pred, y_true)
    return 2.0 * resid / resid.size


class SimpleNeuralNetwork:
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ) -> None:
        self.learning_rate = learning_rate
        self.W1: NDArray = np.random.normal(scale=0.2, size=(input_size, hidden_size))
        self.b1: NDArray = np.zeros((1, hidden_size))
        self.W2: NDArray = np.random.normal(scale=0.2, size=(hidden_size, output_size))
        self.b2: NDArray = np.zeros((1, output_size))

    def forward(self, X: NDArray) -> NDArray:
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X: NDArray, y: NDArray, y_pred: NDArray) -> Gradient:
        score_out = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        score_hidden = (score_out @ self.W2.T) * sigmoid_derivative(self.z1)
        return (
            X.T @ score_hidden,
            score_hidden.sum(axis=0, keepdims=True),
            self.a1.T @ score_out,
            score_out.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1: NDArray, db1: NDArray, dW2: NDArray, db2: NDArray) -> None:
        for name, grad in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
            setattr(self, name, getattr(self, name) - self.learning_rate * grad)

    def train(self, X: NDArray, y: NDArray, epochs: int = 1000) -> list[float]:
        trace: list[float] = []
        for _ in range(epochs):
            fitted = self.forward(X)
            trace.append(mse_loss(fitted, y))
            self.update_weights(*self.backward(X, y, fitted))
        return trace


def numerical_gradient(
    f: Callable[[NDArray], float], x: ArrayLike, h: float = 1e-05
) -> NDArray:
    theta = np.array(x, dtype=np.float64)
    out = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / (2.0 * h)
    return out
