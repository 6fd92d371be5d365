"""One-hidden-layer sigmoid network, mean squared error, reverse accumulation by hand.

Notation: g is always the running adjoint (dL/d<current quantity>).
"""
import numpy as np
from numpy import float64


def sigmoid(x):
    # evaluate with exp of a non-positive argument only: no overflow on either side
    x = np.asarray(x, dtype=float64)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0.0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(x):
    # sigma'(x) = e^-|x| / (1 + e^-|x|)^2, symmetric, no cancellation in 1 - s
    e = np.exp(-np.abs(np.asarray(x, dtype=float64)))
    return e / (1.0 + e) ** 2


def relu(x):
    return np.where(np.greater(x, 0), x, np.zeros_like(x))


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float64), 0.0)


def mse_loss(y_pred, y_true):
    r = np.ravel(y_pred - y_true)
    return np.dot(r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = np.subtract(y_pred, y_true, dtype=float64)
    r *= 2.0 / r.size
    return r


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        bound = lambda fan_in, fan_out: np.sqrt(6.0 / (fan_in + fan_out))
        self.W1 = rng.uniform(-1, 1, (input_size, hidden_size)) * bound(input_size, hidden_size)
        self.W2 = rng.uniform(-1, 1, (hidden_size, output_size)) * bound(hidden_size, output_size)
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1)
        self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2)
        self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        ones = np.ones((1, len(X)))

        g = mse_loss_derivative(y_pred, y)        # dL/da2
        g *= sigmoid_derivative(self.z2)          # dL/dz2
        dW2 = np.matmul(self.a1.T, g)
        db2 = ones @ g

        g = np.matmul(g, self.W2.T)               # dL/da1
        g *= sigmoid_derivative(self.a1)          # dL/dz1
        dW1 = np.matmul(X.T, g)
        db1 = ones @ g

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            np.subtract(p, eta * g, out=p)

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs)
        for t in range(epochs):
            a2 = self.forward(X)
            losses[t] = mse_loss(a2, y)
            self.update_weights(*self.backward(X, y, a2))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float64, order="C")
    g = np.empty_like(x)
    xf, gf = x.reshape(-1), g.reshape(-1)
    for j in range(xf.size):
        xj = xf[j]
        xf[j] = xj + h
        fp = f(x)
        xf[j] = xj - h
        fm = f(x)
        xf[j] = xj
        gf[j] = (fp - fm) / (2.0 * h)
    return g
