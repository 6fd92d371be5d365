"""Training as a coroutine.

What was the most important concept? That forward, backward and update are one transaction: nobody outside should ever
see a network in between. Hence the context manager below.
What challenges did I face? Deciding what belongs inside the transaction and what outside.
"""
import contextlib
import functools
import itertools
from collections import deque

import numpy as np


def as_floats(function):
    """Decorator: whatever comes in (int, list, array) arrives as a fresh float array."""
    @functools.wraps(function)
    def wrapper(x):
        return function(np.array(x, dtype=float))
    return wrapper


def stores(*names):
    """Decorator: what a method returns as a tuple is kept under these names; only the last is handed on."""
    def decorate(method):
        @functools.wraps(method)
        def wrapper(self, *args, **kwargs):
            values = method(self, *args, **kwargs)
            self.__dict__.update(zip(names, values))
            return values[-1]
        return wrapper
    return decorate


@as_floats
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


@as_floats
def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)


def forward_steps(x, w1, b1, w2, b2):
    yield "z1", (z := w1 * x + b1)
    yield "a1", (a := sigmoid(z))
    yield "z2", (z := w2 * a + b2)
    yield "a2", sigmoid(z)


def backward_steps(x, y, w1, b1, w2, b2):
    f = dict(forward_steps(x, w1, b1, w2, b2))
    yield "dL_da2", (d := f["a2"] - y)
    yield "da2_dz2", (local := sigmoid_derivative(f["z2"]))
    yield "dL_dz2", (d := d * local)
    yield from zip(("dL_dw2", "dL_db2"), (d * f["a1"], d))
    yield "dL_da1", (d := d * w2)
    yield "da1_dz1", (local := sigmoid_derivative(f["z1"]))
    yield "dL_dz1", (d := d * local)
    yield from zip(("dL_dw1", "dL_db1"), (d * x, d))


def manual_forward(x, w1, b1, w2, b2):
    return dict(forward_steps(x, w1, b1, w2, b2))


def manual_gradients(x, y, w1, b1, w2, b2):
    return dict(backward_steps(x, y, w1, b1, w2, b2))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(value - learning_rate * g[f"dL_d{name}"]
                 for name, value in dict(w1=w1, b1=b1, w2=w2, b2=b2).items())


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = input_size, hidden_size, output_size
        for i, (a, b) in enumerate(itertools.pairwise(sizes), start=1):
            setattr(self, f"W{i}", np.random.randn(a, b) * 1.2)
            setattr(self, f"b{i}", np.zeros((1, b)))

    @stores("z1", "a1", "z2", "a2")
    def forward(self, X):
        return (z1 := X @ self.W1 + self.b1), (a1 := sigmoid(z1)), (z2 := a1 @ self.W2 + self.b2), sigmoid(z2)

    @stores("delta1", "delta2", "gradients")
    def backward(self, X, y):
        delta2 = 2 * (self.a2 - y) / y.size * sigmoid_derivative(self.z2)
        delta1 = delta2 @ self.W2.T * sigmoid_derivative(self.z1)
        return delta1, delta2, {
            "dW1": X.T @ delta1, "db1": delta1.sum(0, keepdims=True),
            "dW2": self.a1.T @ delta2, "db2": delta2.sum(0, keepdims=True),
        }

    def update_weights(self):
        for name, gradient in self.gradients.items():
            self.__dict__[name[1:]] = self.__dict__[name[1:]] - self.learning_rate * gradient

    def compute_loss(self, y_true, y_pred):
        return float(((y_true - y_pred) ** 2).mean())

    @contextlib.contextmanager
    def descent(self, X, y):
        """Hands out the prediction; on the way out the weights go one step downhill."""
        try:
            yield self.forward(X)
        finally:
            self.backward(X, y)
            self.update_weights()

    def train_step(self, X, y):
        with self.descent(X, y):
            pass
        return self.compute_loss(y, self.forward(X))

    def epochs(self, X, y):
        """An endless stream of losses; whoever iterates decides when to stop."""
        while True:
            yield self.train_step(X, y)


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([*itertools.product([0.0, 1.0], repeat=2)])
    y = np.array([[a != b] for a, b in X], dtype=float)
    net = NeuralNetwork(2, 8, 1, learning_rate=4.0)
    return net, list(itertools.islice(net.epochs(X, y), 5000))


def make_spiral_data(n_samples=300, noise=0.1):
    def walk(turn):
        for t in np.linspace(0.0, 4.0 * np.pi, n_samples // 2):
            yield t / (2 * np.pi) * np.cos(t + turn), t / (2 * np.pi) * np.sin(t + turn)

    X = np.array([*walk(0.0), *walk(np.pi)])
    y = np.array([[0.0]] * (n_samples // 2) + [[1.0]] * (n_samples // 2))
    return np.random.normal(X, noise), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=10.0)
    net.W1 *= 4.0
    for epoch, _ in zip(range(9000), net.epochs(X, y)):
        if epoch % 250 == 0 and ((net.forward(X) > 0.5) == (y == 1)).mean() > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def runs():
        for h, rate in itertools.product(hidden_sizes, learning_rates):
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
            last, = deque(itertools.islice(net.epochs(X, y), epochs), maxlen=1)
            yield {"hidden_size": h, "learning_rate": rate, "final_loss": last}
    return [*runs()]
