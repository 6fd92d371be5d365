"""A network of one hidden layer with sigmoids in both layers, trained on the mean squared error.

NumPy, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.
"""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    z = np.clip(np.asarray(x, dtype=float), -700, 700)
    return np.reciprocal(1.0 + np.exp(-z))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x."""
    e = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return e / (1 + e) ** 2


def relu(x):
    """The rectified linear unit max(0, x), element by element."""
    return (x > 0) * x


def relu_derivative(x):
    """The derivative of the rectified linear unit at x."""
    return (x > 0).astype("float64")


def mse_loss(y_pred, y_true):
    """The mean squared error over all m·k elements."""
    m, k = y_pred.shape
    return np.sum((y_pred - y_true) ** 2) / m / k


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred."""
    m, k = y_pred.shape
    return 2 * (y_pred - y_true) / m / k


class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        shapes = {
            "W1": (input_size, hidden_size),
            "b1": (1, hidden_size),
            "W2": (hidden_size, output_size),
            "b2": (1, output_size),
        }
        for name, shape in shapes.items():
            if name.startswith("W"):
                setattr(self, name, np.random.normal(0.0, 0.1, shape))
            else:
                setattr(self, name, np.zeros(shape))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters."""
        dL_dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dL_dW2 = self.a1.T @ dL_dz2
        dL_db2 = dL_dz2.sum(axis=0)[np.newaxis]

        dL_dz1 = dL_dz2 @ self.W2.T * sigmoid_derivative(self.z1)
        dL_dW1 = X.T @ dL_dz1
        dL_db1 = dL_dz1.sum(axis=0)[np.newaxis]
        return dL_dW1, dL_db1, dL_dW2, dL_db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent."""
        for name, gradient in zip(("W1", "W2"), (dW1, dW2)):
            value = getattr(self, name)
            setattr(self, name, value - self.learning_rate * gradient)

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once, `epochs` times."""
        losses = [0.0] * epochs
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses[epoch] = mse_loss(y_pred, y)
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences."""
    x = np.array(x, np.float64)
    gradient = np.full(x.shape, np.nan)
    for index in np.ndindex(*x.shape):
        original = x[index]
        values = []
        for sign in (1, -1):
            x[index] = original + sign * h
            values.append(f(x))
        x[index] = original
        gradient[index] = (values[0] - values[1]) / (2 * h)
    return gradient
