"""A network of one hidden layer with sigmoids in both layers, trained on the mean squared error.

NumPy, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.
"""

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    x = np.clip(np.asarray(x, dtype=float), -600.0, 600.0)
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    a = sigmoid(x)
    return np.multiply(a, 1.0 - a)


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    return np.sum((y_pred - y_true) ** 2) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    rows, cols = y_pred.shape
    grad = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            grad[r, c] = 2 * (y_pred[r, c] - y_true[r, c]) / (rows * cols)
    return grad


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
        self.n = input_size
        self.h = hidden_size
        self.k = output_size
        self.learning_rate = learning_rate
        np.random.seed(7)
        self.W1 = np.random.rand(self.n, self.h) - 0.5
        self.W2 = np.random.rand(self.h, self.k) - 0.5
        self.b1 = np.zeros((1, self.h))
        self.b2 = np.zeros((1, self.k))

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = np.zeros((len(X), self.h))
        for j in range(self.h):
            self.z1[:, j] = X @ self.W1[:, j] + self.b1[0, j]
        self.a1 = sigmoid(self.z1)

        self.z2 = np.zeros((len(X), self.k))
        for o in range(self.k):
            self.z2[:, o] = self.a1 @ self.W2[:, o] + self.b2[0, o]
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
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)

        # what arrives at hidden unit j
        error1 = np.zeros_like(self.a1)
        for j in range(self.h):
            for o in range(self.k):
                error1[:, j] = delta2[:, o] * self.W2[j, o]
        delta1 = error1 * sigmoid_derivative(self.z1)

        dW1 = np.zeros_like(self.W1)
        db1 = np.zeros_like(self.b1)
        for j in range(self.h):
            for i in range(self.n):
                dW1[i, j] = np.sum(X[:, i] * delta1[:, j])
            db1[0, j] = np.sum(delta1[:, j])

        dW2 = np.zeros_like(self.W2)
        db2 = np.zeros_like(self.b2)
        for o in range(self.k):
            for j in range(self.h):
                dW2[j, o] = np.sum(self.a1[:, j] * delta2[:, o])
            db2[0, o] = np.sum(delta2[:, o])

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        for j in range(self.h):
            self.W1[:, j] -= self.learning_rate * dW1[:, j]
            self.b1[0, j] -= self.learning_rate * db1[0, j]
        for o in range(self.k):
            self.W2[:, o] -= self.learning_rate * dW2[:, o]
            self.b2[0, o] -= self.learning_rate * db2[0, o]

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
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            grads = self.backward(X, y, y_pred)
            self.update_weights(*grads)
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
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for pos in np.ndindex(x.shape):
        keep = x[pos]
        values = []
        for sign in (+1, -1):
            x[pos] = keep + sign * h
            values.append(f(x))
        x[pos] = keep
        grad[pos] = (values[0] - values[1]) / (2 * h)
    return grad
