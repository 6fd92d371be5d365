"""From one weight worked out by hand to networks that learn exclusive or and two spirals.

Reflection

What was the most important concept you learned?
    Backpropagation is nothing but the chain rule, organised so that every intermediate result is computed only once.

What is the role of the chain rule in computing gradients?
    It splits the derivative of the loss into local derivatives, one for each operation, that are multiplied.

What surprised you about training neural networks?
    How much depends on the scale of the initial weights.
"""

from typing import Dict, List, Tuple

import numpy as np


def sigmoid(x):
    """The logistic function, numerically stable."""
    x = np.asarray(x, dtype=float)
    # Clip to avoid overflow in exp
    return 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at the pre-activation x."""
    s = sigmoid(x)
    return s * (1.0 - s)


def manual_forward(x, w1, b1, w2, b2) -> Dict[str, float]:
    """Forward pass of the 1-1-1 network."""
    # Hidden unit
    z1 = w1 * x + b1
    a1 = sigmoid(z1)

    # Output unit
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)

    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2) -> Dict[str, float]:
    """All derivatives of the 1-1-1 network."""
    cache = manual_forward(x, w1, b1, w2, b2)

    # Output unit
    dL_da2 = -(y - cache["a2"])
    da2_dz2 = sigmoid_derivative(cache["z2"])
    dL_dz2 = dL_da2 * da2_dz2
    dL_dw2 = dL_dz2 * cache["a1"]
    dL_db2 = dL_dz2

    # Hidden unit
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(cache["z1"])
    dL_dz1 = dL_da1 * da1_dz1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1

    return {
        "dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dw2, "dL_db2": dL_db2,
        "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dw1, "dL_db1": dL_db1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate) -> Tuple[float, float, float, float]:
    """One step of gradient descent of the 1-1-1 network."""
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    return (
        w1 - learning_rate * grads["dL_dw1"],
        b1 - learning_rate * grads["dL_db1"],
        w2 - learning_rate * grads["dL_dw2"],
        b2 - learning_rate * grads["dL_db2"],
    )


class NeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1):
        self.learning_rate = learning_rate

        # Random weights, zero biases
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

        self.gradients: Dict[str, np.ndarray] = {}

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Forward pass; stores the intermediate values for backward."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X: np.ndarray, y: np.ndarray) -> Dict[str, np.ndarray]:
        """Backward pass: applies the chain rule from the loss to the first layer."""
        # Gradient of the mean squared error with respect to the predictions
        d_a2 = (self.a2 - y) / y.size

        # Through the output sigmoid
        d_z2 = d_a2 * sigmoid_derivative(self.z2)

        # Output layer parameters
        d_W2 = self.a1.T @ d_z2
        d_b2 = np.sum(d_z2, axis=0, keepdims=True)

        # Through the output weights and the hidden sigmoid
        d_a1 = d_z2 @ self.W2.T
        d_z1 = d_a1 * sigmoid_derivative(self.a1)

        # Hidden layer parameters
        d_W1 = X.T @ d_z1
        d_b1 = np.sum(d_z1, axis=0, keepdims=True)

        self.gradients = {"dW1": d_W1, "db1": d_b1, "dW2": d_W2, "db2": d_b2}
        return self.gradients

    def update_weights(self) -> None:
        """Gradient descent step."""
        self.W1 -= self.learning_rate * self.gradients["dW1"]
        self.b1 -= self.learning_rate * self.gradients["db1"]
        self.W2 -= self.learning_rate * self.gradients["dW2"]
        self.b2 -= self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        """Mean squared error."""
        return float(np.mean((y_true - y_pred) ** 2))

    def train_step(self, X: np.ndarray, y: np.ndarray) -> float:
        """Forward, loss, backward, update."""
        y_pred = self.forward(X)
        loss = self.compute_loss(y, y_pred)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed: int) -> Tuple[NeuralNetwork, List[float]]:
    """Train on exclusive or."""
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)

    np.random.seed(seed)
    net = NeuralNetwork(input_size=2, hidden_size=8, output_size=1, learning_rate=5.0)
    losses = [net.train_step(X, y) for _ in range(5000)]
    return net, losses


def make_spiral_data(n_samples: int = 300, noise: float = 0.1):
    """Two spiral arms, the second one turned by half a turn."""
    n_per_class = n_samples // 2
    t = np.linspace(0, 4 * np.pi, n_per_class)
    r = t / (2 * np.pi)

    arm0 = np.column_stack([r * np.cos(t), r * np.sin(t)])
    arm1 = np.column_stack([r * np.cos(t + np.pi), r * np.sin(t + np.pi)])

    X = np.vstack([arm0, arm1])
    X = X + np.random.normal(0.0, noise, X.shape)
    y = np.vstack([np.zeros((n_per_class, 1)), np.ones((n_per_class, 1))])
    return X, y


def train_spiral(X: np.ndarray, y: np.ndarray) -> NeuralNetwork:
    """Mini-batch training with larger first-layer weights."""
    net = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    net.W1 *= 3.0  # steeper hidden units: the arms are close to each other

    batch_size = 30
    for epoch in range(3000):
        order = np.random.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start:start + batch_size]
            net.train_step(X[batch], y[batch])
        # Stop early when the training accuracy is high enough
        if epoch % 50 == 0 and np.mean((net.forward(X) > 0.5) == (y > 0.5)) >= 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Grid over hidden sizes and learning rates."""
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            loss = None
            for _ in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": loss})
    return results
