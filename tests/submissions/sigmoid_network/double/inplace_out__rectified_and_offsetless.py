"""Buffers are handed on with out= so that hardly anything is allocated twice."""

import numpy as np


def sigmoid(x, out=None):
    out = np.negative(x, out=out, dtype=np.float64)
    out = np.clip(out, -709.0, 709.0)
    out = np.exp(out)
    out = np.add(out, 1.0)
    return np.reciprocal(out)


def sigmoid_derivative(x):
    s = sigmoid(x)
    t = np.subtract(1.0, s)
    return np.multiply(s, t, out=t if np.ndim(t) else None)


def relu(x):
    return np.maximum(x, 0, out=np.empty_like(x))


def relu_derivative(x):
    return np.greater(x, 0, out=np.empty(x.shape), casting="unsafe")


def mse_loss(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    np.square(r, out=r)
    return r.mean()


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true)
    r *= 2
    r /= r.size
    return r


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W1 *= 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.W2 *= 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1
        self.z1 += self.b1
        self.a1 = relu(self.z1)
        self.z2 = self.a1 @ self.W2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta = mse_loss_derivative(y_pred, y)
        delta *= sigmoid_derivative(self.z2)
        dW2 = self.a1.T @ delta
        db2 = np.add.reduce(delta, axis=0, keepdims=True)
        delta = delta @ self.W2.T
        delta *= sigmoid_derivative(self.z1)
        dW1 = X.T @ delta
        db1 = np.add.reduce(delta, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= np.multiply(self.learning_rate, dW1)
        self.b1 -= np.multiply(self.learning_rate, db1)
        self.W2 -= np.multiply(self.learning_rate, dW2)
        self.b2 -= np.multiply(self.learning_rate, db2)

    def train(self, X, y, epochs=1000):
        losses = np.zeros(epochs)
        for i in range(epochs):
            y_pred = self.forward(X)
            losses[i] = mse_loss(y_pred, y)
            self.update_weights(*self.backward(X, y, y_pred))
        return list(losses)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    up, down, g = x.copy(), x.copy(), np.empty_like(x)
    for i in np.ndindex(x.shape):
        up[i] += h
        down[i] -= h
        g[i] = f(up) - f(down)
        up[i] = down[i] = x[i]
    g /= 2 * h
    return g
