# Reflection: the most important concept is that every operation knows how to push its gradient to its parents.
# What surprised me: how little code autograd is. XOR felt like cheating afterwards.
import math
import numpy as np


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __mul__(self, o):
        return Value(self.data * o.data, ((self, o.data), (o, self.data)))

    def __add__(self, o):
        return Value(self.data + o.data, ((self, 1.0), (o, 1.0)))

    def __sub__(self, o):
        return Value(self.data - o.data, ((self, 1.0), (o, -1.0)))

    def squash(self):
        s = float(sigmoid(self.data))
        return Value(s, ((self, s * (1 - s)),))

    def half_square(self):
        return Value(self.data ** 2 / 2, ((self, self.data),))

    def push(self, g=1.0):
        self.grad += g
        for parent, local in self.parents:
            parent.push(g * local)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1.0)[()] / (1 + e)


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return e / np.square(1 + e)


def _graph(x, y, w1, b1, w2, b2):
    v = {k: Value(float(n)) for k, n in dict(x=x, y=y, w1=w1, b1=b1, w2=w2, b2=b2).items()}
    v["z1"] = v["w1"] * v["x"] + v["b1"]
    v["a1"] = v["z1"].squash()
    v["z2"] = v["w2"] * v["a1"] + v["b2"]
    v["a2"] = v["z2"].squash()
    v["L"] = (v["a2"] - v["y"]).half_square()
    return v


def manual_forward(x, w1, b1, w2, b2):
    v = _graph(x, 0, w1, b1, w2, b2)
    return {k: v[k].data for k in ("z1", "a1", "z2", "a2")}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = _graph(x, y, w1, b1, w2, b2)
    v["L"].push()
    out = {"dL_d" + k: v[k].grad for k in ("a2", "z2", "w2", "b2", "a1", "z1", "w1", "b1")}
    out["da2_dz2"] = v["a2"].parents[0][1]
    out["da1_dz1"] = v["a1"].parents[0][1]
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    v = _graph(x, y, w1, b1, w2, b2)
    v["L"].push()
    return tuple(v[k].data - learning_rate * v[k].grad for k in ("w1", "b1", "w2", "b2"))


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden_size, output_size]
        for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), 1):
            setattr(self, f"W{i}", np.random.uniform(-2, 2, (fan_in, fan_out)))
            setattr(self, f"b{i}", np.zeros((1, fan_out)))

    def _up(self, a, i=1):
        """list of activations, from layer i on"""
        if i == 3:
            return [a]
        nxt = sigmoid(a @ getattr(self, f"W{i}") + getattr(self, f"b{i}"))
        return [a] + self._up(nxt, i + 1)

    def _down(self, upstream, i=2):
        if i == 0:
            return {}
        local = upstream * self.acts[i] * (1 - self.acts[i])
        here = {f"dW{i}": self.acts[i - 1].T @ local, f"db{i}": local.sum(0, keepdims=True)}
        return here | self._down(local @ getattr(self, f"W{i}").T, i - 1)

    def forward(self, X):
        self.acts = self._up(X)
        return self.acts[-1]

    def backward(self, X, y):
        self.gradients = self._down((self.acts[-1] - y) / (y.size / 2))
        return self.gradients

    def update_weights(self):
        for k, g in self.gradients.items():
            self.__dict__[k[1:]] = self.__dict__[k[1:]] - self.learning_rate * g

    def compute_loss(self, y_true, y_pred):
        return math.fsum(((y_true - y_pred) ** 2).flat) / y_true.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 10, 1, learning_rate=3)
    X = np.array([[0., 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0.], [1], [1], [0]])
    losses = []
    while len(losses) < 10 or losses[-1] > 0.0005:
        losses.append(net.train_step(X, y))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    def arm(label):
        for t in np.linspace(0, 4 * math.pi, n_samples // 2):
            r, phi = t / (2 * math.pi), t + label * math.pi
            yield (r * math.cos(phi) + noise * np.random.randn(), r * math.sin(phi) + noise * np.random.randn(), label)

    table = np.array([*arm(0.0), *arm(1.0)])
    return table[:, :2], table[:, 2:]


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5)
    net.W1, net.b1 = np.random.randn(2, 64) * 4, np.random.randn(1, 64) * 4
    net.W2 = np.random.randn(64, 1)
    for _ in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                net.train_step(X, y)
            results.append({"hidden_size": h, "learning_rate": lr, "final_loss": net.compute_loss(y, net.forward(X))})
    return results
