"""EXCLUSIVE OR. All arithmetic on Python lists; NumPy only for the random numbers and for the arrays handed back."""
from math import exp

import numpy as np


def _s(v):
    if v > 0.0:
        return 1.0 / (1.0 + exp(-v))
    e = exp(v)
    return e / (1.0 + e)


def sigmoid(x):
    x = np.asarray(x)
    return np.array([_s(float(v)) for v in x.ravel()], dtype=float).reshape(x.shape)


def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    return a - a * a


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    x, t = np.asarray(X, dtype=float).tolist(), np.asarray(y, dtype=float).tolist()
    w1, c1 = np.asarray(W1, dtype=float).tolist(), np.asarray(b1, dtype=float)[0].tolist()
    w2, c2 = np.asarray(W2, dtype=float).tolist(), np.asarray(b2, dtype=float)[0].tolist()
    m, n, h, k = len(x), len(w1), len(c1), len(c2)
    losses = []
    for it in range(iterations):
        # gradients start at zero in each iteration and are summed sample by sample
        gw1 = [[0.0] * h for _ in range(n)]
        gc1 = [0.0] * h
        gw2 = [[0.0] * k for _ in range(h)]
        gc2 = [0.0] * k
        sse = 0.0
        for i in range(m):
            xi, ti = x[i], t[i]
            a1 = []
            for j in range(h):
                z = c1[j]
                for l in range(n):
                    z += xi[l] * w1[l][j]
                a1.append(_s(z))
            back = [0.0] * h
            for o in range(k):
                z = c2[o]
                for j in range(h):
                    z += a1[j] * w2[j][o]
                a2 = _s(z)
                e = a2 - ti[o]
                sse += e * e
                d = e * a2 * (1.0 - a2)
                gc2[o] += d
                for j in range(h):
                    gw2[j][o] += a1[j] * d
                    back[j] += w2[j][o] * d
            for j in range(h):
                d = back[j] * a1[j] * (1.0 - a1[j])
                gc1[j] += d
                for l in range(n):
                    gw1[l][j] += xi[l] * d
        if it % 1000 == 0:
            losses.append(sse / (m * k))
        for j in range(h):
            c1[j] -= learning_rate * gc1[j]
            for l in range(n):
                w1[l][j] -= learning_rate * gw1[l][j]
            for o in range(k):
                w2[j][o] -= learning_rate * gw2[j][o]
        for o in range(k):
            c2[o] -= learning_rate * gc2[o]
    return np.array(w1), np.array([c1]), np.array(w2), np.array([c2]), losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2)
for i in range(4):
    print("%3d %3d  -> %8.5f" % (X[i, 0], X[i, 1], output_layer_output[i, 0]))
