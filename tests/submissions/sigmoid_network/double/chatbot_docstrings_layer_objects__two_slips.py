"""Simple neural network implementation.

This module provides a modular implementation with reusable dense layers.
"""
from __future__ import annotations

from typing import Callable, List, Tuple

import numpy as np


def sigmoid(x):
    """Numerically stable sigmoid.

    We clip the input in order to avoid overflow in the exponential.
    """
    return 1.0 / (1.0 + np.exp(-np.clip(np.asarray(x, dtype=np.float64), -709.0, 709.0)))


def sigmoid_derivative(x):
    """Derivative of the sigmoid, evaluated at the pre-activation."""
    activated = sigmoid(x)
    return activated * (1.0 - activated)


def relu(x):
    """Rectified linear unit."""
    return np.maximum(0, x)


def relu_derivative(x):
    """Subgradient of the rectified linear unit."""
    return (np.asarray(x) > 0).astype(np.float64)


def mse_loss(y_pred: np.ndarray, y_true: np.ndarray) -> float:
    """Mean squared error."""
    return float(np.mean((y_pred - y_true) ** 2))


def mse_loss_derivative(y_pred: np.ndarray, y_true: np.ndarray) -> np.ndarray:
    """Gradient of the mean squared error."""
    return 2.0 * (y_pred - y_true) / y_pred.size


class DenseLayer:
    """Bookkeeping for the backward pass of one dense layer."""

    def __init__(self, inputs: np.ndarray, weights: np.ndarray) -> None:
        self.inputs = inputs
        self.weights = weights

    def parameter_gradients(self, delta: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Return the gradients of the weights and of the biases."""
        batch_size = self.inputs.shape[0]
        # Average the weight gradient over the mini-batch
        grad_weights = (self.inputs.T @ delta) / batch_size
        grad_biases = np.sum(delta, axis=0, keepdims=True)
        return grad_weights, grad_biases

    def input_gradient(self, delta: np.ndarray) -> np.ndarray:
        """Return the gradient that is passed on to the previous layer."""
        return delta @ self.weights.T


class SimpleNeuralNetwork:
    """Two-layer perceptron with sigmoid activations."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * np.sqrt(1.0 / input_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Forward propagation."""
        # Hidden layer
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        # Output layer
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X: np.ndarray, y: np.ndarray, y_pred: np.ndarray):
        """Backward propagation."""
        hidden, output = DenseLayer(X, self.W1), DenseLayer(self.a1, self.W2)
        # Step 1: gradient at the output layer
        output_delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2, db2 = output.parameter_gradients(output_delta)
        # Step 2: propagate to the hidden layer
        hidden_delta = output.input_gradient(output_delta)
        dW1, db1 = hidden.parameter_gradients(hidden_delta)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2) -> None:
        """Gradient descent update."""
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X: np.ndarray, y: np.ndarray, epochs: int = 1000) -> List[float]:
        """Train the model and return the loss history."""
        losses: List[float] = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-05) -> np.ndarray:
    """Approximate the gradient with central differences."""
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    iterator = np.nditer(x, flags=["multi_index"])
    for _ in iterator:
        index = iterator.multi_index
        perturbation = np.zeros_like(x)
        perturbation[index] = h
        gradient[index] = (f(x + perturbation) - f(x - perturbation)) / (2 * h)
    return gradient
