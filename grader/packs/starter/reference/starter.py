"""A linear model: one number is predicted from each sample.

Sizes: m samples, n inputs. inputs (m, n), targets (m,), weights (n,); NumPy arrays, float64.
"""

import numpy as np


def squared_error(inputs, targets, weights):
    """Half the mean of the squared differences between predictions and targets.

    Args:
      inputs: (m, n), one sample a row.
      targets: (m,) what should be predicted.
      weights: (n,). A sample's prediction is the sum of its inputs, each times its weight.

    Returns:
      A single number.
    """
    difference = inputs @ weights - targets
    return np.mean(difference**2) / 2


def squared_error_gradient(inputs, targets, weights):
    """The gradient of squared_error with respect to the weights.

    Args:
      inputs, targets, weights: as in squared_error.

    Returns:
      (n,): the derivative of the loss by each weight.

    Derivation: with d = X w - y the loss is d . d / (2 m), so its derivative by d is d / m, and d = X w - y gives
    X^T d / m.
    """
    difference = inputs @ weights - targets
    return inputs.T @ difference / len(targets)
