"""
Simple feed-forward neural network implemented from scratch with NumPy.

Architecture: input -> hidden (sigmoid) -> output (sigmoid), trained with MSE.
"""

from __future__ import annotations

from typing import Callable, List, Tuple

import numpy as np

Array = np.ndarray


def sigmoid(x):
    """Numerically stable logistic function."""
    x = np.asarray(x, dtype=np.float64)
    # exp is only ever evaluated on non-positive numbers, so it cannot overflow
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def sigmoid_derivative(x):
    """Derivative of the logistic function with respect to its input."""
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    """Rectified linear unit."""
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    """Derivative of ReLU (0 at the kink)."""
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred: Array, y_true: Array) -> float:
    """Mean squared error over all elements."""
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred: Array, y_true: Array) -> Array:
    """Gradient of the MSE with respect to the predictions."""
    return 2.0 * (y_pred - y_true) / y_true.size


class SimpleNeuralNetwork:
    """A one-hidden-layer neural network."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ) -> None:
        # Xavier/Glorot-style initialization keeps the sigmoids out of saturation
        self.W1 = np.random.randn(input_size, hidden_size) * np.sqrt(1.0 / input_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X: Array) -> Array:
        """Run a forward pass and cache the intermediate values."""
        # Hidden layer
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)

        # Output layer
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)

        return self.a2

    def backward(self, X: Array, y: Array, y_pred: Array) -> Tuple[Array, Array, Array, Array]:
        """Compute the gradients of the loss with backpropagation."""
        # Output layer: dL/dz2 = dL/da2 * da2/dz2
        output_error = mse_loss_derivative(y_pred, y)
        output_delta = output_error * y_pred * (1.0 - y_pred)

        # Hidden layer: dL/dz1 = dL/da1 * da1/dz1
        hidden_error = output_delta @ self.W2.T
        hidden_delta = hidden_error * self.z1 * (1.0 - self.z1)

        # Parameter gradients
        dW2 = self.a1.T @ output_delta
        db2 = output_delta.sum(axis=0, keepdims=True)
        dW1 = X.T @ hidden_delta
        db1 = hidden_delta.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1: Array, db1: Array, dW2: Array, db2: Array) -> None:
        """Apply one gradient-descent step."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: Array, y: Array, epochs: int = 1000) -> List[float]:
        """Full-batch gradient descent."""
        losses: List[float] = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-05) -> Array:
    """Central-difference approximation of the gradient, for gradient checking."""
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)

    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        idx = it.multi_index
        original = x[idx]

        x[idx] = original + h
        f_plus = f(x)
        x[idx] = original - h
        f_minus = f(x)
        x[idx] = original

        grad[idx] = (f_plus - f_minus) / (2.0 * h)
        it.iternext()

    return grad


if __name__ == "__main__":
    np.random.seed(42)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    model = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    history = model.train(X, y, epochs=50)
    print(f"First loss: {history[0]:.4f}, last loss: {history[-1]:.4f}")
