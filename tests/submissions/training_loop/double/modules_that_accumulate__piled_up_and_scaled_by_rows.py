"""Small modules, each with its own backward, like in the big frameworks.

Reflection. Most important concept: every module only needs to know its own derivative. Still a question: how would one
choose the learning rate without trying?
"""
from dataclasses import dataclass
from itertools import product

import numpy as np

TAU = 2 * np.pi


def sigmoid(x): return .5 * (1 + np.tanh(.5 * np.asarray(x, dtype=float)))


def sigmoid_derivative(x): return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def manual_forward(x, w1, b1, w2, b2):
    a1 = sigmoid(z1 := w1 * x + b1)
    a2 = sigmoid(z2 := w2 * a1 + b2)
    return dict(z1=z1, a1=a1, z2=z2, a2=a2)


def manual_gradients(x, y, w1, b1, w2, b2):
    v = manual_forward(x, w1, b1, w2, b2)
    up, local2, local1 = v["a2"] - y, sigmoid_derivative(v["z2"]), sigmoid_derivative(v["z1"])
    return dict(
        dL_da2=up, da2_dz2=local2,
        dL_dz2=(d2 := up * local2), dL_dw2=d2 * v["a1"], dL_db2=d2,
        dL_da1=(e1 := d2 * w2), da1_dz1=local1,
        dL_dz1=(d1 := e1 * local1), dL_dw1=d1 * x, dL_db1=d1,
    )


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(p - learning_rate * g["dL_d" + n] for n, p in zip(("w1", "b1", "w2", "b2"), (w1, b1, w2, b2)))


@dataclass
class Dense:
    W: np.ndarray
    b: np.ndarray

    def __post_init__(self):
        self.gW, self.gb = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return sigmoid(self.z)

    def backward(self, up):
        d = up * sigmoid_derivative(self.z)
        self.gW = self.gW + self.x.T @ d
        self.gb = self.gb + d.sum(axis=0, keepdims=True)
        return d @ self.W.T


class MeanSquaredError:
    @staticmethod
    def forward(truth, guess): return np.mean((truth - guess) ** 2)

    @staticmethod
    def backward(truth, guess): return 2 * (guess - truth) / len(truth)


def through(layer, name):
    """A property of the network that really lives in one of its layers."""
    return property(lambda net: getattr(net.layers[layer], name), lambda net, v: setattr(net.layers[layer], name, v))


class NeuralNetwork:
    W1, b1, W2, b2 = through(0, "W"), through(0, "b"), through(1, "W"), through(1, "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.layers = [Dense(np.random.normal(0, 1.5, (i, o)), np.zeros((1, o))) for i, o in zip(sizes, sizes[1:])]
        self.loss, self.gradients = MeanSquaredError(), {}

    def forward(self, X):
        for layer in self.layers: X = layer.forward(X)
        self.out = X
        return X

    def backward(self, X, y):
        up = self.loss.backward(y, self.out)
        for layer in reversed(self.layers): up = layer.backward(up)
        self.gradients = {f"d{n}{i}": getattr(layer, "g" + n) for i, layer in enumerate(self.layers, 1) for n in "Wb"}
        return self.gradients

    def update_weights(self):
        for n in ("W1", "b1", "W2", "b2"): setattr(self, n, getattr(self, n) - self.learning_rate * self.gradients["d" + n])

    def compute_loss(self, y_true, y_pred): return self.loss.forward(y_true, y_pred)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y); self.update_weights()
        return loss


def train_xor(seed):
    X = np.array([*product((0, 1), repeat=2)]); y = X[:, :1] ^ X[:, 1:]
    np.random.seed(seed); net = NeuralNetwork(2, 10, 1, 4.)
    return net, [net.train_step(X, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 2 * TAU, n_samples // 2)
    arm = np.stack((t * np.cos(t), t * np.sin(t)), axis=1) / TAU
    X = np.concatenate((arm, -arm))
    return X + np.random.normal(0, noise, X.shape), np.repeat((0., 1.), len(t))[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 3.)
    net.W1 = 2 * net.W1
    for _ in range(1500):
        for rows in np.array_split(np.random.permutation(len(X)), 10): net.train_step(X[rows], y[rows])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def one(hidden_size, learning_rate):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
        return dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=[net.train_step(X, y) for _ in range(epochs)][-1])
    return [one(*pair) for pair in product(hidden_sizes, learning_rates)]
