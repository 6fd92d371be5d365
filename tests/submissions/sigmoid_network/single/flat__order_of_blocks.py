"""All parameters live in one vector theta, as for scipy.optimize; W1, b1, W2, b2 are views into it."""
from itertools import accumulate
from math import prod

import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=np.float64)
    return np.exp(-np.logaddexp(0.0, -x) - np.logaddexp(0.0, x))


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    r = np.ravel(y_pred - y_true)
    return r @ r / r.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * (2.0 / np.size(y_pred))


class Block:
    """Descriptor: the i-th block of theta, reshaped."""

    def __init__(self, i):
        self.i = i

    def __get__(self, net, owner=None):
        if net is None:
            return self
        return net.unpack(net.theta)[self.i]

    def __set__(self, net, value):
        net.unpack(net.theta)[self.i][...] = value


class SimpleNeuralNetwork:
    W1, b1, W2, b2 = Block(0), Block(1), Block(2), Block(3)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        n, h, k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.shapes = ((n, h), (1, h), (h, k), (1, k))
        self.cuts = [0, *accumulate(prod(s) for s in self.shapes)]
        self.theta = np.zeros(self.cuts[-1])
        gen = np.random.default_rng()
        self.W1 = gen.normal(scale=n ** -0.5, size=(n, h))
        self.W2 = gen.normal(scale=h ** -0.5, size=(h, k))

    def unpack(self, v):
        return tuple(
            v[lo:hi].reshape(s)
            for lo, hi, s in zip(self.cuts, self.cuts[1:], self.shapes)
        )

    def forward(self, X):
        W1, b1, W2, b2 = self.unpack(self.theta)
        self.z1 = X @ W1 + b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ W2 + b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def gradient_vector(self, X, y, y_pred):
        _, _, W2, _ = self.unpack(self.theta)
        g = np.zeros_like(self.theta)
        gW1, gb1, gW2, gb2 = self.unpack(g)          # views: filling them fills g

        delta = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        gW2[...] = self.a1.T @ delta
        gb2[...] = delta.sum(axis=0)
        delta = (delta @ W2.T) * sigmoid_derivative(self.z1)
        gW1[...] = X.T @ delta
        gb1[...] = delta.sum(axis=0)
        return g

    def backward(self, X, y, y_pred):
        gW1, gb1, gW2, gb2 = self.unpack(self.gradient_vector(X, y, y_pred))
        return gW2, gb2, gW1, gb1

    def update_weights(self, dW1, db1, dW2, db2):
        step = np.concatenate([np.ravel(d) for d in (dW1, db1, dW2, db2)])
        self.theta -= self.learning_rate * step

    def train(self, X, y, epochs=1000):
        history = []
        while len(history) < epochs:
            y_pred = self.forward(X)
            history.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    steps = h * np.eye(x.size)

    def along(e):
        e = e.reshape(x.shape)
        return (f(x + e) - f(x - e)) / (2 * h)

    return np.array([along(e) for e in steps], dtype=np.float64).reshape(x.shape)
