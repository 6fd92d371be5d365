"""XOR classifier with a single hidden layer, implemented from scratch in NumPy.

Architecture
------------
3 inputs -> 4 hidden units (sigmoid) -> 1 output (sigmoid)
"""

import numpy as np


def sigmoid(x):
    """Compute the logistic function in a numerically stable way.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1.
    """
    x = np.asarray(x, dtype=float)
    # exp of a non-positive number never overflows
    exp_neg_abs = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0 / (1.0 + exp_neg_abs), exp_neg_abs / (1.0 + exp_neg_abs))


def sigmoid_derivative(a):
    """Derivative of the sigmoid, given the activation a = sigmoid(z)."""
    a = np.asarray(a, dtype=float)
    return a * (1.0 - a)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Train the network with full-batch gradient descent.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      W1, b1, W2, b2: the parameters to start from.
      learning_rate: the step size.
      iterations: how many steps.

    Returns:
      (W1, b1, W2, b2, losses)
    """
    losses = []
    num_samples = X.shape[0]

    for iteration in range(iterations):
        # ----- Forward pass -----
        hidden_activation = sigmoid(np.dot(X, W1) + b1)
        output = sigmoid(np.dot(hidden_activation, W2) + b2)

        # ----- Loss tracking -----
        if iteration % 1000 == 0:
            losses.append(float(np.mean(np.abs(output - y))))

        # ----- Backward pass -----
        # Gradient at the output layer's pre-activation
        output_delta = (output - y) * sigmoid_derivative(output)
        # Gradient at the hidden layer's pre-activation
        hidden_delta = np.dot(output_delta, W2.T) * sigmoid_derivative(hidden_activation)

        gradients = {
            "W1": np.dot(X.T, hidden_delta),
            "b1": np.sum(hidden_delta, axis=0, keepdims=True),
            "W2": np.dot(hidden_activation.T, output_delta),
            "b2": np.sum(output_delta, axis=0, keepdims=True),
        }

        # ----- Parameter update -----
        step = learning_rate / num_samples
        W1 = W1 - step * gradients["W1"]
        b1 = b1 - step * gradients["b1"]
        W2 = W2 - step * gradients["W2"]
        b2 = b2 - step * gradients["b2"]

    return W1, b1, W2, b2, losses


# ----- Data -----
X = np.array([
    [0, 0, 1],
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 1],
])
y = np.array([[0], [1], [1], [0]])

# ----- Initialization -----
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

# ----- Training -----
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10_000)

# ----- Final predictions -----
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)

print("Loss every 1000 iterations:")
for index, loss in enumerate(losses):
    print(f"  {index * 1000:>5d}: {loss:.6f}")
print("Predictions after training:")
print(output_layer_output)
