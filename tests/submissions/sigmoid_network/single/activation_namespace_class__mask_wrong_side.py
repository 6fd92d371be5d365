"""Sigmoid network -- homework 3
author: M.
"""
from dataclasses import dataclass
from typing import Callable

import numpy as np


def _stable(x):
    x = np.asarray(x, dtype=float)
    ex = np.exp(np.where(x < 0, x, -x))
    return np.where(x < 0, ex, 1.0) / (1.0 + ex)


def _relu_slope(v):
    slope = np.ones(np.shape(v))
    slope[np.asarray(v) > 0] = 0.0
    return slope


@dataclass(frozen=True)
class Nonlinearity:
    name: str
    fn: Callable
    prime: Callable

    def __call__(self, v):
        return self.fn(v)


SIGMOID = Nonlinearity("sigmoid", _stable, lambda v: _stable(v) * _stable(-np.asarray(v, dtype=float)))
RELU = Nonlinearity("relu", lambda v: np.where(v > 0, v, np.zeros_like(v)), _relu_slope)


# the names the assignment wants
def sigmoid(x):
    return SIGMOID(x)


def sigmoid_derivative(x):
    return SIGMOID.prime(x)


def relu(x):
    return RELU(x)


def relu_derivative(x):
    return RELU.prime(x)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.acts = (SIGMOID, SIGMOID)
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        f, g = self.acts
        self.z1 = X @ self.W1 + self.b1
        self.a1 = f(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = g(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        f, g = self.acts
        out_signal = mse_loss_derivative(y_pred, y) * g.prime(self.z2)
        hid_signal = (out_signal @ self.W2.T) * f.prime(self.z1)
        grads = []
        for source, signal in [(X, hid_signal), (self.a1, out_signal)]:
            grads += [source.T @ signal, signal.sum(axis=0).reshape(1, -1)]
        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1, self.b1 = self.W1 - lr * dW1, self.b1 - lr * db1
        self.W2, self.b2 = self.W2 - lr * dW2, self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)

    def partial(index):
        saved = x[index]
        values = []
        for sign in (+1, -1):
            x[index] = saved + sign * h
            values.append(f(x))
        x[index] = saved
        return (values[0] - values[1]) / (2 * h)

    return np.array([partial(i) for i in np.ndindex(x.shape)]).reshape(x.shape)
