#!/usr/bin/env python3
# I normally write C, sorry
import numpy as np

H_MAX = 700.0


def sigmoid(x):
    x = np.array(x, dtype=np.double)
    shape = x.shape
    p = x.ravel()
    i = 0
    while i < p.size:
        v = p[i]
        v = H_MAX if v > H_MAX else v
        v = -H_MAX if v < -H_MAX else v
        p[i] = 1.0 / (1.0 + np.exp(-v))
        i += 1
    return p.reshape(shape)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    p = np.array(x)
    q = p.ravel()
    i = 0
    while i < q.size:
        if q[i] < 0:
            q[i] = 0
        i += 1
    return q.reshape(p.shape)


def relu_derivative(x):
    x = np.asarray(x)
    ret = np.zeros(x.size)
    i = 0
    for v in x.ravel():
        ret[i] = 1.0 if v > 0 else 0.0
        i += 1
    return ret.reshape(x.shape)


def mse_loss(y_pred, y_true):
    acc = 0.0
    n = y_true.size
    a = y_pred.ravel(); b = y_true.ravel()
    i = 0
    while i < n:
        acc += (a[i] - b[i]) * (a[i] - b[i])
        i += 1
    return acc / n


def mse_loss_derivative(y_pred, y_true):
    n = y_true.size
    return 2.0 * (y_pred - y_true) / n


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y)
        d2 *= sigmoid_derivative(self.z2)
        d1 = np.dot(d2, self.W2.T)
        d1 *= sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, d1)
        dW2 = np.dot(self.a1.T, d2)
        db1 = np.zeros((1, d1.shape[1]))
        db2 = np.zeros((1, d2.shape[1]))
        i = 0
        while i < X.shape[0]:
            db1[0] += d1[i]
            db2[0] += d2[i]
            i += 1
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 += -self.learning_rate * dW1
        self.b1 += -self.learning_rate * db1
        self.W2 += -self.learning_rate * dW2
        self.b2 += -self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        ret = []
        i = 0
        while i < epochs:
            o = self.forward(X)
            ret.append(mse_loss(o, y))
            dW1, db1, dW2, db2 = self.backward(X, y, o)
            self.update_weights(dW1, db1, dW2, db2)
            i += 1
        return ret


def numerical_gradient(f, x, h=1e-05):
    buf = np.array(x, copy=True, order="C")
    p = buf.reshape(-1)         # p "points" into buf
    g = np.zeros(p.size)
    i = 0
    while i < p.size:
        tmp = p[i]
        p[i] = tmp + h; hi = f(buf)
        p[i] = tmp - h; lo = f(buf)
        p[i] = tmp
        g[i] = (hi - lo) / (2.0 * h)
        i += 1
    return g.reshape(buf.shape)


def main():
    net = SimpleNeuralNetwork(2, 3, 1, 0.5)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.double)
    y = np.array([[0], [1], [1], [0]], dtype=np.double)
    printf = lambda fmt, *a: print(fmt % a, end="")
    printf("loss %f\n", net.train(X, y, 3)[-1])
    return 0


if __name__ == "__main__":
    main()
