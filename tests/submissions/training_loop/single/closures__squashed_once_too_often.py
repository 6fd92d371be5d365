"""One hidden layer with closures and a dataclass.

Chain rule: a composed function's derivative is a composed function too.
Surprise: forward was harder to get right than backward.
"""
from dataclasses import dataclass, asdict
from typing import Optional

import numpy as np


@dataclass
class Trace:
    """What the forward pass leaves for the backward pass."""
    a1: Optional[np.ndarray] = None
    a2: Optional[np.ndarray] = None


@dataclass
class Links:
    """The ten derivatives of the smallest network."""
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


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 + 0.5 * np.tanh(0.5 * x)


def sigmoid_derivative(x):
    return 0.25 * (1.0 - np.tanh(0.5 * np.asarray(x, dtype=float)) ** 2)


def slope(a):
    """The sigmoid's derivative where its value is a."""
    return a * (1.0 - a)


def layer(weights, bias):
    """A function from a layer's inputs to its activations."""
    def activate(inputs):
        return sigmoid(inputs @ weights + bias)
    return activate


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    return dict(z1=z1, a1=a1, z2=z2, a2=sigmoid(z2))


def manual_gradients(x, y, w1, b1, w2, b2):
    values = manual_forward(x, w1, b1, w2, b2)
    error = values["a2"] - y
    s2 = sigmoid_derivative(values["z2"])
    s1 = sigmoid_derivative(values["z1"])
    d2 = error * s2
    d1 = d2 * w2 * s1
    return asdict(Links(dL_da2=error, da2_dz2=s2, dL_dz2=d2, dL_dw2=d2 * values["a1"], dL_db2=d2,
                        dL_da1=d2 * w2, da1_dz1=s1, dL_dz1=d1, dL_dw1=d1 * x, dL_db1=d1))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    links = Links(**manual_gradients(x, y, w1, b1, w2, b2))

    def descend(value, gradient):
        return value - learning_rate * gradient

    return (descend(w1, links.dL_dw1), descend(b1, links.dL_db1),
            descend(w2, links.dL_dw2), descend(b2, links.dL_db2))


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(size=(input_size, hidden_size))
        self.W2 = np.random.normal(size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.trace = Trace()
        self.gradients = None

    def forward(self, X):
        hidden = layer(self.W1, self.b1)
        output = layer(self.W2, self.b2)
        self.trace.a1 = hidden(X)
        self.trace.a2 = sigmoid(output(self.trace.a1))
        return self.trace.a2

    def backward(self, X, y):
        a1, a2 = self.trace.a1, self.trace.a2
        d2 = 2.0 * (a2 - y) / a2.size * slope(a2)
        d1 = d2 @ self.W2.T * slope(a1)

        def share(inputs, d):
            return inputs.T @ d, np.ones((1, len(d))) @ d

        dW1, db1 = share(X, d1)
        dW2, db2 = share(a1, d2)
        self.gradients = dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)
        return self.gradients

    def update_weights(self):
        def descend(name):
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])

        for name in ("W1", "b1", "W2", "b2"):
            descend(name)

    def compute_loss(self, y_true, y_pred):
        return np.average((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def trainer(net, X, y):
    """A function that trains for some epochs and hands the losses back."""
    def run(epochs):
        return [net.train_step(X, y) for _ in range(epochs)]
    return run


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    net = NeuralNetwork(2, 12, 1, learning_rate=3.0)
    return net, trainer(net, X, y)(3500)


def make_spiral_data(n_samples=300, noise=0.1):
    def arm(turn):
        t = np.linspace(0, 4 * np.pi, n_samples // 2)
        return np.column_stack((np.cos(t + turn), np.sin(t + turn))) * (t / (2 * np.pi))[:, np.newaxis]

    X = np.vstack((arm(0.0), arm(np.pi)))
    y = np.repeat((0.0, 1.0), n_samples // 2)[:, np.newaxis]
    return X + np.random.normal(0.0, noise, X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=8.0)
    net.W1 *= 5.0
    net.b1 = np.random.normal(0.0, 5.0, (1, 64))
    run = trainer(net, X, y)
    for _ in range(14):
        run(500)
        if np.mean((net.forward(X) > 0.5) == y) > 0.975:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def try_out(hidden_size, learning_rate):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        losses = trainer(net, X, y)(epochs)
        return dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=losses[-1])

    return [try_out(h, r) for h in hidden_sizes for r in learning_rates]
