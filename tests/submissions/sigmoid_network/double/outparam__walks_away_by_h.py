"""Sigmoid network with preallocated buffers (out=) wherever it is easy."""
import numpy as np

F = np.float64


def sigmoid(x):
    r = np.array(x, dtype=F)
    np.clip(r, -708, 708, out=r); np.negative(r, out=r); np.exp(r, out=r)
    np.add(r, 1, out=r)
    return np.divide(1, r)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * np.subtract(1, s)


def relu(x):
    return np.maximum(x, 0, out=np.empty_like(x))


def relu_derivative(x):
    d = np.empty(np.shape(x), dtype=F)
    d[...] = np.greater(x, 0)
    return d


def mse_loss(y_pred, y_true):
    d = np.subtract(y_pred, y_true, dtype=F)
    np.multiply(d, d, out=d)
    return d.mean()


def mse_loss_derivative(y_pred, y_true):
    d = np.subtract(y_pred, y_true, dtype=F)
    return np.multiply(d, 2 / d.size, out=d)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        g = np.random.default_rng(99)
        self.learning_rate = learning_rate
        self.W1 = g.normal(0, .1, (input_size, hidden_size)); self.b1 = np.zeros((1, hidden_size))
        self.W2 = g.normal(0, .1, (hidden_size, output_size)); self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.matmul(X, self.W1); self.z1 = np.add(self.z1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = np.matmul(self.a1, self.W2); self.z2 = np.add(self.z2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        t2 = mse_loss_derivative(y_pred, y)
        np.multiply(t2, sigmoid_derivative(self.z2), out=t2)
        t1 = np.matmul(t2, self.W2.T)
        np.multiply(t1, sigmoid_derivative(self.z1), out=t1)
        db1, db2 = np.empty((1, t1.shape[1])), np.empty((1, t2.shape[1]))
        np.sum(t1, axis=0, keepdims=True, out=db1)
        np.sum(t2, axis=0, keepdims=True, out=db2)
        return np.matmul(X.T, t1), db1, np.matmul(self.a1.T, t2), db2

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)):
            np.subtract(p, np.multiply(self.learning_rate, g), out=p)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X); losses.append(mse_loss(p, y)); self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    p = np.array(x, dtype=F)
    out = np.zeros(p.shape, dtype=F)
    for i in range(p.size):
        p.flat[i] += h
        upper = f(p)
        p.flat[i] -= 2 * h
        lower = f(p)
        slope = np.subtract(upper, lower) / h
        out.flat[i] = slope
    return out
