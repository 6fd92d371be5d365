"""Backward pass by a table of vector-Jacobian products: VJP[op](grad, output) -> grad."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1.0) / (1.0 + e)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.asarray(np.greater(x, 0), dtype=float)


def mse_loss(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return (2.0 / y_true.size) * (y_pred - y_true)


VJP = {
    "sigmoid": lambda g, out: g * out * (1.0 - out),
    "tanh": lambda g, out: g * (1.0 - out**2),
    "relu": lambda g, out: g * (out > 0),
    "softmax": lambda g, out: out * (g - (g * out).sum(axis=1, keepdims=True)),
}


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.uniform(-0.1, 0.1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.1, 0.1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad = mse_loss_derivative(y_pred, y)
        grad = VJP["softmax"](grad, self.a2)
        dW2 = self.a1.T @ grad
        db2 = grad.sum(axis=0, keepdims=True)
        grad = VJP["sigmoid"](grad @ self.W2.T, self.a1)
        dW1 = X.T @ grad
        db1 = grad.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for param, grad in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            np.subtract(param, self.learning_rate * grad, out=param)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_hat = self.forward(X)
            losses.append(mse_loss(y_hat, y))
            self.update_weights(*self.backward(X, y, y_hat))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        shift = np.zeros(x.shape)
        shift[i] = h
        grad[i] = (f(x + shift) - f(x - shift)) / (2 * h)
    return grad
