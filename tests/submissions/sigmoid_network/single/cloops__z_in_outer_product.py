#!/usr/bin/env python3
# -*- coding: utf-8 -*-
#
# nn.py -- ported from my C version (nn.c), so: index loops, accumulators, no matrix products.
#
import math
import numpy as np

N_EPOCHS_DEFAULT = 1000
EPS_FD = 1e-05


def _sigm(t):
    # scalar version, both branches so that exp() never overflows
    if t >= 0.0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


def _map(fn, x):
    src = np.asarray(x)
    dst = np.empty(src.shape, dtype=np.float64)
    it = np.nditer(src, flags=["multi_index", "zerosize_ok"])
    while not it.finished:
        dst[it.multi_index] = fn(float(it[0]))
        it.iternext()
    return dst


def sigmoid(x):
    return _map(_sigm, x)


def sigmoid_derivative(x):
    def fn(t):
        s = _sigm(t)
        return s * (1.0 - s)
    return _map(fn, x)


def relu(x):
    return _map(lambda t: t if t > 0.0 else 0.0, x)


def relu_derivative(x):
    return _map(lambda t: 1.0 if t > 0.0 else 0.0, x)


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    acc = 0.0
    for i in range(m):
        for j in range(k):
            diff = y_pred[i, j] - y_true[i, j]
            acc += diff * diff
    return acc / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    out = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            out[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return out


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n = input_size
        self.h = hidden_size
        self.k = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, (self.n, self.h))
        self.b1 = np.zeros((1, self.h))
        self.W2 = np.random.uniform(-0.5, 0.5, (self.h, self.k))
        self.b2 = np.zeros((1, self.k))

    def forward(self, X):
        m = len(X)
        self.z1 = np.zeros((m, self.h))
        self.a1 = np.zeros((m, self.h))
        self.z2 = np.zeros((m, self.k))
        self.a2 = np.zeros((m, self.k))
        for i in range(m):
            for j in range(self.h):
                acc = self.b1[0, j]
                for p in range(self.n):
                    acc += X[i, p] * self.W1[p, j]
                self.z1[i, j] = acc
                self.a1[i, j] = _sigm(acc)
            for j in range(self.k):
                acc = self.b2[0, j]
                for p in range(self.h):
                    acc += self.a1[i, p] * self.W2[p, j]
                self.z2[i, j] = acc
                self.a2[i, j] = _sigm(acc)
        return self.a2.copy()

    def backward(self, X, y, y_pred):
        m = len(X)
        dW1 = np.zeros((self.n, self.h)); db1 = np.zeros((1, self.h))
        dW2 = np.zeros((self.h, self.k)); db2 = np.zeros((1, self.k))
        d_hid = np.zeros(self.h)
        d_out = np.zeros(self.k)

        for i in range(m):                          # one sample after the other
            # ---- output units
            for q in range(self.k):
                o = y_pred[i, q]
                d_out[q] = 2.0 * (o - y[i, q]) / (m * self.k) * o * (1.0 - o)

            # ---- hidden units
            for j in range(self.h):
                acc = 0.0
                for q in range(self.k):
                    acc += self.W2[j, q] * d_out[q]
                d_hid[j] = acc * self.a1[i, j] * (1.0 - self.a1[i, j])

            # ---- accumulate
            for q in range(self.k):
                for j in range(self.h):
                    dW2[j, q] += self.z1[i, j] * d_out[q]
                db2[0, q] += d_out[q]
            for j in range(self.h):
                for p in range(self.n):
                    dW1[p, j] += X[i, p] * d_hid[j]
                db1[0, j] += d_hid[j]

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        for j in range(self.h):
            for p in range(self.n):
                self.W1[p, j] -= lr * dW1[p, j]
            self.b1[0, j] -= lr * db1[0, j]
        for q in range(self.k):
            for j in range(self.h):
                self.W2[j, q] -= lr * dW2[j, q]
            self.b2[0, q] -= lr * db2[0, q]

    def train(self, X, y, epochs=N_EPOCHS_DEFAULT):
        hist = [0.0] * epochs
        e = 0
        while e < epochs:
            out = self.forward(X)
            hist[e] = mse_loss(out, y)
            g = self.backward(X, y, out)
            self.update_weights(g[0], g[1], g[2], g[3])
            e += 1
        return hist


def numerical_gradient(f, x, h=EPS_FD):
    buf = np.array(x, dtype=np.float64)
    res = np.zeros(buf.shape)
    for idx in np.ndindex(*buf.shape):
        save = buf[idx]
        buf[idx] = save + h
        fp = f(buf)
        buf[idx] = save - h
        fm = f(buf)
        buf[idx] = save
        res[idx] = (fp - fm) / (2.0 * h)
    return res


if __name__ == "__main__":
    Xx = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    tt = np.array([[0], [1], [1], [0]], dtype=float)
    net = SimpleNeuralNetwork(2, 3, 1, 2.0)
    h = net.train(Xx, tt, 50)
    print("%.6f -> %.6f" % (h[0], h[-1]))
