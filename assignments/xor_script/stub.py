"""Exclusive or as one script: functions first, then the run that uses them.

NumPy, sigmoids in both layers, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.

The script, below the functions:
it seeds NumPy's global generator with 1; the parameters are uniform numbers from 0 to 1 (np.random.rand), drawn in the
order W1 (3, 4), b1 (1, 4), W2 (4, 1), b2 (1, 1);
X is (4, 3), the rows 0 0 1, 1 0 1, 0 1 1 and 1 1 1 (the third input is always 1), y is (4, 1): 0, 1, 1, 0;
it trains for 10,000 iterations with a learning rate of 0.1, on half the sum of squares.
It is graded by the variables that it leaves: W1, b1, W2, b2 after the run, losses (a list of ten: the mean squared
error before the update at the iterations 0, 1000, 2000, …, 9000) and output_layer_output (4, 1), the outputs in the
last iteration or after it.
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


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      a: the activation, a = sigmoid(z) (not the pre-activation z), of any shape.

    Returns:
      ds/dz, floats of the same shape.
    """
    raise NotImplementedError


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Gradient descent on all samples at once, `iterations` times, on L = sum of (output - y)^2 / 2.

    The loss that is recorded is another one: the mean of (output - y)^2 over all m·k elements. The two differ by the
    factor m k / 2 alone, so both fall together; the gradient is that of L, without the factor.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      W1, b1, W2, b2: the parameters to start from: (n, h), (1, h), (h, k), (1, k). They may be changed.
      learning_rate: the step size.
      iterations: how many steps.

    Returns:
      (W1, b1, W2, b2, losses): the parameters after the last update, and a list of the mean squared errors before the
      update at the iterations 0, 1000, 2000, …
    """
    raise NotImplementedError
