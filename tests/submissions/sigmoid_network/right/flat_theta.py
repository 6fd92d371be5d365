"""Sigmoid network whose four parameters live in one flat vector; W1, b1, W2, b2 are properties that look into it."""

from __future__ import annotations

import numpy as np


def sigmoid(x):
    # tanh never overflows: s(x) = (1 + tanh(x/2)) / 2
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    # the complex step: exact to rounding, no subtraction
    tiny = 1e-30
    return np.imag(0.5 * (1.0 + np.tanh(0.5 * (np.asarray(x, dtype=float) + 1j * tiny)))) / tiny


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.heaviside(x, 0.0)


def mse_loss(y_pred, y_true):
    r = np.ravel(np.subtract(y_pred, y_true, dtype=float))
    return np.vdot(r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true, dtype=float)
    r *= 2.0 / r.size
    return r


class _Slot:
    """A descriptor: a window into the owner's vector theta."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, net, owner=None):
        if net is None:
            return self
        piece, shape = net._where[self.name]
        return net._theta[piece].reshape(shape)

    def __set__(self, net, value):
        value = np.asarray(value, dtype=float)
        piece, shape = net._where[self.name]
        if value.shape != shape:
            raise ValueError(f"{self.name} must have the shape {shape}, not {value.shape}")
        net._theta[piece] = value.ravel()


class SimpleNeuralNetwork:
    W1, b1, W2, b2 = _Slot(), _Slot(), _Slot(), _Slot()

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        shapes = {
            "W1": (input_size, hidden_size),
            "b1": (1, hidden_size),
            "W2": (hidden_size, output_size),
            "b2": (1, output_size),
        }
        self._where, start = {}, 0
        for name, shape in shapes.items():
            stop = start + int(np.prod(shape))
            self._where[name] = (slice(start, stop), shape)
            start = stop
        self._theta = np.zeros(start)
        for name in ("W1", "W2"):
            self._theta[self._where[name][0]] = np.random.uniform(-0.1, 0.1, int(np.prod(shapes[name])))

    def forward(self, X):
        self.z1 = np.asarray(X, dtype=float) @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        X = np.asarray(X, dtype=float)
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0)[None], self.a1.T @ d2, d2.sum(0)[None]

    def update_weights(self, dW1, db1, dW2, db2):
        self._theta -= self.learning_rate * np.concatenate([np.ravel(g) for g in (dW1, db1, dW2, db2)])

    def train(self, X, y, epochs=1000):
        def run():
            for _ in range(epochs):
                y_pred = self.forward(X)
                yield mse_loss(y_pred, y)
                self.update_weights(*self.backward(X, y, y_pred))

        return [*run()]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)  # a copy, always
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in steps], dtype=np.float64).reshape(x.shape)


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = SimpleNeuralNetwork(2, 4, 1, learning_rate=5.0)
    net._theta *= 10
    print(net.train(X, y, 5000)[::500])
