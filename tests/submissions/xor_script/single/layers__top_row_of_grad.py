# Layers as objects: each knows how to go forward, how to go back and how to learn.

import numpy as np


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(np.multiply(x, 0.5))


def sigmoid_derivative(a):
    return np.multiply(a, np.subtract(1.0, a))


class Module:
    def __call__(self, x):
        raise NotImplementedError

    def back(self, grad, lr):
        raise NotImplementedError

    def __or__(self, other):           # layer | layer
        return Chain(self, other)


class Chain(Module):
    def __init__(self, first, second):
        self.first, self.second = first, second

    def __call__(self, x):
        return self.second(self.first(x))

    def back(self, grad, lr):
        return self.first.back(self.second.back(grad, lr), lr)


class RemembersOutput:
    def __call__(self, x):
        self.out = super().__call__(x)
        return self.out


class RemembersInput:
    def __call__(self, x):
        self.inp = x
        return super().__call__(x)


class _Squash(Module):
    def __call__(self, x):
        return sigmoid(x)


class Squash(RemembersOutput, _Squash):
    def back(self, grad, lr):
        return grad * sigmoid_derivative(self.out)


class _Linear(Module):
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def __call__(self, x):
        return x @ self.W + self.b


class Linear(RemembersInput, _Linear):
    def back(self, grad, lr):
        down = grad @ self.W.T                     # before W is touched
        self.W -= lr * self.inp.T @ grad
        self.b -= lr * grad[:1]
        return down


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    one, two = Linear(W1, b1), Linear(W2, b2)
    net = one | Squash() | two | Squash()
    losses = []
    for i in range(iterations):
        wrong_by = net(X) - y
        if not i % 1000:
            losses.append((wrong_by ** 2).mean())
        net.back(wrong_by, learning_rate)
    return one.W, one.b, two.W, two.b, losses


X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T

np.random.seed(1)
sizes = [(3, 4), (1, 4), (4, 1), (1, 1)]
W1, b1, W2, b2 = [np.random.rand(*s) for s in sizes]

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = (Linear(W1, b1) | Squash() | Linear(W2, b2) | Squash())(X)
