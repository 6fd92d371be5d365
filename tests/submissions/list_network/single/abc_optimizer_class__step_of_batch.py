"""Object oriented version: the network *has an* optimiser."""
import abc
import enum
import random

import numpy as np


class Kind(enum.Enum):
    BIAS = "biases"
    WEIGHT = "weights"


def sigmoid(z):
    halved = np.true_divide(z, 2)
    return (np.tanh(halved) + 1) / 2


def sigmoid_prime(z):
    return sigmoid(z) * sigmoid(np.negative(z))


class Optimiser(abc.ABC):
    @abc.abstractmethod
    def step(self, parameter, gradient): ...


class GradientDescent(Optimiser):
    def __init__(self, rate):
        self._rate = rate

    def step(self, parameter, gradient):
        return parameter - self._rate * gradient


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.num_layers = len(sizes)
        self.biases = [np.random.standard_normal(size=(k, 1)) for k in sizes[1:]]
        self.weights = [np.random.standard_normal(size=(k, j)) for j, k in zip(sizes, sizes[1:])]

    def feedforward(self, a):
        for layer in self._layers():
            a = sigmoid(layer[Kind.WEIGHT].dot(a) + layer[Kind.BIAS])
        return a

    def _layers(self):
        for w, b in zip(self.weights, self.biases):
            yield {Kind.WEIGHT: w, Kind.BIAS: b}

    def cost_derivative(self, output_activations, y):
        return output_activations - y

    def backprop(self, x, y):
        inputs, nets = [x], []
        for layer in self._layers():
            nets.append(layer[Kind.WEIGHT].dot(inputs[-1]) + layer[Kind.BIAS])
            inputs.append(sigmoid(nets[-1]))
        output = inputs.pop()
        sensitivity = self.cost_derivative(output, y)
        grads = {Kind.BIAS: [], Kind.WEIGHT: []}
        for w, net, inp in zip(reversed(self.weights), reversed(nets), reversed(inputs)):
            sensitivity = np.multiply(sensitivity, sigmoid_prime(net))
            grads[Kind.BIAS].append(sensitivity)
            grads[Kind.WEIGHT].append(sensitivity.dot(inp.T))
            sensitivity = w.T.dot(sensitivity)
        for g in grads.values():
            g.reverse()
        return grads[Kind.BIAS], grads[Kind.WEIGHT]

    def update_mini_batch(self, mini_batch, eta):
        totals = {kind: [np.zeros_like(p) for p in getattr(self, kind.value)] for kind in Kind}
        for x, y in mini_batch:
            for kind, gradient in zip(Kind, self.backprop(x, y)):
                totals[kind] = [g for t, g in zip(totals[kind], gradient)]
        optimiser = GradientDescent(rate=eta / len(mini_batch))
        for kind in Kind:
            old = getattr(self, kind.value)
            setattr(self, kind.value, [optimiser.step(p, t) for p, t in zip(old, totals[kind])])

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        size = len(training_data)
        for _ in range(epochs):
            shuffled = random.sample(training_data, k=size)
            for batch in (shuffled[i:i + mini_batch_size] for i in range(0, size, mini_batch_size)):
                self.update_mini_batch(batch, eta)
