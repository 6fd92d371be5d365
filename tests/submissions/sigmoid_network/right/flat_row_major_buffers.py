import numpy as np
from math import exp


# ---- buffer helpers (row major, like in C) ----
def _buf(M):
    return [float(v) for v in np.asarray(M).ravel()]


def _gemm(A, B, rA, cA, cB):
    C = [0.0] * (rA * cB)
    for i in range(rA):
        for t in range(cA):
            a = A[i * cA + t]
            for j in range(cB):
                C[i * cB + j] += a * B[t * cB + j]
    return C


def _gemmTA(A, B, rA, cA, cB):
    """A^T B without forming A^T"""
    C = [0.0] * (cA * cB)
    for i in range(rA):
        for t in range(cA):
            for j in range(cB):
                C[t * cB + j] += A[i * cA + t] * B[i * cB + j]
    return C


def _gemmTB(A, B, rA, cA, rB):
    """A B^T without forming B^T"""
    C = [0.0] * (rA * rB)
    for i in range(rA):
        for j in range(rB):
            for t in range(cA):
                C[i * rB + j] += A[i * cA + t] * B[j * cA + t]
    return C


def _mat(buffer, rows, cols):
    return np.array(buffer, dtype=np.float64).reshape(rows, cols)


def _sig1(v):
    return 1.0 / (1.0 + exp(-v)) if v > -30.0 else exp(v) / (exp(v) + 1.0)


def sigmoid(x):
    return np.array([_sig1(v) for v in _buf(x)]).reshape(np.shape(x))


def sigmoid_derivative(x):
    return np.array([_sig1(v) * _sig1(-v) for v in _buf(x)]).reshape(np.shape(x))


def relu(x):
    return np.array([v if v > 0.0 else 0.0 for v in _buf(x)]).reshape(np.shape(x))


def relu_derivative(x):
    return np.array([float(v > 0.0) for v in _buf(x)]).reshape(np.shape(x))


def mse_loss(y_pred, y_true):
    P, T = _buf(y_pred), _buf(y_true)
    s = 0.0
    for i in range(len(P)):
        s += (P[i] - T[i]) * (P[i] - T[i])
    return s / len(P)


def mse_loss_derivative(y_pred, y_true):
    P, T = _buf(y_pred), _buf(y_true)
    for i in range(len(P)):
        P[i] = 2.0 / len(T) * (P[i] - T[i])
    return _mat(P, *y_pred.shape)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.normal(0.0, 0.2, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0.0, 0.2, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def _dims(self, X):
        return X.shape[0], self.W1.shape[0], self.W1.shape[1], self.W2.shape[1]

    def forward(self, X):
        m, n, h, k = self._dims(X)
        z = _gemm(_buf(X), _buf(self.W1), m, n, h)
        for i in range(m * h):
            z[i] += self.b1[0, i % h]
        self.z1 = _mat(z, m, h)
        self.a1 = sigmoid(self.z1)
        z = _gemm(_buf(self.a1), _buf(self.W2), m, h, k)
        for i in range(m * k):
            z[i] += self.b2[0, i % k]
        self.z2 = _mat(z, m, k)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, n, h, k = self._dims(X)
        d2 = _buf(mse_loss_derivative(y_pred, y))
        out = _buf(y_pred)
        gb2 = [0.0] * k
        for i in range(m * k):
            d2[i] *= out[i] * (1.0 - out[i])
            gb2[i % k] += d2[i]
        act = _buf(self.a1)
        gw2 = _gemmTA(act, d2, m, h, k)
        d1 = _gemmTB(d2, _buf(self.W2), m, k, h)
        gb1 = [0.0] * h
        for i in range(m * h):
            d1[i] *= act[i] * (1.0 - act[i])
            gb1[i % h] += d1[i]
        gw1 = _gemmTA(_buf(X), d1, m, n, h)
        return _mat(gw1, n, h), _mat(gb1, 1, h), _mat(gw2, h, k), _mat(gb2, 1, k)

    def update_weights(self, dW1, db1, dW2, db2):
        for P, G in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            r, c = P.shape
            for i in range(r * c):
                P[i // c, i % c] -= self.learning_rate * G[i // c, i % c]

    def train(self, X, y, epochs=1000):
        log = []
        for _ in range(epochs):
            self.forward(X)
            log.append(mse_loss(self.a2, y))
            w1, c1, w2, c2 = self.backward(X, y, self.a2)
            self.update_weights(w1, c1, w2, c2)
        return log


def numerical_gradient(f, x, h=1e-05):
    shape = np.shape(x)
    p = _buf(x)
    g = [0.0] * len(p)
    for i in range(len(p)):
        v = p[i]
        p[i] = v + h
        g[i] += f(np.array(p).reshape(shape))
        p[i] = v - h
        g[i] -= f(np.array(p).reshape(shape))
        p[i] = v
        g[i] /= 2.0 * h
    return np.array(g).reshape(shape)
