"""I come from functional programming, hence the style.

*What is the role of the chain rule in computing gradients?*  Reverse-mode composition of pullbacks.
*What surprised you?*  That a mutable class was required :(
"""

from functools import partial, reduce
from itertools import product, repeat

import numpy as np

PARAMETERS = "W1", "b1", "W2", "b2"


def sigmoid(x):
    return np.reciprocal(1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -600, 600)))


def pullback_through_sigmoid(activation, upstream):
    return upstream * activation * (1 - activation)


def sigmoid_derivative(x):
    return pullback_through_sigmoid(sigmoid(x), 1.0)


def affine(w, b, x):
    return w * x + b


def manual_forward(x, w1, b1, w2, b2):
    z1 = affine(w1, b1, x)
    z2 = affine(w2, b2, sigmoid(z1))
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    match manual_forward(x, w1, b1, w2, b2):
        case {"z1": z1, "a1": a1, "z2": z2, "a2": a2}:
            pass
    e = a2 - y
    slope2, slope1 = map(sigmoid_derivative, (z2, z1))
    d2 = e * slope2
    d1 = d2 * w2 * slope1
    return {
        "dL_da2": e,
        "da2_dz2": slope2,
        "dL_dz2": d2,
        "dL_dw2": d2 * a1,
        "dL_db2": d2,
        "dL_da1": d2 * w2,
        "da1_dz1": slope1,
        "dL_dz1": d1,
        "dL_dw1": d1 * x,
        "dL_db1": d1,
    }


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    old = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    return tuple(value - learning_rate * g[f"dL_d{name}"] for name, value in old.items())


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.standard_normal((input_size, hidden_size))
        self.W2 = np.random.standard_normal((hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        layer = lambda acts, wb: [*acts, sigmoid(acts[-1] @ wb[0] + wb[1])]
        self.acts = reduce(layer, [(self.W1, self.b1), (self.W2, self.b2)], [np.asarray(X)])
        return self.acts[-1]

    def backward(self, X, y):
        _, a1, a2 = self.acts
        d2 = pullback_through_sigmoid(a2, 2 * (a2 - y) / a2.size)
        d1 = pullback_through_sigmoid(a1, d2 @ self.W2.T)
        total = partial(np.sum, axis=0, keepdims=True)
        grads = (np.transpose(X) @ d1, total(d1), a1.T @ d2, total(d2))
        self.gradients = {f"d{name}": g for name, g in zip(PARAMETERS, grads)}
        return self.gradients

    def update_weights(self):
        self.__dict__.update(
            {name: getattr(self, name) - self.learning_rate * self.gradients[f"d{name}"] for name in PARAMETERS}
        )

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.power(y_true - y_pred, 2))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array(list(product([0.0, 1.0], repeat=2)))
    y = np.array([[float(p != q)] for p, q in X])
    net = NeuralNetwork(2, 8, 1, learning_rate=6.0)
    return net, [net.train_step(X, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, 4 * np.pi, half)
    arm = lambda turn: np.transpose([t / (2 * np.pi) * f(t + turn) for f in (np.cos, np.sin)])
    X = np.concatenate([*map(arm, (0, np.pi))])
    return X + noise * np.random.standard_normal(X.shape), np.repeat([[0.0], [1.0]], half, axis=0)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=3.0)
    net.W1, net.b1 = net.W1 * 5, 5 * np.random.standard_normal((1, 64))
    correct = lambda: np.mean((net.forward(X) > 0.5) == (y > 0.5))
    for chunk in range(16):
        for rows in (np.random.randint(0, len(X), 32) for _ in range(1000)):
            net.train_step(X[rows], y[rows])
        if correct() > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def start(hidden_size, learning_rate):
        np.random.seed(seed)
        return NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)

    def final_loss(hidden_size, learning_rate):
        nets = (start(hidden_size, learning_rate) for _ in range(epochs))
        *_, last = (net.train_step(X, y) for net in nets)
        return last

    return [
        {"hidden_size": h, "learning_rate": r, "final_loss": final_loss(h, r)}
        for h, r in product(hidden_sizes, learning_rates)
    ]
