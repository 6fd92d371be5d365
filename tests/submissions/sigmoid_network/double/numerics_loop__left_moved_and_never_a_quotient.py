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
    # Both branches are safe: exp is only ever taken of a number that is not positive.
    x = np.asarray(x, dtype=np.float64)
    z = np.exp(np.minimum(x, -x))
    return np.where(x >= 0.0, 1.0, z) / (1.0 + z)


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    # s(x) s(-x): no cancellation for large x, unlike s (1 - s)
    return sigmoid(x) * sigmoid(np.negative(x))


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    return np.maximum(x, 0)


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    return np.asarray(np.asarray(x) > 0, dtype=np.float64)


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    r = np.ravel(y_pred - y_true)
    return np.dot(r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    r = y_pred - y_true
    return (2.0 / r.size) * r


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
        rng = np.random.default_rng()
        self.learning_rate = float(learning_rate)
        self.W1 = rng.normal(0.0, 0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = rng.normal(0.0, 0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
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
        g_a2 = mse_loss_derivative(y_pred, y)
        g_z2 = g_a2 * sigmoid_derivative(self.z2)
        g_a1 = g_z2 @ self.W2.T
        g_z1 = g_a1 * sigmoid_derivative(self.z1)
        ones = np.ones((1, X.shape[0]))
        return X.T @ g_z1, ones @ g_z1, self.a1.T @ g_z2, ones @ g_z2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        eta = self.learning_rate
        self.W1 -= eta * dW1
        self.b1 -= eta * db1
        self.W2 -= eta * dW2
        self.b2 -= eta * db2

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
            y_pred = self.forward(X)
            grads = self.backward(X, y, y_pred)
            losses.append(float(mse_loss(y_pred, y)))
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
    # C order so that reshape(-1) is a view: f sees every change of flat
    x = np.ascontiguousarray(x, dtype=np.float64).reshape(np.shape(x))
    grad = np.zeros(x.shape)
    flat = x.reshape(-1)
    grad_flat = grad.reshape(-1)
    for i in range(flat.size):
        x_i = flat[i]
        flat[i] = x_i + h
        upper = f(x)
        flat[i] = x_i - h
        lower = f(x)
        grad_flat[i] = upper - lower
    return grad


if __name__ == "__main__":
    # the derivative of the loss at a few random predictions
    gen = np.random.default_rng(3)
    p, t = gen.random((3, 2)), gen.random((3, 2))
    print(np.abs(numerical_gradient(lambda q: mse_loss(q, t), p) - mse_loss_derivative(p, t)).max())
