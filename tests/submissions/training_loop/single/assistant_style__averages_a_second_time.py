"""Backpropagation from scratch with NumPy.

Reflection
----------
**What was the most important concept you learned?**
That the backward pass reuses the intermediate results of the forward pass, so computing every gradient costs about
as much as computing the output itself.

**What is the role of the chain rule in computing gradients?**
Each layer only needs to know its local derivative. The chain rule multiplies these local derivatives together.

**What surprised you about training neural networks?**
How sensitive the spiral problem is to the scale of the initial weights.
"""

from __future__ import annotations

import numpy as np


def sigmoid(x):
    """Numerically stable logistic function."""
    x = np.asarray(x, dtype=float)
    # Clip to avoid overflow in exp for large negative inputs
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(x):
    """Derivative of the sigmoid with respect to its pre-activation x."""
    s = sigmoid(x)
    return s * (1.0 - s)


def manual_forward(x, w1, b1, w2, b2):
    """Forward pass through the 1-1-1 network."""
    # Hidden layer
    z1 = w1 * x + b1
    a1 = sigmoid(z1)

    # Output layer
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)

    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    """Apply the chain rule one link at a time."""
    cache = manual_forward(x, w1, b1, w2, b2)

    # Step 1: derivative of the loss with respect to the output
    dL_da2 = -(y - cache["a2"])

    # Step 2: output layer
    da2_dz2 = sigmoid_derivative(cache["z2"])
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * cache["a1"]
    dL_db2 = dL_dz2

    # Step 3: hidden layer
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(cache["z1"])
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1

    return {
        "dL_da2": dL_da2,
        "da2_dz2": da2_dz2,
        "dL_dz2": dL_dz2,
        "dL_dw2": dL_dw2,
        "dL_db2": dL_db2,
        "dL_da1": dL_da1,
        "da1_dz1": da1_dz1,
        "dL_dz1": dL_dz1,
        "dL_dw1": dL_dw1,
        "dL_db1": dL_db1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """Perform one gradient descent step on all four parameters."""
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    return (
        w1 - learning_rate * grads["dL_dw1"],
        b1 - learning_rate * grads["dL_db1"],
        w2 - learning_rate * grads["dL_dw2"],
        b2 - learning_rate * grads["dL_db2"],
    )


class NeuralNetwork:
    """A fully connected network with one hidden layer and sigmoid activations."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate

        # Random weights break the symmetry between hidden units
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

        self.cache: dict[str, np.ndarray] = {}
        self.gradients: dict[str, np.ndarray] = {}

    def forward(self, X):
        """Compute the network output and cache the intermediate values."""
        z1 = X @ self.W1 + self.b1
        a1 = sigmoid(z1)
        z2 = a1 @ self.W2 + self.b2
        a2 = sigmoid(z2)

        self.cache = {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
        return a2

    def backward(self, X, y):
        """Compute the gradients of the mean squared error.

        Args:
            X: Inputs of shape (m, n).
            y: Targets of shape (m, k).

        Returns:
            Dictionary with dW1, db1, dW2 and db2.
        """
        m = X.shape[0]

        # Gradient of the loss with respect to the predictions
        da2 = 2.0 * (self.cache["a2"] - y) / y.size

        # Output layer
        dz2 = da2 * sigmoid_derivative(self.cache["z2"])
        dW2 = self.cache["a1"].T @ dz2
        db2 = np.sum(dz2, axis=0, keepdims=True)

        # Hidden layer
        da1 = dz2 @ self.W2.T
        dz1 = da1 * sigmoid_derivative(self.cache["z1"])
        dW1 = X.T @ dz1
        db1 = np.sum(dz1, axis=0, keepdims=True)

        # Average over the batch so that the step does not depend on its size
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        self.gradients = {name: grad / m for name, grad in grads.items()}
        return self.gradients

    def update_weights(self):
        """Gradient descent step."""
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        """Mean squared error."""
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        """Forward pass, loss, backward pass, parameter update."""
        y_pred = self.forward(X)
        loss = self.compute_loss(y, y_pred)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    """Train on the four XOR points."""
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)

    net = NeuralNetwork(2, 8, 1, learning_rate=2.0)
    losses = []
    for _ in range(5000):
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    """Create two interleaved spiral arms with two turns each."""
    n_per_class = n_samples // 2
    theta = np.linspace(0, 4 * np.pi, n_per_class)
    radius = theta / (2 * np.pi)

    arm0 = np.column_stack([radius * np.cos(theta), radius * np.sin(theta)])
    arm1 = np.column_stack([radius * np.cos(theta + np.pi), radius * np.sin(theta + np.pi)])

    X = np.vstack([arm0, arm1])
    X = X + np.random.normal(0.0, noise, size=X.shape)
    y = np.concatenate([np.zeros(n_per_class), np.ones(n_per_class)]).reshape(-1, 1)
    return X, y


def train_spiral(X, y):
    """Train on shuffled mini-batches until the arms are separated."""
    net = NeuralNetwork(X.shape[1], 64, 1, learning_rate=3.0)
    # Steep hidden units whose boundaries are spread over the plane
    net.W1 = net.W1 * 5.0
    net.b1 = 5.0 * np.random.randn(1, 64)
    net.W2 = net.W2 * 0.5

    batch_size = 20
    for epoch in range(1200):
        order = np.random.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start:start + batch_size]
            net.train_step(X[batch], y[batch])
        if epoch % 50 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Compare hidden sizes and learning rates from identical starting points."""
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            final_loss = None
            for _ in range(epochs):
                final_loss = net.train_step(X, y)
            results.append(
                {"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": final_loss}
            )
    return results


if __name__ == "__main__":
    np.random.seed(0)
    demo = NeuralNetwork(2, 4, 1)
    print(demo.forward(np.array([[0.0, 1.0]])))
