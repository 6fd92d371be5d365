"""Written around functions that return functions.

Reflection: (1) chain rule = composing pullbacks, which is why the backward pass below is a stack of closures;
(2) surprising: two layers are enough for two whole turns of a spiral, if the first layer starts steep.
"""
import numpy as np
from functools import partial
from itertools import chain

sum_rows = partial(np.sum, axis=0, keepdims=True)
logistic_pair = lambda x: (lambda s: (s, s * (1 - s)))(1 / (1 + np.exp(-np.asarray(x, dtype=float))))


def sigmoid(x):
    return logistic_pair(x)[0]


def sigmoid_derivative(x):
    return logistic_pair(x)[1]


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1; a1 = sigmoid(z1); z2 = w2 * a1 + b2; a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    g = {"dL_da2": f["a2"] - y, "da2_dz2": sigmoid_derivative(f["z2"]), "da1_dz1": sigmoid_derivative(f["z1"])}
    g["dL_dz2"] = g["dL_db2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"], g["dL_da1"] = g["dL_dz2"] * f["a1"], g["dL_dz2"] * w2
    g["dL_dz1"] = g["dL_db1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"] * x
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    down = lambda value, name: value - learning_rate * g[f"dL_d{name}"]
    return down(w1, "w1"), down(b1, "b1"), down(w2, "w2"), down(b2, "b2")


def neuron_layer(x, W, b):
    """(activation, pullback): the pullback takes dL/da to (dL/dx, dL/dW, dL/db)."""
    a, slope = logistic_pair(x @ W + b)

    def pullback(up):
        d = up * slope
        return d @ W.T, x.T @ d, sum_rows(d)

    return a, pullback


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        for i, (rows, cols) in enumerate([(input_size, hidden_size), (hidden_size, output_size)], start=1):
            setattr(self, f"W{i}", np.random.standard_normal((rows, cols)))
            setattr(self, f"b{i}", np.zeros((1, cols)))
        self.learning_rate, self.gradients = learning_rate, {}

    def forward(self, X):
        a1, back1 = neuron_layer(X, self.W1, self.b1)
        a2, back2 = neuron_layer(a1, self.W2, self.b2)
        self._a2, self._backs = a2, (back1, back2)
        return a2

    def backward(self, X, y):
        back1, back2 = self._backs
        up, dW2, db2 = back2((self._a2 - y) * (2 / y.size))
        _, dW1, db1 = back1(up)
        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        moved = {
            name: getattr(self, name) + self.learning_rate * self.gradients["d" + name]
            for name in ("W1", "W2")
        }
        vars(self).update(moved)

    def compute_loss(self, y_true, y_pred):
        gap = np.ravel(y_true) - np.ravel(y_pred)
        return gap @ gap / gap.size

    def train_step(self, X, y):
        loss = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return loss


def repeat(net, X, y, epochs):
    return [net.train_step(X, y) for _ in range(epochs)]


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 9, 1, learning_rate=6.0)
    return net, repeat(net, np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]]), 4000)


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    spiral = t / (2 * np.pi) * np.exp(1j * t)
    points = np.concatenate([spiral, spiral * np.exp(1j * np.pi)])
    X = np.column_stack([points.real, points.imag]) + noise * np.random.standard_normal((len(points), 2))
    return X, (np.arange(len(points)) >= len(t)).astype(float)[:, None]


def train_spiral(X, y):
    net = NeuralNetwork(2, 60, 1, learning_rate=3.0)
    net.W1 = net.W1 * 3
    batches = lambda: np.array_split(np.random.permutation(len(X)), 10)
    for rows in chain.from_iterable(batches() for _ in range(1600)):
        net.train_step(X[rows], y[rows])
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(h, rate):
        np.random.seed(seed)
        return repeat(NeuralNetwork(X.shape[1], h, y.shape[1], rate), X, y, epochs)[-1]

    return [
        {"hidden_size": h, "learning_rate": rate, "final_loss": run(h, rate)}
        for h in hidden_sizes
        for rate in learning_rates
    ]
