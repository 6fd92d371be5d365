from dataclasses import dataclass, field, asdict
from itertools import product, repeat, chain
from typing import NamedTuple
import numpy as np

REFLECTION = {
    "What surprised you?": "That a learning rate of 10 is fine when the loss is a mean.",
    "Role of the chain rule?": "It makes the error of the output a sum of blames for each weight.",
}


def _halves(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.fabs(x))
    return x, e, 1 + e


def sigmoid(x):
    x, e, d = _halves(x)
    return np.where(x > 0, 1 / d, e / d)


def sigmoid_derivative(x):
    _, e, d = _halves(x)
    return e / d / d


class Step(NamedTuple):
    z1: float
    a1: float
    z2: float
    a2: float


def manual_forward(x, w1, b1, w2, b2):
    a1 = float(sigmoid(z1 := w1 * x + b1))
    a2 = float(sigmoid(z2 := w2 * a1 + b2))
    return Step(z1, a1, z2, a2)._asdict()


@dataclass
class Links:
    dL_da2: float
    da2_dz2: float
    da1_dz1: float
    dL_dz2: float = field(init=False)
    dL_db2: float = field(init=False)
    dL_dw2: float = field(init=False)
    dL_da1: float = field(init=False)
    dL_dz1: float = field(init=False)
    dL_db1: float = field(init=False)
    dL_dw1: float = field(init=False)

    def connect(self, x, a1, w2):
        self.dL_dz2 = self.dL_db2 = self.dL_da2 * self.da2_dz2
        self.dL_dw2, self.dL_da1 = self.dL_dz2 * a1, self.dL_dz2 * w2
        self.dL_dz1 = self.dL_db1 = self.dL_da1 * self.da1_dz1
        self.dL_dw1 = self.dL_dz1 * x
        return self


def manual_gradients(x, y, w1, b1, w2, b2):
    s = Step(**manual_forward(x, w1, b1, w2, b2))
    slope2, slope1 = (float(sigmoid_derivative(z)) for z in (s.z2, s.z1))
    return asdict(Links(s.a2 - y, slope2, slope1).connect(x, s.a1, w2))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 + -learning_rate * g["dL_dw1"], b1 + -learning_rate * g["dL_db1"],
            w2 + -learning_rate * g["dL_dw2"], b2 + -learning_rate * g["dL_db2"])


@dataclass
class NeuralNetwork:
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    gradients: dict = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.W1 = np.random.randn(self.input_size, self.hidden_size)
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.randn(self.hidden_size, self.output_size)
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        count = y.shape[0] * y.shape[1]
        err2 = 2 / count * (self.a2 - y) * sigmoid_derivative(self.z2)
        err1 = np.inner(err2, self.W2) * sigmoid_derivative(self.z1)
        for tag, err, inp in ((1, err1, X), (2, err2, self.a1)):
            self.gradients[f"dW{tag}"] = np.sum(inp[:, :, None] * err[:, None, :], axis=0)
            self.gradients[f"db{tag}"] = np.sum(err, axis=0, keepdims=True)
        return self.gradients

    def update_weights(self):
        for k in self.gradients:
            vars(self)[k[1:]] = vars(self)[k[1:]] - self.learning_rate * self.gradients[k]

    def compute_loss(self, y_true, y_pred):
        return float(np.mean(np.power(y_pred - y_true, 2)))

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        _ = self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 12, 1, learning_rate=6)
    X = np.array(list(product((0, 1), (0, 1))))
    y = np.array([[a ^ b] for a, b in X])
    return net, [net.train_step(*args) for args in repeat((X, y), 3000)]


def make_spiral_data(n_samples=300, noise=0.1):
    ts = np.linspace(0, 4 * np.pi, n_samples // 2)
    rows = chain.from_iterable(
        ((s * t / 2 / np.pi * np.cos(t), s * t / 2 / np.pi * np.sin(t), c) for t in ts) for s, c in ((1, 0.0), (-1, 1.0)))
    table = np.array(list(rows))
    return table[:, :2] + np.random.normal(0, noise, (len(table), 2)), table[:, 2:]


def train_spiral(X, y):
    net = NeuralNetwork(X.shape[1], 60, 1, 10)
    net.W1 = net.W1 * 3
    for _ in repeat(None, 4500):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    report = []
    np.random.seed(seed)
    for h, lr in product(hidden_sizes, learning_rates):
        net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
        losses = [net.train_step(X, y) for _ in range(epochs)]
        report.append({"hidden_size": h, "learning_rate": lr, "final_loss": losses[-1]})
    return sorted(report, key=lambda row: row["final_loss"])
