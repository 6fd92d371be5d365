from itertools import islice

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x >= 0], [lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(t) / (1 + np.exp(t))])


def sigmoid_derivative(x):
    y = sigmoid(x)
    return y * (1 - y)


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    return sum((p - t) ** 2 for p, t in zip(y_pred.flat, y_true.flat)) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return np.array([[2 * (p - t) / y_pred.size for p, t in zip(ps, ts)] for ps, ts in zip(y_pred, y_true)])


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1, self.W2 = (np.random.randn(a, b) * 0.1 for a, b in zip(sizes, sizes[1:]))
        self.b1, self.b2 = (np.zeros((1, s)) for s in islice(sizes, 1, None))

    def _activations(self, X):
        """yields z1, a1, z2, a2"""
        for W, b in ((self.W1, self.b1), (self.W2, self.b2)):
            z = X @ W + b
            yield z
            X = sigmoid(z)
            yield X

    def forward(self, X):
        self.z1, self.a1, self.z2, self.a2 = self._activations(X)
        return self.a2

    def _deltas(self, y, y_pred):
        """yields delta2, delta1"""
        delta = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        yield delta
        yield delta @ self.W2.T * sigmoid_derivative(self.z1)

    def backward(self, X, y, y_pred):
        delta2, delta1 = self._deltas(y, y_pred)
        return X.T @ delta1, delta1.sum(0)[None], self.a1.T @ delta2, delta2.sum(0)[None]

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1, self.b1, self.W2, self.b2 = (
            p - self.learning_rate * d
            for p, d in [(self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)]
        )

    def _descend(self, X, y):
        while True:
            out = self.forward(X)
            loss = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
            yield loss

    def train(self, X, y, epochs=1000):
        return list(islice(self._descend(X, y), epochs))


def basis(shape, size):
    """The unit vectors of R^shape, times size, one after the other."""
    for i in range(int(np.prod(shape))):
        e = np.zeros(shape)
        e.flat[i] = size
        yield e


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    at_x = f(x)
    slopes = ((f(x + e) - at_x) / h for e in basis(x.shape, h))
    return np.fromiter(slopes, dtype=np.float64, count=x.size).reshape(x.shape)


def test_numerical_gradient():
    g = numerical_gradient(lambda v: (v ** 2).sum(), np.array([1.0, 2.0]))
    assert np.allclose(g, [2, 4], atol=1e-3), g


if __name__ == "__main__":
    test_numerical_gradient()
    print("ok")
