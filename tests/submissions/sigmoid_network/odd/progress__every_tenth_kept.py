"""A network of one hidden layer with sigmoids in both layers, trained on the mean squared error."""

import numpy as np


def sigmoid(x):
    """The logistic function."""
    x = np.asarray(x, dtype=np.float64)
    exponential = np.exp(-np.fabs(x))
    larger_half = 1 / (1 + exponential)          # sigmoid(|x|)
    return np.where(x < 0, exponential * larger_half, larger_half)


def sigmoid_derivative(x):
    """s'(x) = s(x) (1 - s(x))"""
    output = sigmoid(x)
    return output * (1 - output)


def relu(x):
    """Zero for negative numbers, the number itself otherwise."""
    return x.clip(min=0)


def relu_derivative(x):
    """One for positive numbers, zero otherwise."""
    return np.float64(1) * (x > 0)


def mse_loss(y_pred, y_true):
    """Mean of the squared differences."""
    return ((y_pred - y_true) ** 2).sum() / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    """Each element's share: 2 (y_pred - y_true) / (m k)."""
    scale = 2 / y_pred.size
    return scale * (y_pred - y_true)


class SimpleNeuralNetwork:
    """A network with one hidden layer."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.5, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(scale=0.5, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """The outputs for X."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """The gradient, from the output back to the input."""
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = delta2.dot(self.W2.T) * sigmoid_derivative(self.z1)
        return (
            X.T.dot(delta1),
            delta1.sum(axis=0, keepdims=True),
            self.a1.T.dot(delta2),
            delta2.sum(axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        """A step downhill."""
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Gradient descent on the whole of the data."""
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            loss = mse_loss(y_pred, y)

            if epoch % 10 == 0:
                losses.append(loss)

            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h=1e-05):
    """Central differences."""
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for where in np.ndindex(x.shape):
        left, right = x.copy(), x.copy()
        left[where] -= h
        right[where] += h
        gradient[where] = (f(right) - f(left)) / (2 * h)
    return gradient


if __name__ == "__main__":
    inputs = np.random.rand(8, 2)
    targets = (inputs.sum(axis=1, keepdims=True) > 1) * 1.0
    network = SimpleNeuralNetwork(2, 4, 1, learning_rate=1.0)
    for loss in network.train(inputs, targets, epochs=30):
        print(f"{loss:.5f}")
