from dataclasses import dataclass, field
import numpy as np


def sigmoid(x):
    x = np.asarray(x, float)
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex / (1 + ex)
    return out


def sigmoid_derivative(x):
    a = sigmoid(x)
    a *= 1 - a.copy()
    return a


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    return np.heaviside(np.asarray(x, float), 0.0)


def mse_loss(y_pred, y_true):
    losses = []
    for guess, goal in zip(y_pred, y_true):
        losses.append(sum((g - t) ** 2 for g, t in zip(guess, goal)) / len(guess))
    return sum(losses) / len(losses)


def mse_loss_derivative(y_pred, y_true):
    rows = []
    for guess, goal in zip(y_pred, y_true):
        perSample = 2 * (guess - goal) / len(guess)
        rows.append(perSample / len(y_pred))
    return np.vstack(rows)


@dataclass
class SampleGrad:
    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray

    def addInto(self, other):
        other.w1 += self.w1
        other.b1 += self.b1
        other.w2 += self.w2
        other.b2 += self.b2


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X):
        z1, z2 = [], []
        for sample in X:
            hid = self.b1[0] + sum(v * row for v, row in zip(sample, self.W1))
            z1.append(hid)
            z2.append(self.b2[0] + sum(v * row for v, row in zip(sigmoid(hid), self.W2)))
        self.z1, self.z2 = np.array(z1), np.array(z2)
        self.a1, self.a2 = sigmoid(self.z1), sigmoid(self.z2)
        return self.a2

    def _one(self, x, i, dLoss):
        outErr = dLoss * sigmoid_derivative(self.z2[i])
        hidErr = np.zeros(self.W2.shape[0])
        for j, weights in enumerate(self.W2):
            hidErr[j] = np.dot(weights, outErr)
        hidErr = hidErr * sigmoid_derivative(self.z1[i])
        return SampleGrad(np.outer(x, hidErr), hidErr[np.newaxis], np.outer(self.a1[i], outErr), outErr[np.newaxis])

    def backward(self, X, y, y_pred):
        total = SampleGrad(*(np.zeros(p.shape) for p in (self.W1, self.b1, self.W2, self.b2)))
        dLoss = mse_loss_derivative(y_pred, y)
        for i in range(len(X)):
            self._one(X[i], i, dLoss[i]).addInto(total)
        return total.w1, total.b1, total.w2, total.b2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1 -= eta * dW1
        self.b1 -= eta * db1
        self.W2 -= eta * dW2
        self.b2 -= eta * db2

    def train(self, X, y, epochs=1000):
        curve = []
        for _ in range(epochs):
            guess = self.forward(X)
            grads = self.backward(X, y, guess)
            curve.append(mse_loss(guess, y))
            self.update_weights(*grads)
        return curve


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype="float64")
    g = np.empty(x.shape)
    for where in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[where] = h
        g[where] = (f(x + e) - f(x - e)) / (2 * h)
    return g
