"""A network without a statement too many: folds, closures, composition."""
from functools import partial, reduce
from itertools import accumulate, chain, islice, repeat
import operator as op
from typing import NamedTuple

import numpy as np

compose = lambda *fs: reduce(lambda f, g: lambda *a: f(g(*a)), fs)
flip = lambda f: lambda a, b: f(b, a)
real = partial(np.asarray, dtype=np.float64)

# sigma x = exp (negate (log (e^0 + e^-x)))
sigmoid = compose(np.exp, np.negative, partial(np.logaddexp, 0.0), np.negative, real)
sigmoid_derivative = lambda x: op.mul(*map(sigmoid, (real(x), -real(x))))
relu = lambda x: np.where(np.greater(x, 0), x, np.zeros_like(x))
relu_derivative = compose(lambda b: b.astype(np.float64), partial(flip(np.greater), 0), np.asarray)

residual = compose(lambda pair: op.sub(*map(real, pair)), lambda p, t: (p, t))
mse_loss = compose(float, np.mean, np.square, residual)


def mse_loss_derivative(y_pred, y_true):
    return (lambda r: r * (2 / r.size))(residual(y_pred, y_true))


class Params(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


class SimpleNeuralNetwork:
    """The only place with state: a shell round pure functions."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        pairs = zip((input_size, hidden_size), (hidden_size, output_size))
        ps = chain.from_iterable((rng.normal(scale=0.1, size=s), np.zeros((1, s[1]))) for s in pairs)
        self.learning_rate = learning_rate
        self._set(Params(*ps))

    def _set(self, ps):
        list(map(partial(setattr, self), Params._fields, ps))

    def _get(self):
        return Params(*map(partial(getattr, self), Params._fields))

    def forward(self, X):
        p = self._get()
        layers = ((p.W1, p.b1), (p.W2, p.b2))
        step = lambda za, Wb: (lambda z: (z, sigmoid(z)))(za[1] @ Wb[0] + Wb[1])
        _, (self.z1, self.a1), (self.z2, self.a2) = accumulate(layers, step, initial=(None, real(X)))
        return self.a2

    def backward(self, X, y, y_pred):
        out = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        hid = out @ self.W2.T * sigmoid_derivative(self.z1)
        ones = np.ones((1, len(out)))
        return tuple(map(op.matmul, (real(X).T, ones, self.a1.T, ones), (hid, hid, out, out)))

    def update_weights(self, dW1, db1, dW2, db2):
        self._set(map(lambda p, g: p - self.learning_rate * g, self._get(), (dW1, db1, dW2, db2)))

    def _losses(self, X, y):
        """An infinite stream of losses."""
        for _ in repeat(None):
            p = self.forward(X)
            loss = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
            yield loss

    def train(self, X, y, epochs=1000):
        return list(islice(self._losses(X, y), epochs))


def numerical_gradient(f, x, h=1e-05):
    x0 = real(x)
    units = (np.reshape(e, x0.shape) for e in np.eye(x0.size))
    slopes = ((f(x0 + h * e) - f(x0 - h * e)) / (2 * h) for e in units)
    return np.fromiter(slopes, dtype=np.float64, count=x0.size).reshape(x0.shape)
