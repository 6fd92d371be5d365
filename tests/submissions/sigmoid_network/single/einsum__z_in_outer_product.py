"""Two-layer sigmoid network, index notation throughout (m samples, n inputs, h hidden, k outputs)."""
import numpy as np
from numpy import einsum


def sigmoid(x):
    # logistic = (1 + tanh(x/2)) / 2, saturates by itself
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return 0.25 * (1.0 - np.tanh(0.5 * np.asarray(x, dtype=float)) ** 2)


def relu(x):
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    return np.heaviside(x, 0.0)


def mse_loss(y_pred, y_true):
    r = y_pred - y_true
    return einsum("mk,mk->", r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    r = y_pred - y_true
    return r * (2.0 / r.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.normal(scale=0.2, size=(input_size, hidden_size))
        self.W2 = rng.normal(scale=0.2, size=(hidden_size, output_size))
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = einsum("mn,nh->mh", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = einsum("mh,hk->mk", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = einsum("mk,mk->mk", mse_loss_derivative(y_pred, y), sigmoid_derivative(self.z2))
        g1 = einsum("mk,hk,mh->mh", g2, self.W2, sigmoid_derivative(self.z1))
        return (
            einsum("mn,mh->nh", X, g1),
            einsum("mh->h", g1)[None, :],
            einsum("mh,mk->hk", self.z1, g2),
            einsum("mk->k", g2)[None, :],
        )

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1, self.b1 = self.W1 - eta * dW1, self.b1 - eta * db1
        self.W2, self.b2 = self.W2 - eta * dW2, self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        history = []
        while len(history) < epochs:
            p = self.forward(X)
            history.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    # one basis tensor per element, shape (size, *x.shape)
    basis = np.eye(x.size).reshape((x.size,) + x.shape)
    slopes = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in basis]
    return np.array(slopes, dtype=np.float64).reshape(x.shape)
