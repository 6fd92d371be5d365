"""Homework 4. I write every factor of the chain rule with its own name, otherwise I get lost."""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    # two formulas that are equal, each one safe on its side
    e_minus_abs = np.exp(-abs(x))
    numerator = np.where(x < 0, e_minus_abs, 1.0)
    denominator = 1.0 + e_minus_abs
    return numerator / denominator


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))  # because 1 - s(x) = s(-x)


def relu(x):
    return (x + np.abs(x)) / 2


def relu_derivative(x):
    return (np.sign(x) > 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    # L = 1/N * sum of u^2   with  u = y_pred - y_true
    u = y_pred - y_true
    N = u.size
    return (1 / N) * np.sum(u**2)


def mse_loss_derivative(y_pred, y_true):
    # dL/dy_pred = dL/du * du/dy_pred
    u = y_pred - y_true
    N = u.size
    dL_du = (1 / N) * u
    du_dy_pred = np.ones_like(y_pred)
    return dL_du * du_dy_pred


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        N = y.size

        # L = mean (a2 - y)^2
        dL_da2 = 2 / N * (y_pred - y)

        # a2 = s(z2)
        da2_dz2 = sigmoid_derivative(self.z2)
        dL_dz2 = dL_da2 * da2_dz2

        # z2 = a1 W2 + b2
        dz2_dW2 = self.a1
        dz2_da1 = self.W2
        dL_dW2 = dz2_dW2.T @ dL_dz2
        dL_db2 = np.sum(dL_dz2, axis=0, keepdims=True)
        dL_da1 = dL_dz2 @ dz2_da1.T

        # a1 = s(z1)
        da1_dz1 = sigmoid_derivative(self.z1)
        dL_dz1 = dL_da1 * da1_dz1

        # z1 = X W1 + b1
        dz1_dW1 = X
        dL_dW1 = dz1_dW1.T @ dL_dz1
        dL_db1 = np.sum(dL_dz1, axis=0, keepdims=True)

        return dL_dW1, dL_db1, dL_dW2, dL_db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        for epoch in range(epochs):
            a2 = self.forward(X)
            losses[epoch] = mse_loss(a2, y)
            dL_dW1, dL_db1, dL_dW2, dL_db2 = self.backward(X, y, a2)
            self.update_weights(dL_dW1, dL_db1, dL_dW2, dL_db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    df_dx = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        right = x.copy()
        right[k] += h
        left = x.copy()
        left[k] -= h
        df = f(right) - f(left)
        dx = 2 * h
        df_dx[k] = df / dx
    return df_dx
