import numpy as np
from collections import defaultdict


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.exp(-np.abs(x))
    out = 1 / (1 + out)
    return np.where(np.signbit(x), 1 - out, out)


def sigmoid_derivative(a):
    return a * 1.0 * (1 - a)


class Optimiser:
    def __init__(self, eta):
        self.eta = eta
        self.velocity = defaultdict(float)

    def move(self, key, param, grad):
        self.velocity[key] = 0.5 * self.velocity[key] - self.eta * grad
        return param + self.velocity[key]


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    opt = Optimiser(learning_rate)
    losses = []
    for t in range(iterations):
        a = sigmoid(np.dot(X, W1) + b1)
        p = sigmoid(np.dot(a, W2) + b2)
        if t % 1000 == 0:
            losses.append(np.square(p - y).mean())
        top = (p - y) * p * (1 - p)
        bottom = np.dot(top, W2.T) * a * (1 - a)
        W1 = opt.move("W1", W1, np.dot(X.T, bottom))
        b1 = opt.move("b1", b1, bottom.sum(axis=0))
        W2 = opt.move("W2", W2, np.dot(a.T, top))
        b2 = opt.move("b2", b2, top.sum(axis=0))
    return W1, b1, W2, b2, losses


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print("done, last recorded:", losses[-1])
