import math

import numpy as np

# --- twolayer.h -------------------------------------------------------------

def calloc(*dims):
    return np.zeros(dims, dtype=np.float64)


def max_of(v):
    best = v[0]
    for t in v:
        if t > best:
            best = t
    return best


def sum_squares(w):
    acc = 0.0
    for t in w.flat:
        acc += t * t
    return acc

# --- twolayer.c -------------------------------------------------------------


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = calloc(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = calloc(output_size)

    def _run_one(self, x, hid, out):
        """fills hid[] and out[] for a single sample x[]"""
        W1, b1, W2, b2 = self.params["W1"], self.params["b1"], self.params["W2"], self.params["b2"]
        h, k = W2.shape
        for j in range(h):
            t = b1[j]
            for i in range(W1.shape[0]):
                t += x[i] * W1[i, j]
            hid[j] = t if t > 0.0 else 0.0
        for c in range(k):
            t = b2[c]
            for j in range(h):
                t += hid[j] * W2[j, c]
            out[c] = t

    def loss(self, X, y=None, reg=0.0):
        W1, W2 = self.params["W1"], self.params["W2"]
        n, h = W1.shape
        k = W2.shape[1]
        m = X.shape[0]
        hid = calloc(m, h)
        out = calloc(m, k)
        for s in range(m):
            self._run_one(X[s], hid[s], out[s])
        if y is None:
            return out

        total = 0.0
        gW1, gb1, gW2, gb2 = calloc(n, h), calloc(h), calloc(h, k), calloc(k)
        g = calloc(k)
        for s in range(m):
            top = max_of(out[s])
            z = 0.0
            for c in range(k):
                g[c] = math.exp(out[s, c] - top)
                z += g[c]
            total += math.log(z) + top - out[s, y[s]]
            for c in range(k):
                g[c] /= z
            g[y[s]] -= 1.0

            for c in range(k):
                gb2[c] += g[c]
            for j in range(h):
                if hid[s, j] <= 0.0:
                    continue                     # dead unit, nothing to add
                back = 0.0
                for c in range(k):
                    gW2[j, c] += hid[s, j] * g[c]
                    back += W2[j, c] * g[c]
                gb1[j] += back
                for i in range(n):
                    gW1[i, j] += X[s, i] * back

        inv_m = 1.0 / m
        for buf in (gW1, gb1, gW2, gb2):
            buf *= inv_m
        gW1 += 2.0 * reg * W1
        gW2 += 2.0 * reg * W2
        return total * inv_m + reg * (sum_squares(W1) + sum_squares(W2)), {"W1": gW1, "b1": gb1, "W2": gW2, "b2": gb2}

    def step(self, grads, learning_rate):
        for name in ("W1", "b1", "W2", "b2"):
            p, g = self.params[name], grads[name]
            for idx in np.ndindex(*p.shape):
                p[idx] -= learning_rate * g[idx]

    def predict(self, X):
        out = self.loss(X)
        labels = np.zeros(len(out), dtype=np.intp)
        for s in range(len(out)):
            for c in range(1, out.shape[1]):
                if out[s, c] > out[s, labels[s]]:
                    labels[s] = c
        return labels
