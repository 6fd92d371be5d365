import numpy as np
from functools import partial, reduce

es = np.einsum


def sigmoid(x):
    return np.reciprocal(1 + np.exp(-np.clip(x, -600., 600.)))


def _with_slope(g):
    """turns s into s'(x) = s (1 - s), for a function s"""
    def slope(x):
        s = g(x)
        return s - s * s
    return slope


sigmoid_derivative = _with_slope(sigmoid)
relu = partial(np.maximum, 0)


def relu_derivative(x):
    return (x > 0) + 0.0


def mse_loss(y_pred, y_true):
    e = y_pred - y_true
    return es('mk,mk->', e, e) / e.size


def mse_loss_derivative(y_pred, y_true):
    e = y_pred - y_true
    return 2 * e / e.size


def _dense(x, W, b):
    """output, and a function that takes the gradient at it to those at x and W"""
    z = es('mi,ij->mj', x, W) + b

    def back(dz):
        return es('mj,ij->mi', dz, W), es('mi,mj->ij', x, dz)

    return z, back


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = input_size, hidden_size, output_size
        self.W1, self.W2 = (np.random.normal(0, .2, s) for s in zip(sizes, sizes[1:]))
        self.b1, self.b2 = (np.zeros((1, s)) for s in sizes[1:])
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1, _ = _dense(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2, _ = _dense(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        over_samples = partial(es, 'mj->j')
        _, back1 = _dense(X, self.W1, self.b1)
        _, back2 = _dense(self.z1, self.W2, self.b2)

        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        to_hidden, dW2 = back2(d2)
        d1 = to_hidden * sigmoid_derivative(self.z1)
        _, dW1 = back1(d1)
        return dW1, over_samples(d1), dW2, over_samples(d2)

    def update_weights(self, dW1, db1, dW2, db2):
        down = lambda p, g: p - self.learning_rate * g
        self.W1, self.b1, self.W2, self.b2 = map(
            down, (self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)
        )

    def train(self, X, y, epochs=1000):
        def epoch(losses, _):
            out = self.forward(X)
            self.update_weights(*self.backward(X, y, out))
            return losses + [mse_loss(out, y)]

        return reduce(epoch, range(epochs), [])


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)

    def along(i):
        def g(t):
            moved = x.copy()
            moved[i] += t
            return f(moved)
        return g

    return np.reshape([(g(h) - g(-h)) / (2 * h) for g in map(along, np.ndindex(x.shape))], x.shape)
