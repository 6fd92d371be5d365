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
    values = np.asarray(
        x,
        dtype=np.float64,
    )
    exponential = np.exp(
        -np.abs(values),
    )
    return np.where(
        values >= 0,
        1 / (1 + exponential),
        exponential / (1 + exponential),
    )


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    value = sigmoid(x)
    return value * (1 - value)


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    return np.where(
        x > 0,
        x,
        0,
    )


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    return np.where(
        x > 0,
        1.0,
        0.0,
    )


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    return np.mean(
        np.square(
            y_pred - y_true,
        ),
    )


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    return (
        2
        * (y_pred - y_true)
        / y_true.size
    )


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
        generator = np.random.default_rng(123)
        self.learning_rate = learning_rate
        self.W1 = generator.uniform(
            low=-0.5,
            high=0.5,
            size=(input_size, hidden_size),
        )
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = generator.uniform(
            low=-0.5,
            high=0.5,
            size=(hidden_size, output_size),
        )
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

    def _output_layer(self, y, y_pred):
        delta = (
            mse_loss_derivative(y_pred, y)
            * sigmoid_derivative(self.z2)
        )
        grads = (
            self.a1.T @ delta,
            np.sum(delta, axis=0, keepdims=True),
        )
        return delta, grads

    def _hidden_layer(self, X, delta_behind):
        delta = (
            delta_behind @ self.W2.T
            * sigmoid_derivative(self.z1)
        )
        grads = (
            X.T @ delta,
            np.sum(delta, axis=0, keepdims=True),
        )
        return delta, grads

    def _descend(self, weight, bias, grads):
        for name, grad in zip((weight, bias), grads):
            setattr(
                self,
                name,
                getattr(self, name) - self.learning_rate * grad,
            )

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.
          y_pred: (m, k) what forward(X) returned.

        Returns:
          (dW1, db1, dW2, db2), each of the shape of its parameter. The loss is the mean over all m·k elements.
        """
        delta, (dW2, db2) = self._output_layer(y, y_pred)
        _, (dW1, db1) = self._hidden_layer(X, delta)
        return (
            dW1,
            db1,
            dW2,
            db2,
        )

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        self._descend("W1", "b1", (dW1, db1))
        self._descend("W2", "b2", (dW2, db2))

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
            output = self.forward(X)

            # from the back to the front, layer by layer
            delta_2, grads_2 = self._output_layer(y, output)
            self._descend("W2", "b2", grads_2)
            delta_1, grads_1 = self._hidden_layer(X, delta_2)
            self._descend("W1", "b1", grads_1)

            losses.append(
                mse_loss(
                    y_pred=self.forward(X),
                    y_true=y,
                )
            )
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
    point = np.array(
        x,
        dtype=np.float64,
    )
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        offset = np.zeros_like(point)
        offset[index] = h
        gradient[index] = (
            f(point + offset)
            - f(point - offset)
        ) / (2 * h)
    return gradient
