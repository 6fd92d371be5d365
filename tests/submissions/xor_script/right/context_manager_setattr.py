import contextlib
import numpy as np
from types import SimpleNamespace as NS


def sigmoid(x):
    z = np.clip(np.asarray(x, dtype=float), -745, 745)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


def sigmoid_derivative(a):
    return (1.0 - (a := np.asarray(a, dtype=float))) * a


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __rmatmul__(self, data):            # data @ layer
        raise NotImplementedError("use layer(data)")

    def __call__(self, data):
        self.seen = data
        return (out := sigmoid(data @ self.W + self.b)) if not setattr(self, "out", sigmoid(data @ self.W + self.b)) else None

    def pull(self, upstream):
        pre = upstream * sigmoid_derivative(self.out)
        self.grad = NS(W=self.seen.T @ pre, b=pre.sum(axis=0)[np.newaxis])
        return pre @ self.W.T

    def move(self, by):
        for name, g in vars(self.grad).items():
            setattr(self, name, getattr(self, name) - by * g)


@contextlib.contextmanager
def logbook():
    pages = []
    yield pages
    assert all(np.isfinite(pages))


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    net = [Dense(W1, b1), Dense(W2, b2)]
    with logbook() as losses:
        for i in range(iterations):
            signal = X
            for layer in net:
                signal = layer(signal)
            diff = signal - y
            match i % 1000:
                case 0:
                    losses.append(np.average(diff ** 2))
                case _:
                    pass
            for layer in reversed(net):
                diff = layer.pull(diff)
            for layer in net:
                layer.move(learning_rate)
    return net[0].W, net[0].b, net[1].W, net[1].b, losses


rows = "001 101 011 111".split()
X = np.array([list(map(int, r)) for r in rows])
y = (X[:, :1] ^ X[:, 1:2])
np.random.seed(1)
rand = np.random.rand
params = dict(W1=rand(3, 4), b1=rand(1, 4), W2=rand(4, 1), b2=rand(1, 1))
W1, b1, W2, b2, losses = train(X, y, **params, learning_rate=.1, iterations=10_000)
first, second = Dense(W1, b1), Dense(W2, b2)
output_layer_output = second(first(X))

if __name__ == "__main__":
    print(dict(zip(rows, output_layer_output.round(3).ravel())))
