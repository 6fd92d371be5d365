from typing import Callable, NamedTuple, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Grads = Tuple[Floats, Floats, Floats, Floats]


def sigmoid(x: ArrayLike) -> Floats:
    limited = np.clip(np.asarray(x, dtype=np.float64), -700.0, 700.0)
    return 1.0 / (1.0 + np.exp(-limited))


def sigmoid_derivative(x: ArrayLike) -> Floats:
    return (lambda s: s * (1.0 - s))(sigmoid(x))


def relu(x: NDArray) -> NDArray:
    return np.maximum(x, np.zeros_like(x))


def relu_derivative(x: NDArray) -> Floats:
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred: Floats, y_true: Floats) -> float:
    return float(((y_pred - y_true) ** 2).sum() / y_true.size)


def mse_loss_derivative(y_pred: Floats, y_true: Floats) -> Floats:
    return 2.0 / y_true.size * (y_pred - y_true)


class Trace(NamedTuple):
    z1: Floats
    a1: Floats
    z2: Floats
    a2: Floats


class SimpleNeuralNetwork:
    trace: Trace

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1: Floats = np.random.normal(scale=0.1, size=(input_size, hidden_size))
        self.b1: Floats = np.zeros(shape=(1, hidden_size))
        self.W2: Floats = np.random.normal(scale=0.1, size=(hidden_size, output_size))
        self.b2: Floats = np.zeros(shape=(1, output_size))

    def forward(self, X: Floats) -> Floats:
        z1 = X @ self.W1 + self.b1
        a1 = sigmoid(z1)
        z2 = a1 @ self.W2 + self.b2
        self.trace = Trace(z1, a1, z2, sigmoid(z2))
        for name, value in self.trace._asdict().items():
            setattr(self, name, value)
        return self.trace.a2

    def backward(self, X: Floats, y: Floats, y_pred: Floats) -> Grads:
        _, a1, _, a2 = self.trace
        back = ((top := (y_pred - y) * a2 * (1 - a2)) @ self.W2.T) * a1 * (1 - a1)
        scale = 2 / y.size
        return scale * (X.T @ back), scale * back.sum(0, keepdims=True), scale * (a1.T @ top), scale * top.sum(0, keepdims=True)

    def update_weights(self, dW1: Floats, db1: Floats, dW2: Floats, db2: Floats) -> None:
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: Floats, y: Floats, epochs: int = 1000) -> list[float]:
        log: list[float] = []
        for _ in range(epochs):
            log.append(mse_loss(guess := self.forward(X), y))
            self.update_weights(*self.backward(X, y, guess))
        return log


def numerical_gradient(f: Callable[[Floats], float], x: NDArray, h: float = 1e-05) -> Floats:
    point: Floats = x.astype(np.float64)
    gradient: Floats = np.zeros(point.shape, dtype=np.float64)
    for index in np.ndindex(*point.shape):
        nudge = np.zeros(point.shape)
        nudge[index] = h
        gradient[index] = (f(point + nudge) - f(point - nudge)) / (2 * h)
    return gradient
