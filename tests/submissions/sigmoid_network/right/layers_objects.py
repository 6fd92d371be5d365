"""Built of layer objects that are called; the network only passes their parameters on."""

from dataclasses import dataclass, field
from functools import partial, reduce

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return e / np.square(1.0 + e)


def relu(x):
    out = np.array(x)  # copy, then change the copy
    out[out < 0] = 0
    return out


def relu_derivative(x):
    out = np.zeros(np.shape(x))
    out[np.asarray(x) > 0] = 1.0
    return out


def mse_loss(y_pred, y_true):
    error = np.subtract(y_pred, y_true)
    return np.average(np.power(error, 2.0))


def mse_loss_derivative(y_pred, y_true):
    m, k = np.shape(y_pred)
    return np.true_divide(2, m * k) * np.subtract(y_pred, y_true)


@dataclass(slots=True, eq=False)
class Dense:
    W: np.ndarray
    b: np.ndarray
    z: np.ndarray = field(default=None, repr=False)
    a: np.ndarray = field(default=None, repr=False)

    @classmethod
    def small(cls, n_in, n_out, scale=0.1):
        return cls(W=np.random.normal(scale=scale, size=(n_in, n_out)), b=np.zeros((1, n_out)))

    def __call__(self, A):
        self.z = np.einsum("mi,ij->mj", A, self.W) + self.b
        self.a = sigmoid(self.z)
        return self.a

    def back(self, A, upstream):
        """(gradient of W, gradient of b, gradient of the input)"""
        delta = upstream * sigmoid_derivative(self.z)
        return (
            np.einsum("mi,mj->ij", A, delta),
            np.einsum("mj->j", delta)[np.newaxis, :],
            np.einsum("mj,ij->mi", delta, self.W),
        )


def _through(layer, what, doc=None):
    def getter(self):
        return getattr(self.layers[layer], what)

    def setter(self, value):
        setattr(self.layers[layer], what, value)

    return property(getter, setter, doc=doc)


class SimpleNeuralNetwork:
    W1 = _through(0, "W", "(n, h)")
    b1 = _through(0, "b", "(1, h)")
    W2 = _through(1, "W", "(h, k)")
    b2 = _through(1, "b", "(1, k)")
    z1, a1 = _through(0, "z"), _through(0, "a")
    z2, a2 = _through(1, "z"), _through(1, "a")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = [input_size, hidden_size, output_size]
        self.layers = [Dense.small(*pair) for pair in zip(sizes, sizes[1:])]
        self.learning_rate = learning_rate

    def forward(self, X):
        return reduce(lambda A, layer: layer(A), self.layers, np.asarray(X, dtype=float))

    __call__ = forward

    def backward(self, X, y, y_pred):
        last, first = self.layers[1], self.layers[0]
        dW2, db2, dA1 = last.back(first.a, mse_loss_derivative(y_pred, y))
        dW1, db1, _ = first.back(np.asarray(X, dtype=float), dA1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        gradients = iter((dW1, db1, dW2, db2))
        for layer in self.layers:
            layer.W = layer.W - self.learning_rate * next(gradients)
            layer.b = layer.b - self.learning_rate * next(gradients)

    def step(self, X, y):
        y_pred = self.forward(X)
        loss = mse_loss(y_pred, y)
        self.update_weights(*self.backward(X, y, y_pred))
        return loss

    def train(self, X, y, epochs=1000):
        return list(map(lambda _: self.step(X, y), range(epochs)))


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype(np.float64)
    gradient = np.zeros_like(x)

    def at(index, step):
        moved = x.copy()
        moved[index] += step
        return f(moved)

    for index in np.ndindex(x.shape):
        here = partial(at, index)
        gradient[index] = (here(+h) - here(-h)) / (2 * h)
    return gradient


if __name__ == "__main__":
    np.random.seed(1)
    net = SimpleNeuralNetwork(3, 4, 2)
    X, y = np.random.rand(5, 3), np.random.rand(5, 2)

    def loss_of_W1(W1):
        old, net.W1 = net.W1, W1
        try:
            return mse_loss(net(X), y)
        finally:
            net.W1 = old

    print(abs(net.backward(X, y, net(X))[0] - numerical_gradient(loss_of_W1, net.W1)).max())
