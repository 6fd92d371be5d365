import numpy as np
import math


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        v = x[i]
        if v >= 0:
            out[i] = 1 / (1 + math.exp(-v))
        else:
            out[i] = math.exp(v) / (1 + math.exp(v))
    return out


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    out = np.array(x)
    for i in np.ndindex(out.shape):
        if out[i] < 0:
            out[i] = 0
    return out


def relu_derivative(x):
    x = np.asarray(x)
    out = np.zeros(x.shape, dtype=float)
    for i in np.ndindex(x.shape):
        if x[i] > 0:
            out[i] = 1.0
    return out


def mse_loss(y_pred, y_true):
    m, k = y_pred.shape
    total = 0.0
    for i in range(m):
        for j in range(k):
            total += (y_pred[i, j] - y_true[i, j]) ** 2
    return total / (m * k)


def mse_loss_derivative(y_pred, y_true):
    m, k = y_pred.shape
    d = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            d[i, j] = 2 * (y_pred[i, j] - y_true[i, j]) / (m * k)
    return d


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n = input_size
        self.h = hidden_size
        self.k = output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(input_size, hidden_size) - 0.5
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.rand(hidden_size, output_size) - 0.5
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        m = len(X)
        self.z1 = np.zeros((m, self.h))
        self.z2 = np.zeros((m, self.k))
        for s in range(m):
            for j in range(self.h):
                self.z1[s, j] = sum(X[s, i] * self.W1[i, j] for i in range(self.n)) + self.b1[0, j]
        self.a1 = sigmoid(self.z1)
        for s in range(m):
            for o in range(self.k):
                self.z2[s, o] = sum(self.a1[s, j] * self.W2[j, o] for j in range(self.h)) + self.b2[0, o]
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        dW1 = np.zeros((self.n, self.h))
        db1 = np.zeros((1, self.h))
        dW2 = np.zeros((self.h, self.k))
        db2 = np.zeros((1, self.k))

        error = mse_loss_derivative(y_pred, y)
        slope1 = sigmoid_derivative(self.z1)
        slope2 = sigmoid_derivative(self.z2)

        for s in range(m):
            delta_out = np.zeros(self.k)
            for o in range(self.k):
                delta_out[o] = error[s, o] * slope2[s, o]
                db2[0, o] += delta_out[o]
                for j in range(self.h):
                    dW2[j, o] += self.a1[s, j] * delta_out[o]

            for j in range(self.h):
                back = 0.0
                for o in range(self.k):
                    back += error[s, o] * self.W2[j, o]
                delta_hid = back * slope1[s, j]
                db1[0, j] += delta_hid
                for i in range(self.n):
                    dW1[i, j] += X[s, i] * delta_hid

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for j in range(self.h):
            for i in range(self.n):
                self.W1[i, j] -= self.learning_rate * dW1[i, j]
            self.b1[0, j] -= self.learning_rate * db1[0, j]
        for o in range(self.k):
            for j in range(self.h):
                self.W2[j, o] -= self.learning_rate * dW2[j, o]
            self.b2[0, o] -= self.learning_rate * db2[0, o]

    def train(self, X, y, epochs=1000):
        losses = []
        for e in range(epochs):
            out = self.forward(X)
            losses.append(mse_loss(out, y))
            g = self.backward(X, y, out)
            self.update_weights(g[0], g[1], g[2], g[3])
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros(x.shape, dtype=np.float64)
    for i in np.ndindex(x.shape):
        keep = x[i]
        x[i] = keep + h
        up = f(x)
        x[i] = keep - h
        down = f(x)
        x[i] = keep
        grad[i] = (up - down) / (2 * h)
    return grad
