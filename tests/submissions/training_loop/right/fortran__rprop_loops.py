"""TRAINING. Loops, and the sign of the gradient only (RPROP) where thousands of steps would be needed.

THE MOST IMPORTANT CONCEPT: the error travels backward through the same weights through which the signal went forward.
THE CHAIN RULE multiplies what each link does; nothing else is needed.
OPEN QUESTION: how one knows the step size before trying.
"""
import math

import numpy as np


def _f(v):
    return 1.0 / (1.0 + math.exp(-v)) if v >= 0.0 else math.exp(v) / (1.0 + math.exp(v))


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.absolute(x))
    y = np.empty(x.shape)
    np.divide(1.0, 1.0 + e, out=y)
    np.copyto(y, e / (1.0 + e), where=x < 0.0)
    return y


def sigmoid_derivative(x):
    e = np.exp(-np.absolute(np.asarray(x, dtype=float)))
    return e / ((1.0 + e) * (1.0 + e))


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = _f(z1)
    z2 = w2 * a1 + b2
    a2 = _f(z2)
    return {'z1': z1, 'a1': a1, 'z2': z2, 'a2': a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    g = {}
    g['dL_da2'] = v['a2'] - y
    g['da2_dz2'] = _f(v['z2']) * _f(-v['z2'])
    g['dL_dz2'] = g['dL_da2'] * g['da2_dz2']
    g['dL_db2'] = g['dL_dz2']
    g['dL_dw2'] = v['a1'] * g['dL_dz2']
    g['dL_da1'] = w2 * g['dL_dz2']
    g['da1_dz1'] = _f(v['z1']) * _f(-v['z1'])
    g['dL_dz1'] = g['da1_dz1'] * g['dL_da1']
    g['dL_db1'] = g['dL_dz1']
    g['dL_dw1'] = x * g['dL_dz1']
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    w1 = w1 - learning_rate * g['dL_dw1']
    b1 = b1 - learning_rate * g['dL_db1']
    w2 = w2 - learning_rate * g['dL_dw2']
    b2 = b2 - learning_rate * g['dL_db2']
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.zeros((input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.zeros((hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        for i in range(input_size):
            for j in range(hidden_size):
                self.W1[i, j] = 4.0 * np.random.rand() - 2.0
        for j in range(hidden_size):
            for k in range(output_size):
                self.W2[j, k] = 4.0 * np.random.rand() - 2.0

    def forward(self, X):
        self.a1 = sigmoid(np.dot(X, self.W1) + self.b1)
        self.a2 = sigmoid(np.dot(self.a1, self.W2) + self.b2)
        return self.a2.copy()

    def backward(self, X, y):
        m, k = self.a2.shape
        n, h = self.W1.shape
        d2 = 2.0 * (self.a2 - y) / (m * k)
        d2 = d2 * self.a2
        d2 = d2 * (1.0 - self.a2)
        d1 = np.dot(d2, self.W2.T)
        d1 = d1 * self.a1
        d1 = d1 * (1.0 - self.a1)
        g = {'dW1': np.zeros((n, h)), 'db1': np.zeros((1, h)), 'dW2': np.zeros((h, k)), 'db2': np.zeros((1, k))}
        for l in range(n):
            g['dW1'][l, :] = np.dot(X[:, l], d1)
        for j in range(h):
            g['db1'][0, j] = np.sum(d1[:, j])
            g['dW2'][j, :] = np.dot(self.a1[:, j], d2)
        for o in range(k):
            g['db2'][0, o] = np.sum(d2[:, o])
        self.gradients = g
        return g

    def update_weights(self):
        g = self.gradients
        self.W1 = self.W1 - self.learning_rate * g['dW1']
        self.b1 = self.b1 - self.learning_rate * g['db1']
        self.W2 = self.W2 - self.learning_rate * g['dW2']
        self.b2 = self.b2 - self.learning_rate * g['db2']

    def compute_loss(self, y_true, y_pred):
        s = 0.0
        for rt, rp in zip(np.asarray(y_true).tolist(), np.asarray(y_pred).tolist()):
            for t, p in zip(rt, rp):
                s = s + (t - p) ** 2
        return s / np.size(y_pred)

    def train_step(self, X, y):
        p = self.forward(X)
        loss = self.compute_loss(y, p)
        self.backward(X, y)
        self.update_weights()
        return loss


def _rprop(net, X, y, steps):
    """Only the signs of the gradient count; each parameter has a step of its own."""
    names = ('W1', 'b1', 'W2', 'b2')
    size = {p: np.full(getattr(net, p).shape, 0.05) for p in names}
    last = {p: np.zeros(getattr(net, p).shape) for p in names}
    losses = []
    for _ in range(steps):
        losses.append(float(np.mean((net.forward(X) - y) ** 2)))
        g = net.backward(X, y)
        for p in names:
            now = g['d' + p].copy()
            same = now * last[p]
            size[p] = np.where(same > 0.0, size[p] * 1.2, np.where(same < 0.0, size[p] * 0.5, size[p]))
            size[p] = np.minimum(np.maximum(size[p], 1.0e-8), 2.0)
            now[same < 0.0] = 0.0
            setattr(net, p, getattr(net, p) - np.sign(now) * size[p])
            last[p] = now
    return losses


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    net = NeuralNetwork(2, 6, 1)
    losses = _rprop(net, X, y, 300)
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    X = np.zeros((n_samples, 2))
    y = np.zeros((n_samples, 1))
    for c in range(2):
        for i in range(half):
            t = 4.0 * math.pi * i / max(half - 1, 1)
            r = t / (2.0 * math.pi)
            row = 2 * i + c                         # the arms alternate
            X[row, 0] = r * math.cos(t + c * math.pi) + noise * np.random.randn()
            X[row, 1] = r * math.sin(t + c * math.pi) + noise * np.random.randn()
            y[row, 0] = float(c)
    return X, y


def train_spiral(X, y):
    best = None
    right = -1
    for attempt in range(5):
        net = NeuralNetwork(2, 32, 1)
        net.W1 = net.W1 * 1.7
        net.b1 = np.random.randn(1, 32)
        _rprop(net, X, y, 1200)
        hits = int(np.sum((net.forward(X) > 0.5) == (y > 0.5)))
        if hits > right:
            best, right = net, hits
        if right >= 0.97 * len(X):
            break
    return best


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    res = []
    for i in range(len(hidden_sizes)):
        for j in range(len(learning_rates)):
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_sizes[i], y.shape[1], learning_rates[j])
            for it in range(epochs):
                net.train_step(X, y)
            # the loss after the last step
            res.append({'hidden_size': hidden_sizes[i], 'learning_rate': learning_rates[j],
                        'final_loss': net.compute_loss(y, net.forward(X))})
    return res
