"""Reflection.

Exclusive or: the forward pass alone felt like magic numbers; training it made the numbers mine.
The chain rule multiplies local slopes along a path and adds over the paths.
"""
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sigmoid(x: ArrayLike) -> Any:
    x = np.array(x, dtype=float, copy=True)
    result = np.empty_like(x)
    up = x > 0
    result[up] = 1.0 / (1.0 + np.exp(-x[up]))
    grown = np.exp(x[~up])
    result[~up] = grown / (1.0 + grown)
    return result[()]


def sigmoid_derivative(x: ArrayLike) -> Any:
    value = sigmoid(x)
    return value * (1.0 - value)


def manual_forward(x: float, w1: float, b1: float, w2: float, b2: float) -> dict[str, float]:
    z1: float = x * w1 + b1
    a1: float = sigmoid(z1)
    z2: float = a1 * w2 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x: float, y: float, w1: float, b1: float, w2: float, b2: float) -> dict[str, float]:
    state = manual_forward(x, w1, b1, w2, b2)
    d: dict[str, float] = {
        "dL_da2": state["a2"] - y,
        "da2_dz2": sigmoid_derivative(state["z2"]),
        "da1_dz1": sigmoid_derivative(state["z1"]),
    }
    d.update(dL_dz2=d["dL_da2"] * d["da2_dz2"])
    d.update(dL_dw2=d["dL_dz2"] * state["a1"], dL_db2=d["dL_dz2"], dL_da1=d["dL_dz2"] * w2)
    d.update(dL_dz1=d["dL_da1"] * d["da1_dz1"])
    d.update(dL_dw1=d["dL_dz1"] * x, dL_db1=d["dL_dz1"])
    return d


def manual_update(x: float, y: float, w1: float, b1: float, w2: float, b2: float,
                  learning_rate: float) -> tuple[float, float, float, float]:
    d = manual_gradients(x, y, w1, b1, w2, b2)

    def moved(value: float, key: str) -> float:
        return value - learning_rate * d[key]

    return moved(w1, "dL_dw1"), moved(b1, "dL_db1"), moved(w2, "dL_dw2"), moved(b2, "dL_db2")


class NeuralNetwork:
    W1: Array
    b1: Array
    W2: Array
    b2: Array
    gradients: dict[str, Array]

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 1.0, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 1.0, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X: Array) -> Array:
        self.pre1 = X @ self.W1 + self.b1
        self.act1 = sigmoid(self.pre1)
        self.pre2 = self.act1 @ self.W2 + self.b2
        self.act2 = sigmoid(self.pre2)
        return self.act2

    def backward(self, X: Array, y: Array) -> dict[str, Array]:
        m, k = self.act2.shape
        dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
        reach_hidden = np.zeros_like(self.act1)
        for j in range(k):
            share = 2.0 * (self.act2[:, j] - y[:, j]) * sigmoid_derivative(self.pre2[:, j]) / (m * k)
            dW2[:, j] = share @ self.act1
            db2[0, j] = share.sum()
            reach_hidden += share[:, None] * self.W2[None, :, j]
        reach_hidden *= sigmoid_derivative(self.pre1)
        self.gradients = {"dW1": np.tensordot(X, reach_hidden, (0, 0)), "db1": np.add.reduce(reach_hidden)[None, :],
                          "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self) -> None:
        np.subtract(self.W1, self.learning_rate * self.gradients["dW1"], out=self.W1)
        np.subtract(self.b1, self.learning_rate * self.gradients["db1"], out=self.b1)
        np.subtract(self.W2, self.learning_rate * self.gradients["dW2"], out=self.W2)
        np.subtract(self.b2, self.learning_rate * self.gradients["db2"], out=self.b2)

    def compute_loss(self, y_true: Array, y_pred: Array) -> float:
        return float(((y_true - y_pred) ** 2).sum() / y_true.size)

    def train_step(self, X: Array, y: Array) -> float:
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed: int) -> tuple[NeuralNetwork, list[float]]:
    np.random.seed(seed)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    wanted = np.array([[0], [1], [1], [0]], dtype=float)
    network = NeuralNetwork(2, 8, 1, learning_rate=5.0)
    losses: list[float] = []
    for _ in range(3000):
        losses.append(network.train_step(corners, wanted))
    return network, losses


def make_spiral_data(n_samples: int = 300, noise: float = 0.1) -> tuple[Array, Array]:
    per_arm = n_samples // 2
    angle = np.linspace(0.0, 4.0 * np.pi, per_arm)
    radius = angle / (2.0 * np.pi)
    first = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    second = np.stack([radius * np.cos(angle + np.pi), radius * np.sin(angle + np.pi)], axis=-1)
    X = np.concatenate([first, second])
    X = X + np.random.normal(0.0, noise, X.shape)
    y = np.zeros((2 * per_arm, 1))
    y[per_arm:] = 1.0
    order = np.random.permutation(2 * per_arm)
    return X[order], y[order]


def train_spiral(X: Array, y: Array) -> NeuralNetwork:
    network = NeuralNetwork(X.shape[1], 64, 1, learning_rate=5.0)
    network.W1 *= 3.0
    for epoch in range(8000):
        network.train_step(X, y)
        if epoch % 200 == 199 and np.mean((network.forward(X) > 0.5) == y) > 0.957:
            break
    return network


def explore(X: Array, y: Array, hidden_sizes: list[int], learning_rates: list[float], epochs: int,
            seed: int) -> list[dict[str, float]]:
    rows: list[dict[str, float]] = []
    for hidden in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            network = NeuralNetwork(X.shape[1], hidden, y.shape[1], rate)
            final = float("nan")
            for _ in range(epochs):
                final = network.train_step(X, y)
            rows.append({"hidden_size": hidden, "learning_rate": rate, "final_loss": final})
    return rows
