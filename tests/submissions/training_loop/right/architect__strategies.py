"""Training with exchangeable strategies.

Reflection
----------
Most important concept: separation. The network knows its gradient; what is done with it is the optimiser's business.
How backpropagation enables learning: it assigns to every parameter its share of the error.
A question I still have: when does mini-batch noise help rather than hurt?
"""
from __future__ import annotations

import logging
import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from types import MappingProxyType

import numpy as np

log = logging.getLogger("training")
log.addHandler(logging.NullHandler())

CONFIG = MappingProxyType({"xor_hidden": 8, "xor_rate": 5.0, "spiral_hidden": 40, "scale": 2.0})


def sigmoid(x):
    z = np.asarray(x, dtype=np.float64)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


def sigmoid_derivative(x):
    z = np.abs(np.asarray(x, dtype=np.float64))
    return np.exp(-z - 2.0 * np.log1p(np.exp(-z)))


# ---------------------------------------------------------------- the smallest network
@dataclass(frozen=True)
class Values:
    z1: float
    a1: float
    z2: float
    a2: float


@dataclass(frozen=True)
class Links:
    dL_da2: float
    da2_dz2: float
    dL_dz2: float
    dL_dw2: float
    dL_db2: float
    dL_da1: float
    da1_dz1: float
    dL_dz1: float
    dL_dw1: float
    dL_db1: float


@dataclass
class Smallest:
    w1: float
    b1: float
    w2: float
    b2: float

    def values(self, x: float) -> Values:
        z1 = self.w1 * x + self.b1
        a1 = float(sigmoid(z1))
        z2 = self.w2 * a1 + self.b2
        return Values(z1, a1, z2, float(sigmoid(z2)))

    def links(self, x: float, y: float) -> Links:
        v = self.values(x)
        e = v.a2 - y
        s2, s1 = float(sigmoid_derivative(v.z2)), float(sigmoid_derivative(v.z1))
        d2 = e * s2
        return Links(e, s2, d2, d2 * v.a1, d2, d2 * self.w2, s1, d2 * self.w2 * s1, d2 * self.w2 * s1 * x, d2 * self.w2 * s1)

    def stepped(self, x: float, y: float, rate: float) -> "Smallest":
        g = asdict(self.links(x, y))
        return Smallest(**{k: v - rate * g[f"dL_d{k}"] for k, v in asdict(self).items()})


def manual_forward(x, w1, b1, w2, b2):
    return asdict(Smallest(w1, b1, w2, b2).values(x))


def manual_gradients(x, y, w1, b1, w2, b2):
    return asdict(Smallest(w1, b1, w2, b2).links(x, y))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    return tuple(asdict(Smallest(w1, b1, w2, b2).stepped(x, y, learning_rate)).values())


# ---------------------------------------------------------------- the network
class Dense:
    def __init__(self, fan_in: int, fan_out: int):
        self.W = CONFIG["scale"] * np.random.randn(fan_in, fan_out)
        self.b = np.zeros((1, fan_out))

    def __call__(self, x):
        self.x = np.asarray(x)
        self.a = sigmoid(self.x @ self.W + self.b)
        return self.a

    def pull(self, upstream):
        delta = upstream * self.a * (1 - self.a)
        return self.x.T @ delta, delta.sum(axis=0, keepdims=True), delta @ self.W.T


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.layers = Dense(input_size, hidden_size), Dense(hidden_size, output_size)

    W1 = property(lambda s: s.layers[0].W, lambda s, v: setattr(s.layers[0], "W", v))
    b1 = property(lambda s: s.layers[0].b, lambda s, v: setattr(s.layers[0], "b", v))
    W2 = property(lambda s: s.layers[1].W, lambda s, v: setattr(s.layers[1], "W", v))
    b2 = property(lambda s: s.layers[1].b, lambda s, v: setattr(s.layers[1], "b", v))

    def forward(self, X):
        first, second = self.layers
        return second(first(X))

    def backward(self, X, y):
        first, second = self.layers
        dW2, db2, upstream = second.pull(2 * (second.a - y) / second.a.size)
        dW1, db1, _ = first.pull(upstream)
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        for key, g in self.gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def compute_loss(self, y_true, y_pred):
        d = np.subtract(y_true, y_pred, dtype=np.float64)
        return float(np.einsum("ij,ij->", d, d) / d.size)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


# ---------------------------------------------------------------- strategies
class Schedule(ABC):
    @abstractmethod
    def rate(self, progress: float) -> float: ...


@dataclass(frozen=True)
class Constant(Schedule):
    value: float

    def rate(self, progress):
        return self.value


@dataclass(frozen=True)
class Cosine(Schedule):
    first: float
    last: float

    def rate(self, progress):
        return self.last + (self.first - self.last) * (1 + math.cos(math.pi * progress)) / 2


def batches(m: int, size: int) -> Iterator[np.ndarray]:
    order = np.random.permutation(m)
    yield from (order[i:i + size] for i in range(0, m, size))


class Trainer:
    def __init__(self, net: NeuralNetwork, schedule: Schedule, epochs: int, batch: int | None = None):
        self.net, self.schedule, self.epochs, self.batch = net, schedule, epochs, batch

    def __call__(self, X, y) -> list[float]:
        losses = []
        for epoch in range(self.epochs):
            self.net.learning_rate = self.schedule.rate(epoch / self.epochs)
            if self.batch is None:
                losses.append(self.net.train_step(X, y))
            else:
                parts = [self.net.train_step(X[rows], y[rows]) * len(rows) for rows in batches(len(X), self.batch)]
                losses.append(sum(parts) / len(X))
        log.info("%d epochs, loss %.5f", self.epochs, losses[-1])
        return losses


def train_xor(seed):
    np.random.seed(seed)
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, CONFIG["xor_hidden"], 1)
    return net, Trainer(net, Constant(CONFIG["xor_rate"]), epochs=4000)(X, y)


def make_spiral_data(n_samples=300, noise=0.1):
    """The points come shuffled, so that no batch sees one class alone."""
    label = np.random.permutation(np.arange(n_samples) % 2)
    t = np.empty(n_samples)
    t[label == 0] = t[label == 1] = np.linspace(0, 4 * np.pi, n_samples // 2)
    radius, angle = t / (2 * np.pi), t + np.pi * label
    X = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    return X + np.random.normal(scale=noise, size=X.shape), label.astype(float).reshape(-1, 1)


def train_spiral(X, y):
    def accuracy(net):
        return float(np.mean((net.forward(X) > 0.5) == (y > 0.5)))

    candidates = []
    for _ in range(3):
        net = NeuralNetwork(2, CONFIG["spiral_hidden"], 1)
        net.W1 = net.W1 * 1.5
        net.b1 = 2 * np.random.randn(*net.b1.shape)
        net.W2 = net.W2 / 2
        Trainer(net, Cosine(4.0, 0.5), epochs=1500, batch=30)(X, y)
        candidates.append((accuracy(net), -len(candidates), net))
        if candidates[-1][0] >= 0.97:
            break
    return max(candidates)[2]


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(hidden_size: int, learning_rate: float) -> dict:
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[-1], hidden_size, y.shape[-1], learning_rate)
        loss = math.nan
        for _ in range(epochs):
            loss = net.train_step(X, y)
        return dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=loss)

    return sorted((run(h, r) for h, r in product(hidden_sizes, learning_rates)), key=lambda d: d["final_loss"])


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    network, history = train_xor(0)
    print(network.forward(np.array([[0, 0], [0, 1], [1, 0], [1, 1]])).round(3))
