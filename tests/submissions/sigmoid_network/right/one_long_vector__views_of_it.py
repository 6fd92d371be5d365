import itertools as it

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    t = np.exp(-np.fabs(x))
    return (t + (x >= 0) * (1 - t)) / (1 + t)


def sigmoid_derivative(x):
    t = np.exp(-np.fabs(np.asarray(x, dtype=float)))
    return t / np.square(1 + t)


def relu(x):
    return np.multiply(x, np.greater(x, 0))


def relu_derivative(x):
    return np.greater(x, 0) * 1.0


def mse_loss(y_pred, y_true):
    return np.var(y_pred - y_true) + np.mean(y_pred - y_true) ** 2  # E[e^2] = Var e + (E e)^2


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (0.5 * y_true.size)


class View:
    """Descriptor: a piece of the vector theta, as a matrix."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, net, owner=None):
        if net is None:
            return self
        begin, end, shape = net.places[self.name]
        return net.theta[begin:end].reshape(shape)

    def __set__(self, net, value):
        begin, end, shape = net.places[self.name]
        net.theta[begin:end] = np.reshape(value, -1)


class SimpleNeuralNetwork:
    W1, b1, W2, b2 = (View() for _ in range(4))
    order = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        shapes = [(input_size, hidden_size), (1, hidden_size), (hidden_size, output_size), (1, output_size)]
        ends = list(it.accumulate(rows * cols for rows, cols in shapes))
        self.places = {n: (e - r * c, e, (r, c)) for n, e, (r, c) in zip(self.order, ends, shapes)}
        self.theta = np.zeros(ends[-1])
        self.W1 = np.random.normal(0, 0.1, shapes[0])
        self.W2 = np.random.normal(0, 0.1, shapes[2])
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def gradient_vector(self, X, y, y_pred):
        g = np.full(self.theta.shape, np.nan)

        def put(name, value):
            begin, end, _ = self.places[name]
            assert np.isnan(g[begin:end]).all(), "written twice"
            g[begin:end] = value.ravel()

        signal = mse_loss_derivative(y_pred, y)
        for number, z, entering in ((2, self.z2, self.a1), (1, self.z1, X)):
            signal = signal * sigmoid_derivative(z)
            put(f"b{number}", np.add.reduce(signal))
            put(f"W{number}", np.tensordot(entering, signal, axes=(0, 0)))
            if number > 1:
                signal = np.inner(signal, self.W2)
        return g

    def backward(self, X, y, y_pred):
        g = self.gradient_vector(X, y, y_pred)
        return tuple(g[b:e].reshape(s) for b, e, s in map(self.places.get, self.order))

    def update_weights(self, dW1, db1, dW2, db2):
        self.theta -= self.learning_rate * np.concatenate([np.ravel(d) for d in (dW1, db1, dW2, db2)])

    def train(self, X, y, epochs=1000):
        return [self._step(X, y) for _ in it.repeat(None, epochs)]

    def _step(self, X, y):
        out = self.forward(X)
        self.theta -= self.learning_rate * self.gradient_vector(X, y, out)
        return mse_loss(out, y)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    theta = x.ravel()
    g = np.empty_like(theta)
    for i in range(len(theta)):
        theta[i], old = theta[i] + h, theta[i]
        g[i] = f(theta.reshape(x.shape))
        theta[i] = old - h
        g[i] -= f(theta.reshape(x.shape))
        theta[i] = old
    g /= 2 * h
    return g.reshape(x.shape)
