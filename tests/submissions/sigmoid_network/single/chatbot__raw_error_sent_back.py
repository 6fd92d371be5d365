"""
A simple feed-forward neural network with one hidden layer.

This implementation uses only NumPy. Every function is vectorized and
handles batches of samples (one sample per row).
"""

from __future__ import annotations

from typing import Callable, List, Tuple

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Compute the sigmoid activation function.

    The input is clipped to avoid overflow in ``np.exp``.
    """
    x = np.clip(x, -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    """Compute the derivative of the sigmoid with respect to its input."""
    sig = sigmoid(x)
    return sig * (1.0 - sig)


def relu(x: np.ndarray) -> np.ndarray:
    """Compute the ReLU activation function."""
    return np.maximum(0, x)


def relu_derivative(x: np.ndarray) -> np.ndarray:
    """Compute the derivative of ReLU (0 at x = 0)."""
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Compute the mean squared error over all elements."""
    return float(np.mean(np.square(y_pred - y_true)))


def mse_loss_derivative(y_pred: np.ndarray, y_true: np.ndarray) -> np.ndarray:
    """Compute the gradient of the MSE loss with respect to the predictions."""
    return 2.0 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    """A neural network with one hidden layer and sigmoid activations."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ) -> None:
        self.learning_rate = learning_rate

        # Initialize the weights with small random values
        self.W1 = np.random.randn(input_size, hidden_size) * 0.5
        self.W2 = np.random.randn(hidden_size, output_size) * 0.5

        # Initialize the biases with zeros
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Perform the forward pass and cache the intermediate values."""
        # Hidden layer
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)

        # Output layer
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)

        return self.a2

    def backward(
        self, X: np.ndarray, y: np.ndarray, y_pred: np.ndarray
    ) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Perform the backward pass and return all gradients."""
        # Step 1: gradient of the loss with respect to the output
        output_error = mse_loss_derivative(y_pred, y)

        # Step 2: gradient with respect to the output pre-activation
        output_delta = output_error * sigmoid_derivative(self.z2)

        # Step 3: gradients of the output layer's parameters
        dW2 = np.dot(self.a1.T, output_delta)
        db2 = np.sum(output_delta, axis=0, keepdims=True)

        # Step 4: propagate the error to the hidden layer
        hidden_error = np.dot(output_error, self.W2.T)
        hidden_delta = hidden_error * sigmoid_derivative(self.z1)

        # Step 5: gradients of the hidden layer's parameters
        dW1 = np.dot(X.T, hidden_delta)
        db1 = np.sum(hidden_delta, axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(
        self,
        dW1: np.ndarray,
        db1: np.ndarray,
        dW2: np.ndarray,
        db2: np.ndarray,
    ) -> None:
        """Update the parameters using gradient descent."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> List[float]:
        """Train the network and return the loss history."""
        losses: List[float] = []

        for epoch in range(epochs):
            # Forward pass
            y_pred = self.forward(X)

            # Record the loss
            losses.append(mse_loss(y_pred, y))

            # Backward pass and parameter update
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)

        return losses


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-05
) -> np.ndarray:
    """Approximate the gradient of ``f`` at ``x`` using central differences."""
    x = np.asarray(x).astype(np.float64)  # astype always copies
    grad = np.zeros_like(x)

    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        idx = it.multi_index

        x_plus = x.copy()
        x_plus[idx] += h

        x_minus = x.copy()
        x_minus[idx] -= h

        grad[idx] = (f(x_plus) - f(x_minus)) / (2.0 * h)
        it.iternext()

    return grad


# Example usage
if __name__ == "__main__":
    np.random.seed(42)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])

    model = SimpleNeuralNetwork(input_size=2, hidden_size=4, output_size=1, learning_rate=0.5)
    history = model.train(X, y, epochs=20)
    print(f"Final loss: {history[-1]:.4f}")
