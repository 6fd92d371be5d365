import numpy as np
from itertools import product


def sigmoid(x):
    src = np.asarray(x, dtype=float)
    dst = np.empty_like(src)
    np.exp(-np.abs(src), out=dst)
    dst = 1.0 / (1.0 + dst)
    return np.where(src >= 0, dst, 1.0 - dst)


def sigmoid_derivative(x):
    dst = sigmoid(x)
    return dst - dst * dst


def relu(x):
    src = np.asarray(x)
    return src.clip(min=0)


def relu_derivative(x):
    src = np.asarray(x)
    dst = np.zeros(src.shape)
    for i in product(*map(range, src.shape)):
        dst[i] = float(src[i] > 0)
    return dst


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    loss = 0.0
    for i, j in product(range(m), range(k)):
        loss += (y_true[i, j] - y_pred[i, j]) ** 2 / (m * k)
    return loss


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    grad = np.zeros((m, k))
    for i, j in product(range(m), range(k)):
        diff = y_true[i, j] - y_pred[i, j]
        grad[i, j] = 2 * diff / m
    return grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        gen = np.random.default_rng(7)
        self.W1 = gen.uniform(-0.5, 0.5, (input_size, hidden_size))
        self.W2 = gen.uniform(-0.5, 0.5, (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.einsum("mn,nh->mh", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum("mh,hk->mk", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, k = y_pred.shape
        n, h = self.W1.shape
        dz2 = np.zeros((m, k))
        for i, j in product(range(m), range(k)):
            dz2[i, j] = 2 / (m * k) * (y_pred[i, j] - y[i, j]) * y_pred[i, j] * (1 - y_pred[i, j])
        dz1 = np.zeros((m, h))
        for i, q, j in product(range(m), range(h), range(k)):
            dz1[i, q] += dz2[i, j] * self.W2[q, j] * self.a1[i, q] * (1 - self.a1[i, q])
        dW1, db1, dW2, db2 = np.zeros((n, h)), np.zeros((1, h)), np.zeros((h, k)), np.zeros((1, k))
        for i in range(m):
            for q, j in product(range(h), range(k)):
                dW2[q, j] += self.a1[i, q] * dz2[i, j]
            for p, q in product(range(n), range(h)):
                dW1[p, q] += X[i, p] * dz1[i, q]
            for j in range(k):
                db2[0, j] += dz2[i, j]
            for q in range(h):
                db1[0, q] += dz1[i, q]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for e in range(epochs):
            losses.append(mse_loss(self.forward(X), y))
            self.update_weights(*self.backward(X, y, self.a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    src = np.array(x, dtype=np.float64)
    dst = np.zeros(src.shape)
    for i in product(*map(range, src.shape)):
        plus, minus = src.copy(), src.copy()
        plus[i], minus[i] = src[i] + h, src[i] - h
        dst[i] = (f(plus) - f(minus)) / (2 * h)
    return dst
