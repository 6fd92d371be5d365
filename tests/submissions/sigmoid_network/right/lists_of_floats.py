"""Hands back plain Python lists and floats."""
import math
import numpy as np


def apply(f, x):
    if isinstance(x, (list, np.ndarray)):
        return [apply(f, v) for v in x]
    return f(float(x))


def s(v):
    return 1 / (1 + math.exp(-v)) if v > -700 else 0.0


def sigmoid(x):
    return apply(s, x)


def sigmoid_derivative(x):
    return apply(lambda v: s(v) * (1 - s(v)), x)


def relu(x):
    return apply(lambda v: max(0.0, v), x)


def relu_derivative(x):
    return apply(lambda v: float(v > 0), x)


def mse_loss(y_pred, y_true):
    errors = [(p - t) ** 2 for ps, ts in zip(y_pred, y_true) for p, t in zip(ps, ts)]
    return float(sum(errors) / len(errors))


def mse_loss_derivative(y_pred, y_true):
    size = len(y_pred) * len(y_pred[0])
    return [[float(2 * (p - t) / size) for p, t in zip(ps, ts)] for ps, ts in zip(y_pred, y_true)]


def matmul(A, B):
    return [[float(sum(a * b for a, b in zip(row, col))) for col in zip(*B)] for row in A]


def transpose(A):
    return [list(row) for row in zip(*A)]


def plus_row(A, b):
    return [[v + w for v, w in zip(row, b[0])] for row in A]


def times(A, B):
    return [[v * w for v, w in zip(r, q)] for r, q in zip(A, B)]


def column_sums(A):
    return [[float(sum(col)) for col in zip(*A)]]


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        import random

        self.learning_rate = learning_rate
        self.W1 = [[random.gauss(0, 0.5) for _ in range(hidden_size)] for _ in range(input_size)]
        self.b1 = [[0.0] * hidden_size]
        self.W2 = [[random.gauss(0, 0.5) for _ in range(output_size)] for _ in range(hidden_size)]
        self.b2 = [[0.0] * output_size]

    def forward(self, X):
        self.z1 = plus_row(matmul(X, self.W1), self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = plus_row(matmul(self.a1, self.W2), self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dz2 = times(mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
        dz1 = times(matmul(dz2, transpose(self.W2)), sigmoid_derivative(self.z1))
        return [matmul(transpose(X), dz1), column_sums(dz1), matmul(transpose(self.a1), dz2), column_sums(dz2)]

    def update_weights(self, dW1, db1, dW2, db2):
        def step(P, G):
            return [[float(p - self.learning_rate * g) for p, g in zip(ps, gs)] for ps, gs in zip(P, G)]

        self.W1, self.b1, self.W2, self.b2 = (
            step(P, G) for P, G in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2))
        )

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, float)

    def slope(i):
        a, b = x.copy(), x.copy()
        a[i] += h
        b[i] -= h
        return (f(a) - f(b)) / (2 * h)

    return np.array([slope(i) for i in np.ndindex(x.shape)]).reshape(x.shape).tolist()
