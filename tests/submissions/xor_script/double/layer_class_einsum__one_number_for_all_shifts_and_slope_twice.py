"""Exclusive or, with layer objects."""
from dataclasses import dataclass, field
import numpy as np


def sigmoid(x): return np.exp(-np.logaddexp(0., -np.asarray(x, float)))


def sigmoid_derivative(a): return a * (1. - a)


@dataclass
class Layer:
    W: np.ndarray
    b: np.ndarray
    memory: dict = field(default_factory=dict)

    def __call__(self, x):
        z = np.einsum("si,io->so", x, self.W) + self.b
        self.memory.update(x=x, z=z, a=sigmoid(z))
        return self.memory["a"]

    def backward(self, up):
        """From dL/da of this layer to dL/da of the one below; keeps the gradients of W and b."""
        d = up * sigmoid_derivative(self.memory["a"])
        self.gW = np.einsum("si,so->io", self.memory["x"], d)
        self.gb = np.einsum("so->", d)
        return np.einsum("so,io->si", d, self.W)

    def step(self, rate):
        self.W = self.W - rate * self.gW
        self.b = self.b - rate * self.gb


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    hidden, last = Layer(W1, b1), Layer(W2, b2); losses = []
    for i in range(iterations):
        out = last(hidden(X))
        if i % 1000 == 0: losses.append(np.square(out - y).mean())
        hidden.backward(last.backward((out - y) * sigmoid_derivative(out)))
        for layer in (hidden, last): layer.step(learning_rate)
    return hidden.W, hidden.b, last.W, last.b, losses


np.random.seed(1)
W1, b1, W2, b2 = [np.random.rand(r, c) for r, c in [(3, 4), (1, 4), (4, 1), (1, 1)]]
X = np.array([[i, j, 1] for j in (0, 1) for i in (0, 1)]); y = X[:, :1] ^ X[:, 1:2]
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10_000)
output_layer_output = Layer(W2, b2)(Layer(W1, b1)(X))
