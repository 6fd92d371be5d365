import operator
from functools import reduce

import numpy as np


def sigmoid(x):
    return np.tanh(np.asarray(x) / 2.0) / 2.0 + 0.5


def sigmoid_derivative(x):
    return (1.0 - np.tanh(np.asarray(x) / 2.0) ** 2) / 4.0


def relu(x):
    return np.max([x, np.zeros_like(x)], axis=0)


def relu_derivative(x):
    return np.float64(1) * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    n = reduce(operator.mul, y_pred.shape)
    return np.square(y_pred - y_true).sum() / n


def mse_loss_derivative(y_pred, y_true):
    n = reduce(operator.mul, y_pred.shape)
    return 2 * (y_pred - y_true) / n


def column_sums(A):
    return A.sum(axis=0, keepdims=True)


class SimpleNeuralNetwork:
    params = ["W1", "b1", "W2", "b2"]

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        shapes = [(input_size, hidden_size), (1, hidden_size), (hidden_size, output_size), (1, output_size)]
        for name, shape in zip(self.params, shapes):
            setattr(self, name, 0.2 * np.random.randn(*shape) if name[0] == "W" else np.zeros(shape))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        back = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        front = sigmoid_derivative(self.z1) * (back @ self.W2.T)
        return X.T @ front, column_sums(front), self.a1.T @ back, column_sums(back)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in zip(self.params, (dW1, db1, dW2, db2)):
            step = self.learning_rate * grad
            setattr(self, name, operator.add(getattr(self, name), step))

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        orig, vals = x[i], []
        for sign in (+1, -1):
            x[i] = orig + sign * h
            vals.append(f(x))
        x[i] = orig
        g[i] = (vals[0] - vals[1]) / (2 * h)
    return g
