"""Sigmoid network, written with closures: every forward step hands back its own pullback."""
from functools import partial, reduce
from operator import mul

import numpy as np


def _elementwise(fn):
    return lambda x: fn(np.asarray(x, dtype=float))


sigmoid = _elementwise(lambda x: 0.5 + 0.5 * np.tanh(0.5 * x))
sigmoid_derivative = _elementwise(lambda x: 0.25 / np.cosh(np.clip(0.5 * x, -350, 350)) ** 2)
relu = partial(np.maximum, 0)
relu_derivative = _elementwise(lambda x: np.where(x > 0, 1.0, 0.0))


def mse_loss(y_pred, y_true):
    return float(np.square(y_pred - y_true).mean())


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (reduce(mul, y_pred.shape) / 2)


def affine(x, W, b):
    def pullback(dz):
        return dz @ W.T, x.T @ dz, dz.sum(axis=0, keepdims=True)

    return x @ W + b, pullback


def squash(z):
    def pullback(da):
        return da * sigmoid_derivative(z)

    return sigmoid(z), pullback


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        draw = partial(np.random.default_rng(11).normal, 0.0, 0.5)
        self.W1, self.b1 = draw((input_size, hidden_size)), np.zeros((1, hidden_size))
        self.W2, self.b2 = draw((hidden_size, output_size)), np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1, _ = affine(X, self.W1, self.b1)
        self.a1, _ = squash(self.z1)
        self.z2, _ = affine(self.a1, self.W2, self.b2)
        self.a2, _ = squash(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        _, back_affine1 = affine(X, self.W1, self.b1)
        _, back_squash1 = squash(self.z1)
        _, back_affine2 = affine(self.a1, self.W2, self.b2)
        _, back_squash2 = squash(self.z2)

        da1, dW2, db2 = back_affine2(back_squash2(mse_loss_derivative(y_pred, y)))
        _, dW1, db1 = back_affine1(back_squash1(da1))
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        moved = lambda p, g: p - self.learning_rate * g
        self.W1, self.b1, self.W2, self.b2 = map(
            moved, (self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)
        )

    def train(self, X, y, epochs=1000):
        def step(losses, _):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
            return losses

        return reduce(step, range(epochs), [])


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype=np.float64)

    def partial_derivative(index):
        def probe(step):
            moved = base.copy()
            moved[index] += step
            return moved

        return (f(probe(+h)) - f(probe(0))) / h

    slopes = [partial_derivative(index) for index in np.ndindex(base.shape)]
    return np.array(slopes, dtype=np.float64).reshape(base.shape)
