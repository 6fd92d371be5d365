"""Backpropagation written out with loops, no matrix products in the backward pass."""

import math

import numpy as np


def _logistic(t):
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    values = [_logistic(t) for t in x.ravel()]
    return np.array(values, dtype=float).reshape(x.shape)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    x = np.asarray(x)
    result = np.zeros_like(x)
    for idx, value in np.ndenumerate(x):
        if value > 0:
            result[idx] = value
    return result


def relu_derivative(x):
    result = np.zeros(np.shape(x))
    for idx, value in np.ndenumerate(x):
        if value > 0:
            result[idx] = 1.0
    return result


def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    return sum((y_pred[i, j] - y_true[i, j]) ** 2 for i in range(m) for j in range(k)) / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    d = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            d[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return d


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) / 4
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) / 4
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, n = X.shape
        h, k = self.W2.shape
        dW1, db1 = np.zeros((n, h)), np.zeros((1, h))
        dW2, db2 = np.zeros((h, k)), np.zeros((1, k))
        outer = mse_loss_derivative(y_pred, y)
        slope2 = sigmoid_derivative(self.z2)
        slope1 = sigmoid_derivative(self.z1)

        for s in range(m):
            arriving = np.zeros(h)          # what reaches the hidden units of sample s
            for o in range(k):
                d_o = outer[s, o] * slope2[s, o]
                db2[0, o] += d_o
                for u in range(h):
                    dW2[u, o] += self.a1[s, u] * d_o
                    arriving[u] += self.W2[u, o] * d_o
                for u in range(h):
                    d_u = arriving[u] * slope1[s, u]
                    db1[0, u] += d_u
                    for i in range(n):
                        dW1[i, u] += X[s, i] * d_u
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        middle = x[idx]
        x[idx] = middle + h
        right = f(x)
        x[idx] = middle - h
        left = f(x)
        x[idx] = middle
        g[idx] = (right - left) / (2 * h)
    return g
