"""A network of any number of layers: its weights and biases are lists, and samples are column vectors, one at a time.

Sigmoids in every layer; the cost of one sample is half the squared distance, sum (a - y)^2 / 2, of the network's output a
from the target y. A sample is a pair (x, y) of shapes (n, 1) and (k, 1). sizes = [n, h, k] has n inputs, h hidden units
and k outputs; more layers may stand between.
"""

import numpy as np


def sigmoid(z):
    """The logistic function 1 / (1 + e^-z), element by element.

    Args:
      z: an array of any shape, or a number.

    Returns:
      Values from 0 to 1, of the same shape.

    Derivation: with t = e^-|z|, which never overflows, it is 1 / (1 + t) for z >= 0 and t / (1 + t) below.
    """
    t = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, t) / (1 + t)


def sigmoid_prime(z):
    """The derivative of the sigmoid, at the weighted input z (not at its output).

    Args:
      z: an array of any shape, or a number.

    Returns:
      s'(z), of the same shape.

    Derivation: s' = s (1 - s).
    """
    s = sigmoid(z)
    return s * (1 - s)


class Network:
    """A network with sizes[0] inputs and sizes[-1] outputs.

    Attributes:
      num_layers, sizes: len(sizes), and the list itself.
      biases: a list of arrays, for each layer but the first (its size, 1).
      weights: a list of arrays, for each layer but the first (its size, size of the one before).
    """

    def __init__(self, sizes):
        """Weights and biases are drawn from a standard normal distribution."""
        self.num_layers = len(sizes)
        self.sizes = sizes
        self.biases = [np.random.randn(size, 1) for size in sizes[1:]]
        self.weights = [np.random.randn(sizes[place], sizes[place - 1]) for place in range(1, len(sizes))]

    def feedforward(self, a):
        """The network's output.

        Args:
          a: (n, 1) an input.

        Returns:
          (k, 1) the output: in each layer sigmoid(w a + b).
        """
        for b, w in zip(self.biases, self.weights, strict=True):
            a = sigmoid(w @ a + b)
        return a

    def cost_derivative(self, output_activations, y):
        """The derivative of the cost of one sample by the output.

        Args:
          output_activations: (k, 1) the output a.
          y: (k, 1) the target.

        Returns:
          (k, 1).

        Derivation: the derivative of sum (a - y)^2 / 2 by a is a - y.
        """
        return output_activations - y

    def backprop(self, x, y):
        """The gradient of one sample's cost.

        Args:
          x: (n, 1) an input.
          y: (k, 1) its target.

        Returns:
          (nabla_b, nabla_w): lists of arrays, like biases and weights. Calling it again gives the same.

        Derivation: with z the weighted inputs, the error of the last layer is delta = (a - y) s'(z). z = w a' + b, a' from
        the layer before, gives db = delta, dw = delta a'^T, and an error of w^T delta times s'(z') there.
        """
        activation = x
        activations = [x]
        zs = []
        for b, w in zip(self.biases, self.weights, strict=True):
            z = w @ activation + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = self.cost_derivative(activation, y) * sigmoid_prime(zs[-1])
        nabla_b, nabla_w = [], []
        for layer in reversed(range(len(self.weights))):
            nabla_b.insert(0, delta)
            nabla_w.insert(0, delta @ activations[layer].T)
            if layer > 0:
                delta = (self.weights[layer].T @ delta) * sigmoid_prime(zs[layer - 1])
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        """One step of gradient descent on a few samples, by backprop; changes weights and biases.

        Args:
          mini_batch: a list of pairs (x, y).
          eta: the learning rate. The step goes along the mean of the samples' gradients.
        """
        count = len(mini_batch)
        sum_b = [np.zeros(b.shape) for b in self.biases]
        sum_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            nabla_b, nabla_w = self.backprop(x, y)
            sum_b = [total + each for total, each in zip(sum_b, nabla_b, strict=True)]
            sum_w = [total + each for total, each in zip(sum_w, nabla_w, strict=True)]
        rate = eta / count
        self.biases = [b - rate * each for b, each in zip(self.biases, sum_b, strict=True)]
        self.weights = [w - rate * each for w, each in zip(self.weights, sum_w, strict=True)]

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        """Stochastic gradient descent, by update_mini_batch.

        Args:
          training_data: a list of pairs (x, y). It may be put into another order.
          epochs: how often all of it is gone through, in a random order each time.
          mini_batch_size: how many samples a step is made on; the last ones of an epoch may be fewer.
          eta: the learning rate.
        """
        for _ in range(epochs):
            order = np.random.permutation(len(training_data))
            for start in range(0, len(order), mini_batch_size):
                mini_batch = [training_data[place] for place in order[start : start + mini_batch_size]]
                self.update_mini_batch(mini_batch, eta)
