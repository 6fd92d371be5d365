import numpy as np
from numpy import dot, exp, zeros


def sigmoid(x):
    t = exp(-abs(np.asarray(x, dtype=float)))
    s = 1 / (1 + t)
    return np.where(np.asarray(x) < 0, t * s, s)


def sigmoid_derivative(x):
    t = exp(-abs(np.asarray(x, dtype=float)))
    s = 1 / (1 + t)
    return t * s * s


def relu(x):
    return (abs(x) + x) * 0.5


def relu_derivative(x):
    return 0.5 + 0.5 * np.sign(x) - 0.5 * (np.asarray(x) == 0)


def mse_loss(y_pred, y_true):
    e = (y_pred - y_true).ravel()
    return dot(e, e) / len(e)


def mse_loss_derivative(y_pred, y_true):
    e = (y_pred - y_true) * 2.0
    e /= e.size
    return e


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.b1, self.b2 = zeros((1, hidden_size)), zeros((1, output_size))
        self.W1 = np.random.standard_normal((input_size, hidden_size)); self.W1 *= 0.1
        self.W2 = np.random.standard_normal((hidden_size, output_size)); self.W2 *= 0.1

    def forward(self, X):
        self.z1 = dot(X, self.W1); self.z1 += self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = dot(self.a1, self.W2); self.z2 += self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        err = mse_loss_derivative(y_pred, y)
        out_delta = err.copy()
        out_delta *= sigmoid_derivative(self.z2)
        hid_delta = dot(err, self.W2.T)
        hid_delta *= sigmoid_derivative(self.z1)
        return (dot(X.T, hid_delta), hid_delta.sum(axis=0).reshape(1, -1),
                dot(self.a1.T, out_delta), out_delta.sum(axis=0).reshape(1, -1))

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip((self.W1, self.b1, self.W2, self.b2), (dW1, db1, dW2, db2)):
            p -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            a2 = self.forward(X)
            losses.append(mse_loss(a2, y))
            self.update_weights(*self.backward(X, y, a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = zeros(x.shape)
    for i in range(x.size):
        e = zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        grad.flat[i] = (f(x + e) - f(x - e)) / (2 * h)
    return grad
