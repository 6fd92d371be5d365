# A number that remembers where it came from (numpy inside, operators overloaded).

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.empty_like(x)
    up = x > 0
    out[up] = 1 / (1 + np.exp(-x[up]))
    out[~up] = (lambda e: e / (1 + e))(np.exp(x[~up]))
    return out


def sigmoid_derivative(a):
    return np.array(a, float) * (1 - np.array(a, float))


class Var:
    def __init__(self, data, *inputs):
        self.data = np.asarray(data, dtype=float)
        self.inputs = inputs              # (Var, function: my gradient -> its gradient)
        self.grad = np.zeros_like(self.data)

    def __matmul__(self, w):
        return Var(self.data @ w.data, (self, lambda g: g @ w.data.T), (w, lambda g: self.data.T @ g))

    def __add__(self, b):
        return Var(self.data + b.data, (self, lambda g: g), (b, lambda g: g.sum(0, keepdims=True)))

    def __invert__(self):                 # ~v squashes v
        s = sigmoid(self.data)
        return Var(s, (self, lambda g: g * sigmoid_derivative(s)))

    def half_sse(self, y):
        diff = self.data - y
        return Var(0.5 * np.vdot(diff, diff), (self, lambda g: g * diff))

    def back(self, g=1.0):
        self.grad = self.grad + g
        [var.back(rule(g)) for var, rule in self.inputs]

    def __isub__(self, step):
        self.data = self.data - step
        self.grad = np.zeros_like(self.data)
        return self


def net(x, W1, b1, W2, b2):
    return ~(~(x @ W1 + b1) @ W2 + b2)


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    x, params, losses = Var(X), [Var(p) for p in (W1, b1, W2, b2)], []
    for i in range(iterations):
        out = net(x, *params)
        if i % 1000 == 0:
            losses.append(np.mean((out.data - y) ** 2))
        out.half_sse(y).back()
        for p in params:
            p -= learning_rate * p.grad
    return *(p.data for p in params), losses


rand = np.random.seed(1) or np.random.rand
W1, b1 = rand(3, 4), rand(1, 4)
W2, b2 = rand(4, 1), rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, 0.1, 10_000)
output_layer_output = net(Var(X), Var(W1), Var(b1), Var(W2), Var(b2)).data

assert len(losses) == 10 and losses[-1] < losses[0]
