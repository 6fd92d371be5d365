# no loops, no assignments twice: the run is a fold over an endless stream of states

from collections import namedtuple
from itertools import accumulate, islice

import numpy as np

Net = namedtuple("Net", "W1 b1 W2 b2")
Seen = namedtuple("Seen", "hidden out")

sigmoid = lambda x: np.reciprocal(1.0 + np.exp(np.minimum(np.negative(np.asarray(x, float)), 709.0)))
sigmoid_derivative = lambda a: (lambda f: f * (1 - f))(np.asarray(a, float))

layer = lambda inp, Wb: sigmoid(inp @ Wb[0] + Wb[1])
look = lambda net, X: Seen(*islice(accumulate([net[:2], net[2:]], layer, initial=X), 1, None))
mse = lambda out, y: float(np.mean((out - y) ** 2))


def slope(net, seen, X, y):
    delta2 = (seen.out - y) * sigmoid_derivative(seen.out)
    delta1 = (delta2 @ net.W2.T) * sigmoid_derivative(seen.hidden)
    pair = lambda inp, delta: (inp.T @ delta, delta.sum(axis=0, keepdims=True))
    return Net(*pair(X, delta1), *pair(seen.hidden, delta2))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    def step(state, i):
        net, losses = state
        seen = look(net, X)
        moved = Net(*map(lambda p, g: p - learning_rate * g, net, slope(net, seen, X, y)))
        return moved, losses if i % 1000 else losses + [mse(seen.out, y)]

    *_, (net, losses) = accumulate(range(iterations), step, initial=(Net(W1, b1, W2, b2), []))
    return (*net, losses)


np.random.seed(1)
X, y = (np.array(t) for t in ([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], [[0], [1], [1], [0]]))
start = Net(*(np.random.rand(*shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1))))
W1, b1, W2, b2, losses = train(X, y, *start, learning_rate=0.1, iterations=10_000)
output_layer_output = look(Net(W1, b1, W2, b2), X).out
