"""A network of one hidden layer with sigmoids in both layers, trained on the mean squared error.

NumPy, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.
"""

import numpy as np


def _loss_gradient(outputs, targets):
    """What comes into the output layer from the loss."""
    residual = targets - outputs
    return 2.0 * residual / len(residual)


def _dsigma(z):
    """Derivative of the sigmoid, through one call of it."""
    s = sigmoid(z)
    return s * (1.0 - s)


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(np.negative(x, dtype=np.float64)))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    return _dsigma(x)


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    return np.where(x < 0, 0, x)


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    derivative = np.zeros_like(x, dtype=np.float64)
    derivative[np.greater(x, 0)] = 1.0
    return derivative


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    return np.sum((y_true - y_pred) ** 2) / y_true.size


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    return _loss_gradient(y_pred, y_true)


class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        """Sets learning_rate and the parameters: small random weights, zero biases.

        Args:
          input_size: n.
          hidden_size: h.
          output_size: k.
          learning_rate: the step size of gradient descent.
        """
        limit = 0.3
        self.W1 = np.random.uniform(-limit, limit, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-limit, limit, size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = np.add(np.matmul(X, self.W1), self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = np.add(np.matmul(self.a1, self.W2), self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.
          y_pred: (m, k) what forward(X) returned.

        Returns:
          (dW1, db1, dW2, db2), each of the shape of its parameter. The loss is the mean over all m·k elements.
        """
        delta_out = _loss_gradient(y_pred, y) * _dsigma(self.z2)
        delta_hidden = np.matmul(delta_out, self.W2.T) * _dsigma(self.z1)
        return (
            np.matmul(X.T, delta_hidden),
            delta_hidden.sum(axis=0)[np.newaxis, :],
            np.matmul(self.a1.T, delta_out),
            delta_out.sum(axis=0)[np.newaxis, :],
        )

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        self.W1 = self.W1 - dW1 * self.learning_rate
        self.b1 = self.b1 - db1 * self.learning_rate
        self.W2 = self.W2 - dW2 * self.learning_rate
        self.b2 = self.b2 - db2 * self.learning_rate

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once, `epochs` times.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.
          epochs: how many steps.

        Returns:
          A list of `epochs` losses, each recorded before its update.
        """
        losses = []
        for _ in range(epochs):
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences.

    Args:
      f: a function that takes an array of x's shape and returns a number.
      x: a float array of any shape. Integers and float32 are converted to float64 first. It must be left as it was.
      h: the step.

    Returns:
      A float64 array of x's shape: an element is (f(x + h) - f(x - h)) / 2h, with h added to that element alone.
    """
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for index, value in np.ndenumerate(x):
        shifted = x.copy()
        shifted[index] = value + h
        above = f(shifted)
        shifted[index] = value - h
        below = f(shifted)
        gradient[index] = (above - below) / (2.0 * h)
    return gradient
