import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    with np.errstate(over='ignore'):
        return 1.0 / (1.0 + np.exp(np.negative(x, dtype=float)))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    a = sigmoid(x)
    return a - np.square(a)


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    out = np.copy(x)
    out[out < 0] = 0
    return out


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    return np.where(np.asarray(x) <= 0, 0.0, 1.0)


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    return np.linalg.norm(y_pred - y_true) ** 2 / np.size(y_pred)


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    return 2 * np.subtract(y_pred, y_true) / np.size(y_pred)


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
        self.learning_rate = learning_rate
        self.W1, self.b1 = self._init_layer(input_size, hidden_size)
        self.W2, self.b2 = self._init_layer(hidden_size, output_size)
        self._cache = {}

    @staticmethod
    def _init_layer(fan_in, fan_out):
        limit = np.sqrt(6 / (fan_in + fan_out))
        return np.random.uniform(-limit, limit, (fan_in, fan_out)), np.zeros((1, fan_out))

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        self._cache = {1: (X, self.z1), 2: (self.a1, self.z2)}
        return self.a2

    def _layer_backward(self, layer, grad_a):
        """gradient wrt this layer's parameters, and its delta"""
        inp, z = self._cache[layer]
        delta = grad_a * sigmoid_derivative(z)
        n_samples = inp.shape[0]
        dW = inp.T.dot(delta) / n_samples
        db = delta.sum(axis=0, keepdims=True) / n_samples
        return dW, db, delta

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.
          y_pred: (m, k) what forward(X) returned.

        Returns:
          (dW1, db1, dW2, db2), each of the shape of its parameter. The loss is the mean over all m·k elements.
        """
        dW2, db2, delta = self._layer_backward(2, mse_loss_derivative(y_pred, y))
        dW1, db1, _ = self._layer_backward(1, delta.dot(self.W2.T))
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        for attr, grad in (('W1', dW1), ('b1', db1), ('W2', dW2), ('b2', db2)):
            setattr(self, attr, getattr(self, attr) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once, `epochs` times.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.
          epochs: how many steps.

        Returns:
          A list of `epochs` losses, each recorded before its update.
        """
        history = []
        for _ in range(epochs):
            y_hat = self.forward(X)
            history.append(mse_loss(y_hat, y))
            grads = self.backward(X, y, y_hat)
            self.update_weights(*grads)
        return history


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
    result = np.zeros_like(x)
    with np.nditer(x, flags=['multi_index']) as it:
        for _ in it:
            ix = it.multi_index
            orig = x[ix].copy()
            x[ix] = orig + h
            f_plus = f(x)
            x[ix] = orig - h
            f_minus = f(x)
            x[ix] = orig
            result[ix] = (f_plus - f_minus) / (2 * h)
    return result
