"""Backpropagation with a small class, so that the formulas look like those on the slides."""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, 1 / (1 + np.exp(-abs(x))), np.exp(-abs(x)) / (1 + np.exp(-abs(x))))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.array(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return ((y_true - y_pred) ** 2).sum() / y_true.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


class Signal:
    """An error signal, one row a sample.

    signal * s   multiplies by a slope
    signal << W  goes back through the weights W
    a >> signal  is the gradient of the weights that a was multiplied with
    ~signal      is the gradient of the bias
    signal / m   scales it
    """

    def __init__(self, rows):
        self.rows = rows

    def __mul__(self, slope):
        return Signal(self.rows * slope)

    def __truediv__(self, number):
        return Signal(self.rows / number)

    def __lshift__(self, W):
        return Signal(self.rows @ W.T)

    def __rrshift__(self, a):
        return a.T @ self.rows

    def __invert__(self):
        return np.sum(self.rows, axis=0, keepdims=True)

    def __repr__(self):
        return f"Signal{self.rows.shape}"

    __array_ufunc__ = None  # or else numpy takes a >> signal for itself


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        slope1, slope2 = sigmoid_derivative(self.z1), sigmoid_derivative(self.z2)
        top = Signal(mse_loss_derivative(y_pred, y)) * slope2 * slope2
        low = (top << self.W2) * slope1 / m
        return X >> low, ~low, self.a1 >> top, ~top

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    result = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        right = f(x)
        x[i] = old - h
        left = f(x)
        x[i] = old
        result[i] = (right - left) / (2 * h)
    return result
