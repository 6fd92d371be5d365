import numpy as np


def sigmoid(x):
    x = np.asarray(x); pos = x >= 0
    out = np.zeros_like(x)
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    e = np.exp(x[~pos]); out[~pos] = e / (1 + e)
    return out


def sigmoid_derivative(a): return np.multiply(a, np.subtract(1.0, a))


def net(X, W1, b1, W2, b2):
    h = sigmoid(X @ W1 + b1); return h, sigmoid(h @ W2 + b2)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    W1, b1, W2, b2 = P = [np.array(p, float) for p in (W1, b1, W2, b2)]
    G = [np.empty_like(p) for p in P]; L = []
    for t in range(iterations):
        h, o = net(X, *P); r = o - y
        if t % 1000 == 0: L.append((r * r).mean())
        d2 = r * sigmoid_derivative(o); d1 = d2 @ W2.T; d1 *= sigmoid_derivative(h)
        np.matmul(X.T, d1, out=G[0]); np.sum(d1, axis=0, keepdims=True, out=G[1])
        np.matmul(h.T, d2, out=G[2]); np.sum(d2, axis=0, keepdims=True, out=G[3])
        for p, g in zip(P, G): g *= learning_rate; p -= g
    return W1, b1, W2, b2, L


np.random.seed(1); r = np.random.rand
W1 = r(3, 4); b1 = r(1, 4); W2 = r(4, 1); b2 = r(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float); y = np.array([[0], [1], [1], [0]], float)

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10000)
output_layer_output = net(X, W1, b1, W2, b2)[1]
