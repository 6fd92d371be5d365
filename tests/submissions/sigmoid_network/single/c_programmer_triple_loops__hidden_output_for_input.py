import math
import numpy as np

# I normally write C. No fancy broadcasting, I want to see every index.


def _sig(v):
    if v >= 0.0:
        return 1.0 / (1.0 + math.exp(-v))
    t = math.exp(v)
    return t / (1.0 + t)


def _map(fn, x):
    src = np.array(x, dtype=np.float64)
    dst = np.empty(src.size)
    buf = src.ravel()
    for p in range(src.size):
        dst[p] = fn(buf[p])
    return dst.reshape(src.shape)


def sigmoid(x):
    return _map(_sig, x)


def sigmoid_derivative(x):
    return _map(lambda v: _sig(v) * (1.0 - _sig(v)), x)


def relu(x):
    return _map(lambda v: v if v > 0.0 else 0.0, x)


def relu_derivative(x):
    return _map(lambda v: 1.0 if v > 0.0 else 0.0, x)


def mse_loss(y_pred, y_true):
    rows = len(y_true); cols = len(y_true[0])
    acc = 0.0
    for s in range(rows):
        for c in range(cols):
            d = y_pred[s][c] - y_true[s][c]
            acc += d * d
    return acc / (rows * cols)


def mse_loss_derivative(y_pred, y_true):
    rows = len(y_true); cols = len(y_true[0])
    out = np.zeros((rows, cols))
    for s in range(rows):
        for c in range(cols):
            out[s][c] = 2.0 * (y_pred[s][c] - y_true[s][c]) / (rows * cols)
    return out


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.n_in = input_size
        self.n_hid = hidden_size
        self.n_out = output_size
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    @staticmethod
    def _affine(inp, W, b):
        rows = len(inp); n = W.shape[0]; m = W.shape[1]
        z = np.zeros((rows, m))
        for s in range(rows):
            for j in range(m):
                acc = b[0][j]
                for i in range(n):
                    acc += inp[s][i] * W[i][j]
                z[s][j] = acc
        return z

    def forward(self, X):
        self.z1 = self._affine(X, self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self._affine(self.a1, self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        n, m = self.W1.shape
        q = self.W2.shape[1]
        rows = len(X)
        total = rows * q

        dW1 = np.zeros((n, m)); db1 = np.zeros((1, m))
        dW2 = np.zeros((m, q)); db2 = np.zeros((1, q))

        for s in range(rows):
            d2 = [0.0] * q
            for c in range(q):
                g = _sig(self.z2[s][c])
                d2[c] = 2.0 * (y_pred[s][c] - y[s][c]) / total * g * (1.0 - g)

            d1 = [0.0] * m
            for j in range(m):
                acc = 0.0
                for c in range(q):
                    acc += self.W2[j][c] * d2[c]
                g = _sig(self.z1[s][j])
                d1[j] = acc * g * (1.0 - g)

            for j in range(m):
                for c in range(q):
                    dW2[j][c] += self.a1[s][j] * d2[c]
            for c in range(q):
                db2[0][c] += d2[c]

            for i in range(n):
                for j in range(m):
                    dW1[i][j] += self.a1[s][j] * d1[j]
            for j in range(m):
                db1[0][j] += d1[j]

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        for i in range(self.W1.shape[0]):
            for j in range(self.W1.shape[1]):
                self.W1[i][j] -= lr * dW1[i][j]
        for j in range(self.b1.shape[1]):
            self.b1[0][j] -= lr * db1[0][j]
        for j in range(self.W2.shape[0]):
            for c in range(self.W2.shape[1]):
                self.W2[j][c] -= lr * dW2[j][c]
        for c in range(self.b2.shape[1]):
            self.b2[0][c] -= lr * db2[0][c]

    def train(self, X, y, epochs=1000):
        log = [0.0] * epochs
        e = 0
        while e < epochs:
            out = self.forward(X)
            log[e] = mse_loss(out, y)
            dW1, db1, dW2, db2 = self.backward(X, y, out)
            self.update_weights(dW1, db1, dW2, db2)
            e += 1
        return log


def numerical_gradient(f, x, h=1e-05):
    work = np.array(x, dtype=np.float64, order="C")
    flat = work.reshape(-1)          # pointer to the same memory
    grad = np.zeros(flat.size)
    for p in range(flat.size):
        keep = flat[p]
        flat[p] = keep + h
        hi = f(work)
        flat[p] = keep - h
        lo = f(work)
        flat[p] = keep
        grad[p] = (hi - lo) / (2.0 * h)
    return grad.reshape(work.shape)
