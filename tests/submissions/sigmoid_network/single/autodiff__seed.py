"""Backpropagation by a tiny autodiff: numbers that remember where they came from (after Karpathy's micrograd)."""

from __future__ import annotations

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.reciprocal(1 + np.exp(-np.clip(x, -700, 700)))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    return np.where(np.asarray(x) <= 0, 0., 1.)


class Var:
    """An array in a graph."""

    def __init__(self, data, parents=(), vjps=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.parents = parents
        self.vjps = vjps
        self.grad = None

    # ---- operators -------------------------------------------------------------------------------------------
    def __matmul__(self, other: Var) -> Var:
        return Var(self.data @ other.data, (self, other),
                   (lambda g: g @ other.data.T, lambda g: self.data.T @ g))

    def __add__(self, row: Var) -> Var:
        return Var(self.data + row.data, (self, row),
                   (lambda g: g, lambda g: g.sum(axis=0, keepdims=True)))

    def __sub__(self, other: Var) -> Var:
        return Var(self.data - other.data, (self, other), (lambda g: g, lambda g: -g))

    def __pow__(self, p: int) -> Var:
        return Var(self.data ** p, (self,), (lambda g: g * p * self.data ** (p - 1),))

    def sigmoid(self) -> Var:
        s = sigmoid(self.data)
        return Var(s, (self,), (lambda g: g * s * (1 - s),))

    def mean(self) -> Var:
        n = self.data.size
        return Var(self.data.mean(), (self,), (lambda g: np.full(self.data.shape, g / n),))

    # ---- backward --------------------------------------------------------------------------------------------
    def backprop(self, seed=1.0):
        order, seen = [], set()

        def visit(v):
            if id(v) in seen:
                return
            seen.add(id(v))
            for p in v.parents:
                visit(p)
            order.append(v)

        visit(self)
        for v in order:
            v.grad = np.zeros_like(v.data)
        self.grad = np.asarray(seed, dtype=np.float64)
        for v in reversed(order):
            for p, vjp in zip(v.parents, v.vjps):
                p.grad = p.grad + vjp(v.grad)


def mse_loss(y_pred, y_true):
    return float(((Var(y_pred) - Var(y_true)) ** 2).mean().data)


def mse_loss_derivative(y_pred, y_true):
    p = Var(y_pred)
    ((p - Var(y_true)) ** 2).mean().backprop()
    return p.grad


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1, 1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-1, 1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.leaves = W1, b1, W2, b2 = [Var(p) for p in (self.W1, self.b1, self.W2, self.b2)]
        z1 = Var(X) @ W1 + b1
        a1 = z1.sigmoid()
        z2 = a1 @ W2 + b2
        self.out = a2 = z2.sigmoid()
        self.z1, self.a1, self.z2, self.a2 = (v.data for v in (z1, a1, z2, a2))
        return self.a2

    def backward(self, X, y, y_pred):
        loss = ((self.out - Var(y)) ** 2).mean()
        loss.backprop(seed=1 / len(X))
        return tuple(v.grad for v in self.leaves)

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
        self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        centre = x[i]
        samples = []
        for s in (+1, -1):
            x[i] = centre + s * h
            samples.append(f(x))
        x[i] = centre
        grad[i] = np.subtract(*samples) / (2 * h)
    return grad
