import numpy as np
from numpy.random import seed, rand


def sigmoid(x):
    x = np.asarray(x, dtype="f8")
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-abs(x)))


def sigmoid_derivative(a):
    return np.asarray(a) * (1 - np.asarray(a))


def network(X, y):
    """Two closures over the data."""

    def fwd(p):
        p["h"] = sigmoid(np.einsum("in,nj->ij", X, p["W1"]) + p["b1"])
        p["o"] = sigmoid(np.einsum("ij,jk->ik", p["h"], p["W2"]) + p["b2"])
        return p["o"]

    def bwd(p):
        u = (p["o"] - y) * sigmoid_derivative(p["o"])
        v = np.einsum("ik,jk->ij", u, p["W2"])
        return {
            "W1": np.einsum("in,ij->nj", X, v),
            "b1": np.einsum("ij->j", v),
            "W2": np.einsum("ij,ik->jk", p["h"], u),
            "b2": np.einsum("ik->k", u),
        }

    return fwd, bwd


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    fwd, bwd = network(X, y)
    p = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    losses = []
    for i in range(iterations):
        o = fwd(p)
        if i % 1000 == 0:
            losses.append(np.mean((y - o) ** 2))
        for name, g in bwd(p).items():
            p[name] = p[name] - learning_rate * g
    return p["W1"], p["b1"], p["W2"], p["b2"], losses


seed(1)
W1, b1, W2, b2 = rand(3, 4), rand(1, 4), rand(4, 1), rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = network(X, y)[0](dict(W1=W1, b1=b1, W2=W2, b2=b2))
