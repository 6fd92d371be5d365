"""Sigmoid network as a dataclass."""
from dataclasses import dataclass, field

import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    return np.piecewise(
        x,
        [x >= 0],
        [lambda v: 1 / (1 + np.exp(-v)), lambda v: np.exp(v) / (1 + np.exp(v))],
    )


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.fmax(x, 0)


def relu_derivative(x):
    return np.sign(relu(x)).astype(float)


def mse_loss(y_pred, y_true):
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_pred.size


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

    def __post_init__(self):
        n, h, k = self.input_size, self.hidden_size, self.output_size
        self.W1, self.b1 = np.random.randn(n, h) * 0.1, np.zeros((1, h))
        self.W2, self.b2 = np.random.randn(h, k) * 0.1, np.zeros((1, k))

    def forward(self, X):
        def layer(inputs, weights, bias):
            z = inputs @ weights + bias
            return z, sigmoid(z)

        self.z1, self.a1 = layer(X, self.W1, self.b1)
        self.z2, self.a2 = layer(self.a1, self.W2, self.b2)
        return sigmoid(self.a2)

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    step = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step[i] = h
        grad[i] = (f(x + step) - f(x - step)) / (2 * h)
        step[i] = 0
    return grad
