#!/usr/bin/env python3
"""Exclusive or as a command-line program.

The run sits under the guard; what it leaves is bound at module level, as any script's variables are.
"""
from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
LOGGER = logging.getLogger("xor")


def sigmoid(x) -> F64:
    x = np.asarray(x, dtype=np.float64)
    return (np.tanh(x / 2) + 1) / 2


def sigmoid_derivative(a) -> F64:
    a = np.asarray(a, dtype=np.float64)
    return 0.25 - (a - 0.5) ** 2


@dataclass
class Trainer:
    W1: F64
    b1: F64
    W2: F64
    b2: F64
    rate: float
    every: int = 1000
    losses: list[float] = field(default_factory=list)
    step: int = 0
    output: F64 | None = None

    def __post_init__(self) -> None:
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, np.array(getattr(self, name), dtype=np.float64))

    def _record(self, err: F64) -> None:
        if self.step % self.every == 0:
            self.losses.append(float(np.mean(err * err)))
            LOGGER.info("%5d  %.6f", self.step, self.losses[-1])

    def __call__(self, X: NDArray, y: NDArray) -> None:
        hidden = sigmoid(X @ self.W1 + self.b1)
        self.output = sigmoid(hidden @ self.W2 + self.b2)
        err = y - self.output                              # uphill: so the steps are added
        self._record(err)
        up2 = err * sigmoid_derivative(self.output)
        up1 = (up2 @ self.W2.T) * sigmoid_derivative(hidden)
        self.W2 += self.rate * (hidden.T @ up2)
        self.b2 += self.rate * up2.sum(axis=0)
        self.W1 += self.rate * (X.T @ up1)
        self.b1 += self.rate * up1.sum(axis=0)
        self.step += 1


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    trainer = Trainer(W1, b1, W2, b2, rate=learning_rate)
    for _ in range(iterations):
        trainer(X, y)
    return trainer.W1, trainer.b1, trainer.W2, trainer.b2, trainer.losses


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--iterations", type=int, default=10_000)
    known, _ = parser.parse_known_args([])                 # the exercise fixes all three
    return known


if __name__ == "__main__":
    opt = _options()
    np.random.seed(opt.seed)
    W1, b1 = np.random.rand(3, 4), np.random.rand(1, 4)
    W2, b2 = np.random.rand(4, 1), np.random.rand(1, 1)
    X = np.c_[[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]]
    y = (X[:, [0]] != X[:, [1]]).astype(float)
    W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, opt.learning_rate, opt.iterations)
    output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
