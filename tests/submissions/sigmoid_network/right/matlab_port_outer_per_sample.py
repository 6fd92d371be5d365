# net.m / lossgrad.m  -> python
import numpy as np
from numpy import zeros, size, outer


def sigmoid(x):
    x = np.array(x, dtype=float)
    y = zeros(x.shape)
    pos = x >= 0
    y[pos] = 1 / (1 + np.exp(-x[pos]))
    y[~pos] = np.exp(x[~pos]) / (1 + np.exp(x[~pos]))
    return y


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y - y * y


def relu(x):
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_derivative(x):
    d = zeros(np.shape(x))
    d[np.asarray(x) > 0] = 1
    return d


def mse_loss(y_pred, y_true):
    E = y_pred - y_true
    v = E.reshape(-1)
    return v @ v / v.size


def mse_loss_derivative(y_pred, y_true):
    E = y_pred - y_true
    return E / (0.5 * size(E))


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        m = size(X, 0)
        self.z1 = X @ self.W1 + np.tile(self.b1, (m, 1))
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + np.tile(self.b2, (m, 1))
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = size(X, 0)
        k = size(y, 1)
        G1 = zeros(self.W1.shape)
        G2 = zeros(self.W2.shape)
        g1 = zeros(self.b1.shape)
        g2 = zeros(self.b2.shape)
        for t in range(m):
            a0 = X[t, :]
            a1 = self.a1[t, :]
            a2 = y_pred[t, :]
            d2 = (a2 - y[t, :]) * a2 * (1 - a2)
            d1 = (self.W2 @ d2) * a1 * (1 - a1)
            G2 += outer(a1, d2)
            G1 += outer(a0, d1)
            g2[0, :] += d2
            g1[0, :] += d1
        c = 2 / (m * k)
        return c * G1, c * g1, c * G2, c * g2

    def update_weights(self, dW1, db1, dW2, db2):
        alpha = self.learning_rate
        self.W1 = self.W1 - alpha * dW1
        self.b1 = self.b1 - alpha * db1
        self.W2 = self.W2 - alpha * dW2
        self.b2 = self.b2 - alpha * db2

    def train(self, X, y, epochs=1000):
        J = zeros(epochs)
        for it in range(epochs):
            out = self.forward(X)
            J[it] = mse_loss(out, y)
            [gW1, gb1, gW2, gb2] = self.backward(X, y, out)
            self.update_weights(gW1, gb1, gW2, gb2)
        return J.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    n = x.size
    g = zeros(n)
    for i in range(n):
        e = zeros(n)
        e[i] = h
        e = e.reshape(x.shape)
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g.reshape(x.shape)
