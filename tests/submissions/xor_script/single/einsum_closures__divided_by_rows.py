import numpy as np
from functools import partial, reduce

XOR_ROWS = "001 101 011 111"

sig = lambda t: 0.5 * (1.0 + np.tanh(0.5 * np.asarray(t, dtype=float)))  # same function, never overflows


def sigmoid(x):
    return sig(x)


def sigmoid_derivative(a):
    return np.asarray(a) - np.square(a)


def affine(x, W, b):
    return np.einsum("mi,ij->mj", x, W) + b


def make_recorder(rows, every=1000):
    """A function that notes the loss now and then, and the list that it notes it in."""
    noted = []

    def note(i, diff):
        if i % every == 0:
            noted.append(np.einsum("mk,mk->", diff, diff) / rows)

    return note, noted


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    note, losses = make_recorder(len(X))

    def step(params, i):
        W1, b1, W2, b2 = params
        h = sigmoid(affine(X, W1, b1))
        o = sigmoid(affine(h, W2, b2))
        diff = o - y
        note(i, diff)
        d2 = diff * sigmoid_derivative(o)
        d1 = np.einsum("mk,hk->mh", d2, W2) * sigmoid_derivative(h)
        grads = (
            np.einsum("mn,mh->nh", X, d1),
            np.einsum("mh->h", d1)[None],
            np.einsum("mh,mk->hk", h, d2),
            np.einsum("mk->k", d2)[None],
        )
        return tuple(p - learning_rate * g for p, g in zip(params, grads))

    return (*reduce(step, range(iterations), (W1, b1, W2, b2)), losses)


X = np.array([[float(c) for c in row] for row in XOR_ROWS.split()])
y = (X[:, :1] != X[:, 1:2]).astype(float)

np.random.seed(1)
W1, b1, W2, b2 = (np.random.rand(*shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1)))

run = partial(train, X, y, learning_rate=0.1, iterations=10_000)
W1, b1, W2, b2, losses = run(W1=W1, b1=b1, W2=W2, b2=b2)
output_layer_output = sigmoid(affine(sigmoid(affine(X, W1, b1)), W2, b2))
