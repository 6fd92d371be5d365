"""I wrote a small automatic differentiation instead of the formulas; backward builds the graph and walks it."""

import numpy as np


class Node:
    """An array that remembers what it was made of."""

    __array_priority__ = 1000

    def __init__(self, value, parents=()):
        self.value = np.asarray(value, dtype=float)
        self.parents = parents  # pairs (node, function that turns my gradient into its share)
        self.grad = np.zeros_like(self.value)

    @staticmethod
    def fit(gradient, shape):
        """undoes broadcasting: sums over the axes that were stretched"""
        for axis, size in enumerate(shape):
            if size == 1 and gradient.shape[axis] != 1:
                gradient = gradient.sum(axis=axis, keepdims=True)
        return gradient

    def __add__(self, other):
        return Node(self.value + other.value, (
            (self, lambda g: Node.fit(g, self.value.shape)),
            (other, lambda g: Node.fit(g, other.value.shape)),
        ))

    def __neg__(self):
        return Node(-self.value, ((self, lambda g: -g),))

    def __sub__(self, other):
        return self + (-other)

    def __matmul__(self, other):
        return Node(self.value @ other.value, (
            (self, lambda g: g @ other.value.T),
            (other, lambda g: self.value.T @ g),
        ))

    def __pow__(self, exponent):
        return Node(self.value ** exponent, (
            (self, lambda g: g * exponent * self.value ** (exponent - 1)),
        ))

    def squash(self):
        return Node(sigmoid(self.value), ((self, lambda g: g * sigmoid_derivative(self.value)),))

    def mean(self):
        return Node(self.value.mean(), ((self, lambda g: np.full(self.value.shape, g / self.value.size)),))

    def differentiate(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = np.ones_like(self.value)
        for node in reversed(order):
            for parent, share in node.parents:
                parent.grad = parent.grad + share(node.grad)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(np.asarray(x, dtype=float)))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    return float(((Node(y_pred) - Node(y_true)) ** 2).mean().value)


def mse_loss_derivative(y_pred, y_true):
    prediction = Node(y_pred)
    ((prediction - Node(y_true)) ** 2).mean().differentiate()
    return prediction.grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def _graph(self, X):
        leaves = [Node(p) for p in (self.W1, self.b1, self.W2, self.b2)]
        W1, b1, W2, b2 = leaves
        z1 = Node(X) @ W1 + b1
        a1 = z1.squash()
        z2 = a1 @ W2 + b2
        a2 = z2.squash()
        return leaves, (z1, a1, z2, a2)

    def forward(self, X):
        _, nodes = self._graph(X)
        self.z1, self.a1, self.z2, self.a2 = (node.value for node in nodes)
        return self.a2

    def backward(self, X, y, y_pred):
        leaves, (*_, output) = self._graph(X)
        ((output - Node(y)) ** 2).mean().differentiate()
        return tuple(leaf.grad for leaf in leaves)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        upper = f(x)
        x[i] = old - h
        lower = f(x)
        x[i] = old
        grad[i] = (upper - lower) / (2 * h)
    return grad
