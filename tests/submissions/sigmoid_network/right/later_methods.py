"""Methods written as plain functions and hung on the class afterwards; gradients come back as a named tuple."""

import functools
import logging
from collections import namedtuple

import numpy as np

log = logging.getLogger(__name__)

Gradients = namedtuple("Gradients", "dW1 db1 dW2 db2")


def floats(function):
    """Hands the arguments on as float arrays."""

    @functools.wraps(function)
    def wrapper(*arrays):
        return function(*(np.asarray(a, dtype=np.float64) for a in arrays))

    return wrapper


@floats
def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


@floats
def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)


def relu(x):
    x = np.asarray(x)
    return np.where(x > 0, x, np.zeros_like(x))


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(float)


@floats
def mse_loss(y_pred, y_true):
    return float(((y_pred - y_true) ** 2).mean())


@floats
def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (0.5 * y_pred.size)


class SimpleNeuralNetwork:
    pass


def _init(self, input_size, hidden_size, output_size, learning_rate=0.1):
    rng = np.random.default_rng()
    self.W1, self.W2 = (
        0.05 * rng.standard_normal(s) for s in [(input_size, hidden_size), (hidden_size, output_size)]
    )
    self.b1, self.b2 = (np.zeros((1, s)) for s in (hidden_size, output_size))
    self.learning_rate = learning_rate


def _forward(self, X):
    X = np.asarray(X)
    # the bias as one more weight, with an input that is always one
    one = np.ones((len(X), 1))
    self.z1 = np.hstack([X, one]) @ np.vstack([self.W1, self.b1])
    self.a1 = sigmoid(self.z1)
    self.z2 = np.hstack([self.a1, one]) @ np.vstack([self.W2, self.b2])
    self.a2 = sigmoid(self.z2)
    return self.a2


def _backward(self, X, y, y_pred):
    X = np.asarray(X)
    one = np.ones((len(X), 1))
    delta2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
    delta1 = (delta2 @ self.W2.T) * sigmoid_derivative(self.z1)
    G1 = np.hstack([X, one]).T @ delta1
    G2 = np.hstack([self.a1, one]).T @ delta2
    return Gradients(G1[:-1], G1[-1:], G2[:-1], G2[-1:])


def _update(self, dW1, db1, dW2, db2):
    for name, gradient in zip(("W1", "b1", "W2", "b2"), (dW1, db1, dW2, db2)):
        setattr(self, name, getattr(self, name) - self.learning_rate * np.asarray(gradient))


def _train(self, X, y, epochs=1000):
    losses = []
    while len(losses) < epochs:
        out = self.forward(X)
        losses.append(mse_loss(out, y))
        self.update_weights(**self.backward(X, y, out)._asdict())
        log.debug("epoch %d: %g", len(losses), losses[-1])
    return losses


for _name, _function in {
    "__init__": _init,
    "forward": _forward,
    "backward": _backward,
    "update_weights": _update,
    "train": _train,
}.items():
    setattr(SimpleNeuralNetwork, _name, _function)


def numerical_gradient(f, x, h=1e-05):
    point = np.array(x, dtype=np.float64, order="C")
    gradient = np.empty(point.shape)
    flat = point.reshape(-1)  # a view of the copy
    out = memoryview(gradient.reshape(-1))
    for i, old in enumerate(flat.tolist()):
        flat[i] = old + h
        above = f(point)
        flat[i] = old - h
        below = f(point)
        flat[i] = old
        out[i] = float((above - below) / (2 * h))
    return gradient
