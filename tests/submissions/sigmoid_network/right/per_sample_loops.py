# Everything with Python loops, a sample at a time.
import math
import numpy as np


def _each(f, x):
    x = np.asarray(x)
    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        out[i] = f(float(x[i]))
    return out


def _one_sigmoid(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)


def sigmoid(x):
    return _each(_one_sigmoid, x)


def sigmoid_derivative(x):
    return _each(lambda v: _one_sigmoid(v) * _one_sigmoid(-v), x)


def relu(x):
    return _each(lambda v: v if v > 0 else 0.0, x)


def relu_derivative(x):
    return _each(lambda v: 1.0 if v > 0 else 0.0, x)


def mse_loss(y_pred, y_true):
    total = 0.0
    count = 0
    for p_row, t_row in zip(y_pred, y_true):
        for p, t in zip(p_row, t_row):
            total += (p - t) ** 2
            count += 1
    return total / count


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    out = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            out[i, j] = 2.0 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return out


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        m = len(X)
        self.z1 = np.zeros((m, self.h))
        self.a1 = np.zeros((m, self.h))
        self.z2 = np.zeros((m, self.k))
        self.a2 = np.zeros((m, self.k))
        for s in range(m):
            for j in range(self.h):
                self.z1[s, j] = sum(X[s, i] * self.W1[i, j] for i in range(self.n)) + self.b1[0, j]
                self.a1[s, j] = _one_sigmoid(self.z1[s, j])
            for j in range(self.k):
                self.z2[s, j] = sum(self.a1[s, i] * self.W2[i, j] for i in range(self.h)) + self.b2[0, j]
                self.a2[s, j] = _one_sigmoid(self.z2[s, j])
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        dW1, db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
        dW2, db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
        for s in range(m):
            delta = [2 * (y_pred[s, j] - y[s, j]) / (m * self.k) * self.a2[s, j] * (1 - self.a2[s, j]) for j in range(self.k)]
            for j in range(self.k):
                db2[0, j] += delta[j]
                for i in range(self.h):
                    dW2[i, j] += self.a1[s, i] * delta[j]
            for i in range(self.h):
                back = sum(delta[j] * self.W2[i, j] for j in range(self.k)) * self.a1[s, i] * (1 - self.a1[s, i])
                db1[0, i] += back
                for q in range(self.n):
                    dW1[q, i] += X[s, q] * back
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
            setattr(self, name, getattr(self, name) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        history = []
        for _ in range(epochs):
            p = self.forward(X)
            history.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return history


def numerical_gradient(f, x, h=1e-5):
    work = np.array(x, dtype=float)
    flat = work.reshape(-1)
    grad = []
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        up = f(work)
        flat[i] = kept - h
        down = f(work)
        flat[i] = kept
        grad.append((up - down) / (2 * h))
    return np.array(grad).reshape(work.shape)
