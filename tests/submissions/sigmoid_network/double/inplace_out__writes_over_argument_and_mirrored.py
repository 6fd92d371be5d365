"""Written with few temporary arrays: most operations go into an array that exists already (out=)."""

import numpy as np

BOUND = 700.0    # exp is finite up to there


def sigmoid(x):
    """1 / (1 + e^-x), computed step by step in one buffer."""
    buf = np.asarray(x, dtype=np.float64)
    np.clip(buf, -BOUND, BOUND, out=buf)
    np.exp(buf, out=buf)
    np.add(buf, 1.0, out=buf)
    np.reciprocal(buf, out=buf)
    return buf


def sigmoid_derivative(x):
    """1 / (4 cosh^2(x / 2)), without an overflow for large |x|."""
    t = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return t / np.square(1.0 + t)


def relu(x):
    """max(0, x)"""
    out = np.empty_like(x)
    np.maximum(x, 0, out=out)
    return out


def relu_derivative(x):
    """1.0 where x > 0, 0.0 elsewhere"""
    out = np.empty(np.shape(x))
    np.greater(x, 0, out=out, casting="unsafe")
    return out


def mse_loss(y_pred, y_true):
    """mean of the squares"""
    r = np.subtract(y_pred, y_true)
    np.square(r, out=r)
    return r.mean()


def mse_loss_derivative(y_pred, y_true):
    """2 r / (m k)"""
    r = np.subtract(y_pred, y_true)
    np.multiply(r, 2.0 / r.size, out=r)
    return r


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.W2 = np.random.randn(hidden_size, output_size)
        self.W1 *= 0.1
        self.W2 *= 0.1
        self.b1 = np.zeros((1, hidden_size))
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
        dW1, dW2 = np.empty_like(self.W1), np.empty_like(self.W2)
        db1, db2 = np.empty_like(self.b1), np.empty_like(self.b2)
        np.matmul(X.T, d1, out=dW1)
        np.matmul(self.a1.T, d2, out=dW2)
        np.sum(d1, axis=0, keepdims=True, out=db1)
        np.sum(d2, axis=0, keepdims=True, out=db2)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        for t in range(epochs):
            p = self.forward(X)
            losses[t] = mse_loss(p, y)
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    """central differences"""
    work = np.array(x, dtype=np.float64)
    g = np.empty(work.shape)
    for i in np.ndindex(work.shape):
        kept = work[i]
        work[i] = kept + h
        g[i] = f(work)
        work[i] = kept - h
        g[i] -= f(work)
        work[i] = kept
    g /= 2 * h
    return g
