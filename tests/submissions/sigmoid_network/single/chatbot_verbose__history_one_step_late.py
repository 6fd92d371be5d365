"""Simple neural network with NumPy.

Architecture
------------
input (n) -> sigmoid hidden layer (h) -> sigmoid output layer (k)

All functions are vectorised over the batch dimension.
"""
from __future__ import annotations

import numpy as np


# ===== Activations =====

def sigmoid(x):
    """Compute the logistic sigmoid in a numerically stable manner.

    For x >= 0 we use 1 / (1 + e^-x), for x < 0 the equivalent e^x / (1 + e^x),
    so the exponential never overflows.
    """
    x = np.asarray(x, dtype=np.float64)
    z = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + z), z / (1 + z))


def sigmoid_derivative(x):
    """Compute sigma'(x) = sigma(x) * (1 - sigma(x))."""
    sig = sigmoid(x)
    return sig * (1 - sig)


def relu(x):
    """Compute max(0, x) without modifying the input."""
    return np.maximum(x, 0)


def relu_derivative(x):
    """Compute the (sub)gradient of ReLU; it is 0 at x = 0."""
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


# ===== Loss =====

def mse_loss(y_pred, y_true):
    """Mean squared error averaged over samples and outputs."""
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    """dL/dy_pred of the mean squared error."""
    n_elements = np.prod(y_pred.shape)
    return (2.0 / n_elements) * (y_pred - y_true)


# ===== Model =====

class SimpleNeuralNetwork:
    """Fully connected network with one hidden layer and sigmoid activations."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        """Initialise the parameters with small random weights and zero biases."""
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Run the forward pass and cache the intermediate results."""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Compute the gradients of the loss with respect to all parameters."""
        # Gradient of the loss w.r.t. the output
        dL_da2 = mse_loss_derivative(y_pred, y)

        # Through the output sigmoid
        dL_dz2 = dL_da2 * sigmoid_derivative(self.z2)

        # Parameters of the output layer
        dL_dW2 = np.dot(self.a1.T, dL_dz2)
        dL_db2 = np.sum(dL_dz2, axis=0, keepdims=True)

        # Back to the hidden layer
        dL_da1 = np.dot(dL_dz2, self.W2.T)
        dL_dz1 = dL_da1 * sigmoid_derivative(self.z1)

        # Parameters of the hidden layer
        dL_dW1 = np.dot(X.T, dL_dz1)
        dL_db1 = np.sum(dL_dz1, axis=0, keepdims=True)

        return dL_dW1, dL_db1, dL_dW2, dL_db2

    def update_weights(self, dW1, db1, dW2, db2):
        """Apply one gradient descent update."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Train with full-batch gradient descent and return the loss history."""
        losses = []

        for epoch in range(epochs):
            # Forward pass
            y_pred = self.forward(X)

            # Backward pass and parameter update
            gradients = self.backward(X, y, y_pred)
            self.update_weights(*gradients)

            # Track progress
            loss = mse_loss(self.forward(X), y)
            losses.append(float(loss))

            if epochs >= 1000 and (epoch + 1) % 500 == 0:
                print(f"Epoch {epoch + 1}/{epochs} - loss: {loss:.6f}")

        return losses


# ===== Gradient check =====

def numerical_gradient(f, x, h=1e-05):
    """Estimate the gradient of f at x with central differences."""
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    iterator = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])

    while not iterator.finished:
        idx = iterator.multi_index
        saved = float(x[idx])

        x[idx] = saved + h
        f_plus = f(x)
        x[idx] = saved - h
        f_minus = f(x)
        x[idx] = saved

        grad[idx] = (f_plus - f_minus) / (2.0 * h)
        iterator.iternext()

    return grad


def main():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(8, 3))
    y = rng.uniform(size=(8, 2))
    model = SimpleNeuralNetwork(3, 5, 2)
    losses = model.train(X, y, epochs=10)
    print(losses)


if __name__ == "__main__":
    main()
