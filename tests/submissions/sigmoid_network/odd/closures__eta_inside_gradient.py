"""Sigmoid network; every layer's forward step returns a closure that goes back."""
from functools import partial, reduce
from operator import mul

import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)


def sigmoid_derivative(x):
    return (lambda s: s * (1 - s))(sigmoid(x))


relu = partial(np.maximum, 0)


def relu_derivative(x):
    return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / reduce(mul, y_pred.shape)


def _pullback(inputs, z, W):
    """What maps the gradient at a layer's output to those of W, b and of the layer's input."""

    def pull(g):
        g = g * sigmoid_derivative(z)
        return inputs.T @ g, g.sum(axis=0, keepdims=True), g @ W.T

    return pull


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        small = partial(np.random.normal, 0.0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = small((input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = small((hidden_size, output_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        back_through_output = _pullback(self.a1, self.z2, self.W2)
        back_through_hidden = _pullback(X, self.z1, self.W1)

        dW2, db2, da1 = back_through_output(mse_loss_derivative(y_pred, y))
        dW1, db1, _ = back_through_hidden(da1)
        return tuple(self.learning_rate * g for g in (dW1, db1, dW2, db2))

    def update_weights(self, dW1, db1, dW2, db2):
        def descend(value, slope):
            return value - self.learning_rate * slope

        self.W1, self.b1 = descend(self.W1, dW1), descend(self.b1, db1)
        self.W2, self.b2 = descend(self.W2, dW2), descend(self.b2, db2)

    def train(self, X, y, epochs=1000):
        def epoch():
            out = self.forward(X)
            self.update_weights(*self.backward(X, y, out))
            return mse_loss(out, y)

        return [epoch() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)

    def unit(index):
        e = np.zeros_like(x)
        e[index] = h
        return e

    def slope(e):
        return (f(x + e) - f(x - e)) / (2 * h)

    return np.array([slope(unit(i)) for i in np.ndindex(x.shape)], dtype=np.float64).reshape(x.shape)
