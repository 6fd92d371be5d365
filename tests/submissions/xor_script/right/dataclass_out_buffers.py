import numpy as np
from dataclasses import dataclass, field


def sigmoid(x):
    z = np.array(x, dtype=float)        # a copy, never the caller's
    np.clip(z, -700, 700, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    return np.reciprocal(z)


def sigmoid_derivative(a):
    d = np.array(a, dtype=float)
    d *= 1 - d
    return d


@dataclass
class XorNet:
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray
    losses: list = field(default_factory=list)

    NAMES = ("W1", "b1", "W2", "b2")

    def predict(self, X):
        self.hid = sigmoid(X @ self.W1 + self.b1)
        self.out = sigmoid(self.hid @ self.W2 + self.b2)
        return self.out

    def slopes(self, X, y):
        d = self.out - y
        d *= self.out
        d *= 1 - self.out
        e = np.matmul(d, self.W2.T)
        np.multiply(e, sigmoid_derivative(self.hid), out=e)
        return dict(W1=X.T @ e, b1=e.sum(0, keepdims=True), W2=self.hid.T @ d, b2=d.sum(0, keepdims=True))

    def fit(self, X, y, rate, steps):
        for s in range(steps):
            gap = self.predict(X) - y
            if s % 1000 == 0:
                self.losses.append(np.vdot(gap, gap) / gap.size)
            for name, slope in self.slopes(X, y).items():
                slope *= rate
                current = getattr(self, name)
                np.subtract(current, slope, out=current)
        return self


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    net = XorNet(*(np.array(p, dtype=float) for p in (W1, b1, W2, b2))).fit(X, y, learning_rate, iterations)
    return tuple(getattr(net, name) for name in net.NAMES) + (net.losses,)


np.random.seed(1)
net = XorNet(W1=np.random.rand(3, 4), b1=np.random.rand(1, 4), W2=np.random.rand(4, 1), b2=np.random.rand(1, 1))
X = np.ones((4, 3))
X[:, 0] = 0, 1, 0, 1
X[:, 1] = 0, 0, 1, 1
y = np.abs(X[:, [0]] - X[:, [1]])

net.fit(X, y, rate=0.1, steps=10000)
for name in net.NAMES:
    globals()[name] = getattr(net, name)
losses = net.losses
output_layer_output = net.predict(X)
