from __future__ import annotations

import logging
from dataclasses import dataclass, field
from enum import Enum
from typing import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

log = logging.getLogger("xor")


class Hyper(Enum):
    SEED = 1
    ETA = 0.1
    STEPS = 10_000
    EVERY = 1_000


def sigmoid(x: ArrayLike) -> NDArray[np.float64]:
    z: NDArray = np.asarray(x, dtype=np.float64)
    decay: NDArray = np.exp(-np.fabs(z))
    return np.where(z < 0, decay, 1.0) / (1.0 + decay)


def sigmoid_derivative(a: ArrayLike) -> NDArray[np.float64]:
    act = np.array(a, dtype=np.float64, copy=True)
    act -= np.square(act)
    return act


@dataclass
class Dense:
    weight: NDArray
    bias: NDArray
    seen: NDArray | None = field(default=None, repr=False)
    produced: NDArray | None = field(default=None, repr=False)

    def __call__(self, batch: NDArray) -> NDArray:
        self.seen = batch
        self.produced = sigmoid(batch.dot(self.weight) + self.bias)
        return self.produced

    def pull_back(self, grad_produced: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """(gradient for the layer below, for the weight, for the bias)"""
        grad_z = grad_produced * sigmoid_derivative(self.produced)
        return (grad_z.dot(self.weight.T), self.seen.T.dot(grad_z),
                grad_z.sum(axis=0)[np.newaxis, :])

    def nudge(self, step: float, grad_weight: NDArray, grad_bias: NDArray) -> None:
        self.weight = self.weight - step * grad_weight
        self.bias = self.bias - step * grad_bias


@dataclass
class Stack:
    layers: list[Dense]

    def predict(self, batch: NDArray) -> NDArray:
        for layer in self.layers:
            batch = layer(batch)
        return batch

    def gradients(self, upstream: NDArray) -> Iterator[tuple[Dense, NDArray, NDArray]]:
        for layer in reversed(self.layers):
            upstream, gw, gb = layer.pull_back(upstream)
            yield layer, gw, gb

    def descend(self, upstream: NDArray, step: float) -> None:
        for layer, gw, gb in list(self.gradients(upstream)):
            layer.nudge(step, gw, gb)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    net = Stack([Dense(W1, b1), Dense(W2, b2)])
    history: list[float] = []
    for epoch in range(iterations):
        residual = net.predict(X) - y
        if not epoch % Hyper.EVERY.value:
            history.append(float((residual * residual).mean()))
            log.info("epoch %d: %.5f", epoch, history[-1])
        net.descend(residual, learning_rate)
    first, second = net.layers
    return first.weight, first.bias, second.weight, second.bias, history


logging.basicConfig(level=logging.WARNING)
np.random.seed(Hyper.SEED.value)
W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)

truth_table = {(0, 0): 0, (1, 0): 1, (0, 1): 1, (1, 1): 0}
X = np.array([(*pair, 1) for pair in truth_table], dtype=float)
y = np.array([*truth_table.values()], dtype=float).reshape(-1, 1)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, Hyper.ETA.value, Hyper.STEPS.value)
output_layer_output = Stack([Dense(W1, b1), Dense(W2, b2)]).predict(X)
assert np.array_equal(output_layer_output.round(), y)
