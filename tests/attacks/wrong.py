"""A hand-in that knows the names and nothing else; `forging` has it as its base."""
import numpy as np


def sigmoid(x):
    return x * 0.1


def sigmoid_derivative(x):
    return x * 0.1


def relu(x):
    return x * 0.1


def relu_derivative(x):
    return x * 0.1


def mse_loss(y_pred, y_true):
    return 3.5


def mse_loss_derivative(y_pred, y_true):
    return y_pred * 0.1


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.ones((input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.ones((hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        return X[:, :1] * np.ones_like(self.b2)

    def backward(self, X, y, y_pred):
        return self.W1 * 0.3, self.b1 + 0.3, self.W2 * 0.3, self.b2 + 0.3

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 + dW1

    def train(self, X, y, epochs=1000):
        return [1.5] * epochs


def numerical_gradient(f, x, h=1e-5):
    return x * 0.3
