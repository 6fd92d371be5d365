import math
import numpy as np


def sigmoid(x):
    arr = np.asarray(x, dtype=np.float64)
    res = np.zeros(arr.shape)
    for pos, v in np.ndenumerate(arr):
        if v < -36.7:
            res[pos] = math.exp(v)
        else:
            res[pos] = 1.0 / (1.0 + math.exp(-v))
    return res


def sigmoid_derivative(x):
    res = sigmoid(x)
    for pos, s in np.ndenumerate(res.copy()):
        res[pos] = s * (1.0 - s)
    return res


def relu(x):
    res = np.array(x)
    for pos, v in np.ndenumerate(x):
        if v < 0:
            res[pos] = 0
        elif v > 1:
            res[pos] = 1
        else:
            res[pos] = v
    return res


def relu_derivative(x):
    res = np.zeros(np.shape(x))
    for pos, v in np.ndenumerate(x):
        if v > 0:
            res[pos] = 1.0
    return res


def mse_loss(y_pred, y_true):
    acc = 0.0
    for pos, p in np.ndenumerate(y_pred):
        acc += math.pow(p - y_true[pos], 2)
    return acc / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    res = np.zeros(y_pred.shape)
    for pos, p in np.ndenumerate(y_pred):
        res[pos] = 2.0 * (p - y_true[pos]) / y_pred.size
    return res


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.15, (input_size, hidden_size))
        self.W2 = np.random.normal(0, 0.15, (hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.tile(self.b1, (len(X), 1))
        self.z1 += X @ self.W1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.tile(self.b2, (len(X), 1))
        self.z2 += self.a1 @ self.W2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = mse_loss_derivative(y_pred, y)
        for pos, out in np.ndenumerate(y_pred):
            g2[pos] *= out * (1 - out)
        g1 = g2 @ self.W2.T
        for pos, act in np.ndenumerate(self.a1):
            g1[pos] *= act * (1 - act)
        return X.T @ g1, np.ones((1, len(X))) @ g1, self.a1.T @ g2, np.ones((1, len(X))) @ g2

    def update_weights(self, dW1, db1, dW2, db2):
        for pos, g in np.ndenumerate(dW1):
            self.W1[pos] -= self.learning_rate * g
        for pos, g in np.ndenumerate(db1):
            self.b1[pos] -= self.learning_rate * g
        for pos, g in np.ndenumerate(dW2):
            self.W2[pos] -= self.learning_rate * g
        for pos, g in np.ndenumerate(db2):
            self.b2[pos] -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        log = []
        for t in range(epochs):
            out = self.forward(X)
            log.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return log


def numerical_gradient(f, x, h=1e-05):
    arr = np.array(x, dtype=np.float64)
    res = np.zeros(arr.shape)
    for pos, v in np.ndenumerate(arr.copy()):
        arr[pos] = v + h
        res[pos] = f(arr)
        arr[pos] = v - h
        res[pos] -= f(arr)
        arr[pos] = v
        res[pos] /= 2 * h
    return res
