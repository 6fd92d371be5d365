"""Exclusive or, after chapter 2 of Nielsen's book, with the samples in rows."""

from typing import List, Tuple

import numpy as np
from numpy import ndarray as Array


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(a):
    return np.multiply(a, np.subtract(1.0, a))


def _nabla_b(delta: Array) -> Array:
    """BP3: the gradient of a bias from the delta of its layer."""
    return delta.mean(axis=0, keepdims=True)


def _nabla_w(activation: Array, delta: Array) -> Array:
    """BP4: the gradient of the weights, from the activation that went in and the delta that came back."""
    return activation.T @ delta


def train(
    X: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array, learning_rate: float, iterations: int
) -> Tuple[Array, Array, Array, Array, List[float]]:
    eta = learning_rate
    losses: List[float] = []

    for iteration in range(iterations):
        a1 = X
        a2 = sigmoid(a1 @ W1 + b1)
        a3 = sigmoid(a2 @ W2 + b2)

        if not iteration % 1000:
            losses.append(float(np.mean((a3 - y) ** 2)))

        # BP1 and BP2
        delta3 = (a3 - y) * sigmoid_derivative(a3)
        delta2 = (delta3 @ W2.T) * sigmoid_derivative(a2)

        W1 = W1 - eta * _nabla_w(a1, delta2)
        b1 = b1 - eta * _nabla_b(delta2)
        W2 = W2 - eta * _nabla_w(a2, delta3)
        b2 = b2 - eta * _nabla_b(delta3)

    return W1, b1, W2, b2, losses


np.random.seed(1)
W1, b1, W2, b2 = (np.random.rand(*shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1)))

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10_000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
