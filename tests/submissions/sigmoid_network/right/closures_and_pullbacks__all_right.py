from functools import partial, reduce
import itertools as it

import numpy as np

# vjp-style mini autodiff, inspired by jax: every op gives (value, pullback)


def sigmoid(x):
    return 0.5 * np.tanh(0.5 * np.asarray(x, float)) + 0.5


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


relu = partial(np.maximum, 0)


def relu_derivative(x):
    return np.sign(relu(x)).astype(float)


def mse_loss(y_pred, y_true):
    return np.average((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) / (0.5 * np.size(y_true))


def op_affine(W, b):
    def op(inp):
        return inp @ W + b, lambda g: (g @ W.T, (inp.T @ g, np.add.reduce(g, axis=0, keepdims=True)))

    return op


def op_sigmoid(inp):
    return sigmoid(inp), lambda g: (g * sigmoid_derivative(inp), ())


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        init = partial(np.random.normal, 0.0, 0.1)
        self.W1 = init(size=(input_size, hidden_size))
        self.W2 = init(size=(hidden_size, output_size))
        self.b1, self.b2 = (np.zeros((1, s)) for s in (hidden_size, output_size))
        self.learning_rate = learning_rate
        self._tape = []

    def forward(self, X):
        self._tape = []

        def run(value, op):
            result, pull = op(value)
            self._tape.append((result, pull))
            return result

        ops = [op_affine(self.W1, self.b1), op_sigmoid, op_affine(self.W2, self.b2), op_sigmoid]
        result = reduce(run, ops, X)
        self.z1, self.a1, self.z2, self.a2 = (v for v, _ in self._tape)
        return result

    def backward(self, X, y, y_pred):
        def unwind(state, entry):
            g, collected = state
            g, params = entry[1](g)
            return g, params + collected

        _, (dW1, db1, dW2, db2) = reduce(unwind, reversed(self._tape), (mse_loss_derivative(y_pred, y), ()))
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        vars(self).update(
            W1=self.W1 - self.learning_rate * dW1,
            b1=self.b1 - self.learning_rate * db1,
            W2=self.W2 - self.learning_rate * dW2,
            b2=self.b2 - self.learning_rate * db2,
        )

    def _steps(self, X, y):
        while True:
            p = self.forward(X)
            loss = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
            yield loss

    def train(self, X, y, epochs=1000):
        return list(it.islice(self._steps(X, y), epochs))


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, np.float64)

    def moved(idx, by):
        copy = base.copy()
        copy[idx] += by
        return f(copy)

    g = np.zeros(base.shape)
    for idx in it.product(*map(range, base.shape)):
        g[idx] = (moved(idx, h) - moved(idx, -h)) / (2 * h)
    return g
