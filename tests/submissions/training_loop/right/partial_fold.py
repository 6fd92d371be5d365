"""
Reflection
==========

**What was the most important concept you learned?** The delta. Once I saw that dL/dz of a layer is all the layer before
it needs, the whole backward pass was the same three lines twice.

**How did solving exclusive or feel compared to the forward pass alone?** The forward pass alone is a function with
random knobs. Seeing the four outputs walk to 0, 1, 1, 0 without anybody turning the knobs felt like cheating.

**What questions do you still have about gradient descent?** Why does it not get stuck in a poor minimum more often?
"""

import operator
import typing
from contextlib import contextmanager
from functools import partial, reduce, singledispatch

import numpy as np

Forward = typing.TypedDict("Forward", {"z1": float, "a1": float, "z2": float, "a2": float})


@singledispatch
def sigmoid(x):
    return _stable(np.asarray(x, dtype=np.float64))


@sigmoid.register(int)
@sigmoid.register(float)
def _(x):
    return float(_stable(np.float64(x)))


def _stable(x):
    return np.reciprocal(1.0 + np.exp(np.minimum(-x, 709.0)))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(float(z1))
    z2 = w2 * a1 + b2
    return Forward(z1=z1, a1=a1, z2=z2, a2=sigmoid(float(z2)))


def manual_gradients(x, y, w1, b1, w2, b2):
    z1, a1, z2, a2 = manual_forward(x, w1, b1, w2, b2).values()
    chain = [a2 - y, sigmoid_derivative(float(z2)), w2, sigmoid_derivative(float(z1))]
    dL_da2, dL_dz2, dL_da1, dL_dz1 = (reduce(operator.mul, chain[: i + 1]) for i in range(4))
    return dict(
        dL_dw1=dL_dz1 * x,
        dL_db1=dL_dz1,
        dL_dz1=dL_dz1,
        da1_dz1=chain[3],
        dL_da1=dL_da1,
        dL_dw2=dL_dz2 * a1,
        dL_db2=dL_dz2,
        dL_dz2=dL_dz2,
        da2_dz2=chain[1],
        dL_da2=dL_da2,
    )


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    slopes = np.array([g["dL_dw1"], g["dL_db1"], g["dL_dw2"], g["dL_db2"]])
    return tuple(np.array([w1, b1, w2, b2], dtype=float) - learning_rate * slopes)


class NeuralNetwork:
    # how the weights start, for whom it concerns: standard deviations of W1 and W2
    spread = (1.5, 1.0)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        draw = np.random.standard_normal
        first, second = self.spread
        self.W1 = first * draw((input_size, hidden_size))
        self.W2 = second * draw((hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self._gradients = None

    @property
    def gradients(self):
        if self._gradients is None:
            raise AttributeError("call backward first")
        return self._gradients

    @gradients.setter
    def gradients(self, value):
        self._gradients = value

    def forward(self, X):
        self.a1 = sigmoid(np.matmul(X, self.W1) + self.b1)
        self.a2 = sigmoid(np.matmul(self.a1, self.W2) + self.b2)
        return self.a2

    def backward(self, X, y):
        dz2 = (self.a2 - y) * self.a2 * (1 - self.a2)
        dz2 /= dz2.size / 2
        dz1 = np.tensordot(dz2, self.W2, axes=(1, 1)) * self.a1 * (1 - self.a1)
        self.gradients = result = {
            "db2": dz2.sum(0, keepdims=True),
            "dW2": np.tensordot(self.a1, dz2, axes=(0, 0)),
            "db1": dz1.sum(0, keepdims=True),
            "dW1": np.tensordot(X, dz1, axes=(0, 0)),
        }
        return result

    def update_weights(self):
        g, rate = self.gradients, self.learning_rate
        self.W1, self.W2 = self.W1 - rate * g["dW1"], self.W2 - rate * g["dW2"]
        self.b1, self.b2 = self.b1 - rate * g["db1"], self.b2 - rate * g["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.linalg.norm(np.subtract(y_true, y_pred)) ** 2 / np.size(y_true)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


@contextmanager
def spread(*values):
    old, NeuralNetwork.spread = NeuralNetwork.spread, values
    try:
        yield
    finally:
        NeuralNetwork.spread = old


def train_xor(seed):
    np.random.seed(seed)
    inputs, wanted = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0, 1, 1, 0]]).T
    # learnt on -1 and 1, which is easier; afterwards the change of the inputs is put into the first layer
    with spread(2.0, 1.0):
        net = NeuralNetwork(2, 5, 1, learning_rate=4.0)
    step = partial(net.train_step, 2 * inputs - 1, wanted)
    losses = [step() for _ in range(3000)]
    net.b1 = net.b1 - net.W1.sum(axis=0)
    net.W1 = 2 * net.W1
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    points = t / (2 * np.pi) * np.exp(1j * t)  # the plane as complex numbers
    both = np.concatenate([points, points * np.exp(1j * np.pi)])
    X = np.stack([both.real, both.imag], axis=1)
    X += np.random.normal(scale=noise, size=X.shape)
    y = (np.arange(len(X)) >= n_samples // 2).astype(float).reshape(-1, 1)
    order = np.random.permutation(len(X))
    return X[order], y[order]


def train_spiral(X, y):
    """Nesterov's momentum, written with the methods of the network as they are."""
    X, y = np.asarray(X, float), np.asarray(y, float)
    with spread(6.0, 1.0):
        net = NeuralNetwork(2, 48, 1, learning_rate=1.0)
    net.b1 = np.random.uniform(-8, 8, size=net.b1.shape)
    speed = dict.fromkeys(("dW1", "db1", "dW2", "db2"), 0.0)
    for epoch in range(8000):
        net.forward(X)
        slope = net.backward(X, y)
        speed = {key: 0.95 * speed[key] + slope[key] for key in slope}
        net.gradients = {key: slope[key] + 0.95 * speed[key] for key in slope}
        net.update_weights()
        if epoch % 500 == 499 and np.mean((net.forward(X) > 0.5) == y) >= 0.975:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    rows = []
    for h in sorted(hidden_sizes, reverse=True):
        for rate in sorted(learning_rates):
            np.random.seed(seed)
            net = NeuralNetwork(len(X[0]), h, len(y[0]), rate)
            *_, last = (net.train_step(X, y) for _ in range(epochs))
            rows += [{"hidden_size": h, "learning_rate": rate, "final_loss": last}]
    return rows


if __name__ == "__main__":
    np.random.seed(0)
    X, y = make_spiral_data()
    net = train_spiral(X, y)
    print("spiral:", np.mean((net.forward(X) > 0.5) == y))
    for row in explore(X, y, [2, 8, 32], [0.1, 1.0, 5.0], 300, 0):
        print(row)
