"""Network with loops, sample by sample and unit by unit (slow but I understand it)."""

import math

import numpy as np


def _sigmoid_of_one(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)


def sigmoid(x):
    """1 / (1 + e^-x), element by element"""
    x = np.asarray(x)
    out = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        out[idx] = _sigmoid_of_one(float(x[idx]))
    return out


def sigmoid_derivative(x):
    """s(x) (1 - s(x))"""
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    """max(0, x)"""
    x = np.asarray(x)
    out = x.copy()
    for idx in np.ndindex(x.shape):
        if x[idx] < 0:
            out[idx] = 0
    return out


def relu_derivative(x):
    """0 or 1"""
    x = np.asarray(x)
    out = np.zeros(x.shape, dtype=float)
    for idx in np.ndindex(x.shape):
        if x[idx] > 0:
            out[idx] = 1.0
    return out


def mse_loss(y_pred, y_true):
    """mean of the squares"""
    m, k = y_pred.shape
    total = 0.0
    for i in range(m):
        for c in range(k):
            total += (y_pred[i, c] - y_true[i, c]) ** 2
    return total / (m * k)


def mse_loss_derivative(y_pred, y_true):
    """2 (y_pred - y_true) / (m k)"""
    m, k = y_pred.shape
    out = np.zeros((m, k))
    for i in range(m):
        for c in range(k):
            out[i, c] = 2 * (y_pred[i, c] - y_true[i, c]) / (m * k)
    return out


class SimpleNeuralNetwork:
    """One hidden layer."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 0.1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """z1, a1, z2, a2"""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """the gradient, one sample after the other"""
        m, n = X.shape
        h, k = self.W2.shape
        dW1 = np.zeros((n, h))
        db1 = np.zeros((1, h))
        dW2 = np.zeros((h, k))
        db2 = np.zeros((1, k))
        dloss = mse_loss_derivative(y_pred, y)

        for i in range(m):
            # output units
            delta_out = np.zeros(k)
            for c in range(k):
                delta_out[c] = dloss[i, c] * sigmoid_derivative(self.z2[i, c])
                db2[0, c] += delta_out[c]
                for j in range(h):
                    dW2[j, c] = self.a1[i, j] * delta_out[c]

            # hidden units
            for j in range(h):
                back = 0.0
                for c in range(k):
                    back += self.W2[j, c] * delta_out[c] * sigmoid_derivative(self.z2[i, c])
                delta_hid = back * sigmoid_derivative(self.z1[i, j])
                db1[0, j] += delta_hid
                for p in range(n):
                    dW1[p, j] += X[i, p] * delta_hid

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """one step"""
        for param, grad in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            param -= self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        """all samples, `epochs` times"""
        losses = []
        epoch = 0
        while epoch < epochs:
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            dW1, db1, dW2, db2 = self.backward(X, y, y_pred)
            self.update_weights(dW1, db1, dW2, db2)
            epoch += 1
        return losses


def numerical_gradient(f, x, h=1e-05):
    """(f(x + h) - f(x - h)) / 2h for each element"""
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        x[idx] += h
        plus = f(x.copy())
        x[idx] -= 2 * h
        minus = f(x.copy())
        x[idx] += h
        g[idx] = (plus - minus) / (2 * h)
    return g
