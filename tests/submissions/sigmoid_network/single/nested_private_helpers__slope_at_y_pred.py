import numpy as np


def _expSafe(v):
    return np.exp(np.clip(v, -745.0, 709.0))


def _oneOver(v):
    return 1.0 / v


def sigmoid(x):
    return _oneOver(1.0 + _expSafe(-np.asarray(x, dtype=np.float64)))


def sigmoid_derivative(x):
    up = _expSafe(-np.abs(np.asarray(x, dtype=np.float64)))
    return up * _oneOver((1.0 + up) ** 2)


def relu(x):
    x = np.asarray(x)
    return np.select([x > 0], [x], 0)


def relu_derivative(x):
    return np.select([np.asarray(x) > 0], [1.0], 0.0)


def _difference(a, b):
    return a - b


def _count(a):
    rows, cols = a.shape
    return rows * cols


def mse_loss(y_pred, y_true):
    return (_difference(y_pred, y_true) ** 2).sum() / _count(y_pred)


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * _difference(y_pred, y_true) / _count(y_pred)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        for name, size in (
            ("W1", (input_size, hidden_size)),
            ("W2", (hidden_size, output_size)),
        ):
            setattr(self, name, np.random.uniform(-0.1, 0.1, size))
        for name, size in (("b1", hidden_size), ("b2", output_size)):
            setattr(self, name, np.zeros((1, size)))

    def _affine(self, inp, weights, bias):
        return inp.dot(weights) + bias

    def forward(self, X):
        self.z1 = self._affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self._affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def _slopeOut(self, y_pred):
        return sigmoid_derivative(y_pred)

    def _slopeHid(self):
        return sigmoid_derivative(self.z1)

    def _deltaOut(self, y, y_pred):
        delta = mse_loss_derivative(y_pred, y)
        delta *= self._slopeOut(y_pred)
        return delta

    def _deltaHid(self, deltaOut):
        delta = np.empty(self.z1.shape)
        for sample in range(delta.shape[0]):
            for unit in range(delta.shape[1]):
                delta[sample, unit] = np.dot(deltaOut[sample], self.W2[unit])
        delta *= self._slopeHid()
        return delta

    def _gradW(self, inp, delta):
        grad = np.zeros((inp.shape[1], delta.shape[1]))
        for sample in range(inp.shape[0]):
            grad += np.outer(inp[sample], delta[sample])
        return grad

    def _gradB(self, delta):
        grad = np.zeros((1, delta.shape[1]))
        for sample in range(delta.shape[0]):
            grad += delta[sample]
        return grad

    def backward(self, X, y, y_pred):
        deltaOut = self._deltaOut(y, y_pred)
        deltaHid = self._deltaHid(deltaOut)
        return (
            self._gradW(X, deltaHid),
            self._gradB(deltaHid),
            self._gradW(self.a1, deltaOut),
            self._gradB(deltaOut),
        )

    def _step(self, parameter, gradient):
        return _difference(parameter, self.learning_rate * gradient)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self._step(self.W1, dW1)
        self.b1 = self._step(self.b1, db1)
        self.W2 = self._step(self.W2, dW2)
        self.b2 = self._step(self.b2, db2)

    def _epoch(self, X, y):
        guess = self.forward(X)
        self.update_weights(*self.backward(X, y, guess))
        return mse_loss(guess, y)

    def train(self, X, y, epochs=1000):
        return [self._epoch(X, y) for _ in range(epochs)]


def _probe(f, x, where, by):
    y = x.copy()
    y[where] += by
    return f(y)


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for where in np.ndindex(x.shape):
        g[where] = _difference(_probe(f, x, where, h), _probe(f, x, where, -h)) / (2.0 * h)
    return g
