"""SIMPLE NEURAL NETWORK, AFTER A FORTRAN 77 FASHION: every loop written out, every array allocated beforehand."""
import math

import numpy as np


def _dsig(v):
    # SCALAR FUNCTION; two branches so that EXP never overflows
    if v >= 0.0:
        return 1.0 / (1.0 + math.exp(-v))
    t = math.exp(v)
    return t / (1.0 + t)


def _elemental(func, x):
    x = np.asarray(x)
    out = np.empty(x.shape, dtype=np.float64)
    k = 0
    for v in x.flat:
        out.flat[k] = func(float(v))
        k = k + 1
    return out


def sigmoid(x):
    return _elemental(_dsig, x)


def sigmoid_derivative(x):
    return _elemental(lambda v: _dsig(v) * _dsig(-v), x)


def relu(x):
    x = np.asarray(x)
    y = np.zeros(x.shape, dtype=x.dtype)
    for ij in np.ndindex(*x.shape):
        if x[ij] > 0:
            y[ij] = x[ij]
    return y


def relu_derivative(x):
    x = np.asarray(x)
    y = np.zeros(x.shape)
    for ij in np.ndindex(*x.shape):
        if x[ij] > 0:
            y[ij] = 1.0
    return y


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    s = 0.0
    for i in range(m):
        for j in range(k):
            d = float(y_pred[i, j]) - float(y_true[i, j])
            s = s + d * d
    return s / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    g = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            g[i, j] = 2.0 * (float(y_pred[i, j]) - float(y_true[i, j])) / (m * k)
    return g


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.zeros((input_size, hidden_size), order="F")
        self.W2 = np.zeros((hidden_size, output_size), order="F")
        self.b1 = np.zeros((1, hidden_size), order="F")
        self.b2 = np.zeros((1, output_size), order="F")
        for w in (self.W1, self.W2):
            for j in range(w.shape[1]):
                for i in range(w.shape[0]):
                    w[i, j] = np.random.uniform(-0.5, 0.5)

    def forward(self, X):
        m, n = X.shape
        h = self.W1.shape[1]
        k = self.W2.shape[1]
        z1 = np.zeros((m, h), order="F")
        z2 = np.zeros((m, k), order="F")
        for i in range(m):
            for j in range(h):
                acc = self.b1[0, j]
                for l in range(n):
                    acc = acc + X[i, l] * self.W1[l, j]
                z1[i, j] = acc
        a1 = sigmoid(z1)
        for i in range(m):
            for j in range(k):
                acc = self.b2[0, j]
                for l in range(h):
                    acc = acc + a1[i, l] * self.W2[l, j]
                z2[i, j] = acc
        a2 = sigmoid(z2)
        self.z1, self.a1, self.z2, self.a2 = z1, a1, z2, a2
        return a2.copy()

    def backward(self, X, y, y_pred):
        m, n = X.shape
        h, k = self.W2.shape
        dW1 = np.zeros((n, h), order="F")
        db1 = np.zeros((1, h), order="F")
        dW2 = np.zeros((h, k), order="F")
        db2 = np.zeros((1, k), order="F")
        delta2 = [0.0] * k
        for i in range(m):                      # one sample after the other
            for o in range(k):
                p = y_pred[i, o]
                delta2[o] = 2.0 * (p - y[i, o]) / (m * k) * p * (1.0 - p)
                db2[0, o] = db2[0, o] + delta2[o]
                for j in range(h):
                    dW2[j, o] = dW2[j, o] + self.a1[i, j] * delta2[o]
            for j in range(h):
                e = 0.0
                for o in range(k):
                    e = e + delta2[o] * self.W2[j, o]
                e = e * self.a1[i, j] * (1.0 - self.a1[i, j])
                db1[0, j] = db1[0, j] + e
                for l in range(n):
                    dW1[l, j] = dW1[l, j] + X[i, l] * e
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            for i in range(p.shape[0]):
                for j in range(p.shape[1]):
                    p[i, j] = p[i, j] - self.learning_rate * g[i, j]

    def train(self, X, y, epochs=1000):
        hist = [0.0] * epochs
        for it in range(epochs):
            yp = self.forward(X)
            hist[it] = mse_loss(yp, y)
            g1, g2, g3, g4 = self.backward(X, y, yp)
            self.update_weights(g1, g2, g3, g4)
        return hist


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)           # a copy: the caller's array is left alone
    g = np.zeros(x.shape, dtype=np.float64)
    for ij in np.ndindex(*x.shape):
        t = x[ij]
        x[ij] = t + h
        fp = f(x)
        x[ij] = t - h
        fm = f(x)
        x[ij] = t
        g[ij] = (fp - fm) / (2.0 * h)
    return g
