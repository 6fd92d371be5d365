"""Two ways of differentiating: dual numbers (forward mode) for the smallest network, a tape (reverse mode) for the other.

What surprised me: forward mode needs one pass for each derivative, reverse mode one for all. That is why it is called
backpropagation and not differentiation.
Role of the chain rule: it is the only rule in the operators below.
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

    def __pow__(self, p):
        return Node(self.value ** p, (self, lambda g: g * p * self.value ** (p - 1)))

    def mean(self):
        return Node(self.value.mean(), (self, lambda g: np.full(self.value.shape, g / self.value.size)))

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


class Dual:
    """value + slope·ε with ε² = 0: carries a derivative forward through +, -, * and ~ (the activation)."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    @staticmethod
    def lift(thing):
        return thing if isinstance(thing, Dual) else Dual(thing)

    def __add__(self, other):
        other = Dual.lift(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = Dual.lift(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __rsub__(self, other):
        return Dual.lift(other) + self * -1

    __radd__, __rmul__ = __add__, __mul__

    def __invert__(self):
        return Dual(sigmoid(self.value), self.slope * sigmoid_derivative(self.value))


def derivative(function, at):
    return function(Dual(at, 1.0)).slope


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * sigmoid(z1) + b2
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


def manual_gradients(x, y, w1, b1, w2, b2):
    z1, a1, z2, a2 = manual_forward(x, w1, b1, w2, b2).values()
    # the rest of the way to the loss, from each station on
    from_a2 = lambda a: (y - a) * (y - a) * 0.5
    from_z2 = lambda z: from_a2(~z)
    from_a1 = lambda a: from_z2(w2 * a + b2)
    from_z1 = lambda z: from_a1(~z)
    return {
        "dL_da2": derivative(from_a2, a2),
        "da2_dz2": derivative(lambda z: ~z, z2),
        "dL_dz2": derivative(from_z2, z2),
        "dL_dw2": derivative(lambda w: from_z2(w * a1 + b2), w2),
        "dL_db2": derivative(lambda b: from_z2(w2 * a1 + b), b2),
        "dL_da1": derivative(from_a1, a1),
        "da1_dz1": derivative(lambda z: ~z, z1),
        "dL_dz1": derivative(from_z1, z1),
        "dL_dw1": derivative(lambda w: from_z1(w * x + b1), w1),
        "dL_db1": derivative(lambda b: from_z1(w1 * x + b), b1),
    }


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
        ((Node(y) - self.output) ** 2).mean().pull()
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
