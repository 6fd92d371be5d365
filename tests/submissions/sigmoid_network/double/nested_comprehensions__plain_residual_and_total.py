"""Everything is a list of lists until the very end."""
from math import exp, isfinite
import random
import numpy as np


def sigmoid(x):
    one = lambda v: 1 / (1 + exp(-v)) if v > -500 else exp(max(v, -740))
    arr = np.asarray(x, dtype=float)
    return np.array([one(v) for v in arr.flat]).reshape(arr.shape)


def sigmoid_derivative(x):
    arr = sigmoid(x)
    return np.array([v * (1 - v) for v in arr.flat]).reshape(arr.shape)


def relu(x):
    arr = np.asarray(x)
    return np.array([v if v > 0 else 0 for v in arr.flat], dtype=arr.dtype).reshape(arr.shape)


def relu_derivative(x):
    arr = np.asarray(x)
    return np.array([float(v > 0) for v in arr.flat]).reshape(arr.shape)


def mse_loss(y_pred, y_true):
    terms = [(p - t) ** 2 for row_p, row_t in zip(y_pred, y_true) for p, t in zip(row_p, row_t)]
    return sum(terms) / len(terms)


def mse_loss_derivative(y_pred, y_true):
    n_terms = len(y_pred) * len(y_pred[0])
    return np.array([[2 * (p - t) / n_terms for p, t in zip(row_p, row_t)] for row_p, row_t in zip(y_pred, y_true)])


def dot(u, v):
    return sum(a * b for a, b in zip(u, v))


def columns(M):
    return list(zip(*M))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        small = lambda r, c: np.array([[random.gauss(0, 0.1) for _ in range(c)] for _ in range(r)])
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(input_size, hidden_size), np.array([[0.0] * hidden_size])
        self.W2, self.b2 = small(hidden_size, output_size), np.array([[0.0] * output_size])

    def forward(self, X):
        self.z1 = np.array([[dot(row, col) + b for col, b in zip(columns(self.W1), self.b1[0])] for row in X])
        self.a1 = sigmoid(self.z1)
        self.z2 = np.array([[dot(row, col) + b for col, b in zip(columns(self.W2), self.b2[0])] for row in self.a1])
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        n_terms = m * len(y[0])
        top = [[2 * (p - t) / n_terms for p, t in zip(row_p, row_t)] for row_p, row_t in zip(y_pred, y)]
        low = [[dot(row, w) * a * (1 - a) for w, a in zip(self.W2, acts)] for row, acts in zip(top, self.a1)]

        dW2 = [[dot(unit, blame) for blame in columns(top)] for unit in columns(self.a1)]
        dW1 = [[dot(feat, blame) for blame in columns(low)] for feat in columns(X)]
        db2 = [[sum(map(sum, top)) for _ in columns(top)]]
        db1 = [[sum(blame) for blame in columns(low)]]
        return tuple(map(np.array, (dW1, db1, dW2, db2)))

    def update_weights(self, dW1, db1, dW2, db2):
        go = lambda P, G: np.array([[p - self.learning_rate * g for p, g in zip(rp, rg)] for rp, rg in zip(P, G)])
        self.W1, self.b1 = go(self.W1, dW1), go(self.b1, db1)
        self.W2, self.b2 = go(self.W2, dW2), go(self.b2, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses += [mse_loss(p, y)]
            assert isfinite(losses[-1])
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    arr = np.array(x, dtype=np.float64)
    flat = arr.ravel().tolist()
    at = lambda i, s: f(np.array([v + s * (j == i) for j, v in enumerate(flat)]).reshape(arr.shape))
    return np.array([(at(i, h) - at(i, -h)) / (2 * h) for i in range(len(flat))]).reshape(arr.shape)
