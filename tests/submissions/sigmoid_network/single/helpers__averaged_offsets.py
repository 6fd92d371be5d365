"""Sigmoid network, my version with small helper functions."""

import numpy as np


def sigmoid(x):
    """1 / (1 + e^-x)"""
    # exp(-|x|) never overflows
    x = np.asarray(x, dtype=float)
    t = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + t), t / (1 + t))


def sigmoid_derivative(x):
    """slope of the sigmoid at x"""
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(float)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


def _affine(inp, W, b):
    return inp @ W + b


def _layer_grads(inp, delta):
    """Gradients of W and b of a layer, from its input and the gradient at its pre-activation."""
    return inp.T @ delta, delta.mean(axis=0, keepdims=True)


def _small_random(rows, cols):
    return 0.1 * np.random.randn(rows, cols)


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.b1 = _small_random(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = _small_random(hidden_size, output_size), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = _affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = _affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = (delta2 @ self.W2.T) * sigmoid_derivative(self.z1)
        dW2, db2 = _layer_grads(self.a1, delta2)
        dW1, db1 = _layer_grads(X, delta1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * dW1
        self.b1 = self.b1 - lr * db1
        self.W2 = self.W2 - lr * dW2
        self.b2 = self.b2 - lr * db2

    def _step(self, X, y):
        out = self.forward(X)
        loss = mse_loss(out, y)
        self.update_weights(*self.backward(X, y, out))
        return loss

    def train(self, X, y, epochs=1000):
        return [self._step(X, y) for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.empty_like(x)
    for i in np.ndindex(x.shape):
        keep = x[i]
        x[i] = keep + h
        above = f(x)
        x[i] = keep - h
        below = f(x)
        x[i] = keep
        grad[i] = (above - below) / (2 * h)
    return grad
