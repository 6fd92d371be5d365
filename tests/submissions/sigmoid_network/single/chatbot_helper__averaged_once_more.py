"""
Sigmoid Network - Backpropagation from Scratch
==============================================

This module implements:
    1. Activation functions and their derivatives
    2. The mean squared error and its derivative
    3. A fully connected network with one hidden layer
    4. A numerical gradient checker

One sample per row throughout.
"""

from typing import Callable, List, Tuple

import numpy as np

Gradients = Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


# ---------------------------------------------------------------------------
# Activation functions
# ---------------------------------------------------------------------------
def sigmoid(x):
    """Numerically stable logistic function."""
    # Clipping prevents overflow in np.exp for very negative inputs
    x_clipped = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1.0 / (1.0 + np.exp(-x_clipped))


def sigmoid_derivative(x):
    """Derivative of the sigmoid, evaluated at the pre-activation x."""
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    """Rectified linear unit (returns a new array)."""
    return np.maximum(0, x)


def relu_derivative(x):
    """Derivative of ReLU: 1.0 for x > 0, otherwise 0.0."""
    return (np.asarray(x) > 0).astype(float)


# ---------------------------------------------------------------------------
# Loss
# ---------------------------------------------------------------------------
def mse_loss(y_pred, y_true):
    """Mean squared error over every element."""
    return float(np.mean(np.square(y_pred - y_true)))


def mse_loss_derivative(y_pred, y_true):
    """Gradient of the MSE with respect to the predictions."""
    return 2.0 * (y_pred - y_true) / y_pred.size


# ---------------------------------------------------------------------------
# Network
# ---------------------------------------------------------------------------
class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.learning_rate = learning_rate

        # Xavier-style initialisation keeps the sigmoids away from saturation
        self.W1 = np.random.randn(input_size, hidden_size) * np.sqrt(1.0 / input_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Forward pass; intermediate values are cached on the instance."""
        # Hidden layer
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)

        # Output layer
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)

        return self.a2

    @staticmethod
    def _layer_gradients(layer_input: np.ndarray, delta: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Weight and bias gradients of a single fully connected layer."""
        batch = layer_input.shape[0]
        return layer_input.T @ delta / batch, delta.sum(axis=0, keepdims=True) / batch

    def backward(self, X: np.ndarray, y: np.ndarray, y_pred: np.ndarray) -> Gradients:
        """Backward pass using the chain rule, from the loss to the inputs."""
        # Step 1: error signal at the output layer
        output_delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2, db2 = self._layer_gradients(self.a1, output_delta)

        # Step 2: propagate the error to the hidden layer
        hidden_delta = (output_delta @ self.W2.T) * sigmoid_derivative(self.z1)
        dW1, db1 = self._layer_gradients(X, hidden_delta)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        """Vanilla gradient descent step."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> List[float]:
        """Full-batch gradient descent. Returns the loss history."""
        history: List[float] = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            history.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return history


# ---------------------------------------------------------------------------
# Gradient checking
# ---------------------------------------------------------------------------
def numerical_gradient(f: Callable[[np.ndarray], float], x, h: float = 1e-05) -> np.ndarray:
    """Central-difference approximation of the gradient of f at x."""
    point = np.array(x, dtype=np.float64)
    grad = np.zeros_like(point)

    for idx in np.ndindex(point.shape):
        original = point[idx]

        point[idx] = original + h
        f_plus = f(point)

        point[idx] = original - h
        f_minus = f(point)

        point[idx] = original
        grad[idx] = (f_plus - f_minus) / (2 * h)

    return grad


if __name__ == "__main__":
    np.random.seed(42)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    model = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    losses = model.train(X, y, epochs=50)
    print(f"Initial loss: {losses[0]:.4f}  Final loss: {losses[-1]:.4f}")
