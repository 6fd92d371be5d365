"""XOR, 3-4-1, everything in pairs (W, b)."""
from itertools import pairwise

import numpy as np


def sigmoid(x): return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(a): return a - np.square(a)


def _activations(X, pairs):
    acts = [X]
    for W, b in pairs: acts.append(sigmoid(acts[-1] @ W + b))
    return acts


def _deltas(acts, y, pairs):
    ds = [(acts[-1] - y) * sigmoid_derivative(acts[-1])]
    for a, (W, _) in zip(acts[-2:0:-1], pairs[::-1]): ds.insert(0, ds[0] @ W.T * sigmoid_derivative(a))
    return ds


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    pairs, losses = [(W1, b1), (W2, b2)], []
    for it in range(iterations):
        acts = _activations(X, pairs)
        if it % 1000 == 0: losses.append(float(np.mean((acts[-1] - y) ** 2)))
        pairs = [(W - learning_rate * a.T @ d, b - learning_rate * d.sum(0, keepdims=True))
                 for (W, b), a, d in zip(pairs, acts, _deltas(acts, y, pairs))]
    return *pairs[0], *pairs[1], losses


sizes = 3, 4, 1
shapes = [s for n, h in pairwise(sizes) for s in ((n, h), (1, h))]   # W1, b1, W2, b2

np.random.seed(1)
start = [np.random.randn(*s) for s in shapes]

X = np.array([[a, b, 1] for b in (0, 1) for a in (0, 1)])
y = X[:, :1] ^ X[:, 1:2]

W1, b1, W2, b2, losses = train(X, y, *start, learning_rate=0.1, iterations=10_000)
output_layer_output = _activations(X, [(W1, b1), (W2, b2)])[-1]
print(*(f"{1000 * i:5d}  {l:.5f}" for i, l in enumerate(losses)), output_layer_output.round(3), sep="\n")
