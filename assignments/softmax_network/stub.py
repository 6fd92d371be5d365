"""A classifier with one hidden layer and its parameters in a dict, as a class whose loss gives the gradient with it.

Affine, ReLU, affine, softmax. One sample a row, NumPy, float64.
Sizes: m samples, n inputs, h hidden units, k classes. X (m, n), y (m,) the class of each sample, a whole number from
0 to k - 1. params["W1"] (n, h), params["b1"] (h,), params["W2"] (h, k), params["b2"] (k,).
"""

import numpy as np


class TwoLayerNet:
    """The classifier.

    Attributes:
      params: a dict with the keys W1, b1, W2 and b2.
    """

    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        """Weights are drawn from a normal distribution of deviation std; biases are zero."""
        raise NotImplementedError

    def loss(self, X, y=None, reg=0.0):
        """Scores, or the loss and its gradient.

        Args:
          X: (m, n) inputs.
          y: (m,) the samples' classes, or None.
          reg: the strength of the regularization.

        Returns:
          Without y, the scores (m, k): what goes into the softmax. With y, (loss, grads): the mean over the samples of
          the cross-entropy -log(softmax(scores)[y]), plus reg times the sum of the squares of W1 and W2 (without a half,
          biases left out); and a dict with the same keys as params, of the gradient of that loss. Scores of any size
          must give a finite loss.
        """
        raise NotImplementedError

    def step(self, grads, learning_rate):
        """One step of gradient descent: changes params.

        Args:
          grads: a dict with the same keys as params.
          learning_rate: the step size.
        """
        raise NotImplementedError

    def predict(self, X):
        """The class of each sample: the one with the largest score.

        Args:
          X: (m, n) inputs.

        Returns:
          (m,) whole numbers.
        """
        raise NotImplementedError
