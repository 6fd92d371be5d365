import functools

import numpy as np

DEBUG = False


def logged(fn):
    """prints the shapes that go in, if DEBUG"""

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        if DEBUG:
            print(fn.__name__, [getattr(a, "shape", a) for a in args])
        return fn(*args, **kwargs)

    return wrapper


def as_floats(fn):
    @functools.wraps(fn)
    def wrapper(x):
        return fn(np.asarray(x, dtype=np.float64))

    return wrapper


@as_floats
def sigmoid(x):
    e = np.exp(-abs(x))
    return np.where(x < 0, e, 1.0) / (1.0 + e)


@as_floats
def sigmoid_derivative(x):
    e = np.exp(-abs(x))  # even function, so the sign of x does not matter
    return e / (1.0 + e) ** 2


@as_floats
def relu(x):
    return np.maximum(x, 0.0)


@as_floats
def relu_derivative(x):
    return (x > 0.0) * 1.0


@logged
def mse_loss(y_pred, y_true):
    return np.average((y_true - y_pred) ** 2)


@logged
def mse_loss_derivative(y_pred, y_true):
    return -2.0 * (y_true - y_pred) / y_true.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) / 10
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) / 10
        self.b2 = np.zeros((1, output_size))
        # one bucket per parameter; the samples drop their share into it
        self.buckets = {
            "W1": np.zeros((input_size, hidden_size)),
            "b1": np.zeros((1, hidden_size)),
            "W2": np.zeros((hidden_size, output_size)),
            "b2": np.zeros((1, output_size)),
        }

    @logged
    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    @logged
    def backward(self, X, y, y_pred):
        bucket = self.buckets
        upstream = mse_loss_derivative(y_pred, y)
        for x, up, z1, a1, z2 in zip(X, upstream, self.z1, self.a1, self.z2):
            d2 = up * sigmoid_derivative(z2)
            d1 = (self.W2 @ d2) * sigmoid_derivative(z1)
            bucket["W2"] += np.outer(a1, d2)
            bucket["b2"] += d2
            bucket["W1"] += np.outer(x, d1)
            bucket["b1"] += d1
        return tuple(bucket[name].copy() for name in ("W1", "b1", "W2", "b2"))

    @logged
    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1 -= lr * dW1
        self.b1 -= lr * db1
        self.W2 -= lr * dW2
        self.b2 -= lr * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
            if DEBUG and epoch % 100 == 0:
                print(epoch, losses[-1])
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        values = []
        for s in (+h, -h):
            x[i] = old + s
            values.append(f(x))
        x[i] = old
        out[i] = (values[0] - values[1]) / (2 * h)
    return out
