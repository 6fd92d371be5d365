"""Layers as objects: each knows how to go forward and how to hand a gradient back.

Most important concept: locality. A layer needs its own input and what arrives from behind, nothing else.
Challenge: the parameters have to live in the network (W1, b1, ...), so the layers look them up there by name.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1.0) / (1.0 + e)


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


@dataclass
class Affine:
    net: Any
    weight: str
    bias: str
    inputs: np.ndarray = field(default=None, repr=False)

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ getattr(self.net, self.weight) + getattr(self.net, self.bias)

    def backward(self, upstream):
        self.net.gradients["d" + self.weight] = self.inputs.T @ upstream
        self.net.gradients["d" + self.bias] = upstream.sum(axis=0, keepdims=True)
        return upstream @ getattr(self.net, self.weight).T


@dataclass
class Logistic:
    z: np.ndarray = field(default=None, repr=False)

    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, upstream):
        return upstream * sigmoid_derivative(upstream)


def manual_forward(x, w1, b1, w2, b2):
    a1 = sigmoid(z1 := w1 * x + b1)
    a2 = sigmoid(z2 := w2 * a1 + b2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    at = manual_forward(x, w1, b1, w2, b2)
    dL_dz2 = (dL_da2 := at["a2"] - y) * (da2_dz2 := sigmoid_derivative(at["z2"]))
    dL_dz1 = (dL_da1 := w2 * dL_dz2) * (da1_dz1 := sigmoid_derivative(at["z1"]))
    return {
        "dL_da2": dL_da2,
        "da2_dz2": da2_dz2,
        "dL_dz2": dL_dz2,
        "dL_dw2": at["a1"] * dL_dz2,
        "dL_db2": dL_dz2,
        "dL_da1": dL_da1,
        "da1_dz1": da1_dz1,
        "dL_dz1": dL_dz1,
        "dL_dw1": x * dL_dz1,
        "dL_db1": dL_dz1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    slopes = manual_gradients(x, y, w1, b1, w2, b2)
    return (
        w1 - learning_rate * slopes["dL_dw1"],
        b1 - learning_rate * slopes["dL_db1"],
        w2 - learning_rate * slopes["dL_dw2"],
        b2 - learning_rate * slopes["dL_db2"],
    )


class NeuralNetwork:
    PARAMETERS = "W1", "b1", "W2", "b2"

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 2 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}
        self.layers = [Affine(self, "W1", "b1"), Logistic(), Affine(self, "W2", "b2"), Logistic()]

    def forward(self, X):
        out = np.asarray(X, float)
        for layer in self.layers:
            out = layer.forward(out)
        self.a2 = out
        return out

    def backward(self, X, y):
        self.gradients = {}
        upstream = 2 * (self.a2 - y) / self.a2.size
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return self.gradients

    def update_weights(self):
        for name in self.PARAMETERS:
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"])

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).mean()

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 9, 1, learning_rate=3)
    losses = [net.train_step(X, y) for _ in range(4000)]
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    first = t / (2 * np.pi) * np.exp(1j * t)            # the plane as complex numbers
    both = np.concatenate([first, first * np.exp(1j * np.pi)])
    X = np.stack([both.real, both.imag], axis=1) + np.random.normal(0, noise, (len(both), 2))
    y = (np.arange(len(both)) >= len(t)).astype(float)[:, None]
    return X, y


def train_spiral(X, y):
    hidden = 80
    net = NeuralNetwork(2, hidden, 1, learning_rate=3)
    net.W1 = np.random.randn(2, hidden) * 4
    net.b1 = np.random.randn(1, hidden) * 4
    net.W2 = np.random.randn(hidden, 1) * 0.3
    for _ in range(2500):
        for chosen in np.array_split(np.random.permutation(len(X)), 6):
            net.train_step(X[chosen], y[chosen])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for _ in range(epochs):
                net.train_step(X, y)
            results.append(dict(hidden_size=hidden_size, learning_rate=learning_rate,
                                final_loss=net.compute_loss(y, net.forward(X))))
    return results
