import numpy as np
from numpy import tensordot as td, newaxis


def sigmoid(x):
    v = np.clip(np.asarray(x, dtype=np.float64), -709, 709)
    return np.reciprocal(1.0 + np.exp(-v))


def sigmoid_derivative(x):
    phi = sigmoid(x)
    return phi * (1.0 - phi)


def relu(x):
    return np.maximum(np.zeros_like(x), x)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(float)


def mse_loss(y_pred, y_true):
    d = y_pred - y_true
    return td(d, d, axes=2).item() / d.size


def mse_loss_derivative(y_pred, y_true):
    return 2.0 / (y_pred.shape[0] * y_pred.shape[1]) * (y_pred - y_true)


class SimpleNeuralNetwork:
    """phi(phi(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(size=(input_size, hidden_size)) / np.sqrt(input_size)
        self.W2 = np.random.normal(size=(hidden_size, output_size)) / np.sqrt(hidden_size)
        self.b1 = np.zeros(hidden_size)[newaxis, :]
        self.b2 = np.zeros(output_size)[newaxis, :]

    def forward(self, X):
        self.z1 = td(X, self.W1, 1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = td(self.a1, self.W2, 1) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # contraction over the sample index (axis 0) gives the weights' gradient
        delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        eps = td(delta, self.W2, axes=([1], [1])) * sigmoid_derivative(self.z1)
        dW2 = td(self.a1, delta, axes=([0], [0]))
        dW1 = td(self.a1, eps, axes=([0], [0]))
        return dW1, eps.sum(axis=0)[newaxis, :], dW2, delta.sum(axis=0)[newaxis, :]

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1 = self.W1 - self.learning_rate * dW1, self.b1 - self.learning_rate * db1
        self.W2, self.b2 = self.W2 - self.learning_rate * dW2, self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        record = []
        for epoch in range(epochs):
            guess = self.forward(X)
            record.append(mse_loss(guess, y))
            self.update_weights(*self.backward(X, y, guess))
        return record


def numerical_gradient(f, x, h=1e-05):
    x0 = np.array(x, dtype=float)
    grad = np.empty(x0.shape)
    for idx in np.ndindex(x0.shape):
        up, down = x0.copy(), x0.copy()
        up[idx] += h
        down[idx] -= h
        grad[idx] = (f(up) - f(down)) / (2.0 * h)
    return grad
