"""Assignment: neural network from scratch.

Reflection:
 - Challenges: shapes of the bias gradients (1, h) instead of (h,).
 - XOR felt much better than only the forward pass, because the numbers finally changed.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Final, List, Optional, Tuple

import numpy as np

Array = np.ndarray

XOR_INPUTS: Final[Array] = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_TARGETS: Final[Array] = np.array([[0.0], [1.0], [1.0], [0.0]])
TRAINABLE: Final[Tuple[str, ...]] = ("W1", "W2")


@dataclass(frozen=True)
class ForwardResult:
    hiddenNet: Array
    hiddenOut: Array
    outputNet: Array
    outputOut: Array


def sigmoid(x):
    values = np.asarray(x, dtype=np.float64)
    return 0.5 + 0.5 * np.tanh(values / 2.0)


def sigmoid_derivative(x):
    value = sigmoid(x)
    return value * (1.0 - value)


def manual_forward(x: float, w1: float, b1: float, w2: float, b2: float) -> Dict[str, float]:
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x: float, y: float, w1: float, b1: float, w2: float, b2: float) -> Dict[str, float]:
    fwd = manual_forward(x, w1, b1, w2, b2)
    grads: Dict[str, float] = {}
    grads["dL_da2"] = -(y - fwd["a2"])
    grads["da2_dz2"] = sigmoid_derivative(fwd["z2"])
    grads["dL_dz2"] = grads["dL_da2"] * grads["da2_dz2"]
    grads["dL_dw2"] = grads["dL_dz2"] * fwd["a1"]
    grads["dL_db2"] = grads["dL_dz2"]
    grads["dL_da1"] = grads["dL_dz2"] * w2
    grads["da1_dz1"] = sigmoid_derivative(fwd["z1"])
    grads["dL_dz1"] = grads["dL_da1"] * grads["da1_dz1"]
    grads["dL_dw1"] = grads["dL_dz1"] * x
    grads["dL_db1"] = grads["dL_dz1"]
    return grads


def manual_update(
    x: float, y: float, w1: float, b1: float, w2: float, b2: float, learning_rate: float
) -> Tuple[float, float, float, float]:
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    newW1 = w1 - learning_rate * grads["dL_dw1"]
    newB1 = b1 - learning_rate * grads["dL_db1"]
    newW2 = w2 - learning_rate * grads["dL_dw2"]
    newB2 = b2 - learning_rate * grads["dL_db2"]
    return newW1, newB1, newW2, newB2


class NeuralNetwork:
    learning_rate: float
    gradients: Dict[str, Array]
    _last: Optional[ForwardResult]

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}
        self._last = None

    def forward(self, X: Array) -> Array:
        hiddenNet = X @ self.W1 + self.b1
        hiddenOut = sigmoid(hiddenNet)
        outputNet = hiddenOut @ self.W2 + self.b2
        outputOut = sigmoid(outputNet)
        self._last = ForwardResult(hiddenNet, hiddenOut, outputNet, outputOut)
        return outputOut

    def backward(self, X: Array, y: Array) -> Dict[str, Array]:
        if self._last is None:
            raise RuntimeError("call forward() first")
        last = self._last
        outputDelta = self._lossGradient(y, last.outputOut) * sigmoid_derivative(last.outputNet)
        hiddenDelta = (outputDelta @ self.W2.T) * sigmoid_derivative(last.hiddenNet)
        self.gradients = {
            "dW1": X.T @ hiddenDelta,
            "db1": hiddenDelta.sum(axis=0, keepdims=True),
            "dW2": last.hiddenOut.T @ outputDelta,
            "db2": outputDelta.sum(axis=0, keepdims=True),
        }
        return self.gradients

    @staticmethod
    def _lossGradient(y_true: Array, y_pred: Array) -> Array:
        return 2.0 * (y_pred - y_true) / y_pred.size

    def update_weights(self) -> None:
        for name in TRAINABLE:
            gradient = self.gradients["d" + name]
            setattr(self, name, getattr(self, name) - self.learning_rate * gradient)

    def compute_loss(self, y_true: Array, y_pred: Array) -> float:
        return float(np.mean((y_true - y_pred) ** 2))

    def train_step(self, X: Array, y: Array) -> float:
        prediction = self.forward(X)
        loss = self.compute_loss(y, prediction)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed: int) -> Tuple[NeuralNetwork, List[float]]:
    np.random.seed(seed)
    network = NeuralNetwork(input_size=2, hidden_size=12, output_size=1, learning_rate=5.0)
    network.b1 = np.random.randn(1, 12)
    losses: List[float] = []
    for _ in range(8000):
        losses.append(network.train_step(XOR_INPUTS, XOR_TARGETS))
    return network, losses


def make_spiral_data(n_samples: int = 300, noise: float = 0.1) -> Tuple[Array, Array]:
    perArm = n_samples // 2
    angle = np.linspace(0.0, 4.0 * np.pi, perArm)
    radius = angle / (2.0 * np.pi)
    arms: List[Array] = []
    for turn in (0.0, np.pi):
        arms.append(np.stack([radius * np.cos(angle + turn), radius * np.sin(angle + turn)], axis=1))
    points = np.concatenate(arms, axis=0)
    points += np.random.normal(0.0, 1.0, points.shape) * noise
    labels = np.zeros((2 * perArm, 1))
    labels[perArm:] = 1.0
    return points, labels


def train_spiral(X: Array, y: Array) -> NeuralNetwork:
    network = NeuralNetwork(input_size=2, hidden_size=64, output_size=1, learning_rate=3.0)
    network.W1 = 5.0 * np.random.randn(2, 64)
    network.b1 = 5.0 * np.random.randn(1, 64)
    for step in range(1, 16001):
        batch = np.random.choice(len(X), size=32, replace=False)
        network.train_step(X[batch], y[batch])
        if step % 1000 == 0 and np.mean((network.forward(X) > 0.5) == (y > 0.5)) > 0.98:
            break
    return network


def explore(
    X: Array, y: Array, hidden_sizes: List[int], learning_rates: List[float], epochs: int, seed: int
) -> List[Dict[str, float]]:
    results: List[Dict[str, float]] = []
    for hiddenSize in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            network = NeuralNetwork(X.shape[1], hiddenSize, y.shape[1], rate)
            loss = float("nan")
            for _ in range(epochs):
                loss = network.train_step(X, y)
            results.append({"hidden_size": hiddenSize, "learning_rate": rate, "final_loss": loss})
    return results
