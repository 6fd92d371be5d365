"""Sigmoid network exercise.

The solution below is fully vectorised. Key ideas:

1. The forward pass caches every intermediate value.
2. The backward pass applies the chain rule layer by layer.
3. Gradients can be verified with `numerical_gradient`.
"""

from __future__ import annotations

import numpy as np

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def sigmoid(x):
    """Compute the logistic function, safe for inputs of large magnitude."""
    clipped = np.clip(np.asarray(x, dtype=np.float64), -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-clipped))


def sigmoid_derivative(x):
    """Compute the derivative of the sigmoid at the pre-activation `x`."""
    activated = sigmoid(x)
    return activated * (1.0 - activated)


def relu(x: np.ndarray) -> np.ndarray:
    """Compute max(0, x) without modifying the input."""
    return np.maximum(0, np.asarray(x))


def relu_derivative(x: np.ndarray) -> np.ndarray:
    """Compute the derivative of ReLU: one for active units, zero otherwise."""
    active: np.ndarray = np.asarray(x) >= 0
    return active


def mse_loss(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Compute the mean squared error averaged over all elements."""
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred: np.ndarray, y_true: np.ndarray) -> np.ndarray:
    """Compute the gradient of the mean squared error w.r.t. the predictions."""
    n_total = y_true.size
    return 2.0 * (y_pred - y_true) / n_total


class SimpleNeuralNetwork:
    """Two-layer fully connected network with sigmoid activations.

    Attributes:
        W1, b1: parameters of the hidden layer.
        W2, b2: parameters of the output layer.
        learning_rate: step size for gradient descent.
    """

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1: np.ndarray = np.random.randn(input_size, hidden_size) * 0.1
        self.b1: np.ndarray = np.zeros((1, hidden_size))
        self.W2: np.ndarray = np.random.randn(hidden_size, output_size) * 0.1
        self.b2: np.ndarray = np.zeros((1, output_size))

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Run the forward pass and cache intermediates."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)

        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)

        return self.a2

    def backward(self, X: np.ndarray, y: np.ndarray, y_pred: np.ndarray) -> Gradients:
        """Run the backward pass.

        Shapes:
            dz2: (m, k), dz1: (m, h)
        """
        # dL/dz2 = dL/da2 * da2/dz2
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2 = self.a1.T @ dz2
        db2 = dz2.sum(axis=0, keepdims=True)

        # dL/dz1 = (dL/dz2 @ W2^T) * da1/dz1
        dz1 = (dz2 @ self.W2.T) * sigmoid_derivative(self.z1)
        dW1 = X.T @ dz1
        db1 = dz1.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1: np.ndarray, db1: np.ndarray, dW2: np.ndarray, db2: np.ndarray) -> None:
        """Take one gradient descent step."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> list[float]:
        """Train with full-batch gradient descent, returning the loss curve."""
        losses: list[float] = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
        return losses


def numerical_gradient(f, x, h: float = 1e-05) -> np.ndarray:
    """Approximate the gradient of `f` at `x` using central differences."""
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)

    for idx in np.ndindex(x.shape):
        x_plus, x_minus = x.copy(), x.copy()
        x_plus[idx] += h
        x_minus[idx] -= h
        grad[idx] = (f(x_plus) - f(x_minus)) / (2 * h)

    return grad


def main() -> None:
    """Compare the analytical gradient of W1 with the numerical one."""
    np.random.seed(0)
    network = SimpleNeuralNetwork(3, 4, 2)
    X, y = np.random.randn(5, 3), np.random.rand(5, 2)
    dW1 = network.backward(X, y, network.forward(X))[0]

    def loss_of_W1(W1: np.ndarray) -> float:
        original, network.W1 = network.W1, W1
        loss = mse_loss(network.forward(X), y)
        network.W1 = original
        return loss

    difference = np.max(np.abs(dW1 - numerical_gradient(loss_of_W1, network.W1)))
    print(f"Largest difference for W1: {difference:.2e}")


if __name__ == "__main__":
    main()
