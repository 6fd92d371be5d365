"""Neural network from scratch.

This module provides the activation functions, the loss, a small fully connected
network and a numerical gradient for checking the backward pass.
"""

import numpy as np

_EXP_LIMIT = 500.0  # exp(500) is still finite in double precision


# ---------------------------------------------------------------------------
# Activation functions
# ---------------------------------------------------------------------------


def sigmoid(x):
    """Compute the sigmoid activation.

    The input is clipped to avoid overflow in ``np.exp``.
    """
    z = np.clip(np.asarray(x, dtype=float), -_EXP_LIMIT, _EXP_LIMIT)
    return np.reciprocal(1.0 + np.exp(-z))


def sigmoid_derivative(x):
    """Compute the derivative of the sigmoid given the pre-activation."""
    activated = sigmoid(x)
    return activated * (1.0 - activated)


def relu(x):
    """Compute the ReLU activation."""
    return np.maximum(np.asarray(x), 0)


def relu_derivative(x):
    """Compute the derivative of ReLU given the pre-activation."""
    return (np.asarray(x) > 0).astype(np.float64)


# ---------------------------------------------------------------------------
# Loss
# ---------------------------------------------------------------------------


def mse_loss(y_pred, y_true):
    """Compute the mean squared error."""
    return float(np.mean(np.power(y_pred - y_true, 2)))


def mse_loss_derivative(y_pred, y_true):
    """Compute the gradient of the mean squared error."""
    n_elements = np.prod(y_pred.shape)
    return (2.0 / n_elements) * (y_pred - y_true)


# ---------------------------------------------------------------------------
# Model
# ---------------------------------------------------------------------------


class SimpleNeuralNetwork:
    """Fully connected network with a single hidden layer."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.learning_rate = learning_rate
        self._initialize_parameters()

    def _initialize_parameters(self):
        """Draw small random weights and set the biases to zero."""
        self.W1 = np.random.randn(self.input_size, self.hidden_size) * 0.1
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.randn(self.hidden_size, self.output_size) * 0.1
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        """Perform the forward pass."""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Perform the backward pass and return the gradients."""
        # Gradient at the output layer
        d_output = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

        # Gradient at the hidden layer
        d_hidden = np.dot(d_output, self.W2.T) * sigmoid_derivative(self.z1)

        # Gradients of the parameters
        return (
            np.dot(X.T, d_hidden),
            np.sum(d_hidden, axis=0, keepdims=True),
            np.dot(self.a1.T, d_output),
            np.sum(d_output, axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        """Update the parameters with gradient descent."""
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Train the network and return the loss history."""
        losses = []

        for epoch in range(epochs):
            # Initialize the parameters
            self._initialize_parameters()

            # Forward pass
            y_pred = self.forward(X)

            # Record the loss
            losses.append(mse_loss(y_pred, y))

            # Backward pass
            gradients = self.backward(X, y, y_pred)

            # Update the parameters
            self.update_weights(*gradients)

        return losses


# ---------------------------------------------------------------------------
# Gradient checking
# ---------------------------------------------------------------------------


def numerical_gradient(f, x, h=1e-05):
    """Approximate the gradient of ``f`` at ``x`` with central differences."""
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)

    for index in np.ndindex(x.shape):
        original_value = x[index]

        x[index] = original_value + h
        value_plus = f(x)

        x[index] = original_value - h
        value_minus = f(x)

        x[index] = original_value
        gradient[index] = (value_plus - value_minus) / (2 * h)

    return gradient
