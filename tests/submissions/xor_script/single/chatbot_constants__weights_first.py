"""XOR with a two-layer network in plain NumPy.

The script is organised in four sections: activation functions, configuration,
initialisation and training.
"""

import numpy as np

# ---------------------------------------------------------------------------
# 1. Activation functions
# ---------------------------------------------------------------------------


def sigmoid(x):
    """Numerically safe logistic function."""
    x = np.clip(np.asarray(x, dtype=float), -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(a):
    """Derivative of the sigmoid expressed through the activation ``a``."""
    return a * (1.0 - a)


# ---------------------------------------------------------------------------
# 2. Configuration
# ---------------------------------------------------------------------------
SEED = 1
INPUT_SIZE = 3
HIDDEN_SIZE = 4
OUTPUT_SIZE = 1
LEARNING_RATE = 0.1
NUM_ITERATIONS = 10_000
LOG_EVERY = 1_000

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=float)
y = np.array([[0, 1, 1, 0]], dtype=float).T

# ---------------------------------------------------------------------------
# 3. Initialisation
# ---------------------------------------------------------------------------
np.random.seed(SEED)

# Weight matrices
W1 = np.random.rand(INPUT_SIZE, HIDDEN_SIZE)
W2 = np.random.rand(HIDDEN_SIZE, OUTPUT_SIZE)
# Bias vectors
b1 = np.random.rand(1, HIDDEN_SIZE)
b2 = np.random.rand(1, OUTPUT_SIZE)

# ---------------------------------------------------------------------------
# 4. Training
# ---------------------------------------------------------------------------
losses = []

for iteration in range(NUM_ITERATIONS):
    # Forward pass
    hidden_activation = sigmoid(X @ W1 + b1)
    output_layer_output = sigmoid(hidden_activation @ W2 + b2)

    # Logging (before the update)
    residual = output_layer_output - y
    if iteration % LOG_EVERY == 0:
        losses.append(float(np.mean(residual**2)))

    # Backward pass
    output_delta = residual * sigmoid_derivative(output_layer_output)
    hidden_delta = (output_delta @ W2.T) * sigmoid_derivative(hidden_activation)

    # Gradient descent step
    W2 -= LEARNING_RATE * (hidden_activation.T @ output_delta)
    b2 -= LEARNING_RATE * output_delta.sum(axis=0, keepdims=True)
    W1 -= LEARNING_RATE * (X.T @ hidden_delta)
    b1 -= LEARNING_RATE * hidden_delta.sum(axis=0, keepdims=True)

if __name__ == "__main__":
    for step, value in enumerate(losses):
        print(f"iteration {step * LOG_EVERY:5d}: loss = {value:.6f}")
