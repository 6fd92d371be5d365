from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    return np.piecewise(
        x,
        [x < 0],
        [lambda t: np.exp(t) / (1 + np.exp(t)), lambda t: 1 / (1 + np.exp(-t))],
    )


def sigmoid_derivative(x):
    return 1 / (2 + 2 * np.cosh(np.clip(x, -300.0, 300.0)))


def relu(x):
    return np.where(np.asarray(x) >= 0, x, np.zeros_like(x))


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return np.linalg.norm(y_pred - y_true) ** 2 / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (y_pred.size / 2)


class Gradients(NamedTuple):
    dW1: np.ndarray
    db1: np.ndarray
    dW2: np.ndarray
    db2: np.ndarray


@dataclass
class SimpleNeuralNetwork:
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1

    W1: np.ndarray = field(init=False, repr=False)
    b1: np.ndarray = field(init=False, repr=False)
    W2: np.ndarray = field(init=False, repr=False)
    b2: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        draw = np.random.default_rng().normal
        self.W1 = draw(scale=0.4, size=(self.input_size, self.hidden_size))
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = draw(scale=0.4, size=(self.hidden_size, self.output_size))
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        hidden_in = X @ self.W1 + self.b1
        hidden_out = sigmoid(hidden_in)
        output_in = hidden_out @ self.W2 + self.b2
        output_out = sigmoid(output_in)

        self.z1, self.a1 = hidden_in, hidden_out
        self.z2, self.a2 = output_in, sigmoid(output_out)
        return self.a2

    def backward(self, X, y, y_pred) -> Gradients:
        at_output = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        at_hidden = (at_output @ self.W2.T) * sigmoid_derivative(self.z1)
        return Gradients(
            dW1=X.T @ at_hidden,
            db1=at_hidden.sum(axis=0, keepdims=True),
            dW2=self.a1.T @ at_output,
            db2=at_output.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000) -> list[float]:
        losses: list[float] = []
        for _ in range(epochs):
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    shape = x.shape
    flat = x.ravel()
    steps = h * np.eye(flat.size)
    slopes = [
        (f((flat + step).reshape(shape)) - f((flat - step).reshape(shape))) / (2 * h)
        for step in steps
    ]
    return np.array(slopes, dtype=np.float64).reshape(shape)
