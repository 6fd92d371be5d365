"""Functional take on the exercise: a network is a fold over layers, its gradient a recursion."""
import numpy as np
from functools import reduce, partial
from itertools import accumulate, chain, repeat
from operator import matmul, mul

compose = lambda *fs: reduce(lambda f, g: lambda *a, **kw: f(g(*a, **kw)), fs)
floats = partial(np.asarray, dtype=np.float64)


def sigmoid(x):
    # exp(-log(1+exp(-x))): logaddexp never overflows
    return compose(np.exp, np.negative, partial(np.logaddexp, 0.0), np.negative, floats)(x)


def sigmoid_derivative(x):
    return mul(sigmoid(x), sigmoid(np.negative(floats(x))))      # 1 - s(x) == s(-x)


def relu(x):
    return np.where(np.greater(x, 0), x, 0)


relu_derivative = compose(lambda v: np.heaviside(v, 0.0), floats)


def mse_loss(y_pred, y_true):
    return compose(np.mean, np.square, np.subtract)(y_pred, y_true)


def mse_loss_derivative(y_pred, y_true):
    return reduce(np.multiply, (np.subtract(y_pred, y_true), 2.0, 1.0 / np.size(y_true)))


def _layer_property(index, which):
    def getter(self):
        return self._stack[index][which]

    def setter(self, value):
        self._stack[index][which] = value
    return property(getter, setter)


class SimpleNeuralNetwork:
    W1, b1 = _layer_property(0, 0), _layer_property(0, 1)
    W2, b2 = _layer_property(1, 0), _layer_property(1, 1)

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        widths = (input_size, hidden_size, output_size)
        draw = np.random.default_rng().standard_normal
        self._stack = [[0.1 * draw((p, q)), np.zeros((1, q))] for p, q in zip(widths, widths[1:])]
        self.learning_rate = learning_rate

    def forward(self, X):
        def one(state, layer):
            z = matmul(state[1], layer[0]) + layer[1]
            return z, sigmoid(z)

        _, *trace = accumulate(self._stack, one, initial=(None, X))
        self.z1, self.a1, self.z2, self.a2 = chain.from_iterable(trace)
        return self.a2

    def backward(self, X, y, y_pred):
        def descend(layers, upstream):
            """layers: from the top down, (incoming activation, z, W)"""
            if not layers:
                return ()
            (below, z, W), *rest = layers
            local = mul(upstream, sigmoid_derivative(z))
            here = (matmul(below.T, local), np.add.reduce(local, axis=0, keepdims=True))
            return descend(rest, matmul(local, W.T)) + here

        top_down = [(self.a1, self.z2, self.W2), (X, self.z1, self.W1)]
        return descend(top_down, mse_loss_derivative(y_pred, y))

    def update_weights(self, dW1, db1, dW2, db2):
        moved = lambda p, g: p - self.learning_rate * g
        self._stack = [[*map(moved, pair, grads)] for pair, grads in zip(self._stack, ((dW1, db1), (dW2, db2)))]

    def train(self, X, y, epochs=1000):
        def history():
            for _ in repeat(None, epochs):
                p = self.forward(X)
                yield mse_loss(p, y)
                self.update_weights(*self.backward(X, y, p))
        return list(history())


def numerical_gradient(f, x, h=1e-05):
    x0 = np.array(x, dtype=np.float64, copy=True)

    def nudged(where, by):
        moved = x0.copy()
        moved[where] += by
        return f(moved)

    result = np.zeros_like(x0)
    for where in np.ndindex(x0.shape):
        result[where] = reduce(lambda acc, s: acc + s * nudged(where, s * h), (1, -1), 0.0) / (h + h)
    return result
