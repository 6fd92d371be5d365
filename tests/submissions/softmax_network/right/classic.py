from __future__ import print_function
from builtins import range, object
import numpy as np
from past.builtins import xrange


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        fc1 = X.dot(W1) + b1
        h1 = np.maximum(fc1, 0)
        out = h1.dot(W2) + b2
        if y is None:
            return out
        e = np.exp(out - out.max(axis=1).reshape(-1, 1))
        probs = e / e.sum(axis=1).reshape(N, 1)
        total = 0.0
        for i in range(N):
            s = out[i] - np.max(out[i])
            total += np.log(np.sum(np.exp(s))) - s[y[i]]
        total /= N
        total += reg * np.sum(W1 ** 2) + reg * np.sum(W2 ** 2)
        grads = {}
        d = probs.copy()
        d[np.arange(N), y] -= 1
        d /= N
        grads['W2'] = h1.T.dot(d) + 2 * reg * W2
        grads['b2'] = d.sum(axis=0)
        dh = d.dot(W2.T)
        dh[fc1 <= 0] = 0
        grads['b1'] = dh.sum(axis=0)
        grads['W1'] = X.T.dot(dh) + 2 * reg * W1
        grads['loss'] = total
        return total, grads

    def step(self, grads, learning_rate):
        for p in ('W1', 'W2', 'b1', 'b2'):
            self.params[p] -= learning_rate * grads[p]

    def predict(self, X):
        W1, b1, W2, b2 = [self.params[p] for p in ('W1', 'b1', 'W2', 'b2')]
        return np.maximum(0, X @ W1 + b1).dot(W2).__add__(b2).argmax(axis=1)
