"""
Neural Network From Scratch
===========================

Reflection
----------
* **Most important concept:** The chain rule allows us to decompose a complex derivative into simple local ones.
* **Biggest challenge:** Keeping track of the array shapes during the backward pass.
* **Biggest surprise:** Weight initialization has a dramatic effect on convergence!
"""
from typing import Any, Dict, List, Tuple

import numpy as np


def sigmoid(x):
    """Apply the sigmoid function in a numerically stable way."""
    x = np.asarray(x, dtype=np.float64)
    return np.where(x >= 0, 1.0 / (1.0 + np.exp(-np.abs(x))), 1.0 - 1.0 / (1.0 + np.exp(-np.abs(x))))


def sigmoid_derivative(x):
    """Return the derivative of the sigmoid function evaluated at x."""
    activated = sigmoid(x)
    return activated * (1.0 - activated)


def manual_forward(x, w1, b1, w2, b2) -> Dict[str, float]:
    """Run a forward pass through the minimal network."""
    # Hidden unit
    z1 = w1 * x + b1
    a1 = float(sigmoid(z1))
    # Output unit
    z2 = w2 * a1 + b2
    a2 = float(sigmoid(z2))
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2) -> Dict[str, float]:
    """Compute all intermediate gradients using the chain rule."""
    cache = manual_forward(x, w1, b1, w2, b2)
    grads: Dict[str, float] = {}
    # Output unit
    grads["dL_da2"] = cache["a2"] - y
    grads["da2_dz2"] = float(sigmoid_derivative(cache["z2"]))
    grads["dL_dz2"] = grads["dL_da2"] * grads["da2_dz2"]
    grads["dL_dw2"] = grads["dL_dz2"] * cache["a1"]
    grads["dL_db2"] = grads["dL_dz2"]
    # Hidden unit
    grads["dL_da1"] = grads["dL_dz2"] * w2
    grads["da1_dz1"] = float(sigmoid_derivative(cache["z1"]))
    grads["dL_dz1"] = grads["dL_da1"] * grads["da1_dz1"]
    grads["dL_dw1"] = grads["dL_dz1"] * x
    grads["dL_db1"] = grads["dL_dz1"]
    return grads


def manual_update(x, y, w1, b1, w2, b2, learning_rate) -> Tuple[float, float, float, float]:
    """Perform a single gradient descent update."""
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    return (
        w1 - learning_rate * grads["dL_dw1"],
        b1 - learning_rate * grads["dL_db1"],
        w2 - learning_rate * grads["dL_dw2"],
        b2 - learning_rate * grads["dL_db2"],
    )


class NeuralNetwork:
    """A fully-connected neural network with one hidden layer."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients: Dict[str, np.ndarray] = {}
        self._cache: Dict[str, np.ndarray] = {}

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Propagate the inputs through the network."""
        z1, a1 = self._dense_forward(X, self.W1, self.b1)
        z2, a2 = self._dense_forward(a1, self.W2, self.b2)
        self._cache = {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
        return a2

    @staticmethod
    def _dense_forward(inputs: np.ndarray, W: np.ndarray, b: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        z = inputs @ W + b
        return z, sigmoid(z)

    @staticmethod
    def _loss_gradient(y: np.ndarray, predictions: np.ndarray) -> np.ndarray:
        return 2.0 * (predictions - y) / y.size

    @staticmethod
    def _parameter_gradients(inputs: np.ndarray, dz: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        return inputs.T @ dz, np.sum(dz, axis=0, keepdims=True)

    def _output_delta(self, da2: np.ndarray) -> np.ndarray:
        return da2 * sigmoid_derivative(self._cache["z2"])

    def _hidden_delta(self, da1: np.ndarray) -> np.ndarray:
        return da1 * sigmoid_derivative(da1)

    def backward(self, X: np.ndarray, y: np.ndarray) -> Dict[str, np.ndarray]:
        """Backpropagate the error and store the gradients."""
        # Step 1: Output layer
        da2 = self._loss_gradient(y, self._cache["a2"])
        dz2 = self._output_delta(da2)
        dW2, db2 = self._parameter_gradients(self._cache["a1"], dz2)
        # Step 2: Hidden layer
        da1 = dz2 @ self.W2.T
        dz1 = self._hidden_delta(da1)
        dW1, db1 = self._parameter_gradients(X, dz1)
        # Step 3: Store and return
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self) -> None:
        """Apply one step of gradient descent."""
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"])

    def compute_loss(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        """Compute the mean squared error."""
        return float(np.mean((y_true - y_pred) ** 2))

    def train_step(self, X: np.ndarray, y: np.ndarray) -> float:
        """Run one full training step."""
        predictions = self.forward(X)
        loss = self.compute_loss(y, predictions)
        self.backward(X, y)
        self.update_weights()
        return loss


def _train(network: NeuralNetwork, X: np.ndarray, y: np.ndarray, epochs: int) -> List[float]:
    """Train a network for the given number of epochs."""
    return [network.train_step(X, y) for _ in range(epochs)]


def train_xor(seed: int) -> Tuple[NeuralNetwork, List[float]]:
    """Train a network on the XOR problem."""
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    y = np.array([[0], [1], [1], [0]], dtype=np.float64)
    network = NeuralNetwork(input_size=2, hidden_size=12, output_size=1, learning_rate=5.0)
    return network, _train(network, X, y, epochs=3000)


def make_spiral_data(n_samples: int = 300, noise: float = 0.1) -> Tuple[np.ndarray, np.ndarray]:
    """Generate a two-armed spiral dataset."""
    points_per_class = n_samples // 2
    theta = np.linspace(0, 4 * np.pi, points_per_class)
    radius = theta / (2 * np.pi)
    arms = [
        np.column_stack((radius * np.cos(theta + offset), radius * np.sin(theta + offset)))
        for offset in (0, np.pi)
    ]
    X = np.vstack(arms) + np.random.normal(0, noise, size=(2 * points_per_class, 2))
    y = np.vstack((np.zeros((points_per_class, 1)), np.ones((points_per_class, 1))))
    return X, y


def train_spiral(X: np.ndarray, y: np.ndarray) -> NeuralNetwork:
    """Train a network to separate the two spirals."""
    network = NeuralNetwork(input_size=2, hidden_size=64, output_size=1, learning_rate=10.0)
    network.W1 *= 3.0
    _train(network, X, y, epochs=5000)
    return network


def explore(X, y, hidden_sizes, learning_rates, epochs, seed) -> List[Dict[str, Any]]:
    """Run a simple grid search over the hyperparameters."""
    results: List[Dict[str, Any]] = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            network = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            losses = _train(network, X, y, epochs)
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": losses[-1]})
    return results
