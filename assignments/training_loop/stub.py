"""From one weight worked out by hand to networks that learn exclusive or and two spirals.

NumPy, sigmoids in both layers, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.

Reflection: answer two or three of these in a Markdown cell (or in a text at the top of the file).
What was the most important concept you learned?
How does backpropagation enable neural networks to learn?
What is the role of the chain rule in computing gradients?
What surprised you about training neural networks?
How did solving exclusive or feel compared to the forward pass alone?
What challenges did you face in implementing backpropagation?
What questions do you still have about gradient descent?
"""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    raise NotImplementedError


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    raise NotImplementedError


def manual_forward(x, w1, b1, w2, b2):
    """The forward pass of the smallest network: one input, one hidden unit, one output, all of them numbers.

    Args:
      x: the input.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.

    Returns:
      A dict with the hidden unit's pre-activation and activation and the output's: keys z1, a1, z2, a2.
    """
    raise NotImplementedError


def manual_gradients(x, y, w1, b1, w2, b2):
    """Every derivative on the way back through the smallest network, one link of the chain at a time.

    Args:
      x: the input.
      y: the target. The loss is L = (y - a2)^2 / 2.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.

    Returns:
      A dict of numbers with the keys dL_da2, da2_dz2, dL_dz2, dL_dw2, dL_db2, dL_da1, da1_dz1, dL_dz1, dL_dw1 and
      dL_db1; dL_da2 is the derivative of the loss with respect to a2, da2_dz2 that of a2 with respect to z2, and so on.
    """
    raise NotImplementedError


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    """One step of gradient descent of the smallest network, on the loss L = (y - a2)^2 / 2.

    Args:
      x: the input.
      y: the target.
      w1, b1: weight and bias of the hidden unit.
      w2, b2: weight and bias of the output.
      learning_rate: the step size.

    Returns:
      (w1, b1, w2, b2) after the step. All four derivatives are those at the old values.
    """
    raise NotImplementedError


class NeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
      gradients: after backward, a dict dW1, db1, dW2, db2.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        """Sets learning_rate and the parameters: random weights, zero biases.

        Args:
          input_size: n.
          hidden_size: h.
          output_size: k.
          learning_rate: the step size of gradient descent.

        The weights come from NumPy's global generator, so that seeding it beforehand makes a run repeatable; it must
        not be seeded in here. How large the weights are decides whether the network ever learns.
        """
        raise NotImplementedError

    def forward(self, X):
        """The forward pass. Keeps what the backward pass needs.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        raise NotImplementedError

    def backward(self, X, y):
        """The gradient of compute_loss (the mean squared error) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.

        Returns:
          A dict with the keys dW1, db1, dW2, db2, each of the shape of its parameter; the same dict is kept as
          self.gradients. The loss is the mean of the squared differences over all m·k elements.
        """
        raise NotImplementedError

    def update_weights(self):
        """One step of gradient descent: changes W1, b1, W2 and b2 by the gradient that self.gradients holds.

        self.gradients itself must not be changed.
        """
        raise NotImplementedError

    def compute_loss(self, y_true, y_pred):
        """The mean squared error: the mean of (y_true - y_pred)^2 over all m·k elements.

        Args:
          y_true: (m, k) targets.
          y_pred: (m, k) predictions.

        Returns:
          A single number.
        """
        raise NotImplementedError

    def train_step(self, X, y):
        """One step of training on all samples: forward pass, loss, backward pass, update.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.

        Returns:
          The loss before the update.
        """
        raise NotImplementedError


def train_xor(seed):
    """Trains a NeuralNetwork on exclusive or, from the start that a seed gives (np.random.seed).

    Hidden units, learning rate, epochs and the size of the initial weights are yours to choose. It has to work for
    each of the seeds 0 to 4 (a fifth of the points each); all five together may take 60 seconds of computing time.

    Args:
      seed: seeds NumPy's global generator.

    Returns:
      (net, losses): the trained network, whose net.forward of [[0, 0], [0, 1], [1, 0], [1, 1]] has to be within 0.1 of
      [[0], [1], [1], [0]], and the list of the losses of all epochs.
    """
    raise NotImplementedError


def make_spiral_data(n_samples=300, noise=0.1):
    """Points on two arms of a spiral, one class each, from NumPy's global generator.

    The arm of class 0 has radius t / 2π at the angle t, for t from 0 to 4π: two turns. The arm of class 1 is the same
    arm turned by half a turn. Check in a plot with noise=0 that they do not lie on one curve.

    Args:
      n_samples: m, an even number: half of them for each arm.
      noise: the standard deviation of what is added to each coordinate.

    Returns:
      (X, y): X (m, 2) the points, y (m, 1) their classes as 0.0 and 1.0.
    """
    raise NotImplementedError


def train_spiral(X, y):
    """Trains a NeuralNetwork to tell two spirals apart.

    Hidden units, learning rate, epochs and the initial weights are yours to choose. It is called with data like those
    of make_spiral_data(300, 0.1), up to three times, and the best network counts: net.forward(X) > 0.5 has to be right
    for at least 95 % of the points. All calls together may take 60 seconds of computing time.

    Args:
      X: (m, 2) points.
      y: (m, 1) classes, 0.0 or 1.0.

    Returns:
      The trained network.
    """
    raise NotImplementedError


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    """Trains a network for each pair of a hidden size and a learning rate.

    Each network is made right after NumPy's global generator is seeded (np.random.seed), so that all start alike, as
    NeuralNetwork(n, hidden_size, k, learning_rate), and trained by `epochs` calls of train_step(X, y).

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      hidden_sizes: a list of numbers of hidden units.
      learning_rates: a list of learning rates.
      epochs: how many steps each network is trained.
      seed: seeds NumPy's global generator before each network.

    Returns:
      A list of dicts, one for each pair, in any order, with the keys hidden_size, learning_rate and final_loss (the
      loss of the last step, or that after it).
    """
    raise NotImplementedError
