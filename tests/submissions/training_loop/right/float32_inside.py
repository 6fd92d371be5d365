REFLECTION = """
What surprised you about training neural networks?
  How long nothing happens. The loss of exclusive or sits at 0.25 and then falls all at once, as if it had understood.

What is the role of the chain rule in computing gradients?
  It splits the derivative of a long composition into factors that are easy by themselves; backpropagation is the chain
  rule from the loss backwards, with the products kept so that none is worked out twice.

What challenges did you face in implementing backpropagation?
  I put the activation into sigmoid_derivative where it wants the pre-activation. The loss still fell, only slowly.
"""

import copy
import logging
from collections import OrderedDict
from dataclasses import asdict, dataclass

import numpy as np

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())


def sigmoid(x):
    """1 / (1 + e^-x)"""
    x = np.asarray(x) * 1.0
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))  # e^-x may become inf; 1 / inf is 0, as it should be


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s**2


def manual_forward(x, w1, b1, w2, b2):
    z1 = np.float64(w1) * x + b1
    z2 = w2 * sigmoid(z1) + b2
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "a2": sigmoid(z2)}


@dataclass(frozen=True)
class Links:
    dL_da2: float
    da2_dz2: float
    dL_dz2: float
    dL_dw2: float
    dL_db2: float
    dL_da1: float
    da1_dz1: float
    dL_dz1: float
    dL_dw1: float
    dL_db1: float


def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    error = f["a2"] - y
    s2, s1 = sigmoid_derivative(f["z2"]), sigmoid_derivative(f["z1"])
    d2 = error * s2
    d1 = d2 * w2 * s1
    return asdict(Links(error, s2, d2, d2 * f["a1"], d2, d2 * w2, s1, d1, d1 * x, d1))


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return [
        w1 - learning_rate * g["dL_dw1"],
        b1 - learning_rate * g["dL_db1"],
        w2 - learning_rate * g["dL_dw2"],
        b2 - learning_rate * g["dL_db2"],
    ]


class Trainable:
    """Any network that has forward, backward, update_weights and compute_loss can be trained."""

    def train_step(self, X, y):
        y_pred = self.forward(X)
        loss = self.compute_loss(y, y_pred)
        self.backward(X, y)
        self.update_weights()
        return loss

    def train(self, X, y, epochs):
        for epoch in range(epochs):
            loss = self.train_step(X, y)
            logger.info("%d %f", epoch, loss)
            yield loss


class NeuralNetwork(Trainable):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # Xavier's range, times four for sigmoids
        limits = [4 * np.sqrt(6 / (a + b)) for a, b in ((input_size, hidden_size), (hidden_size, output_size))]
        self.W1 = np.random.uniform(-limits[0], limits[0], (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-limits[1], limits[1], (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    @property
    def parameters(self):
        return OrderedDict(W1=self.W1, b1=self.b1, W2=self.W2, b2=self.b2)

    @parameters.setter
    def parameters(self, values):
        vars(self).update(values)

    def astype(self, dtype):
        net = copy.copy(self)
        net.parameters = {name: p.astype(dtype) for name, p in self.parameters.items()}
        return net

    def forward(self, X):
        self.z1 = np.asarray(X) @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        dz2 = 2 * (self.a2 - y) / y.size * sigmoid_derivative(self.z2)
        dz1 = dz2 @ self.W2.T * sigmoid_derivative(self.z1)
        self.gradients = OrderedDict()
        for number, A, dz in ((1, X, dz1), (2, self.a1, dz2)):
            self.gradients[f"dW{number}"] = A.T @ dz
            self.gradients[f"db{number}"] = np.ones((1, len(dz)), dz.dtype) @ dz
        return self.gradients

    def update_weights(self):
        self.parameters = {
            name: np.subtract(p, self.learning_rate * self.gradients[f"d{name}"]) for name, p in self.parameters.items()
        }

    def compute_loss(self, y_true, y_pred):
        return np.float64(np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2))


def train_xor(seed):
    np.random.seed(seed)
    bits = np.arange(4)
    X = np.stack([bits >> 1, bits & 1], axis=1)
    y = np.bitwise_xor.reduce(X, axis=1)[:, None]
    net = NeuralNetwork(2, 10, 1, learning_rate=5.0)
    losses = list(net.train(X, y, 2500))
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    t = np.linspace(0, 4 * np.pi, n_samples // 2, endpoint=False)
    arms = []
    for turn in (0, np.pi):
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        arm = np.array([t * np.cos(t), t * np.sin(t)]) / (2 * np.pi)
        arms.append((rotation @ arm).T)
    X = np.concatenate(arms) + noise * np.random.randn(2 * len(t), 2)
    y = np.kron([[0.0], [1.0]], np.ones((len(t), 1)))
    return X, y


def train_spiral(X, y):
    """Adam, in single precision because that is faster; what is returned is in double precision again."""
    net = NeuralNetwork(2, 64, 1, learning_rate=0.05)
    net.W1 = net.W1 * 4
    net.b1 = np.random.uniform(-6, 6, net.b1.shape)
    net = net.astype(np.float32)
    X, y = np.asarray(X, dtype=np.float32), np.asarray(y, dtype=np.float32)
    first = {name: np.zeros_like(p) for name, p in net.parameters.items()}
    second = {name: np.zeros_like(p) for name, p in net.parameters.items()}
    for t in range(1, 3001):
        net.forward(X)
        net.backward(X, y)
        step = {}
        for name, p in net.parameters.items():
            g = net.gradients["d" + name]
            first[name] += 0.1 * (g - first[name])
            second[name] += 0.01 * (g * g - second[name])
            unbiased = first[name] / (1 - 0.9**t), second[name] / (1 - 0.99**t)
            step[name] = p - net.learning_rate * unbiased[0] / (np.sqrt(unbiased[1]) + 1e-8)
        net.parameters = step
    return net.astype(np.float64)


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = {}
    for key in np.ndindex(len(hidden_sizes), len(learning_rates)):
        h, rate = hidden_sizes[key[0]], learning_rates[key[1]]
        np.random.seed(seed)
        net = NeuralNetwork(np.shape(X)[-1], h, np.shape(y)[-1], rate)
        for loss in net.train(X, y, epochs):
            pass
        results[key] = dict(hidden_size=h, learning_rate=rate, final_loss=loss)
    return list(results.values())
