"""Backprop homework -- parameters in one dict, exposed as properties."""
from collections import namedtuple

import numpy as np

Tape = namedtuple("Tape", "z1 a1 z2 a2")
NAMES = ("W1", "b1", "W2", "b2")


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))
    return np.where(x < 0, small, 1.0) / (1.0 + small)


def sigmoid_derivative(x):
    small = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))   # even function, so |x| is enough
    return small / (1.0 + small) ** 2


def relu(x):
    return np.where(np.asarray(x) > 0, x, 0)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return np.square(np.subtract(y_pred, y_true)).mean()


def mse_loss_derivative(y_pred, y_true):
    diff = np.subtract(y_pred, y_true)
    return (diff + diff) / np.prod(diff.shape)


def _param(name):
    def get(self):
        return self._p[name]

    def put(self, value):
        self._p[name] = value

    return property(get, put)


class SimpleNeuralNetwork:
    W1, b1, W2, b2 = map(_param, NAMES)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self._p = {
            "W1": 0.1 * np.random.randn(input_size, hidden_size),
            "b1": np.zeros((1, hidden_size)),
            "W2": 0.1 * np.random.randn(hidden_size, output_size),
            "b2": np.zeros((1, output_size)),
        }
        self._tape = None

    z1 = property(lambda self: self._tape.z1)
    a1 = property(lambda self: self._tape.a1)
    z2 = property(lambda self: self._tape.z2)
    a2 = property(lambda self: self._tape.a2)

    def forward(self, X):
        p = self._p
        z1 = X @ p["W1"] + p["b1"]
        a1 = sigmoid(z1)
        z2 = a1 @ p["W2"] + p["b2"]
        self._tape = Tape(z1, a1, z2, sigmoid(z2))
        return self._tape.a2

    def backward(self, X, y, y_pred):
        t = self._tape
        grads = {}
        upstream = mse_loss_derivative(y_pred, y)
        for i, z, inp in (("2", t.z2, t.a1), ("1", t.z1, X)):
            local = upstream * sigmoid_derivative(z)
            grads["W" + i] = inp.T @ local
            grads["b" + i] = local.sum(axis=0, keepdims=True)
            upstream = local @ self._p["W" + i].T
        return tuple(grads[n] for n in NAMES)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in zip(NAMES, (dW1, db1, dW2, db2)):
            self._p[name] = self._p[name] - self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        def step():
            y_pred = self.forward(X)
            loss = mse_loss(y_pred, y)
            self.update_weights(*self.backward(X, y, y_pred))
            return loss
        return [step() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for idx in np.ndindex(*x.shape):
        keep = x[idx]
        x[idx] = keep + h
        hi = f(x)
        x[idx] = keep - h
        lo = f(x)
        x[idx] = keep
        grad[idx] = (hi - lo) / (2 * h)
    return grad
