"""Reverse mode by hand: each operation gives its value and its pullback."""
from functools import partial, reduce

import numpy as np


def sigmoid(x):
    t = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return np.where(np.asarray(x) >= 0, 1, t) / (1 + t)


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(np.asarray(x, dtype=np.float64)))


def relu(x):
    return np.where(np.greater(x, 0), x, 0)


def relu_derivative(x):
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(np.subtract(y_pred, y_true)))


def mse_loss_derivative(y_pred, y_true):
    return np.multiply(2 / np.size(y_pred), np.subtract(y_pred, y_true))


def affine_pullback(inp, W, bar):
    """bar of the output -> bars of W, b and inp"""
    return inp.T @ bar, bar.sum(axis=0)[np.newaxis], bar @ W.T


def sigmoid_pullback(z, bar):
    return bar * sigmoid_derivative(z)


def compose(*fs):
    return reduce(lambda f, g: lambda v: g(f(v)), fs)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gauss = partial(np.random.normal, 0.0, 0.25)
        self.W1, self.W2 = map(gauss_shape(gauss), [(input_size, hidden_size), (hidden_size, output_size)])
        self.b1, self.b2 = (np.zeros((1, width)) for width in (hidden_size, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        def remember(name):
            def inner(value):
                setattr(self, name, value)
                return value
            return inner

        return compose(
            lambda v: v @ self.W1 + self.b1,
            remember("z1"),
            sigmoid,
            remember("a1"),
            lambda v: v @ self.W2 + self.b2,
            remember("z2"),
            sigmoid,
            remember("a2"),
        )(X)

    def backward(self, X, y, y_pred):
        n_terms = 1
        a2_bar = 2 * (y_pred - y) / n_terms
        z2_bar = sigmoid_pullback(self.z2, a2_bar)
        W2_bar, b2_bar, a1_bar = affine_pullback(self.a1, self.W2, z2_bar)
        z1_bar = sigmoid_pullback(a1_bar, a1_bar)
        W1_bar, b1_bar, _ = affine_pullback(X, self.W1, z1_bar)
        return W1_bar, b1_bar, W2_bar, b2_bar

    def update_weights(self, dW1, db1, dW2, db2):
        descend = lambda p, g: p - self.learning_rate * g
        self.W1, self.b1, self.W2, self.b2 = map(
            descend, (self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)
        )

    def train(self, X, y, epochs=1000):
        def epoch(history, _):
            prediction = self.forward(X)
            loss = mse_loss(prediction, y)
            self.update_weights(*self.backward(X, y, prediction))
            return history + [loss]

        return reduce(epoch, range(epochs), [])


def gauss_shape(draw):
    return lambda shape: draw(shape)


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)

    def nudged(index, by):
        copy = base.copy()
        copy[index] += by
        return f(copy)

    def partial_at(index):
        return (nudged(index, h) - nudged(index, -h)) / (2 * h)

    return np.array([partial_at(i) for i in np.ndindex(base.shape)], dtype=np.float64).reshape(base.shape)
