"""
Reflection

* chain rule: D(f . g) = (Df . g) * Dg -- backpropagation is a fold from the right.
* surprising: with all weights equal nothing distinguishes the hidden units, ever.
"""
from functools import reduce
from itertools import product
import numpy as np

compose = lambda *fs: reduce(lambda f, g: lambda *a: f(g(*a)), fs)
as_float = lambda t: np.asarray(t, dtype=float)
logistic = lambda t: np.exp(np.minimum(t, 0)) / (1 + np.exp(-np.abs(t)))

sigmoid = compose(logistic, as_float)
sigmoid_derivative = compose(lambda t: t * (1 - t), as_float)


def manual_forward(x, w1, b1, w2, b2):
    unit = lambda w, b: lambda v: w * v + b
    z1 = unit(w1, b1)(x)
    z2 = unit(w2, b2)(sigmoid(z1))
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    _, a1, _, a2 = manual_forward(x, w1, b1, w2, b2).values()
    links = {"dL_da2": a2 - y, "da2_dz2": a2 * (1 - a2), "da1_dz1": a1 * (1 - a1)}
    dz2 = links["dL_da2"] * links["da2_dz2"]
    da1 = w2 * dz2
    dz1 = da1 * links["da1_dz1"]
    return links | {"dL_dz2": dz2, "dL_dw2": dz2 * a1, "dL_db2": dz2, "dL_da1": da1,
                    "dL_dz1": dz1, "dL_dw1": dz1 * x, "dL_db1": dz1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    grads = manual_gradients(x, y, w1, b1, w2, b2)
    pick = compose(grads.get, "dL_d{}".format)
    return tuple(value - learning_rate * pick(name) for name, value in zip("w1 b1 w2 b2".split(), (w1, b1, w2, b2)))


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = (np.random.randn(*s) for s in ((input_size, hidden_size), (hidden_size, output_size)))
        self.b1, self.b2 = (np.zeros((1, s)) for s in (hidden_size, output_size))

    def forward(self, X):
        layer = lambda W, b: lambda v: sigmoid(v @ W + b)
        self.hidden = layer(self.W1, self.b1)(X)
        self.output = layer(self.W2, self.b2)(self.hidden)
        return self.output

    def backward(self, X, y):
        slope = lambda a: a * (1 - a)
        params = lambda inp, d: (inp.T @ d, d.sum(axis=0, keepdims=True))
        d2 = 2 / y.size * (self.output - y) * slope(self.output)
        d1 = d2 @ self.W2.T * slope(self.hidden)
        self.gradients = dict(zip(("dW1", "db1", "dW2", "db2"), params(X, d1) + params(self.hidden, d2)))
        return self.gradients

    def update_weights(self):
        vars(self).update({k[1:]: getattr(self, k[1:]) - self.learning_rate * g for k, g in self.gradients.items()})

    compute_loss = staticmethod(lambda y_true, y_pred: ((y_true - y_pred) ** 2).mean())

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        return (self.backward(X, y), self.update_weights(), loss)[-1]


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(list(product((0, 1), repeat=2)))
    y = np.logical_xor(*X.T).astype(float)[:, None]
    net = NeuralNetwork(2, 8, 1, 2.0)
    return net, [net.train_step(X, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = lambda turn: np.c_[np.cos(t + turn), np.sin(t + turn)] * t[:, None] / (2 * np.pi)
    jitter = lambda pts: pts + np.random.normal(scale=noise, size=pts.shape) if noise else pts
    return jitter(np.r_[arm(0), arm(np.pi)]), np.r_[np.zeros_like(t), np.ones_like(t)][:, None]


def train_spiral(X, y):
    net = NeuralNetwork(X.shape[1], 64, 1, 3.0)
    net.W1, net.b1, net.W2 = net.W1 * 5, np.random.randn(1, 64) * 5, net.W2 / 2
    for _ in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def trial(pair):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], pair[0], y.shape[1], pair[1])
        *_, last = (net.train_step(X, y) for _ in range(epochs))
        return {"hidden_size": pair[0], "learning_rate": pair[1], "final_loss": last}

    return list(map(trial, product(hidden_sizes, learning_rates)))
