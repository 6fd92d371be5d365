"""My own little autograd.

Most important concept: the backward pass needs no formulas of its own. If every operator knows its derivative, the
graph does the rest.
Challenge: broadcasting. The gradient of a bias comes back larger than the bias and has to be summed.
"""
import numpy as np


class Node:
    """A value that knows how it came about. Operators build the graph, pull() walks it backwards."""

    def __init__(self, value, *parents):
        self.value = np.asarray(value, dtype=float)
        self.parents = parents                  # pairs: node, function from my gradient to its share
        self.grad = np.zeros_like(self.value)

    def __add__(self, other):
        return Node(self.value + other.value, (self, lambda g: g), (other, lambda g: g))

    def __sub__(self, other):
        return Node(self.value - other.value, (self, lambda g: g), (other, lambda g: -g))

    def __mul__(self, other):
        return Node(self.value * other.value, (self, lambda g: g * other.value), (other, lambda g: g * self.value))

    def __matmul__(self, other):
        return Node(self.value @ other.value,
                    (self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g))

    def __invert__(self):
        """~z is the activation of z."""
        return Node(sigmoid(self.value), (self, lambda g: g * sigmoid_derivative(self.value)))

    def mean(self):
        return Node(self.value.mean(), (self, lambda g: np.full(self.value.shape, g / self.value.size)))

    def half(self):
        return Node(self.value / 2, (self, lambda g: g / 2))

    def local(self):
        """Derivative with respect to the only parent."""
        (_, share), = self.parents
        return share(1.0)

    def pull(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = np.zeros_like(node.value)
        self.grad = np.ones_like(self.value)
        for node in reversed(order):
            for parent, share in node.parents:
                parent.grad = parent.grad + fit(share(node.grad), parent.value.shape)
        return self


def fit(g, shape):
    """Undoes broadcasting: sums over what was stretched."""
    if g.shape == shape:
        return g
    return g.sum(axis=0, keepdims=True)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-np.clip(x, -600, 600)))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def graph(x, w1, b1, w2, b2):
    """The smallest network as a dict of nodes."""
    n = {name: Node(value) for name, value in dict(x=x, w1=w1, b1=b1, w2=w2, b2=b2).items()}
    n["z1"] = n["w1"] * n["x"] + n["b1"]
    n["a1"] = ~n["z1"]
    n["z2"] = n["w2"] * n["a1"]
    n["a2"] = ~n["z2"]
    return n


def manual_forward(x, w1, b1, w2, b2):
    n = graph(x, w1, b1, w2, b2)
    return {name: float(n[name].value) for name in ("z1", "a1", "z2", "a2")}


def manual_gradients(x, y, w1, b1, w2, b2):
    n = graph(x, w1, b1, w2, b2)
    error = Node(y) - n["a2"]
    (error * error).half().pull()
    result = {"dL_d" + name: float(n[name].grad) for name in ("a2", "z2", "w2", "b2", "a1", "z1", "w1", "b1")}
    result["da2_dz2"], result["da1_dz1"] = float(n["a2"].local()), float(n["a1"].local())
    return result


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * g["dL_dw1"], b1 - learning_rate * g["dL_db1"],
            w2 - learning_rate * g["dL_dw2"], b2 - learning_rate * g["dL_db2"])


class NeuralNetwork:
    names = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.leaves = {name: Node(getattr(self, name)) for name in self.names}
        W1, b1, W2, b2 = self.leaves.values()
        self.output = ~(~(Node(X) @ W1 + b1) @ W2 + b2)
        return self.output.value

    def backward(self, X, y):
        error = self.output - Node(y)
        (error * error).mean().pull()
        self.gradients = {"d" + name: leaf.grad for name, leaf in self.leaves.items()}
        return self.gradients

    def update_weights(self):
        for name in self.names:
            setattr(self, name, getattr(self, name) - self.learning_rate * self.gradients["d" + name])

    def compute_loss(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).mean()

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    net = NeuralNetwork(2, 8, 1, learning_rate=5.0)
    return net, [net.train_step(X, y) for _ in range(4000)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    r = t / (2 * np.pi)
    X = np.vstack([np.c_[r * np.cos(t + turn), r * np.sin(t + turn)] for turn in (0, np.pi)])
    y = np.vstack([np.zeros((t.size, 1)), np.ones((t.size, 1))])
    return X + noise * np.random.randn(*X.shape), y


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=10.0)
    net.W1 = net.W1 * 5
    for epoch in range(6000):
        net.train_step(X, y)
        if epoch % 250 == 0 and np.mean((net.output.value > 0.5) == y) > 0.98:
            break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for h in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
            for _ in range(epochs):
                loss = net.train_step(X, y)
            results.append({"hidden_size": h, "learning_rate": rate, "final_loss": loss})
    return results
