"""Training is a fold: take (n + 1) (iterate step parameters)."""
from collections import deque
from functools import partial
from itertools import accumulate, islice, repeat
from typing import NamedTuple

import numpy as np


def sigmoid(x):
    return (lambda z: np.exp(-np.logaddexp(0.0, -z)))(np.asarray(x, dtype=np.float64))


def sigmoid_derivative(a):
    return (lambda v: v * (1 - v))(np.asarray(a, dtype=np.float64))


class Theta(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    def __sub__(self, other):
        return Theta(*(p - q for p, q in zip(self, other)))

    def __rmul__(self, scalar):
        return Theta(*(scalar * p for p in self))

    def activations(self, X):
        a1 = sigmoid(X @ self.W1 + self.b1)
        return a1, sigmoid(a1 @ self.W2 + self.b2)

    def gradient(self, X, y):
        a1, a2 = self.activations(X)
        d2 = (a2 - y) * sigmoid_derivative(a2)
        d1 = d2 @ self.W2.T * sigmoid_derivative(a1)
        over_rows = partial(np.einsum, "mi,mj->ij")
        one = np.ones((len(X), 1))
        return Theta(over_rows(X, d1), over_rows(one, d1), over_rows(a1, d2), over_rows(one, d2))


def iterate(f, x):
    return accumulate(repeat(x), lambda acc, _: f(acc))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    step = lambda th: th - learning_rate * th.gradient(X, y)
    mse = lambda th: np.square(th.activations(X)[1] - y).mean().item()
    losses = []

    def look(pair):
        i, th = pair
        if i < iterations and not i % 1000:
            losses.append(mse(th))
        return th

    path = map(look, enumerate(islice(iterate(step, Theta(W1, b1, W2, b2)), iterations + 1)))
    (end,) = deque(path, maxlen=1)
    return (*end, losses)


def _draw(*shapes):
    np.random.seed(1)
    yield from (np.random.rand(*s) for s in shapes)


X = np.array([[*map(int, w)] for w in "001 101 011 111".split()])
y = np.bitwise_xor(X[:, :1], X[:, 1:2])
*parameters, losses = train(X, y, *_draw((3, 4), (1, 4), (4, 1), (1, 1)), learning_rate=0.1, iterations=10 ** 4)
W1, b1, W2, b2 = parameters
_, output_layer_output = Theta(*parameters).activations(X)
