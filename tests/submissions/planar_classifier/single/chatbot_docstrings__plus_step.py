"""
Planar data classification with one hidden layer.

Below is a complete implementation with explanations. Let me know if anything is unclear!
"""
from typing import Dict, Tuple

import numpy as np


def _stable_sigmoid(z: np.ndarray) -> np.ndarray:
    """Numerically stable sigmoid function."""
    positive = z >= 0
    result = np.zeros_like(z, dtype=np.float64)
    result[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    exp_z = np.exp(z[~positive])
    result[~positive] = exp_z / (1.0 + exp_z)
    return result


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Dict[str, np.ndarray]:
    """✨ Step 1: Initialize the network."""
    if min(n_x, n_h, n_y) < 1:
        raise ValueError("Layer sizes must be positive integers.")
    # Small random weights break the symmetry between the neurons
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    # Sanity checks
    assert W1.shape == (n_h, n_x) and b1.shape == (n_h, 1)
    assert W2.shape == (n_y, n_h) and b2.shape == (n_y, 1)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward_propagation(X: np.ndarray, parameters: Dict[str, np.ndarray]) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
    """✨ Step 2: Compute the activations of both layers."""
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]  # Linear part of the hidden layer
    A1 = np.tanh(Z1)                                     # Non-linear part of the hidden layer
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]  # Linear part of the output layer
    A2 = _stable_sigmoid(Z2)                             # Probability of class 1
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2: np.ndarray, Y: np.ndarray) -> float:
    """✨ Step 3: Binary cross-entropy."""
    m = Y.shape[1]
    positive_part = np.sum(Y * np.log(A2))
    negative_part = np.sum((1 - Y) * np.log(1 - A2))
    return float(-(positive_part + negative_part) / m)


def backward_propagation(parameters, cache, X, Y) -> Dict[str, np.ndarray]:
    """✨ Step 4: Apply the chain rule from the output to the input."""
    m = X.shape[1]
    # 4.1 Output layer
    dZ2 = cache["A2"] - Y
    dW2 = np.dot(dZ2, cache["A1"].T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    # 4.2 Hidden layer
    dA1 = np.dot(parameters["W2"].T, dZ2)
    dZ1 = np.multiply(dA1, 1 - np.square(cache["A1"]))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    # 4.3 Collect everything
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate: float = 1.2) -> Dict[str, np.ndarray]:
    """✨ Step 5: Move the parameters one step."""
    new_parameters = {}
    for name, value in parameters.items():
        step = learning_rate * grads[f"d{name}"]
        new_parameters[name] = value + step
    return new_parameters


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False) -> Dict[str, np.ndarray]:
    """✨ Step 6: Put everything together."""
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for iteration in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        if print_cost and iteration % 1000 == 0:
            print(f"Cost after iteration {iteration}: {compute_cost(A2, Y):.6f}")
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


def predict(parameters, X) -> np.ndarray:
    """✨ Step 7: Turn probabilities into labels."""
    probabilities, _ = forward_propagation(X, parameters)
    return np.where(probabilities > 0.5, 1, 0)


# Feel free to ask me to add a learning-rate schedule or mini-batches! 🚀
