"""Point-free as far as Python lets me: the network is a fold over its layers, the backward pass a fold the other way."""
from functools import partial, reduce
from itertools import accumulate, islice, repeat
from operator import matmul, mul, sub

import numpy as np

compose = lambda *fs: reduce(lambda f, g: lambda x: f(g(x)), fs)
flip = lambda f: lambda a, b: f(b, a)
floats = partial(np.asarray, dtype=np.float64)

# s(x) = (1 + tanh(x/2)) / 2 never overflows
sigmoid = compose(lambda t: (1 + t) / 2, np.tanh, lambda x: x / 2, floats)
sigmoid_from_output = lambda s: s * (1 - s)
sigmoid_derivative = compose(sigmoid_from_output, sigmoid)

relu = partial(np.maximum, 0)
relu_derivative = compose(floats, partial(np.less, 0))

mse_loss = lambda p, t: compose(np.mean, np.square)(sub(p, t))
mse_loss_derivative = lambda p, t: mul(2 / p.size, sub(p, t))


def scan(layers, x):
    """scanl: [(z1, a1), (z2, a2)]"""
    return list(islice(accumulate(layers, lambda za, wb: (lambda z: (z, sigmoid(z)))(za[1] @ wb[0] + wb[1]),
                                  initial=(None, x)), 1, None))


def fold_back(acc, layer):
    """One layer of the backward pass.

    acc: (dL/da of the layer, gradients of the layers above); layer: (its input, W, its output).
    """
    upstream, grads = acc
    inp, W, out = layer
    delta = mul(upstream, sigmoid_from_output(out))
    return delta @ W.T, (inp.T @ delta, np.sum(delta, 0, keepdims=True)) + grads


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        sizes = (input_size, hidden_size, output_size)
        (self.W1, self.b1), (self.W2, self.b2) = (
            (np.random.normal(0, 0.5, io), np.zeros((1, io[1]))) for io in zip(sizes, sizes[1:]))

    layers = property(lambda self: [(self.W1, self.b1), (self.W2, self.b2)])

    def forward(self, X):
        (self.z1, self.a1), (self.z2, self.a2) = scan(self.layers, X)
        return self.a2

    def backward(self, X, y, y_pred):
        stages = [(X, self.W1, self.a1), (self.a1, self.W2, y_pred)]
        start = mul(mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
        _, grads = reduce(fold_back, reversed(stages), (start, ()))
        return grads

    def update_weights(self, dW1, db1, dW2, db2):
        step = lambda p, g: p - self.learning_rate * g
        self.W1, self.b1, self.W2, self.b2 = map(step, (self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2))

    def _epoch(self, X, y):
        p = self.forward(X)
        loss = mse_loss(p, y)
        self.update_weights(*self.backward(X, y, p))
        return loss

    def train(self, X, y, epochs=1000):
        return [self._epoch(*args) for args in repeat((X, y), epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, np.float64)
    bump = lambda i, e: x + e * (np.arange(x.size) == i).reshape(x.shape)
    slope = lambda i: (f(bump(i, h)) - f(bump(i, -h))) / (2 * h)
    return np.fromiter(map(slope, range(x.size)), np.float64, x.size).reshape(x.shape)
