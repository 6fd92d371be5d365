import numpy as np

#################################
# activation functions
#################################

def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # clip so that exp does not overflow
    x_clipped = np.clip(x, -600, 600)
    # now the formula from the lecture
    return 1 / (1 + np.exp(-x_clipped))


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    # x is z here, so first sigmoid, then the formula
    s = sigmoid(x)
    ds = s * (1 - s)
    return ds


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    # np.maximum makes a new array
    r = np.maximum(0, x)
    return r


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    # start with ones
    dr = np.ones(x.shape)
    # and 0 where x is not positive
    dr[x <= 0] = 0
    return dr


#################################
# loss
#################################

def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    # difference
    diff = y_pred - y_true
    # square
    square = diff * diff
    # mean
    return np.mean(square)


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    # difference
    diff = y_pred - y_true
    # m * k
    n_elements = diff.size
    # the 2 comes from the square
    return 2 * diff / n_elements


#################################
# network
#################################

class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # weights
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        # biases
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        # learning rate
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass. Keeps z1, a1, z2 and a2 as attributes for the backward pass.

        Args:
          X: (m, n) inputs.

        Returns:
          a2, (m, k): the network's outputs.
        """
        # first layer
        z1 = np.matmul(X, self.W1) + self.b1
        a1 = sigmoid(z1)
        # second layer
        z2 = np.matmul(a1, self.W2) + self.b2
        a2 = sigmoid(z2)
        # keep everything
        self.z1 = z1
        self.a1 = a1
        self.z2 = z2
        self.a2 = a2
        return a2

    def backward(self, X, y, y_pred):
        """The gradient of mse_loss(y_pred, y) with respect to the parameters, after forward(X).

        Args:
          X: (m, n) inputs, those of the forward pass.
          y: (m, k) targets.
          y_pred: (m, k) what forward(X) returned.

        Returns:
          (dW1, db1, dW2, db2), each of the shape of its parameter. The loss is the mean over all m·k elements.
        """
        # second layer
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dW2 = np.matmul(np.transpose(self.a1), dz2)
        db2 = np.sum(dz2, axis=0, keepdims=True)
        # first layer
        da1 = np.matmul(dz2, np.transpose(self.W2))
        dz1 = da1 * sigmoid_derivative(self.z1)
        dW1 = np.matmul(np.transpose(X), dz1)
        db1 = np.sum(dz1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          dW1, db1, dW2, db2: the gradient, each of the shape of its parameter. They must not be changed.
        """
        # weights
        self.W1 = self.W1 - self.learning_rate * dW1
        self.W2 = self.W2 - dW2
        # biases
        b1 = self.b1 - self.learning_rate * db1
        b2 = self.b2 - self.learning_rate * db2

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
            # forward pass
            y_pred = self.forward(X)
            # loss BEFORE the update
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            # backward pass
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # update
            self.update_weights(dW1, db1, dW2, db2)
        return losses


#################################
# gradient check
#################################

def numerical_gradient(f, x, h=1e-05):
    """The gradient of f at x by central differences.

    Args:
      f: a function that takes an array of x's shape and returns a number.
      x: a float array of any shape. Integers and float32 are converted to float64 first. It must be left as it was.
      h: the step.

    Returns:
      A float64 array of x's shape: an element is (f(x + h) - f(x - h)) / 2h, with h added to that element alone.
    """
    # float64 copy
    x = x.astype(np.float64)
    shape = x.shape
    # flat is easier to loop over
    flat = x.flatten()
    grad = np.zeros(len(flat))
    for i in range(len(flat)):
        # f(x + h)
        flat[i] = flat[i] + h
        f1 = f(flat.reshape(shape))
        # f(x - h)
        flat[i] = flat[i] - 2 * h
        f2 = f(flat.reshape(shape))
        # back
        flat[i] = flat[i] + h
        # slope
        grad[i] = (f1 - f2) / (2 * h)
    return grad.reshape(shape)
