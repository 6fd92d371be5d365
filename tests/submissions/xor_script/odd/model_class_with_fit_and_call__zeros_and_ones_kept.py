import numpy as np
import sys


def sigmoid(x):
    z = np.asarray(x, dtype=float)
    big = np.maximum(z, 0)
    return np.exp(z - big) / (np.exp(-big) + np.exp(z - big))


def sigmoid_derivative(a):
    return np.asarray(a, dtype=float) * (1.0 - a)


class Base:
    every = 1000

    def __call__(self, X):
        raise NotImplementedError

    def loss(self, X, y):
        return np.mean(np.square(self(X) - y))


class TwoLayers(Base):
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def __call__(self, X):
        self.A = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(self.A @ self.W2 + self.b2)

    def descend(self, X, y, rate):
        out = self(X)
        top = (out - y) * sigmoid_derivative(out)
        low = np.dot(top, self.W2.T) * sigmoid_derivative(self.A)
        for suffix, source, delta in (("2", self.A, top), ("1", X, low)):
            setattr(self, "W" + suffix, getattr(self, "W" + suffix) - rate * source.T @ delta)
            setattr(self, "b" + suffix, getattr(self, "b" + suffix) - rate * delta.sum(axis=0, keepdims=True))

    def fit(self, X, y, rate, steps):
        record = []
        for s in range(steps):
            if s % self.every == 0:
                record.append(self.loss(X, y))
            self.descend(X, y, rate)
        return record


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    model = TwoLayers(W1, b1, W2, b2)
    record = model.fit(X, y, learning_rate, iterations)
    return model.W1, model.b1, model.W2, model.b2, record


np.random.seed(1)
model = TwoLayers(np.random.rand(3, 4), np.random.rand(1, 4), np.random.rand(4, 1), np.random.rand(1, 1))
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
losses = model.fit(X, y, 0.1, 10000)
W1, b1, W2, b2 = model.W1, model.b1, model.W2, model.b2
output_layer_output = np.rint(model(X))
sys.stdout.write("xor: %s\n" % output_layer_output.ravel())
