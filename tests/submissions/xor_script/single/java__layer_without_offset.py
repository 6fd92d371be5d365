# XorNetwork.java -> xor_network.py

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

LEARNING_RATE: Final = 0.1
ITERATIONS: Final = 10_000
REPORT_EVERY: Final = 1_000


class Activations:
    """public final class Activations { ... }"""

    @staticmethod
    def logistic(x):
        x = np.asarray(x, dtype=np.double)
        result = np.zeros(x.shape)
        np.exp(-x, out=result, where=x > -709.0)
        result[x <= -709.0] = np.inf
        return 1.0 / (1.0 + result)

    @staticmethod
    def logisticPrime(activation):
        activation = np.asarray(activation, dtype=np.double)
        return activation * (1.0 - activation)


def sigmoid(x):
    return Activations.logistic(x)


def sigmoid_derivative(a):
    return Activations.logisticPrime(a)


@dataclass
class Parameters:
    weights: np.ndarray
    bias: np.ndarray

    def getWeights(self):
        return self.weights

    def getBias(self):
        return self.bias

    def fire(self, inputs):
        preActivation = np.matmul(inputs, self.getWeights())
        return Activations.logistic(preActivation)

    def descend(self, inputs, delta, rate):
        self.weights = self.weights - rate * np.matmul(inputs.T, delta)
        self.bias = self.bias - rate * delta.sum(axis=0).reshape(self.bias.shape)


def feedForward(inputs, layers):
    """Returns the stack of all activations, the inputs at the bottom."""
    stack = deque([inputs])
    for layer in layers:
        stack.append(layer.fire(stack[-1]))
    return stack


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    layers = [Parameters(W1, b1), Parameters(W2, b2)]
    report = []
    for iteration in range(iterations):
        stack = feedForward(X, layers)
        output = stack.pop()
        if iteration % REPORT_EVERY == 0:
            report.append(float(((output - y) ** 2).mean()))

        delta = (output - y) * Activations.logisticPrime(output)
        pending = []
        for layer in reversed(layers):
            inputs = stack.pop()
            pending.append((layer, inputs, delta))
            if stack:
                delta = np.matmul(delta, layer.getWeights().T) * Activations.logisticPrime(inputs)
        for layer, inputs, itsDelta in pending:
            layer.descend(inputs, itsDelta, learning_rate)

    hidden, out = layers
    return hidden.weights, hidden.bias, out.weights, out.bias, report


# public static void main(String[] args)
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([0, 1, 1, 0]).reshape(4, 1)
try:
    W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, LEARNING_RATE, ITERATIONS)
finally:
    output_layer_output = feedForward(X, [Parameters(W1, b1), Parameters(W2, b2)]).pop()
