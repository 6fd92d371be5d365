import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    buf = np.array(x, dtype=float)          # our own copy
    np.negative(buf, out=buf)
    with np.errstate(over="ignore"):
        np.exp(buf, out=buf)
    buf += 1
    return np.reciprocal(buf, out=buf) if buf.ndim else 1.0 / buf


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    s = np.array(sigmoid(x))
    t = np.subtract(1.0, s)
    t *= s
    return t


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    x = np.asarray(x)
    res = np.zeros(x.shape)
    res[x > 0] = 1.0
    return res


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    d = np.asarray(y_pred - y_true, dtype=float)
    return np.vdot(d, d) / d.size


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    d = np.asarray(y_pred - y_true, dtype=float)
    d *= 2.0
    d /= d.size
    return d


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
        self.W1 = np.random.uniform(-0.5, 0.5, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        self.z1 = np.dot(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 += self.b2
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
        d = mse_loss_derivative(y_pred, y)
        d *= self.a2
        d *= 1 - self.a2
        dW2 = np.dot(self.a1.T, d)
        db2 = np.add.reduce(d, axis=0, keepdims=True)
        # same variable, now for the hidden layer
        d = np.dot(d, self.W2.T)
        d *= self.a1
        d *= 1 - self.a1
        dW1 = np.dot(X.T, d)
        db1 = np.add.reduce(d, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once, `epochs` times.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.
          epochs: how many steps.

        Returns:
          A list of `epochs` losses, each recorded before its update.
        """
        losses = np.empty(epochs)
        for t in range(epochs):
            p = self.forward(X)
            losses[t] = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences.

    Args:
      f: a function that takes an array of x's shape and returns a number.
      x: a float array of any shape. Integers and float32 are converted to float64 first. It must be left as it was.
      h: the step.

    Returns:
      A float64 array of x's shape: an element is (f(x + h) - f(x - h)) / 2h, with h added to that element alone.
    """
    work = np.array(x, dtype=np.float64)
    out = np.empty_like(work)
    it = np.nditer(work, flags=["multi_index", "zerosize_ok"])
    while not it.finished:
        k = it.multi_index
        v = work[k]
        work[k] = v + h
        out[k] = f(work)
        work[k] = v - h
        out[k] -= f(work)
        work[k] = v
        it.iternext()
    out /= 2 * h
    return out
