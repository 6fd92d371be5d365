"""
Feed-forward neural network
===========================

Overview
--------
* Vectorised with NumPy
* Clean separation between forward and backward computation
* Fully typed
"""

from __future__ import annotations

import logging
from typing import Iterable, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
logger = logging.getLogger(__name__)


class ForwardResult(NamedTuple):
    """Container for the intermediate results of a forward pass."""

    pre_activations: list[FloatArray]
    activations: list[FloatArray]


def sigmoid(z):
    """Compute the numerically stable logistic function."""
    z = np.asarray(z, dtype=np.float64)
    return np.exp(np.minimum(z, 0.0)) / (1.0 + np.exp(-np.abs(z)))


def sigmoid_prime(z):
    """Compute the derivative of the logistic function at the pre-activation."""
    activation = sigmoid(z)
    return activation * (1.0 - activation)


class Network:
    """A fully connected network with logistic units in every layer."""

    def __init__(self, sizes: list[int]) -> None:
        # Step 1: remember the architecture
        self.num_layers: int = len(sizes)
        self.sizes = sizes
        # Step 2: initialise the parameters
        rng = np.random.default_rng()
        self.biases = [rng.standard_normal((fan_out, 1)) for fan_out in sizes[1:]]
        self.weights = [
            rng.standard_normal((fan_out, fan_in))
            for fan_in, fan_out in zip(sizes[:-1], sizes[1:])
        ]

    def _forward(self, inputs: FloatArray) -> ForwardResult:
        result = ForwardResult(pre_activations=[], activations=[inputs])
        for weight, bias in zip(self.weights, self.biases):
            result.pre_activations.append(weight @ result.activations[-1] + bias)
            result.activations.append(sigmoid(result.pre_activations[-1]))
        return result

    def feedforward(self, a: FloatArray) -> FloatArray:
        """Run inference."""
        return self._forward(a).activations[-1]

    def cost_derivative(self, output_activations: FloatArray, y: FloatArray) -> FloatArray:
        """Return the gradient of the squared-error cost w.r.t. the outputs."""
        # The power rule brings the exponent down in front of the difference.
        return 2.0 * (output_activations - y)

    def backprop(self, x: FloatArray, y: FloatArray) -> tuple[list[FloatArray], list[FloatArray]]:
        """Compute the gradients for a single training example."""
        cache = self._forward(x)
        # Output layer
        delta = self.cost_derivative(cache.activations[-1], y) * sigmoid_prime(cache.pre_activations[-1])
        nabla_b: list[FloatArray] = [delta]
        nabla_w: list[FloatArray] = [delta @ cache.activations[-2].T]
        # Hidden layers, from the last one to the first one
        for index in range(self.num_layers - 3, -1, -1):
            delta = (self.weights[index + 1].T @ delta) * sigmoid_prime(cache.pre_activations[index])
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ cache.activations[index].T)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch: Iterable, eta: float) -> None:
        """Perform one gradient descent step."""
        batch = list(mini_batch)
        gradients = [self.backprop(x, y) for x, y in batch]
        scale = eta / len(batch)
        for layer in range(self.num_layers - 1):
            self.biases[layer] = self.biases[layer] - scale * np.sum([g[0][layer] for g in gradients], axis=0)
            self.weights[layer] = self.weights[layer] - scale * np.sum([g[1][layer] for g in gradients], axis=0)

    def SGD(self, training_data, epochs: int, mini_batch_size: int, eta: float) -> None:
        """Train with mini-batch stochastic gradient descent."""
        rng = np.random.default_rng()
        for epoch in range(epochs):
            permutation = rng.permutation(len(training_data))
            for start in range(0, len(permutation), mini_batch_size):
                selection = permutation[start : start + mini_batch_size]
                self.update_mini_batch([training_data[i] for i in selection], eta)
            logger.info("Epoch %d/%d complete", epoch + 1, epochs)


# Example usage:
# net = Network([784, 30, 10])
# net.SGD(training_data, epochs=30, mini_batch_size=10, eta=3.0)
