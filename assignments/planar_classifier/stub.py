"""A classifier with one hidden layer, as functions that hand dicts to each other: parameters, cache and grads.

Hidden tanh, output sigmoid, the mean cross-entropy. One sample a column, NumPy, float64.
Sizes: m samples, n_x inputs, n_h hidden units, one output. X (n_x, m), Y (1, m) of zeros and ones.
parameters["W1"] (n_h, n_x), parameters["b1"] (n_h, 1), parameters["W2"] (1, n_h), parameters["b2"] (1, 1).
planar_utils.py, which lies beside your file when it is run, has sigmoid, load_planar_dataset and plot_decision_boundary.
"""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    """Parameters to start from: weights drawn by np.random.randn, times 0.01; biases zero.

    Args:
      n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.

    Returns:
      parameters, a dict with the keys W1, b1, W2 and b2.
    """
    raise NotImplementedError


def forward_propagation(X, parameters):
    """The forward pass.

    Args:
      X: (n_x, m) inputs.
      parameters: the dict.

    Returns:
      (A2, cache): the outputs (1, m), and a dict with the keys Z1, A1, Z2 and A2: the pre-activations and activations of
      both layers.
    """
    raise NotImplementedError


def compute_cost(A2, Y):
    """The cross-entropy of outputs and labels, the mean over the samples, with the natural logarithm.

    Args:
      A2: (1, m) outputs between 0 and 1.
      Y: (1, m) labels, 0 or 1.

    Returns:
      A single number.
    """
    raise NotImplementedError


def backward_propagation(parameters, cache, X, Y):
    """The gradient of the cost.

    Args:
      parameters: the dict.
      cache: what forward_propagation(X, parameters) returned beside the outputs.
      X: (n_x, m) inputs.
      Y: (1, m) labels.

    Returns:
      grads, a dict with the keys dW1, db1, dW2 and db2, each of the shape of its parameter.
    """
    raise NotImplementedError


def update_parameters(parameters, grads, learning_rate=1.2):
    """One step of gradient descent.

    Args:
      parameters, grads: the dicts. They must not be changed.
      learning_rate: the step size.

    Returns:
      parameters, a new dict.
    """
    raise NotImplementedError


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Training, from initialize_parameters on, by the functions above.

    Args:
      X: (n_x, m) inputs.
      Y: (1, m) labels.
      n_h: how many hidden units.
      num_iterations: how many steps.
      print_cost: whether the cost is printed at every 1000th step.

    Returns:
      parameters, after the last step.
    """
    raise NotImplementedError


def predict(parameters, X):
    """The predicted labels: whether the output is above one half.

    Args:
      parameters: the dict.
      X: (n_x, m) inputs.

    Returns:
      (1, m) zeros and ones, as numbers or booleans.
    """
    raise NotImplementedError
