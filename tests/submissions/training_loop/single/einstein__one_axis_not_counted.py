"""
Backpropagation with Einstein's summation convention.

Here is a complete solution! Every contraction is written as an index expression, so each gradient can be read off from
the forward pass by moving one index to the other side of the arrow.

Reflection
----------
* Most important concept: the same index letters serve the forward and the backward pass.
* Challenge: remembering which sums einsum takes by itself (all indices that do not appear after the arrow).
"""
from dataclasses import dataclass, field, asdict
from functools import cached_property
from itertools import product

import numpy as np

es = np.einsum


def sigmoid(x):
    """Piecewise, so that exp only ever sees numbers below zero."""
    x = np.asarray(x, dtype=float)
    e = np.exp(np.where(x < 0, x, -x))
    return np.where(x < 0, e, 1.0) / (1.0 + e)


def sigmoid_derivative(x):
    return (s := sigmoid(x)) * (1 - s)


@dataclass
class Chain:
    """The smallest network; every link is computed when it is asked for, once."""
    x: float
    w1: float
    b1: float
    w2: float
    b2: float
    y: float = 0.0

    z1 = cached_property(lambda s: s.w1 * s.x + s.b1)
    a1 = cached_property(lambda s: sigmoid(s.z1))
    z2 = cached_property(lambda s: s.w2 * s.a1 + s.b2)
    a2 = cached_property(lambda s: sigmoid(s.z2))
    dL_da2 = cached_property(lambda s: s.a2 - s.y)
    da2_dz2 = cached_property(lambda s: sigmoid_derivative(s.z2))
    dL_dz2 = cached_property(lambda s: s.dL_da2 * s.da2_dz2)
    dL_dw2 = cached_property(lambda s: s.dL_dz2 * s.a1)
    dL_db2 = property(lambda s: s.dL_dz2)
    dL_da1 = cached_property(lambda s: s.dL_dz2 * s.w2)
    da1_dz1 = cached_property(lambda s: sigmoid_derivative(s.z1))
    dL_dz1 = cached_property(lambda s: s.dL_da1 * s.da1_dz1)
    dL_dw1 = cached_property(lambda s: s.dL_dz1 * s.x)
    dL_db1 = property(lambda s: s.dL_dz1)

    def pick(self, names):
        return {name: getattr(self, name) for name in names.split()}


def manual_forward(x, w1, b1, w2, b2):
    return Chain(x, w1, b1, w2, b2).pick("z1 a1 z2 a2")


def manual_gradients(x, y, w1, b1, w2, b2):
    return Chain(x, w1, b1, w2, b2, y).pick(
        "dL_da2 da2_dz2 dL_dz2 dL_dw2 dL_db2 dL_da1 da1_dz1 dL_dz1 dL_dw1 dL_db1")


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    c = Chain(x, w1, b1, w2, b2, y)
    return (c.w1 - learning_rate * c.dL_dw1, c.b1 - learning_rate * c.dL_db1,
            c.w2 - learning_rate * c.dL_dw2, c.b2 - learning_rate * c.dL_db2)


@dataclass
class Cache:
    a1: np.ndarray
    a2: np.ndarray


@dataclass
class NeuralNetwork:
    # m samples, n inputs, h hidden units, k outputs, o = 1
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    gradients: dict = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.W1 = np.random.standard_normal((self.input_size, self.hidden_size))
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.standard_normal((self.hidden_size, self.output_size))
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        a1 = sigmoid(es("mn,nh->mh", X, self.W1) + self.b1)
        a2 = sigmoid(es("mh,hk->mk", a1, self.W2) + self.b2)
        self.cache = Cache(a1, a2)
        return a2

    def backward(self, X, y):
        a1, a2 = self.cache.a1, self.cache.a2
        d2 = es("mk,mk,mk->mk", 2 / y.size * (a2 - y), a2, 1 - a2)
        d1 = es("mh,mh,mh->mh", es("mk,hk->mh", d2, self.W2), a1, 1 - a1)
        o = np.ones((1, len(X)))
        self.gradients = dict(
            dW1=es("mn,mh->nh", X, d1), db1=es("om,mh->oh", o, d1),
            dW2=es("mh,mk->hk", a1, d2), db2=es("om,mk->ok", o, d2))
        return self.gradients

    def update_weights(self):
        for name in "W1 b1 W2 b2".split():
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"])

    def compute_loss(self, y_true, y_pred):
        error = y_true - y_pred
        return es("mk,mk->", error, error) / len(error)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    table = np.array([(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)], dtype=float)
    X, y = table[:, :2], table[:, 2:]
    net = NeuralNetwork(2, 8, 1, learning_rate=4.0)
    return net, [net.train_step(X, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    direction = np.array([np.cos(t), np.sin(t)])            # (2, m/2)
    arms = es("a,t,xt->atx", [1.0, -1.0], t / (2 * np.pi), direction)
    X = arms.reshape(-1, 2) + np.random.normal(0.0, noise, (2 * t.size, 2))
    y = es("a,t->at", [0.0, 1.0], np.ones_like(t)).reshape(-1, 1)
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=10.0)
    net.W1 *= 5.0
    for epoch in range(9000):
        net.train_step(X, y)
        if epoch % 500 == 0 and np.mean((net.cache.a2 > 0.5) == y) > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    @dataclass
    class Result:
        hidden_size: int
        learning_rate: float
        final_loss: float = float("nan")

    results = [Result(*pair) for pair in product(hidden_sizes, learning_rates)]
    for result in results:
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], result.hidden_size, y.shape[1], result.learning_rate)
        for _ in range(epochs):
            result.final_loss = net.train_step(X, y)
    return [asdict(result) for result in results]


if __name__ == "__main__":
    # quick sanity check
    np.random.seed(0)
    print(train_xor(0)[1][-1])
