"""Exclusive or as one script.

This script implements a small feed-forward neural network (3 -> 4 -> 1) from scratch using NumPy.

Key features:
- Numerically stable sigmoid
- Full-batch gradient descent
- Mean squared error recorded every 1000 iterations
"""

from typing import List, Tuple, Union

import numpy as np

ArrayLike = Union[float, int, np.ndarray]


def sigmoid(x: ArrayLike) -> np.ndarray:
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    x = np.asarray(x, dtype=float)
    # exp() only ever sees non-positive numbers, so it cannot overflow.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(a: ArrayLike) -> np.ndarray:
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      a: the activation, a = sigmoid(z) (not the pre-activation z), of any shape.

    Returns:
      ds/dz, floats of the same shape.
    """
    a = np.asarray(a, dtype=float)
    return a * (1.0 - a)


def train(
    X: np.ndarray,
    y: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
    learning_rate: float,
    iterations: int,
) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, List[float]]:
    """Gradient descent on all samples at once, `iterations` times, on L = sum of (output - y)^2 / 2.

    The loss that is recorded is another one: the mean of (output - y)^2 over all m·k elements. The two differ by the
    factor m k / 2 alone, so both fall together; the gradient is that of L, without the factor.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      W1, b1, W2, b2: the parameters to start from: (n, h), (1, h), (h, k), (1, k). They may be changed.
      learning_rate: the step size.
      iterations: how many steps.

    Returns:
      (W1, b1, W2, b2, losses): the parameters after the last update, and a list of the mean squared errors before the
      update at the iterations 0, 1000, 2000, …
    """
    losses: List[float] = []

    for iteration in range(iterations):
        # --- Forward pass -------------------------------------------------
        hidden_layer_output = sigmoid(np.dot(X, W1) + b1)
        output_layer_output = sigmoid(np.dot(hidden_layer_output, W2) + b2)

        # --- Track the loss -----------------------------------------------
        error = output_layer_output - y
        if iteration % 1000 == 0:
            losses.append(float(np.sum(np.square(error))))

        # --- Backward pass ------------------------------------------------
        # 1. Output layer
        output_delta = error
        grad_W2 = np.dot(hidden_layer_output.T, output_delta)
        grad_b2 = np.sum(output_delta, axis=0, keepdims=True)

        # 2. Hidden layer
        hidden_error = np.dot(output_delta, W2.T)
        hidden_delta = hidden_error * sigmoid_derivative(hidden_layer_output)
        grad_W1 = np.dot(X.T, hidden_delta)
        grad_b1 = np.sum(hidden_delta, axis=0, keepdims=True)

        # --- Gradient descent step ----------------------------------------
        W2 = W2 - learning_rate * grad_W2
        b2 = b2 - learning_rate * grad_b2
        W1 = W1 - learning_rate * grad_W1
        b1 = b1 - learning_rate * grad_b1

    return W1, b1, W2, b2, losses


# Reproducibility
np.random.seed(1)

# Network architecture
INPUT_SIZE, HIDDEN_SIZE, OUTPUT_SIZE = 3, 4, 1

# Parameter initialisation
W1 = np.random.rand(INPUT_SIZE, HIDDEN_SIZE)
b1 = np.random.rand(1, HIDDEN_SIZE)
W2 = np.random.rand(HIDDEN_SIZE, OUTPUT_SIZE)
b2 = np.random.rand(1, OUTPUT_SIZE)

# Dataset: XOR of the first two columns (the third one is always 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

# Training
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10_000)

# Evaluation
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)

print("Losses:", [round(loss, 4) for loss in losses])
print("Predictions after training:\n", output_layer_output)
