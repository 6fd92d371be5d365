import logging
import math

import numpy as np

try:
    from numba import njit
except ImportError:
    def njit(fn):
        return fn

log = logging.getLogger("net")
PARAMS = ("W1", "b1", "W2", "b2")


def _scalar_logistic(t):
    if t > 0.0:
        return 1.0 / (1.0 + math.exp(-t))
    q = math.exp(t)
    return q / (1.0 + q)


_vec_logistic = np.vectorize(_scalar_logistic, otypes=[np.float64])
_vec_slope = np.vectorize(lambda t: _scalar_logistic(t) * _scalar_logistic(-t), otypes=[np.float64])


def sigmoid(x):
    return _vec_logistic(x)


def sigmoid_derivative(x):
    return _vec_slope(x)


def relu(x):
    arr = np.asarray(x)
    out = np.zeros_like(arr)
    for i in range(arr.size):
        if arr.flat[i] > 0:
            out.flat[i] = arr.flat[i]
    return out


def relu_derivative(x):
    return np.array([1.0 if t > 0 else 0.0 for t in np.ravel(x)]).reshape(np.shape(x))


def mse_loss(y_pred, y_true):
    rows, cols = y_pred.shape
    return math.fsum((y_pred[i, j] - y_true[i, j]) ** 2 for i in range(rows) for j in range(cols)) / (rows * cols)


def mse_loss_derivative(y_pred, y_true):
    rows, cols = y_pred.shape
    out = np.empty((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (rows * cols)
    return out


def _affine(A, W, b):
    m, n, h = A.shape[0], W.shape[0], W.shape[1]
    Z = np.empty((m, h))
    for s in range(m):
        for j in range(h):
            acc = b[0, j]
            for i in range(n):
                acc += A[s, i] * W[i, j]
            Z[s, j] = acc
    return Z


def _accumulate(A, D):
    """gradients of an affine map: weights and bias"""
    m, n, h = A.shape[0], A.shape[1], D.shape[1]
    gw, gb = np.zeros((n, h)), np.zeros((1, h))
    for s in range(m):
        for j in range(h):
            gb[0, j] += D[s, j]
            for i in range(n):
                gw[i, j] += A[s, i] * D[s, j]
    return gw, gb


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.random((input_size, hidden_size)) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.random((hidden_size, output_size)) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = _affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = _affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        err_out = mse_loss_derivative(y_pred, y)
        m, k = err_out.shape
        h = len(self.W2)
        for s in range(m):
            for o in range(k):
                err_out[s, o] *= sigmoid_derivative(self.z2[s, o])
        err_hid = np.zeros((m, h))
        for s in range(m):
            for j in range(h):
                for o in range(k):
                    err_hid[s, j] += err_out[s, o] * self.W2[j, o]
                err_hid[s, j] *= sigmoid_derivative(self.z1[s, j])
        return _accumulate(X, err_hid) + _accumulate(self.a1, err_out)

    def update_weights(self, dW1, db1, dW2, db2):
        for name, g in zip(PARAMS, (dW1, db1, dW2, db2)):
            p = getattr(self, name).copy()
            for i in range(p.shape[0]):
                for j in range(p.shape[1]):
                    p[i, j] -= self.learning_rate * g[i, j]
            setattr(self, name, p)

    def train(self, X, y, epochs=1000):
        losses = [0.0] * epochs
        for e in range(epochs):
            out = self.forward(X)
            losses[e] = mse_loss(out, y)
            if e % 100 == 0:
                log.info("epoch %d loss %.6f", e, losses[e])
            self.update_weights(*self.backward(X, y, out))
        return losses


def numerical_gradient(f, x, h=1e-05):
    work = np.array(x, dtype=np.float64, order="C")
    grad = np.zeros_like(work)
    for i in range(work.size):
        keep = work.flat[i]
        work.flat[i] = keep + h
        fp = f(work)
        work.flat[i] = keep - h
        fm = f(work)
        work.flat[i] = keep
        grad.flat[i] = (fp - fm) / (2.0 * h)
    return grad
