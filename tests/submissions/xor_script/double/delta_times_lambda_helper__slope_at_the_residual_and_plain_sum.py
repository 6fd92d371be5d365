import numpy as np
from typing import NamedTuple


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(np.asarray(x) * 0.5)


def sigmoid_derivative(a):
    return np.asarray(a) * (1 - np.asarray(a))


class Params(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    def minus(self, rate, grads):
        return Params(*[p - rate * g for p, g in zip(self, grads)])


def hidden_of(p, X):
    return sigmoid(X @ p.W1 + p.b1)


def output_of(p, H):
    return sigmoid(H @ p.W2 + p.b2)


def gradient(p, X, y):
    H = hidden_of(p, X)
    Z = output_of(p, H)
    residual = Z - y
    d_top = residual * sigmoid_derivative(Z)
    incoming = d_top @ p.W2.T
    d_low = incoming * sigmoid_derivative(incoming)
    return Params(
        W1=X.T @ d_low,
        b1=d_low.sum(),
        W2=H.T @ d_top,
        b2=d_top.sum(),
    ), (residual ** 2).mean()


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    p = Params(W1, b1, W2, b2)
    losses = []
    for i in range(iterations):
        grads, mse = gradient(p, X, y)
        losses += [mse] if i % 1000 == 0 else []
        p = p.minus(learning_rate, grads)
    return (*p, losses)


X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
np.random.seed(1)
W1, b1, W2, b2, losses = train(X, y, np.random.rand(3, 4), np.random.rand(1, 4), np.random.rand(4, 1), np.random.rand(1, 1), 0.1, 10000)
final = Params(W1, b1, W2, b2)
output_layer_output = output_of(final, hidden_of(final, X))
