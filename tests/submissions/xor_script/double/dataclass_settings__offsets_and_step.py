from dataclasses import dataclass, field

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    z = np.exp(-np.abs(x))
    return np.where(x < 0, z, 1.0) / (1.0 + z)


def sigmoid_derivative(a):
    return a * (1.0 - a)


@dataclass
class Settings:
    seed: int = 1
    sizes: tuple = (3, 4, 1)
    learning_rate: float = 0.01
    iterations: int = 10_000


@dataclass
class History:
    every: int = 1000
    values: list = field(default_factory=list)

    def maybe(self, i, diff):
        if i % self.every == 0:
            self.values.append(np.mean(diff ** 2))


def layer_parameters(fan_in, fan_out):
    """Weights and bias of a layer."""
    weights = np.random.rand(fan_in, fan_out)
    bias = np.zeros((1, fan_out))
    return weights, bias


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    history = History()
    for i in range(iterations):
        a1 = sigmoid(X @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        history.maybe(i, a2 - y)
        delta2 = (a2 - y) * sigmoid_derivative(a2)
        delta1 = delta2 @ W2.T * sigmoid_derivative(a1)
        W1, b1, W2, b2 = (
            W1 - learning_rate * (X.T @ delta1),
            b1 - learning_rate * delta1.sum(0, keepdims=True),
            W2 - learning_rate * (a1.T @ delta2),
            b2 - learning_rate * delta2.sum(0, keepdims=True),
        )
    return W1, b1, W2, b2, history.values


cfg = Settings()
np.random.seed(cfg.seed)
n, h, k = cfg.sizes
W1, b1 = layer_parameters(n, h)
W2, b2 = layer_parameters(h, k)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, cfg.learning_rate, cfg.iterations)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
