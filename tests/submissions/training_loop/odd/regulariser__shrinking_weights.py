# Q: most important concept?  A: generalisation (that is why there is a decay below).
# Q: role of the chain rule?  A: it lets the error reach the first layer.
from __future__ import annotations
from dataclasses import dataclass, field
import numpy as np

DECAY = 1e-3


def sigmoid(x):
    return np.tanh(np.asarray(x, dtype=float) * .5) * .5 + .5


def sigmoid_derivative(x):
    return .25 - (sigmoid(x) - .5) ** 2


@dataclass(frozen=True)
class Tiny:
    w1: float
    b1: float
    w2: float
    b2: float

    def run(self, x):
        z1 = self.w1 * x + self.b1
        z2 = self.w2 * sigmoid(z1) + self.b2
        return dict(z1=z1, a1=sigmoid(z1), z2=z2, a2=sigmoid(z2))

    def derive(self, x, y):
        r = self.run(x)
        g = dict(dL_da2=r["a2"] - y, da2_dz2=sigmoid_derivative(r["z2"]), da1_dz1=sigmoid_derivative(r["z1"]))
        g["dL_db2"] = g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
        g["dL_da1"] = g["dL_dz2"] * self.w2
        g["dL_db1"] = g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
        g.update(dL_dw1=g["dL_dz1"] * x, dL_dw2=g["dL_dz2"] * r["a1"])
        return g

    def stepped(self, x, y, rate):
        g = self.derive(x, y)
        return Tiny(*(getattr(self, f) - rate * g["dL_d" + f] for f in self.__dataclass_fields__))


def manual_forward(x, w1, b1, w2, b2):
    return Tiny(w1, b1, w2, b2).run(x)


def manual_gradients(x, y, w1, b1, w2, b2):
    return Tiny(w1, b1, w2, b2).derive(x, y)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    t = Tiny(w1, b1, w2, b2).stepped(x, y, learning_rate)
    return t.w1, t.b1, t.w2, t.b2


@dataclass
class NeuralNetwork:
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    gradients: dict = field(default_factory=dict, init=False)

    def __post_init__(self):
        self.W1 = np.random.randn(self.input_size, self.hidden_size)
        self.b1 = np.zeros((1, self.hidden_size))
        self.W2 = np.random.randn(self.hidden_size, self.output_size)
        self.b2 = np.zeros((1, self.output_size))

    def forward(self, X):
        self._z = [X @ self.W1 + self.b1]
        self._a = [sigmoid(self._z[0])]
        self._z += [self._a[0] @ self.W2 + self.b2]
        self._a += [sigmoid(self._z[1])]
        return self._a[1]

    def backward(self, X, y):
        e = [None, (self._a[1] - y) * sigmoid_derivative(self._z[1]) / (.5 * y.size)]
        e[0] = e[1] @ self.W2.T * sigmoid_derivative(self._z[0])
        self.gradients = {f"d{kind}{i + 1}": source[i].T @ e[i] if kind == "W" else e[i].sum(0, keepdims=True)
                          for i, source in enumerate([[X], [X, self._a[0]]]) for kind in "Wb"}
        return self.gradients

    def update_weights(self):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * (self.gradients["dW1"] + DECAY * self.W1)
        self.b1 = self.b1 - lr * self.gradients["db1"]
        self.W2 = self.W2 - lr * (self.gradients["dW2"] + DECAY * self.W2)
        self.b2 = self.b2 - lr * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.mean([np.mean((t - p) ** 2) for t, p in zip(y_true, y_pred)])

    def train_step(self, X, y):
        value = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return value


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 8, 1, learning_rate=5)
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    return net, [net.train_step(X, y) for _ in range(2500)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    R = lambda α: np.array([[np.cos(α), np.sin(α)], [-np.sin(α), np.cos(α)]])
    arm = np.vstack([t * np.cos(t), t * np.sin(t)]).T / (2 * np.pi)
    X = np.vstack([arm, arm @ R(np.pi)])
    return X + noise * np.random.randn(*X.shape), np.vstack([0 * t[:, None], 0 * t[:, None] + 1])


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1)
    net.b1 = np.random.randn(1, 40)
    names = ("W1", "b1", "W2", "b2")
    mean, square = {n: 0 for n in names}, {n: 0 for n in names}
    for t in range(1, 2001):
        net.forward(X)
        net.backward(X, y)
        for n in names:
            g = net.gradients["d" + n]
            mean[n] = .9 * mean[n] + .1 * g
            square[n] = .999 * square[n] + .001 * g ** 2
            setattr(net, n, getattr(net, n) - .02 * mean[n] / (1 - .9 ** t) / (np.sqrt(square[n] / (1 - .999 ** t)) + 1e-8))
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            table.append(dict(hidden_size=h, learning_rate=lr, final_loss=loss))
    return table
