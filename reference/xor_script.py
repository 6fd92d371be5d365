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

    Derivation: with t = e^-|x|, which never overflows, the function is 1 / (1 + t) for x >= 0 and, both parts of
    the fraction multiplied by e^x, t / (1 + t) for x < 0.
    """
    t = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1, t) / (1 + t)


def sigmoid_derivative(a):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      a: the activation, a = sigmoid(z) (not the pre-activation z), of any shape.

    Returns:
      ds/dz, floats of the same shape.

    Derivation: s(z) = (1 + e^-z)^-1, so s'(z) = e^-z (1 + e^-z)^-2 = s(z) (1 - s(z)), and s(z) is a.
    """
    return a * (1 - a)


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

    Derivation: L = sum (a2 - y)^2 / 2 gives da2 = a2 - y: the half takes the 2 away, and there is no mean. With
    a2 = s(z2) element by element, dz2 = da2 * s'(z2), and s'(z2) is sigmoid_derivative(a2).
    z2 = a1 W2 + b2 gives dW2 = a1^T dz2, db2 = the sum of dz2 over the samples and da1 = dz2 W2^T; then
    dz1 = da1 * s'(z1), dW1 = X^T dz1 and db1 = the sum of dz1 over the samples. All belong to the old parameters.
    """
    losses = []
    for i in range(iterations):
        a1 = sigmoid(X @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        if i % 1000 == 0:
            losses.append(np.mean((a2 - y) ** 2))
        da2 = a2 - y
        dz2 = da2 * sigmoid_derivative(a2)
        da1 = dz2 @ W2.T
        dz1 = da1 * sigmoid_derivative(a1)
        W2 = W2 - learning_rate * (a1.T @ dz2)
        b2 = b2 - learning_rate * np.sum(dz2, axis=0, keepdims=True)
        W1 = W1 - learning_rate * (X.T @ dz1)
        b1 = b1 - learning_rate * np.sum(dz1, axis=0, keepdims=True)
    return W1, b1, W2, b2, losses


def _outputs(X, W1, b1, W2, b2):
    """What the network gives for the inputs."""
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


def _script():
    """What the script computes, in the order in which its variables are assigned."""
    np.random.seed(1)
    W1 = np.random.rand(3, 4)
    b1 = np.random.rand(1, 4)
    W2 = np.random.rand(4, 1)
    b2 = np.random.rand(1, 1)
    X = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    learning_rate = 0.1
    iterations = 10000
    W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate, iterations)
    output_layer_output = _outputs(X, W1, b1, W2, b2)
    return W1, b1, W2, b2, losses, output_layer_output


if __name__ == "__main__":
    W1, b1, W2, b2, losses, output_layer_output = _script()
