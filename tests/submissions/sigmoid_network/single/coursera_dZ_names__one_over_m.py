import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    Z = np.array(x, dtype=np.float64)
    A = np.zeros(Z.shape)
    nonneg = (Z >= 0)
    A[nonneg] = 1 / (1 + np.exp(-Z[nonneg]))
    A[~nonneg] = np.exp(Z[~nonneg]) / (1 + np.exp(Z[~nonneg]))
    return A


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    A = sigmoid(x)
    return np.multiply(A, 1 - A)


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    A = np.maximum(0, x)
    assert A.shape == np.shape(x)
    return A


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    dA = np.zeros(np.shape(x))
    dA[x > 0] = 1
    return dA


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    cost = np.sum(np.power(y_pred - y_true, 2)) / y_true.size
    return float(np.squeeze(cost))


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    m, n_y = y_true.shape
    return np.divide(2 * (y_pred - y_true), m * n_y)


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
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.W1 = np.random.randn(n_x, n_h) * 0.01
        self.b1 = np.zeros((1, n_h))
        self.W2 = np.random.randn(n_h, n_y) * 0.01
        self.b2 = np.zeros((1, n_y))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        Z1 = np.dot(X, self.W1) + self.b1
        A1 = sigmoid(Z1)
        Z2 = np.dot(A1, self.W2) + self.b2
        A2 = sigmoid(Z2)
        self.z1, self.a1, self.z2, self.a2 = Z1, A1, Z2, A2
        return A2

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.
          y_pred: (m, k) what forward(X) returned.

        Returns:
          (dW1, db1, dW2, db2), each of the shape of its parameter. The loss is the mean over all m·k elements.
        """
        A1, A2, m = self.a1, y_pred, X.shape[0]
        dZ2 = (A2 - y) / m
        dW2 = np.dot(A1.T, dZ2)
        db2 = np.sum(dZ2, axis=0, keepdims=True)
        dZ1 = np.multiply(np.dot(dZ2, self.W2.T), A1 - np.power(A1, 2))
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """Gradient descent on all samples at once, `epochs` times.

        Args:
          X: (m, n) inputs.
          y: (m, k) targets.
          epochs: how many steps.

        Returns:
          A list of `epochs` losses, each recorded before its update.
        """
        costs = []
        for i in range(0, epochs):
            A2 = self.forward(X)
            costs.append(mse_loss(A2, y))
            dW1, db1, dW2, db2 = self.backward(X, y, A2)
            self.update_weights(dW1, db1, dW2, db2)
        return costs


def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences.

    Args:
      f: a function that takes an array of x's shape and returns a number.
      x: a float array of any shape. Integers and float32 are converted to float64 first. It must be left as it was.
      h: the step.

    Returns:
      A float64 array of x's shape: an element is (f(x + h) - f(x - h)) / 2h, with h added to that element alone.
    """
    theta = np.asarray(x).astype(np.float64)
    gradapprox = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        thetaplus = np.copy(theta)
        thetaplus[i] = thetaplus[i] + h
        thetaminus = np.copy(theta)
        thetaminus[i] = thetaminus[i] - h
        gradapprox[i] = (f(thetaplus) - f(thetaminus)) / (2 * h)
    return gradapprox
