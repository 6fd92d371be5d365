import numpy as np
from abc import ABC, abstractmethod


def sigmoid(x):
    z = np.asarray(x, dtype=np.float64)
    return 0.5 + 0.5 * np.tanh(z * 0.5)


def sigmoid_derivative(x):
    z = np.asarray(x, dtype=np.float64)
    return 0.25 * (1 - np.tanh(z * 0.5) ** 2)


def relu(x):
    z = np.array(x)
    np.putmask(z, z < 0, 0)
    return z


def relu_derivative(x):
    z = np.ones(np.shape(x))
    np.putmask(z, np.asarray(x) <= 0, 0.0)
    return z


def mse_loss(y_pred, y_true):
    return np.square(y_pred - y_true).mean()


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (np.size(y_pred) / 2)


class Neuronal(ABC):
    """interface"""

    @abstractmethod
    def squash(self, z):
        ...


class SigmoidNeuron(Neuronal):
    def squash(self, z):
        return sigmoid(z)


class TanhNeuron(Neuronal):
    def squash(self, z):
        return np.tanh(z)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = self.randomMatrix(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = self.randomMatrix(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    @staticmethod
    def randomMatrix(rows, cols):
        return np.random.default_rng(42).normal(0, 0.3, size=(rows, cols))

    def forward(self, X):
        hiddenNeuron: Neuronal = TanhNeuron()
        outputNeuron: Neuronal = SigmoidNeuron()
        self.z1 = X @ self.W1 + self.b1
        self.a1 = hiddenNeuron.squash(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = outputNeuron.squash(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d = [None, None]
        d[1] = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d[0] = (d[1] @ self.W2.T) * sigmoid_derivative(self.z1)
        inputs = [X, self.a1]
        grads = []
        for layer in range(2):
            weightGrad = np.zeros((inputs[layer].shape[1], d[layer].shape[1]))
            biasGrad = np.zeros((1, d[layer].shape[1]))
            for sample in range(X.shape[0]):
                weightGrad += inputs[layer][sample][:, None] * d[layer][sample][None, :]
                biasGrad += d[layer][sample][None, :]
            grads.extend([weightGrad, biasGrad])
        return tuple(grads)

    def update_weights(self, dW1, db1, dW2, db2):
        names = ["W1", "b1", "W2", "b2"]
        values = [dW1, db1, dW2, db2]
        for i in range(len(names)):
            setattr(self, names[i], getattr(self, names[i]) - self.learning_rate * values[i])

    def train(self, X, y, epochs=1000):
        lossList = list()
        for i in range(epochs):
            output = self.forward(X)
            lossList.append(mse_loss(output, y))
            (a, b, c, d) = self.backward(X, y, output)
            self.update_weights(a, b, c, d)
        return lossList


def numerical_gradient(f, x, h=1e-05):
    copyOfX = np.array(x, dtype=np.float64)
    gradient = np.zeros(copyOfX.shape)
    for position in np.ndindex(copyOfX.shape):
        step = np.zeros(copyOfX.shape)
        step[position] = h
        forwardValue = f(copyOfX + step)
        backwardValue = f(copyOfX - step)
        gradient[position] = (forwardValue - backwardValue) / (2 * h)
    return gradient
