from dataclasses import dataclass

import numpy as np


@dataclass
class Cache:
    """Everything that the way back needs from the way there."""
    x: np.ndarray
    z1: np.ndarray
    a1: np.ndarray
    z2: np.ndarray
    a2: np.ndarray


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(np.multiply(x, -1.0)))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s ** 2


def relu(x):
    return (np.abs(x) + x) // 2 if x.dtype.kind == "i" else (np.abs(x) + x) / 2


def relu_derivative(x):
    return 1.0 * (x > 0)


def mse_loss(y_pred, y_true):
    return np.average((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    return -2.0 * (y_true - y_pred) / (rows * cols)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.normal(scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))
        self._cache = None

    def forward(self, X):
        z1 = np.matmul(X, self.W1) + self.b1
        a1 = sigmoid(z1)
        z2 = np.matmul(a1, self.W2) + self.b2
        a2 = sigmoid(z2)
        self._cache = Cache(x=X, z1=z1, a1=a1, z2=z2, a2=a2)
        return a2

    # the exercise asks for them as attributes
    z1 = property(lambda self: self._cache.z1)
    a1 = property(lambda self: self._cache.a1)
    z2 = property(lambda self: self._cache.z2)
    a2 = property(lambda self: self._cache.a2)

    def backward(self, X, y, y_pred):
        c = self._cache
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(c.z2)
        dz1 = np.matmul(dz2, self.W2.T) * sigmoid_derivative(c.z1)
        return (
            np.matmul(c.x.T, dz1),
            np.sum(dz1, axis=0, keepdims=True),
            np.matmul(c.z1.T, dz2),
            np.sum(dz2, axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - dW1 * self.learning_rate
        self.b1 = self.b1 - db1 * self.learning_rate
        self.W2 = self.W2 - dW2 * self.learning_rate
        self.b2 = self.b2 - db2 * self.learning_rate

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs)
        for e in range(epochs):
            prediction = self.forward(X)
            losses[e] = mse_loss(prediction, y)
            self.update_weights(*self.backward(X, y, prediction))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    result = np.zeros_like(x)
    for index, value in np.ndenumerate(x.copy()):
        x[index] = value + h
        upper = f(x)
        x[index] = value - h
        lower = f(x)
        x[index] = value
        result[index] = (upper - lower) / (2 * h)
    return result
