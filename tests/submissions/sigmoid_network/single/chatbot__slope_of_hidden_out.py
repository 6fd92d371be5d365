"""
Simple feed-forward neural network trained with back-propagation.

Architecture: input -> Linear -> Sigmoid -> Linear -> Sigmoid -> output
Loss:         mean squared error (averaged over all elements)
"""

from __future__ import annotations

from typing import Callable, List, Tuple

import numpy as np


# --------------------------------------------------------------------------- #
# Activation functions
# --------------------------------------------------------------------------- #
def sigmoid(x: np.ndarray) -> np.ndarray:
    """Numerically stable sigmoid."""
    x = np.asarray(x, dtype=np.float64)
    # e^{-|x|} never overflows, so both branches are safe.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def sigmoid_derivative(x: np.ndarray) -> np.ndarray:
    """Derivative of the sigmoid w.r.t. its (pre-activation) input."""
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    return np.maximum(0, np.asarray(x))


def relu_derivative(x: np.ndarray) -> np.ndarray:
    """Derivative of ReLU (0 at the kink)."""
    return (np.asarray(x) > 0).astype(np.float64)


# --------------------------------------------------------------------------- #
# Loss
# --------------------------------------------------------------------------- #
def mse_loss(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Mean squared error over all elements."""
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred: np.ndarray, y_true: np.ndarray) -> np.ndarray:
    """Gradient of the MSE w.r.t. the predictions."""
    return 2.0 * (y_pred - y_true) / y_pred.size


# --------------------------------------------------------------------------- #
# Network
# --------------------------------------------------------------------------- #
class SimpleNeuralNetwork:
    """A two-layer fully connected network with sigmoid activations."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        rng = np.random.default_rng(42)
        self.learning_rate = learning_rate
        # Xavier initialisation keeps the variance of the activations stable.
        self.W1 = rng.normal(0.0, np.sqrt(1.0 / input_size), (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = rng.normal(0.0, np.sqrt(1.0 / hidden_size), (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Forward propagation; intermediate values are cached."""
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
        """Backward propagation of the error through the network."""
        # Step 1: error at the output layer
        loss_gradient = mse_loss_derivative(y_pred, y)
        output_delta = loss_gradient * sigmoid_derivative(self.z2)

        # Step 2: gradients of the output layer
        dW2 = np.dot(self.a1.T, output_delta)
        db2 = np.sum(output_delta, axis=0, keepdims=True)

        # Step 3: propagate the error to the hidden layer
        hidden_error = np.dot(output_delta, self.W2.T)
        hidden_delta = hidden_error * sigmoid_derivative(self.a1)

        # Step 4: gradients of the hidden layer
        dW1 = np.dot(X.T, hidden_delta)
        db1 = np.sum(hidden_delta, axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        """Perform one gradient-descent step."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> List[float]:
        """Train the network using full-batch gradient descent."""
        loss_history: List[float] = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            loss_history.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return loss_history


# --------------------------------------------------------------------------- #
# Gradient checking
# --------------------------------------------------------------------------- #
def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-05) -> np.ndarray:
    """Central-difference approximation of the gradient."""
    x = np.array(x, dtype=np.float64, copy=True)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    for _ in it:
        idx = it.multi_index
        original = x[idx]
        x[idx] = original + h
        f_plus = f(x)
        x[idx] = original - h
        f_minus = f(x)
        x[idx] = original  # restore
        grad[idx] = (f_plus - f_minus) / (2.0 * h)
    return grad


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    nn = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    history = nn.train(X, y, epochs=100)
    print(f"Final loss: {history[-1]:.4f}")
