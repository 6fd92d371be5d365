"""Sigmoid MLP with MSE. All arrays C-ordered float64, samples along axis 0."""

import numpy as np

_EPS = np.finfo(np.float64).eps


def sigmoid(x):
    """Logistic function, evaluated on the side where exp() underflows rather than overflows."""
    x = np.asarray(x, dtype=np.float64)
    t = np.exp(np.copysign(x, -1.0))
    s = 1.0 / (1.0 + t)
    return np.where(np.signbit(x), t * s, s)


def sigmoid_derivative(x):
    """sech^2(x/2)/4 without cancellation for large |x|."""
    t = np.exp(-np.fabs(np.asarray(x, dtype=np.float64)))
    return t / np.square(1.0 + t)


def relu(x):
    return np.maximum(x, np.zeros_like(x))


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=np.float64), 0.0)


def mse_loss(y_pred, y_true):
    r = np.ravel(y_pred - y_true)
    return np.vdot(r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true, dtype=np.float64)
    r *= 2.0 / r.size
    return r


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gen = np.random.Generator(np.random.PCG64(2023))
        self.learning_rate = learning_rate
        self.W1 = gen.standard_normal((input_size, hidden_size)) * np.sqrt(2.0 / (input_size + hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = gen.standard_normal((hidden_size, output_size)) * np.sqrt(2.0 / (hidden_size + output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y)
        d2 *= sigmoid_derivative(self.z2)
        d1 = np.matmul(d2, self.W2.T)
        d1 *= sigmoid_derivative(self.z1)
        ones = np.ones((1, X.shape[0]))
        return np.matmul(X.T, d1), np.matmul(ones, d1), np.matmul(self.a1.T, d2), np.matmul(ones, d2)

    def update_weights(self, dW1, db1, dW2, db2):
        np.subtract(self.W1, self.learning_rate * dW1, out=self.W1)
        np.subtract(self.b1, self.learning_rate * db1, out=self.b1)
        np.subtract(self.W2, self.learning_rate * dW2, out=self.W2)
        np.subtract(self.b2, self.learning_rate * db2, out=self.b2)

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        for n in range(epochs):
            y_pred = self.forward(X)
            losses[n] = float(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    """O(h^2) central differences; truncation balances rounding near h = eps^(1/3)."""
    x = np.array(x, dtype=np.float64)
    g = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        xi = x[i]
        x[i] = xi + h
        fp = f(x)
        x[i] = xi - h
        fm = f(x)
        g[i] = (fp - fm) / (2.0 * h)
    return g
