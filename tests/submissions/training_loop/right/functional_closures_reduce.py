"""
what surprised me: backprop is just a right fold over the layers.
what i still ask myself: who picks the learning rate?
the chain rule = composition of the 'pull' closures below, that's the whole story.
"""
from contextlib import contextmanager
from functools import reduce
from operator import itemgetter
import logging

import numpy as np

logger = logging.getLogger(__name__)
PARAMS = {"W1": 0, "b1": 1, "W2": 2, "b2": 3}


def sigmoid(x, _lo=-709.0):
    x = np.maximum(np.asarray(x, dtype=float), _lo)
    return np.where(x <= _lo, 0.0, 1.0 / (1.0 + np.exp(-x)))


def sigmoid_derivative(x):
    e = np.exp(-abs(np.asarray(x, dtype=float)))
    return e * (1 + e) ** -2


def unit(w, b):
    """closure: value -> (z, a, pull) of a scalar unit"""
    def run(v):
        z = w * v + b
        a = float(sigmoid(z))
        return z, a, lambda g: {"da": g, "a_z": a * (1 - a), "dz": (d := g * a * (1 - a)), "dw": d * v, "db": d, "dv": d * w}
    return run


def manual_forward(x, w1, b1, w2, b2):
    z1, a1, _ = unit(w1, b1)(x)
    z2, a2, _ = unit(w2, b2)(a1)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    _, a1, pull1 = unit(w1, b1)(x)
    _, a2, pull2 = unit(w2, b2)(a1)
    out, g = {}, a2 - y
    for i, pull in ((2, pull2), (1, pull1)):
        link = pull(g)
        out |= {f"dL_da{i}": link["da"], f"da{i}_dz{i}": link["a_z"], f"dL_dz{i}": link["dz"],
                f"dL_dw{i}": link["dw"], f"dL_db{i}": link["db"]}
        g = link["dv"]
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    slopes = itemgetter("dL_dw1", "dL_db1", "dL_dw2", "dL_db2")(manual_gradients(x, y, w1, b1, w2, b2))
    return tuple(old - learning_rate * s for old, s in zip((w1, b1, w2, b2), slopes))


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.__dict__["theta"] = [None] * 4
        self.learning_rate = learning_rate
        self.gradients = None
        sizes = (input_size, hidden_size, output_size)
        for i, (r, c) in enumerate(zip(sizes, sizes[1:])):
            self.theta[2 * i] = np.random.randn(r, c)
            self.theta[2 * i + 1] = np.zeros((1, c))

    # W1, b1, W2, b2 live in one list
    def __getattr__(self, name):
        if name in PARAMS:
            return self.theta[PARAMS[name]]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if name in PARAMS:
            self.theta[PARAMS[name]] = value
        else:
            super().__setattr__(name, value)

    def forward(self, X):
        def layer(state, wb):
            (inp, pulls), (W, b) = state, wb
            act = sigmoid(inp @ W + b)

            def pull(state):
                g, grads = state
                g = g * act
                g *= 1 - act
                return g @ W.T, [inp.T @ g, g.sum(0)[None], *grads]
            return act, [pull, *pulls]

        out, self.pulls = reduce(layer, zip(self.theta[::2], self.theta[1::2]), (X, []))
        self.out = out
        return out

    def backward(self, X, y):
        start = 2.0 * (self.out - y) / np.prod(np.shape(y))
        _, grads = reduce(lambda state, pull: pull(state), self.pulls, (start, []))
        self.gradients = {"d" + name: grads[i] for name, i in PARAMS.items()}
        return self.gradients

    def update_weights(self):
        for name in PARAMS:
            self.theta[PARAMS[name]] = self.theta[PARAMS[name]] - self.learning_rate * self.gradients["d" + name]

    def compute_loss(self, y_true, y_pred):
        return float(np.average(np.abs(y_true - y_pred) ** 2))

    def train_step(self, X, y):
        loss, _, _ = self.compute_loss(y, self.forward(X)), self.backward(X, y), self.update_weights()
        return loss


@contextmanager
def seeded(seed):
    np.random.seed(seed)
    yield
    logger.info("seed %s done", seed)


def run(net, X, y, epochs):
    for _ in range(epochs):
        yield net.train_step(X, y)


def train_xor(seed):
    X = np.array([[i // 2, i % 2] for i in range(4)], dtype=float)
    y = np.array([[0.], [1.], [1.], [0.]])
    with seeded(seed):
        net = NeuralNetwork(2, 16, 1, 5.0)
        return net, list(run(net, X, y, 3000))


def make_spiral_data(n_samples=300, noise=0.1):
    X, y = np.empty((n_samples, 2)), np.zeros((n_samples, 1))
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    X[::2, 0], X[::2, 1] = t * np.cos(t), t * np.sin(t)
    X[1::2] = -X[::2]
    y[1::2] = 1
    X /= 2 * np.pi
    X += np.random.normal(scale=1, size=X.shape) * noise
    return X, y


def train_spiral(X, y):
    def attempts():
        while True:
            net = NeuralNetwork(2, 64, 1, 8.0)
            net.W1 = net.W1 * 3
            *_, last = run(net, X, y, 4000)
            yield np.mean((net.forward(X) > .5) == y), net
    for tries, (score, net) in enumerate(attempts(), 1):
        if score > .955 or tries == 2:
            return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def last_loss(**kw):
        with seeded(seed):
            net = NeuralNetwork(np.shape(X)[1], kw["hidden_size"], np.shape(y)[1], kw["learning_rate"])
        *_, final = run(net, X, y, epochs)
        return {**kw, "final_loss": final}
    return [last_loss(hidden_size=h, learning_rate=lr) for lr in learning_rates for h in hidden_sizes]
