import numpy as np

# my solution for the backpropagation exercise
# I write down all the shapes because otherwise I get lost

def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a number or an array of any shape, integers too.

    Returns:
      Floats of the same shape, from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # convert so that numbers and int arrays work too
    x = np.array(x, dtype=float)
    # clip, otherwise there is a RuntimeWarning: overflow encountered in exp
    x = np.clip(x, -700, 700)
    result = 1 / (1 + np.exp(-x))
    return result


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x.

    Args:
      x: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

    Returns:
      Floats of the same shape.
    """
    # first the sigmoid
    s = sigmoid(x)
    # then s times 1 minus s
    result = s * (1 - s)
    return result


def relu(x):
    """The rectified linear unit max(0, x), element by element.

    Args:
      x: an array of any shape, integers too. It must not be changed.

    Returns:
      An array of the same shape.
    """
    result = x * (x > 0)
    return result


def relu_derivative(x):
    """The derivative of the rectified linear unit at x.

    Args:
      x: the pre-activation, an array of any shape, integers too.

    Returns:
      Floats (not booleans) of the same shape. At x = 0, where there is no derivative, 0 by this course's convention.
    """
    result = np.where(x > 0, 1.0, 0.0)
    return result


def mse_loss(y_pred, y_true):
    """The mean squared error: the mean of (y_pred - y_true)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      A single number.
    """
    difference = y_pred - y_true
    squared = difference ** 2
    result = np.mean(squared)
    return result


def mse_loss_derivative(y_pred, y_true):
    """The derivative of mse_loss with respect to y_pred.

    Args:
      y_pred: (m, k) predictions.
      y_true: (m, k) targets.

    Returns:
      (m, k): for each element of y_pred, how the loss (the mean over all m·k elements) changes with it.
    """
    difference = y_pred - y_true
    number = y_pred.shape[0] * y_pred.shape[1]
    result = 2 * difference / number
    return result


class SimpleNeuralNetwork:
    """A network with one hidden layer: sigmoid(sigmoid(X W1 + b1) W2 + b2).

    Attributes:
      W1 (n, h), b1 (1, h), W2 (h, k), b2 (1, k): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # weights
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        # biases
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        # learning rate
        self.learning_rate = learning_rate

    def forward(self, X):
        # layer 1
        self.z1 = np.dot(X, self.W1) + self.b1      # (m, h)
        self.a1 = sigmoid(self.z1)                  # (m, h)
        # layer 2
        self.z2 = np.dot(self.a1, self.W2) + self.b2    # (m, k)
        self.a2 = sigmoid(self.z2)                      # (m, k)
        return self.a2

    def backward(self, X, y, y_pred):
        # ----- layer 2 -----
        # how does the loss change with the output
        output_error = mse_loss_derivative(y_pred, y)   # (m, k)
        # slope of the sigmoid is a * (1 - a)
        output_slope = self.a2 * (1 - self.a2)          # (m, k)
        output_delta = output_error * output_slope      # (m, k)
        dW2 = np.dot(self.a1.T, output_delta)           # (h, k)
        db2 = np.sum(output_delta, axis=0, keepdims=True)   # (1, k)

        # ----- layer 1 -----
        # the same again
        hidden_error = np.dot(output_delta, self.W2.T)  # (m, h)
        # slope of the sigmoid again
        hidden_slope = self.z1 * (1 - self.z1)          # (m, h)
        hidden_delta = hidden_error * hidden_slope      # (m, h)
        dW1 = np.dot(X.T, hidden_delta)                 # (n, h)
        db1 = np.sum(hidden_delta, axis=0, keepdims=True)   # (1, h)

        # print("dW1", dW1.shape)
        # print("db1", db1.shape)
        # print("dW2", dW2.shape)
        # print("db2", db2.shape)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            # forward
            y_pred = self.forward(X)
            # loss
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            # backward
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            # update
            self.update_weights(dW1, db1, dW2, db2)
            # show something
            if epoch % 100 == 0:
                print("epoch", epoch, "loss", loss)
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
    x = np.array(x).astype(np.float64)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        # plus h
        x_plus = x.copy()
        x_plus[index] = x_plus[index] + h
        # minus h
        x_minus = x.copy()
        x_minus[index] = x_minus[index] - h
        # difference
        gradient[index] = (f(x_plus) - f(x_minus)) / (2 * h)
    return gradient


# test
print("sigmoid(0) =", sigmoid(0))
print("sigmoid(1000) =", sigmoid(1000))
print("relu_derivative =", relu_derivative(np.array([-1, 0, 1])))
test_net = SimpleNeuralNetwork(2, 3, 1)
test_X = np.array([[0.0, 1.0], [1.0, 0.0]])
test_y = np.array([[1.0], [0.0]])
print("losses:", test_net.train(test_X, test_y, epochs=5))
