import numpy as np

# ======================================================================
# PART 1: activation functions
# ======================================================================


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    # convert first, because the argument may be an integer
    x = np.asarray(x, dtype=np.float64)
    # clip, because np.exp(1000) overflows
    x = np.clip(x, -500, 500)
    # the formula from the lecture
    result = 1 / (1 + np.exp(-x))
    return result


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x."""
    # s' = s (1 - s)
    s = sigmoid(x)
    result = s * (1 - s)
    return result


def relu(x):
    """max(0, x)"""
    result = np.maximum(0, x)
    return result


def relu_derivative(x):
    """1 where x > 0, else 0"""
    result = np.where(np.asarray(x) > 0, 1.0, 0.0)
    return result


# ======================================================================
# PART 2: the loss
# ======================================================================


def mse_loss(y_pred, y_true):
    """The mean squared error."""
    # np.mean without axis takes the mean over everything
    result = np.mean((y_pred - y_true) ** 2)
    return result


def mse_loss_derivative(y_pred, y_true):
    """d mse / d y_pred"""
    # number of elements
    number = y_pred.shape[0] * y_pred.shape[1]
    result = 2 * (y_pred - y_true) / number
    return result


# ======================================================================
# PART 3: the network
# ======================================================================


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # learning rate
        self.learning_rate = learning_rate
        # first layer
        self.W1 = np.random.randn(input_size, hidden_size) * 0.01
        self.b1 = np.zeros((1, hidden_size))
        # second layer
        self.W2 = np.random.randn(hidden_size, output_size) * 0.01
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # first layer
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # second layer
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # (1) from the loss to the output
        dL_da2 = mse_loss_derivative(y_pred, y)
        # (2) through the output's sigmoid
        da2_dz2 = sigmoid_derivative(self.z2)
        dL_dz2 = dL_da2 * da2_dz2
        # (3) parameters of the second layer
        dL_dW2 = np.dot(self.a1.T, dL_dz2)
        dL_db2 = np.sum(dL_dz2, axis=0, keepdims=True)
        # (4) back to the hidden layer
        dL_da1 = np.dot(dL_dz2, self.W2.T)
        # (5) through the hidden sigmoid
        da1_dz1 = sigmoid_derivative(self.z1)
        dL_dz1 = dL_da1 * da1_dz1
        # (6) parameters of the first layer
        dL_dW1 = np.dot(X.T, dL_dz1)
        dL_db1 = np.sum(dL_dz1, axis=0, keepdims=True)
        # done
        return dL_dW1, dL_db1, dL_dW2, dL_db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        # here the losses are collected
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
        return losses


# ======================================================================
# PART 4: gradient check
# ======================================================================


def numerical_gradient(f, x, h=1e-05):
    """(f(x + h) - f(x - h)) / 2h, for each element"""
    # floats are needed
    x = np.asarray(x, dtype=np.float64)
    # here the result goes
    grad = np.zeros_like(x)
    # walk over all elements, whatever the shape
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        # where are we
        ix = it.multi_index
        # remember the value
        value = x[ix].copy()
        # a step to the right
        x[ix] = value + h
        f_right = f(x)
        # a step to the left
        x[ix] = value - h
        f_left = f(x)
        # the slope
        grad[ix] = (f_right - f_left) / h
        # next element
        it.iternext()
    return grad
