"""Reflection: I wanted to understand why the chain rule is enough, so I let it do everything. Each Var below
knows its parents and how to hand a gradient to them; backward() only walks the tape. The most important concept for
me: a derivative is local, the order of the walk is global. What surprised me: how much the start of the weights
matters for the spirals, far more than the number of steps.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    # log s(x) + log s(-x)
    return np.exp(-np.logaddexp(0, -x) - np.logaddexp(0, x))


def _fit(g, shape):
    """sum a broadcast gradient back to the shape it came from"""
    while np.ndim(g) > len(shape):
        g = g.sum(axis=0)
    for ax, size in enumerate(shape):
        if size == 1 and g.shape[ax] != 1:
            g = g.sum(axis=ax, keepdims=True)
    return g


class Var:
    def __init__(self, value, *edges):
        self.value = np.asarray(value, dtype=float)
        self.edges = edges                       # (parent, gradient -> gradient for the parent)
        self.grad = np.zeros_like(self.value)

    def __add__(self, o):
        return Var(self.value + o.value, (self, lambda g: g), (o, lambda g: g))

    def __sub__(self, o):
        return Var(self.value - o.value, (self, lambda g: g), (o, lambda g: -g))

    def __mul__(self, o):
        return Var(self.value * o.value, (self, lambda g: g * o.value), (o, lambda g: g * self.value))

    def __matmul__(self, o):
        return Var(self.value @ o.value, (self, lambda g: g @ o.value.T), (o, lambda g: self.value.T @ g))

    def sig(self):
        s = sigmoid(self.value)
        return Var(s, (self, lambda g: g * s * (1 - s)))

    def mean(self):
        return Var(self.value.mean(), (self, lambda g: np.full_like(self.value, g / self.value.size)))

    def _order(self, seen):
        if id(self) not in seen:
            seen[id(self)] = None
            for p, _ in self.edges:
                yield from p._order(seen)
            yield self

    def backward(self, start=1.0):
        tape = list(self._order({}))
        for v in tape:
            v.grad = np.zeros_like(v.value)
        self.grad = self.grad + start
        for v in reversed(tape):
            for p, pull in v.edges:
                p.grad = p.grad + _fit(pull(v.grad), p.value.shape)


def _tiny(x, w1, b1, w2, b2):
    v = dict(zip("x w1 b1 w2 b2".split(), map(Var, (x, w1, b1, w2, b2))))
    v["z1"] = v["w1"] * v["x"] + v["b1"]
    v["a1"] = v["z1"].sig()
    v["z2"] = v["w2"] * v["a1"] + v["b2"]
    v["a2"] = v["z2"].sig()
    return v


def manual_forward(x, w1, b1, w2, b2):
    v = _tiny(x, w1, b1, w2, b2)
    return {name: float(v[name].value) for name in ("z1", "a1", "z2", "a2")}


def manual_gradients(x, y, w1, b1, w2, b2):
    v = _tiny(x, w1, b1, w2, b2)
    out = {}
    for top, bottom in (("a2", "z2"), ("a1", "z1")):
        v[top].backward()
        out[f"d{top}_d{bottom}"] = float(v[bottom].grad)
    miss = v["a2"] - Var(y)
    (miss * miss * Var(.5)).backward()
    out.update({"dL_d" + n: float(v[n].grad) for n in "a2 z2 w2 b2 a1 z1 w1 b1".split()})
    return out


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return tuple(p - learning_rate * g["dL_d" + n] for n, p in dict(w1=w1, b1=b1, w2=w2, b2=b2).items())


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = np.random.randn(input_size, hidden_size), np.random.randn(hidden_size, output_size)
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.leaves = {n: Var(getattr(self, n)) for n in ("W1", "b1", "W2", "b2")}
        W1, b1, W2, b2 = self.leaves.values()
        self.prediction = ((Var(X) @ W1 + b1).sig() @ W2 + b2).sig()
        return self.prediction.value

    def backward(self, X, y):
        miss = self.prediction - Var(y)
        (miss * miss).mean().backward()
        self.gradients = {"d" + n: leaf.grad for n, leaf in self.leaves.items()}
        return self.gradients

    def update_weights(self):
        for n in ("W1", "b1", "W2", "b2"):
            setattr(self, n, getattr(self, n) - self.learning_rate * self.gradients["d" + n])

    def compute_loss(self, y_true, y_pred):
        miss = Var(y_true) - Var(y_pred)
        return float((miss * miss).mean().value)

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 10, 1, learning_rate=8.0)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    y = np.array([[0], [1], [1], [0]], float)
    return net, [net.train_step(X, y) for _ in range(2500)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = (t / (2 * np.pi))[:, None] * np.c_[np.cos(t), np.sin(t)]
    X = np.concatenate([arm, -arm]) + noise * np.random.randn(n_samples, 2)
    return X, np.repeat([[0.0], [1.0]], n_samples // 2, axis=0)


def train_spiral(X, y):
    net = NeuralNetwork(2, 60, 1, learning_rate=10.0)
    net.W1 *= 3
    for _ in range(4500):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    table = []
    for h in hidden_sizes:
        for lr in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], lr)
            for _ in range(epochs):
                last = net.train_step(X, y)
            table.append({"hidden_size": h, "learning_rate": lr, "final_loss": last})
    return table
