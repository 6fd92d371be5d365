"""Backpropagation, after chapter 6 of the textbook (equations BP1-BP4), with rows as samples."""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.empty(x.shape)
    pos = x >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1.0 + ex)
    return out


def sigmoid_derivative(x):
    return sigmoid(x) * (1.0 - sigmoid(x))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(x <= 0, 0.0, 1.0)


def _terms(y):
    """How many terms the cost's sum has."""
    return len(y)


def mse_loss(y_pred, y_true):
    """C = 1/(mk) sum (a - y)^2"""
    return np.linalg.norm(y_pred - y_true) ** 2 / _terms(y_true)


def mse_loss_derivative(y_pred, y_true):
    """dC/da"""
    return 2.0 * (y_pred - y_true) / _terms(y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.3
        self.W2 = np.random.randn(hidden_size, output_size) * 0.3
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        activation = X
        zs, activations = [], []
        for W, b in [(self.W1, self.b1), (self.W2, self.b2)]:
            z = np.dot(activation, W) + b
            activation = sigmoid(z)
            zs.append(z)
            activations.append(activation)
        self.z1, self.z2 = zs
        self.a1, self.a2 = activations
        return activation

    def backward(self, X, y, y_pred):
        # BP1
        delta_L = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        # BP2
        delta_l = np.dot(delta_L, self.W2.T) * sigmoid_derivative(self.z1)
        # BP3
        nabla_b2 = delta_L.sum(axis=0, keepdims=True)
        nabla_b1 = delta_l.sum(axis=0, keepdims=True)
        # BP4
        nabla_W2 = np.dot(self.a1.T, delta_L)
        nabla_W1 = np.dot(X.T, delta_l)
        return nabla_W1, nabla_b1, nabla_W2, nabla_b2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.W2 = self.W1 - eta * dW1, self.W2 - eta * dW2
        self.b1, self.b2 = self.b1 - eta * db1, self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        C = []
        for j in range(epochs):
            a = self.forward(X)
            C.append(mse_loss(a, y))
            self.update_weights(*self.backward(X, y, a))
        return C


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    partial = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[idx] = h
        partial[idx] = (f(x + e) - f(x - e)) / (2 * h)
    return partial
