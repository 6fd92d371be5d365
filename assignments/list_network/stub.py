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
    """
    raise NotImplementedError


def sigmoid_prime(z):
    """The derivative of the sigmoid, at the weighted input z (not at its output).

    Args:
      z: an array of any shape, or a number.

    Returns:
      s'(z), of the same shape.
    """
    raise NotImplementedError


class Network:
    """A network with sizes[0] inputs and sizes[-1] outputs.

    Attributes:
      num_layers, sizes: len(sizes), and the list itself.
      biases: a list of arrays, for each layer but the first (its size, 1).
      weights: a list of arrays, for each layer but the first (its size, size of the one before).
    """

    def __init__(self, sizes):
        """Weights and biases are drawn from a standard normal distribution."""
        raise NotImplementedError

    def feedforward(self, a):
        """The network's output.

        Args:
          a: (n, 1) an input.

        Returns:
          (k, 1) the output: in each layer sigmoid(w a + b).
        """
        raise NotImplementedError

    def cost_derivative(self, output_activations, y):
        """The derivative of the cost of one sample by the output.

        Args:
          output_activations: (k, 1) the output a.
          y: (k, 1) the target.

        Returns:
          (k, 1).
        """
        raise NotImplementedError

    def backprop(self, x, y):
        """The gradient of one sample's cost.

        Args:
          x: (n, 1) an input.
          y: (k, 1) its target.

        Returns:
          (nabla_b, nabla_w): lists of arrays, like biases and weights. Calling it again gives the same.
        """
        raise NotImplementedError

    def update_mini_batch(self, mini_batch, eta):
        """One step of gradient descent on a few samples, by backprop; changes weights and biases.

        Args:
          mini_batch: a list of pairs (x, y).
          eta: the learning rate. The step goes along the mean of the samples' gradients.
        """
        raise NotImplementedError

    def SGD(self, training_data, epochs, mini_batch_size, eta):
        """Stochastic gradient descent, by update_mini_batch.

        Args:
          training_data: a list of pairs (x, y). It may be put into another order.
          epochs: how often all of it is gone through, in a random order each time.
          mini_batch_size: how many samples a step is made on; the last ones of an epoch may be fewer.
          eta: the learning rate.
        """
        raise NotImplementedError
