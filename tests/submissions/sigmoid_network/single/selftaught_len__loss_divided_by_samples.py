import numpy as np
from numpy import exp, zeros, array


def sigmoid(x):
    x = array(x, dtype=float).clip(-700, 700) # overflow warning otherwise
    return 1 / (1 + exp(-x))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.array(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    # add up all the squared errors, then take the average
    total = 0
    for guess, target in zip(y_pred, y_true):
        total += ((guess - target) ** 2).sum()
    return total / len(y_true)


def mse_loss_derivative(y_pred, y_true):
    how_many = y_true.size
    return 2 * (y_pred - y_true) / how_many


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) / 2
        self.W2 = np.random.randn(hidden_size, output_size) / 2
        self.b1 = zeros((1, hidden_size))
        self.b2 = zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        blame_out = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        blame_hidden = blame_out @ self.W2.T * sigmoid_derivative(self.z1)
        return (X.T @ blame_hidden, blame_hidden.sum(0, keepdims=True),
                self.a1.T @ blame_out, blame_out.sum(0, keepdims=True))

    def update_weights(self, dW1, db1, dW2, db2):
        step = self.learning_rate
        self.W1 += -step * dW1
        self.b1 += -step * db1
        self.W2 += -step * dW2
        self.b2 += -step * db2

    def train(self, X, y, epochs=1000):
        history = []
        while len(history) < epochs:
            guess = self.forward(X)
            history.append(((guess - y) ** 2).mean())
            self.update_weights(*self.backward(X, y, guess))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = array(x, dtype='float64')
    slopes = []
    for i in range(x.size):
        nudge = zeros(x.size)
        nudge[i] = h
        nudge = nudge.reshape(x.shape)
        slopes.append((f(x + nudge) - f(x - nudge)) / (2 * h))
    return array(slopes, dtype='float64').reshape(x.shape)
