"""Notes on the lab.

Q: What is the role of the chain rule?  A: The Jacobian of a composition is the product of the Jacobians; going from the
right (adjoint mode) costs vector products only.
Q: What questions do you still have about gradient descent?  A: Why not L-BFGS for such small problems?
"""
import numpy as np
from math import prod


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0.0, x) - np.logaddexp(0.0, -x))


_KEYS = ("dL_da2", "da2_dz2", "dL_dz2", "dL_dw2", "dL_db2", "dL_da1", "da1_dz1", "dL_dz1", "dL_dw1", "dL_db1")


def manual_forward(x, w1, b1, w2, b2):
    out, v = {}, x
    for i, (w, b) in enumerate(((w1, b1), (w2, b2)), start=1):
        out[f"z{i}"] = np.polyval((w, b), v)
        out[f"a{i}"] = v = sigmoid(out[f"z{i}"])
    return out


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    s2, s1 = sigmoid_derivative(f["z2"]), sigmoid_derivative(f["z1"])
    r = f["a2"] - y
    values = (r, s2, r * s2, r * s2 * f["a1"], r * s2, r * s2 * w2, s1, r * s2 * w2 * s1, r * s2 * w2 * s1 * x, r * s2 * w2 * s1)
    return dict(zip(_KEYS, values))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    theta = np.array([w1, b1, w2, b2], dtype=float)
    theta -= learning_rate * np.array([g[f"dL_d{p}"] for p in ("w1", "b1", "w2", "b2")])
    return tuple(theta)


def _view(name):
    def get(self):
        lo, hi, shape = self._where[name]
        return self._theta[lo:hi].reshape(shape)

    def put(self, value):
        get(self)[...] = value

    return property(get, put)


class NeuralNetwork:
    W1, b1, W2, b2 = map(_view, ("W1", "b1", "W2", "b2"))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        shapes = dict(W1=(input_size, hidden_size), b1=(1, hidden_size), W2=(hidden_size, output_size), b2=(1, output_size))
        self._where, at = {}, 0
        for name, shape in shapes.items():
            self._where[name] = at, at + prod(shape), shape
            at += prod(shape)
        self._theta = np.zeros(at)
        self.W1 = np.random.standard_normal(shapes["W1"])
        self.W2 = np.random.standard_normal(shapes["W2"])
        self.learning_rate = learning_rate
        self.gradients = None

    def forward(self, X):
        self._z1 = X @ self.W1 + self.b1
        self._z2 = sigmoid(self._z1) @ self.W2 + self.b2
        return sigmoid(self._z2)

    def backward(self, X, y):
        adj2 = sigmoid_derivative(self._z2) * (sigmoid(self._z2) - y)
        adj1 = sigmoid_derivative(self._z1) * (adj2 @ self.W2.T)
        c = 2.0 / np.size(y)
        e = np.ones((1, len(X)))
        self.gradients = dict(dW1=c * (X.T @ adj1), db1=c * (e @ adj1), dW2=c * (sigmoid(self._z1).T @ adj2), db2=c * (e @ adj2))
        return self.gradients

    def update_weights(self):
        flat = np.concatenate([self.gradients["d" + name].ravel() for name in self._where])
        self._theta = self._theta - self.learning_rate * flat

    def compute_loss(self, y_true, y_pred):
        return np.linalg.norm(np.subtract(y_true, y_pred)) ** 2 / np.size(y_true)

    def train_step(self, X, y):
        value = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return value


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 6, 1, 5.0)
    net._theta *= 2
    X = np.array(np.meshgrid([0, 1], [0, 1], indexing="ij")).reshape(2, 4).T
    y = X.sum(1, keepdims=True) % 2
    return net, [net.train_step(X, y) for _ in range(2500)]


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2)
    arm = t / (2 * np.pi) * np.exp(1j * t)              # complex plane
    both = np.concatenate((arm, -arm))
    X = np.column_stack((both.real, both.imag))
    X += noise * np.random.standard_normal(X.shape)
    return X, np.repeat((0.0, 1.0), len(t)).reshape(-1, 1)


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, 5.0)
    net.W1 *= 4
    net.b1 = 4 * np.random.standard_normal((1, 64))
    for _ in range(5000):
        net.train_step(X, y)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def final(h, eta):
        np.random.seed(seed)
        net = NeuralNetwork(X.shape[1], h, y.shape[1], eta)
        return [net.train_step(X, y) for _ in range(epochs)][-1]

    return [dict(hidden_size=h, learning_rate=eta, final_loss=final(h, eta)) for h in hidden_sizes for eta in learning_rates]
