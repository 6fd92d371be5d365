# How does backpropagation enable neural networks to learn?
#   It gives the slope of the loss in the direction of every single weight for about the price of one more forward pass.
#   Without it I would have to wiggle each weight by itself, and for 30 hidden units that is over a hundred forward passes.
# What challenges did you face in implementing backpropagation?
#   The shapes. My db1 was (h,) for a long time and broadcasting hid it. And I divided by m, not by m*k, so the gradient
#   was k times too large as soon as there were two outputs; the loss averages over both.
# What questions do you still have about gradient descent?
#   How one knows a good learning rate without trying.
from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np


class Gradients(dict):
    """A dict whose entries are attributes, too."""

    __getattr__ = dict.__getitem__


def _global():
    """NumPy's global generator by its newer face: same bits, and np.random.seed seeds it."""
    return np.random.Generator(np.random.get_bit_generator())


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(np.asarray(x, dtype=np.float64)))


class Smallest(SimpleNamespace):
    """x, w1, b1, w2, b2 as attributes; every value and derivative is worked out when asked for."""

    VALUES = dict(
        z1=lambda n: n.w1 * n.x + n.b1,
        a1=lambda n: sigmoid(n.z1).item(),
        z2=lambda n: n.w2 * n.a1 + n.b2,
        a2=lambda n: sigmoid(n.z2).item(),
    )
    DERIVATIVES = dict(
        dL_da2=lambda n: -(n.y - n.a2),
        da2_dz2=lambda n: n.a2 * (1 - n.a2),
        dL_dz2=lambda n: n.dL_da2 * n.da2_dz2,
        dL_dw2=lambda n: n.dL_dz2 * n.a1,
        dL_db2=lambda n: n.dL_dz2 * 1,
        dL_da1=lambda n: n.dL_dz2 * n.w2,
        da1_dz1=lambda n: n.a1 * (1 - n.a1),
        dL_dz1=lambda n: n.dL_da1 * n.da1_dz1,
        dL_dw1=lambda n: n.dL_dz1 * n.x,
        dL_db1=lambda n: n.dL_dz1 * 1,
    )

    def __getattr__(self, name):
        rule = self.VALUES.get(name) or self.DERIVATIVES.get(name)
        if rule is None:
            raise AttributeError(name)
        value = rule(self)
        setattr(self, name, value)
        return value


def manual_forward(x, w1, b1, w2, b2):
    n = Smallest(x=x, w1=w1, b1=b1, w2=w2, b2=b2)
    return {key: getattr(n, key) for key in Smallest.VALUES}


def manual_gradients(x, y, w1, b1, w2, b2):
    n = Smallest(x=x, y=y, w1=w1, b1=b1, w2=w2, b2=b2)
    return {key: getattr(n, key) for key in Smallest.DERIVATIVES}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = Gradients(manual_gradients(**locals_without(locals(), "learning_rate")))
    w1 -= learning_rate * g.dL_dw1
    b1 -= learning_rate * g.dL_db1
    w2 -= learning_rate * g.dL_dw2
    b2 -= learning_rate * g.dL_db2
    return w1, b1, w2, b2


def locals_without(names, *left_out):
    return {key: value for key, value in names.items() if key not in left_out}


class NeuralNetwork:
    NAMES = "W1", "b1", "W2", "b2"

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = _global()
        self.learning_rate = learning_rate
        self.W1 = rng.normal(0.0, 2.0, (input_size, hidden_size))
        self.W2 = rng.normal(0.0, 1.0, (hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        *_, a2 = self._layers(X)
        return a2

    def _layers(self, X):
        """The activations one after the other, kept for the backward pass."""
        self.activations = [np.asarray(X, dtype=float)]
        for W, b in ((self.W1, self.b1), (self.W2, self.b2)):
            self.activations.append(sigmoid(self.activations[-1] @ W + b))
            yield self.activations[-1]

    def backward(self, X, y):
        _, a1, a2 = self.activations
        self.gradients = Gradients()
        upstream = 2 * (a2 - y) / a2.size
        for layer, (before, after) in reversed([*enumerate(itertools.pairwise(self.activations), 1)]):
            delta = upstream * after * (1 - after)
            self.gradients[f"dW{layer}"] = before.T @ delta
            self.gradients[f"db{layer}"] = delta.sum(axis=0, keepdims=True)
            upstream = delta @ getattr(self, f"W{layer}").T
        return self.gradients

    def update_weights(self):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])

    def compute_loss(self, y_true, y_pred):
        d = np.asarray(y_true, dtype=float) - y_pred
        return float(np.einsum("ij,ij->", d, d)) / d.size

    def train_step(self, X, y):
        y_pred = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, y_pred)


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(list(itertools.product([0.0, 1.0], repeat=2)))
    y = X[:, :1] != X[:, 1:]
    y = y.astype(float)

    def epochs():
        # until it is good, 20000 at most
        for _ in range(20_000):
            yield net.train_step(X, y)
            if np.abs(net.forward(X) - y).max() < 0.05:
                return

    net = NeuralNetwork(2, 6, 1, learning_rate=3.0)
    losses = list(epochs())
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    rng = _global()
    y = np.arange(n_samples)[:, None] % 2.0  # the arms take turns
    t = rng.uniform(0, 4 * np.pi, (n_samples, 1))
    angle = t + np.pi * y
    X = t / (2 * np.pi) * np.hstack([np.cos(angle), np.sin(angle)])
    X += noise * rng.standard_normal(X.shape)
    return X, y


def train_spiral(X, y):
    """Minibatches of 30 and a learning rate that falls."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    net = NeuralNetwork(2, 50, 1, learning_rate=4.0)
    net.W1 *= 2
    # kinks all over the plane: each unit's line passes near a point of the data
    net.b1[:] = -np.sum(X[_global().integers(len(X), size=50)].T * net.W1, axis=0)
    rng = _global()
    keep, best = None, 0
    for epoch in range(1800):
        net.learning_rate = 4.0 * (1 - epoch / 2000)
        for batch in np.array_split(rng.permutation(len(X)), max(1, len(X) // 30)):
            net.train_step(X[batch], y[batch])
        if epoch % 100 == 99:
            right = np.count_nonzero((net.forward(X) > 0.5) == (y > 0.5))
            if right > best:
                best, keep = right, [getattr(net, name).copy() for name in net.NAMES]
    for name, value in zip(net.NAMES, keep):
        setattr(net, name, value)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def final_loss(hidden_size, learning_rate):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        for _ in range(epochs):
            net.train_step(X, y)
        return net.compute_loss(y, net.forward(X))  # that after the last step

    return [
        dict(hidden_size=h, learning_rate=rate, final_loss=final_loss(h, rate))
        for rate, h in itertools.product(learning_rates, hidden_sizes)
    ]
