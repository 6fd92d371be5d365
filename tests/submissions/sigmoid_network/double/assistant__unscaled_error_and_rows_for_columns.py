"""
Simple two-layer neural network with sigmoid activations, implemented in NumPy.

The network is trained with full-batch gradient descent on the mean squared error (MSE).
"""

from typing import Callable, List, Tuple

import numpy as np


def sigmoid(x):
    """
    Numerically stable sigmoid function.

    Uses two algebraically equivalent forms so that np.exp is never
    evaluated at a large positive argument.
    """
    x = np.asarray(x, dtype=np.float64)
    exp_neg_abs = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0 / (1.0 + exp_neg_abs), exp_neg_abs / (1.0 + exp_neg_abs))


def sigmoid_derivative(x):
    """Derivative of the sigmoid with respect to its pre-activation input."""
    sig = sigmoid(x)
    return sig * (1.0 - sig)


def relu(x):
    """Rectified linear unit."""
    return np.maximum(x, 0)


def relu_derivative(x):
    """Derivative of ReLU (0 at x = 0 by convention)."""
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true) -> float:
    """Mean squared error over all elements."""
    return float(np.mean(np.square(y_pred - y_true)))


def mse_loss_derivative(y_pred, y_true):
    """Gradient of the MSE with respect to the predictions."""
    num_elements = y_pred.shape[0] * y_pred.shape[1]
    return (2.0 / num_elements) * (y_pred - y_true)


class SimpleNeuralNetwork:
    """A feed-forward network with a single hidden layer."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.1,
    ):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate

        # Xavier-style initialisation keeps the sigmoids out of saturation
        self.W1 = rng.normal(0.0, 1.0 / np.sqrt(input_size), (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = rng.normal(0.0, 1.0 / np.sqrt(hidden_size), (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

        # Cached intermediate values for backpropagation
        self.z1 = self.a1 = self.z2 = self.a2 = None

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Perform the forward pass and cache the intermediate values."""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(
        self, X: np.ndarray, y: np.ndarray, y_pred: np.ndarray
    ) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Compute the gradients of the loss with respect to all parameters."""
        # Step 1: gradient of the loss with respect to the network output
        loss_grad = y_pred - y

        # Step 2: gradient with respect to the output pre-activation
        output_delta = loss_grad * sigmoid_derivative(self.z2)

        # Step 3: gradients of the output layer parameters
        dW2 = np.dot(self.a1.T, output_delta)
        db2 = np.sum(
            output_delta,
            axis=0,
            keepdims=True,
        )

        # Step 4: propagate the error to the hidden layer
        hidden_delta = np.dot(output_delta, self.W2.T) * sigmoid_derivative(self.z1)

        # Step 5: gradients of the hidden layer parameters
        dW1 = np.dot(X.T, hidden_delta)
        db1 = np.sum(
            hidden_delta,
            axis=1,
            keepdims=True,
        )

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        """Apply one gradient descent step."""
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> List[float]:
        """Train the network and return the loss history."""
        loss_history: List[float] = []

        for _ in range(epochs):
            # Forward pass
            y_pred = self.forward(X)

            # Record the loss
            loss_history.append(mse_loss(y_pred, y))

            # Backward pass and parameter update
            gradients = self.backward(X, y, y_pred)
            self.update_weights(*gradients)

        return loss_history


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-05) -> np.ndarray:
    """Approximate the gradient of f at x with central differences."""
    x = np.array(x, dtype=np.float64, copy=True)
    grad = np.zeros_like(x, dtype=np.float64)

    for index in np.ndindex(*x.shape):
        original_value = x[index]

        x[index] = original_value + h
        f_plus = f(x)

        x[index] = original_value - h
        f_minus = f(x)

        x[index] = original_value  # restore
        grad[index] = (f_plus - f_minus) / (2.0 * h)

    return grad


if __name__ == "__main__":
    np.random.seed(42)
    X_demo = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y_demo = np.array([[0], [1], [1], [0]], dtype=float)
    network = SimpleNeuralNetwork(input_size=2, hidden_size=4, output_size=1, learning_rate=0.5)
    history = network.train(X_demo, y_demo, epochs=10)
    print(f"Initial loss: {history[0]:.4f}, final loss: {history[-1]:.4f}")
