"""A classifier with one hidden layer, as functions that hand dicts to each other: parameters, cache and grads.

Hidden tanh, output sigmoid, the mean cross-entropy. One sample a column, NumPy, float64.
Sizes: m samples, n_x inputs, n_h hidden units, one output. X (n_x, m), Y (1, m) of zeros and ones.
parameters["W1"] (n_h, n_x), parameters["b1"] (n_h, 1), parameters["W2"] (1, n_h), parameters["b2"] (1, 1).
planar_utils.py, which lies beside your file when it is run, has sigmoid, load_planar_dataset and plot_decision_boundary.
"""

import numpy as np


def _sigmoid(z):
    t = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, t) / (1 + t)


def initialize_parameters(n_x, n_h, n_y):
    """Parameters to start from: weights drawn by np.random.randn, times 0.01; biases zero.

    Args:
      n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.

    Returns:
      parameters, a dict with the keys W1, b1, W2 and b2.
    """
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters):
    """The forward pass.

    Args:
      X: (n_x, m) inputs.
      parameters: the dict.

    Returns:
      (A2, cache): the outputs (1, m), and a dict with the keys Z1, A1, Z2 and A2: the pre-activations and activations of
      both layers.

    Derivation: Z1 = W1 X + b1, A1 = tanh(Z1), Z2 = W2 A1 + b2, A2 = s(Z2).
    """
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = _sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    """The cross-entropy of outputs and labels, the mean over the samples, with the natural logarithm.

    Args:
      A2: (1, m) outputs between 0 and 1.
      Y: (1, m) labels, 0 or 1.

    Returns:
      A single number.

    Derivation: a sample's cross-entropy is -(Y log A2 + (1 - Y) log(1 - A2)).
    """
    logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -np.mean(logprobs)


def backward_propagation(parameters, cache, X, Y):
    """The gradient of the cost.

    Args:
      parameters: the dict.
      cache: what forward_propagation(X, parameters) returned beside the outputs.
      X: (n_x, m) inputs.
      Y: (1, m) labels.

    Returns:
      grads, a dict with the keys dW1, db1, dW2 and db2, each of the shape of its parameter.

    Derivation: the sigmoid and the cross-entropy give dZ2 = A2 - Y for the sum over the samples; dW2 = dZ2 A1^T / m, db2 the
    mean of dZ2; tanh' = 1 - tanh^2 gives dZ1 = W2^T dZ2 * (1 - A1^2), and dW1 and db1 in the same way from X.
    """
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * (1 - cache["A1"] ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate=1.2):
    """One step of gradient descent.

    Args:
      parameters, grads: the dicts. They must not be changed.
      learning_rate: the step size.

    Returns:
      parameters, a new dict.
    """
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


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
    parameters = initialize_parameters(len(X), n_h, len(Y))
    for iteration in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        if print_cost and iteration % 1000 == 0:
            print(iteration, compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


def predict(parameters, X):
    """The predicted labels: whether the output is above one half.

    Args:
      parameters: the dict.
      X: (n_x, m) inputs.

    Returns:
      (1, m) zeros and ones, as numbers or booleans.
    """
    A2, _ = forward_propagation(X, parameters)
    return A2 > 0.5
