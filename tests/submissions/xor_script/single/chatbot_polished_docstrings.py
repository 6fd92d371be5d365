"""
XOR Neural Network Implementation
=================================
This module implements a simple, fully vectorized feed-forward neural network
with a single hidden layer. Key features:

* Numerically stable sigmoid activation
* Clean separation of forward propagation, backpropagation and parameter updates
* Periodic loss tracking
"""
from typing import Dict, List, Tuple

import numpy as np

LOG_INTERVAL: int = 1000


def sigmoid(x):
    """Compute the numerically stable sigmoid activation."""
    x = np.asarray(x, dtype=np.float64)
    # Use the identity sigmoid(x) = exp(min(x, 0)) / (1 + exp(-|x|))
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(a):
    """Compute the derivative of the sigmoid given its output."""
    a = np.asarray(a, dtype=np.float64)
    return a * (1 - a)


def _forward_propagation(X: np.ndarray, params: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """Perform forward propagation and return all intermediate activations."""
    hidden = sigmoid(np.matmul(X, params["W1"]) + params["b1"])
    output = sigmoid(np.matmul(hidden, params["W2"]) + params["b2"])
    return {"X": X, "hidden": hidden, "output": output}


def _compute_mse(y: np.ndarray, prediction: np.ndarray) -> float:
    """Compute the mean squared error between targets and predictions."""
    num_samples = y.shape[0]
    return float(np.sum((prediction - y) ** 2) / num_samples)


def _backpropagation(y: np.ndarray, cache: Dict[str, np.ndarray],
                     params: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """Compute the gradients of the loss with respect to all parameters."""
    # Step 1: Output layer
    output_error = cache["output"] - y
    output_delta = output_error * sigmoid_derivative(cache["output"])
    # Step 2: Hidden layer
    hidden_error = np.matmul(output_delta, params["W2"].T)
    hidden_delta = hidden_error * sigmoid_derivative(cache["hidden"])
    # Step 3: Gradients
    return {
        "W1": np.matmul(cache["X"].T, hidden_delta),
        "b1": np.sum(hidden_delta, axis=0, keepdims=True),
        "W2": np.matmul(cache["hidden"].T, output_delta),
        "b2": np.sum(output_delta, axis=0, keepdims=True),
    }


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Train the neural network using batch gradient descent."""
    params: Dict[str, np.ndarray] = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    losses: List[float] = []
    for iteration in range(iterations):
        cache = _forward_propagation(X, params)
        if iteration % LOG_INTERVAL == 0:
            losses.append(_compute_mse(y, cache["output"]))
        gradients = _backpropagation(y, cache, params)
        for name in params:
            params[name] = params[name] - learning_rate * gradients[name]
    return params["W1"], params["b1"], params["W2"], params["b2"], losses


# --- Example usage -----------------------------------------------------------
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=np.float64)
y = np.array([[0], [1], [1], [0]], dtype=np.float64)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10000)
output_layer_output = _forward_propagation(X, {"W1": W1, "b1": b1, "W2": W2, "b2": b2})["output"]
print("✅ Training complete! Final loss:", losses[-1])
