from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    # scipy.special.expit would be nicer...
    return np.exp(x - np.logaddexp(x, 0))


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    return np.exp(x - 2 * np.logaddexp(x, 0))


def relu(x):
    return x.clip(0)


def relu_derivative(x):
    return (np.sign(x) > 0).astype(np.double)


@dataclass
class SquaredError:
    prediction: np.ndarray
    target: np.ndarray

    @property
    def residual(self):
        return self.prediction - self.target

    @property
    def count(self):
        return self.residual.size

    def __float__(self):
        return float(np.sum(self.residual**2) / self.count)

    def grad(self):
        return self.residual  # d/dp of the square


def mse_loss(y_pred, y_true):
    return float(SquaredError(y_pred, y_true))


def mse_loss_derivative(y_pred, y_true):
    return SquaredError(y_pred, y_true).grad()


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gen = np.random.default_rng(2024)
        self.W1 = gen.normal(scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = gen.normal(scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g = SimpleNamespace()
        g.a2 = mse_loss_derivative(y_pred, y)
        g.z2 = g.a2 * sigmoid_derivative(self.z2)
        g.W2, g.b2, g.a1 = self.a1.T @ g.z2, g.z2.sum(axis=0, keepdims=True), g.z2 @ self.W2.T
        g.z1 = g.a1 * sigmoid_derivative(self.z1)
        g.W1, g.b1 = X.T @ g.z1, g.z1.sum(axis=0, keepdims=True)
        return g.W1, g.b1, g.W2, g.b2

    def update_weights(self, dW1, db1, dW2, db2):
        g = SimpleNamespace(W1=dW1, b1=db1, W2=dW2, b2=db2)
        for name in vars(g):
            vars(self)[name] = vars(self)[name] - self.learning_rate * vars(g)[name]

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            grads = self.backward(X, y, y_pred)
            self.update_weights(*grads)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    d = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        for sign in (1, -1):
            y = x.copy()
            y[i] += sign * h
            d[i] += sign * f(y)
    return d / (2 * h)
