"""Everything in one expression.  Whiteboard derivation:

    L = 1/(mk) sum (a2 - y)^2
    dL/dz2 = 2/(mk) (a2 - y) a2 (1 - a2)
    dL/dz1 = (dL/dz2 W2^T) a1 (1 - a1)
"""
import numpy as np


def sigmoid(x):
    z = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(z))
    return (e + (z >= 0) * (1 - e)) / (1.0 + e)


def _bump(a):
    return a * (1 - a)


def sigmoid_derivative(x):
    return _bump(sigmoid(x))


def relu(x):
    return x * np.greater(x, 0)


def relu_derivative(x):
    return np.greater(x, 0) * 1.0


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / np.size(y_pred)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        weights = lambda *shape: np.random.randn(*shape) * 0.1
        self.W1, self.b1 = weights(input_size, hidden_size), np.zeros((1, hidden_size))
        self.W2, self.b2 = weights(hidden_size, output_size), np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, k = y.shape
        ones = np.ones((m, 1))
        D2 = 2 / (m * k) * (y_pred - y) * _bump(self.a2)
        D1 = D2 @ self.W2.T * _bump(self.a1)
        return tuple(left.T @ D / m for left, D in ((X, D1), (ones, D1), (self.a1, D2), (ones, D2)))

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1, self.W2, self.b2 = (
            p - self.learning_rate * g for p, g in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2))
        )

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_hat = self.forward(X)
            losses.append(mse_loss(y_hat, y))
            self.update_weights(*self.backward(X, y, y_hat))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for ij in np.ndindex(x.shape):
        x_ij = x[ij]
        x[ij] = x_ij + h
        f_up = f(x)
        x[ij] = x_ij - h
        f_down = f(x)
        x[ij] = x_ij
        g[ij] = (f_up - f_down) / (h + h)
    return g
