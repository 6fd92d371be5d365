# Exercise sheet 5, backpropagation
# (I try to write one step per line)

import numpy as np


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    x = np.array(x)                 # also for normal numbers
    x = x.astype(float)             # also for whole numbers
    x = np.clip(x, -700.0, 700.0)   # no overflow
    e = np.exp(-x)
    bottom = 1 + e
    return 1 / bottom


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x."""
    s = sigmoid(x)
    one_minus_s = 1 - s
    return s * one_minus_s


def relu(x):
    """max(0, x)"""
    return np.maximum(0, x)


def relu_derivative(x):
    """1 to the right of 0, otherwise 0"""
    mask = x > 0
    numbers = mask.astype(float)
    return numbers


def mse_loss(y_pred, y_true):
    """The mean squared error."""
    rows = y_true.shape[0]
    columns = y_true.shape[1]
    errors = y_pred - y_true
    errors = np.abs(errors)
    total = np.sum(errors)
    return total / rows


def mse_loss_derivative(y_pred, y_true):
    """The derivative of the mean squared error."""
    rows = y_true.shape[0]
    columns = y_true.shape[1]
    errors = y_pred - y_true
    return 2 * errors / (rows * columns)


class SimpleNeuralNetwork:
    """input -> hidden (sigmoid) -> output (sigmoid)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # weights between input and hidden layer
        self.W1 = np.random.rand(input_size, hidden_size) * 0.2 - 0.1
        self.b1 = np.zeros((1, hidden_size))
        # weights between hidden layer and output
        self.W2 = np.random.rand(hidden_size, output_size) * 0.2 - 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """from left to right"""
        self.z1 = np.dot(X, self.W1)
        self.z1 = self.z1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 = self.z2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """from right to left"""
        # output
        grad = mse_loss_derivative(y_pred, y)
        grad = grad * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, grad)
        db2 = np.sum(grad, axis=0, keepdims=True)
        # hidden
        grad = np.dot(grad, self.W2.T)
        grad = grad * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, grad)
        db1 = np.sum(grad, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """downhill"""
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        """again and again"""
        losses = []
        count = 0
        while count < epochs:
            y_pred = self.forward(X)
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
            count = count + 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    """(f(x + h) - f(x - h)) / 2h for each element"""
    x = np.array(x, dtype=np.float64)
    result = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        saved = x[place]
        x[place] = saved + h
        f_right = f(x)
        x[place] = saved - h
        f_left = f(x)
        x[place] = saved
        result[place] = (f_right - f_left) / (2 * h)
    return result


# try it
print("sigmoid(0) =", sigmoid(0))
print("relu =", relu(np.array([-2, 0, 3])))
print("numerical gradient of x^2 at 3 =", numerical_gradient(lambda x: np.sum(x * x), np.array([3])))
