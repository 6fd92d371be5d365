import numpy as np
from numpy.linalg import norm


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return norm(y_pred - y_true) ** 2 / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


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
        d = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2, db2 = self.a1.T @ d, d.sum(axis=0, keepdims=True)
        d = d @ self.W2.T * sigmoid_derivative(self.z1)
        dW1, db1 = X.T @ d, d.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for name, g in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            direction = g / (norm(g) + 1e-12)
            setattr(self, name, getattr(self, name) - self.learning_rate * direction)

    def train(self, X, y, epochs=1000):
        phi = []
        for _ in range(epochs):
            out = self.forward(X)
            phi.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return phi


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        xi = x[i]
        x[i] = xi + h
        g[i] = f(x)
        x[i] = xi - h
        g[i] = (g[i] - f(x)) / (2 * h)
        x[i] = xi
    return g
