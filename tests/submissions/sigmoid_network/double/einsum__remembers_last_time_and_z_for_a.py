"""One hidden layer, all products as np.einsum.

Letters: m samples, i inputs, h hidden units, k outputs.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    t = np.exp(-np.abs(x))
    return np.where(x < 0, t, 1.0) / (1.0 + t)


def sigmoid_derivative(x):
    t = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return t / (1.0 + t) ** 2          # even in x


def relu(x):
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    return np.sign(relu(x)).astype(np.float64)


def mse_loss(y_pred, y_true):
    r = y_pred - y_true
    return np.einsum('mk,mk->', r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = y_pred - y_true
    return 2.0 / r.size * r


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.2, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(scale=0.2, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        # buffers for the gradient: W1, b1, W2, b2
        self._grad = [np.zeros_like(p) for p in (self.W1, self.b1, self.W2, self.b2)]

    def forward(self, X):
        self.z1 = np.einsum('mi,ih->mh', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum('mh,hk->mk', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = np.einsum('mk,hk,mh->mh', d2, self.W2, sigmoid_derivative(self.z1))
        fresh = (
            np.einsum('mi,mh->ih', X, d1),
            np.einsum('mh->h', d1)[None, :],
            np.einsum('mh,mk->hk', self.z1, d2),
            np.einsum('mk->k', d2)[None, :],
        )
        for buf, g in zip(self._grad, fresh):
            buf += g
        return tuple(buf.copy() for buf in self._grad)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, g in zip(('W1', 'b1', 'W2', 'b2'), (dW1, db1, dW2, db2)):
            setattr(self, name, getattr(self, name) - self.learning_rate * g)

    def train(self, X, y, epochs=1000):
        losses = np.empty(epochs)
        for t in range(epochs):
            out = self.forward(X)
            losses[t] = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
        return losses.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    steps = h * np.eye(x.size).reshape((x.size,) + x.shape)
    g = np.array([f(x + s) - f(x - s) for s in steps]) / (2 * h)
    return g.reshape(x.shape)
