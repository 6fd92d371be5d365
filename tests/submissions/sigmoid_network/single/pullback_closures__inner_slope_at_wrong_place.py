"""Two-layer net. Every step of the chain is a closure that pulls a gradient back."""

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    # 1/(1+e^-x) = exp(-log(1+e^-x)), never overflows
    return np.exp(-np.logaddexp(0.0, -x))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred, y_true):
    return 2.0 / y_true.size * (y_pred - y_true)


def _through_sigmoid(z):
    slope = sigmoid_derivative(z)
    return lambda g: g * slope


def _through_affine(inp, W):
    def pull(g):
        to_input = g @ W.T
        to_weights = inp.T @ g
        to_bias = np.ones((1, len(g))) @ g
        return to_input, to_weights, to_bias

    return pull


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        pull_out = _through_sigmoid(self.z2)
        pull_second = _through_affine(self.a1, self.W2)
        pull_hid = _through_sigmoid(self.a1)
        pull_first = _through_affine(X, self.W1)

        g = mse_loss_derivative(y_pred, y)
        g, dW2, db2 = pull_second(pull_out(g))
        _, dW1, db1 = pull_first(pull_hid(g))
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[i] += h
        minus[i] -= h
        grad[i] = (f(plus) - f(minus)) / (2 * h)
    return grad
