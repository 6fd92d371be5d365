"""Backpropagation the slow way: one training example after the other."""
import math

import numpy as np


def sigmoid(x):
    def one(v):
        if v >= 0:
            return 1.0 / (1.0 + math.exp(-v))
        e = math.exp(v)
        return e / (1.0 + e)

    return np.vectorize(one, otypes=[float])(x)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    return np.vectorize(lambda v: v if v > 0 else 0, otypes=[np.asarray(x).dtype])(x)


def relu_derivative(x):
    return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def mse_loss(y_pred, y_true):
    m, k = y_true.shape
    total = 0.0
    for i in range(m):
        for j in range(k):
            total += (y_pred[i, j] - y_true[i, j]) ** 2
    return total / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_true.shape
    grad = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            grad[i, j] = 2 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.array([row @ self.W1 + self.b1[0] for row in X])
        self.a1 = sigmoid(self.z1)
        self.z2 = np.array([row @ self.W2 + self.b2[0] for row in self.a1])
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dW1 = np.zeros_like(self.W1)
        db1 = np.zeros_like(self.b1)
        dW2 = np.zeros_like(self.W2)
        db2 = np.zeros_like(self.b2)

        loss_grad = mse_loss_derivative(y_pred, y)
        slope1 = sigmoid_derivative(self.z1)
        slope2 = sigmoid_derivative(self.z2)

        delta1 = np.zeros_like(self.z1)
        for i in range(X.shape[0]):
            delta2 = loss_grad[i] * slope2[i]
            dW2 += np.outer(self.a1[i], delta2)
            db2 += delta2

            delta1[i] = (self.W2 @ delta2) * slope1[i]
            dW1 += np.outer(X[i], delta1[i])
        db1 += delta1[0]

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for param, grad in [(self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)]:
            param -= self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(1, epochs + 1):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
        it.iternext()
    return grad
