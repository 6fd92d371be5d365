from dataclasses import dataclass, field

import numpy as np

HIDDEN_GAIN = 1.5  # "makes the sigmoid less lazy around zero"


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


@dataclass
class FullyConnected:
    n_in: int
    n_out: int
    gain: float = 1.0
    W: np.ndarray = field(init=False, repr=False)
    b: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.W = np.random.normal(0, 0.1, (self.n_in, self.n_out))
        self.b = np.zeros((1, self.n_out))

    def affine(self, x):
        return x @ self.W + self.b

    def squash(self, z):
        return sigmoid(self.gain * z)


def _tie(layer, what):
    return property(lambda net: getattr(vars(net)[layer], what), lambda net, v: setattr(vars(net)[layer], what, v))


class SimpleNeuralNetwork:
    W1, b1 = _tie("lower", "W"), _tie("lower", "b")
    W2, b2 = _tie("upper", "W"), _tie("upper", "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.lower = FullyConnected(input_size, hidden_size, gain=HIDDEN_GAIN)
        self.upper = FullyConnected(hidden_size, output_size)
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = self.lower.affine(X)
        self.a1 = self.lower.squash(self.z1)
        self.z2 = self.upper.affine(self.a1)
        self.a2 = self.upper.squash(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        delta1 = np.dot(delta2, self.upper.W.T) * sigmoid_derivative(self.z1)
        return (
            np.dot(X.T, delta1),
            np.sum(delta1, axis=0, keepdims=True),
            np.dot(self.a1.T, delta2),
            np.sum(delta2, axis=0, keepdims=True),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        for layer, dW, db in ((self.lower, dW1, db1), (self.upper, dW2, db2)):
            layer.W = layer.W - self.learning_rate * dW
            layer.b = layer.b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    res = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        res[i] = (f(x + e) - f(x - e)) / (2 * h)
    return res
