"""A right hand-in, plainly written."""
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    return 2 / (m * k) * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = delta2.dot(self.W2.T) * sigmoid_derivative(self.z1)
        return (
            X.T.dot(delta1),
            delta1.sum(axis=0, keepdims=True),
            self.a1.T.dot(delta2),
            delta2.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-5):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        up = x.copy()
        up[i] += h
        down = x.copy()
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
        it.iternext()
    return grad
