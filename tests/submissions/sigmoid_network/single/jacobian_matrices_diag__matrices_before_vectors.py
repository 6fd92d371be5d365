# Jacobi matrices per sample:  dL/dz1 = diag(s1) W2 diag(s2) g
import numpy as np


def sigmoid(x):
    def one(u):
        return 1 / (1 + np.exp(-u)) if u > -700 else 0.0
    a = np.asarray(x, dtype=float)
    return np.array([one(u) for u in a.ravel()]).reshape(a.shape)


def sigmoid_derivative(x):
    S = sigmoid(x)
    return S * (1 - S)


def relu(x):
    return np.where(np.asarray(x) > 0, x, np.zeros_like(x))


def relu_derivative(x):
    return np.asarray(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    R = y_pred - y_true
    return np.trace(R.T @ R) / R.size


def mse_loss_derivative(y_pred, y_true):
    R = y_pred - y_true
    return (R + R) / R.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 1e-1
        self.W2 = np.random.randn(hidden_size, output_size) * 1e-1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        ones = np.ones((X.shape[0], 1))
        self.z1 = X @ self.W1 + ones @ self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + ones @ self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        G = mse_loss_derivative(y_pred, y)
        A, B = np.zeros_like(self.W1), np.zeros_like(self.W2)
        a, b = np.zeros_like(self.b1), np.zeros_like(self.b2)
        for x, s, t, g in zip(X, self.a1, y_pred, G):
            J2 = np.diag(t * (1 - t))
            J1 = np.diag(s * (1 - s))
            v = J2 @ g
            u = J1 @ self.W2 @ v
            A += np.outer(x, u)
            B += np.outer(s, v)
            a += u
            b += v
        return A, B, a, b

    def update_weights(self, dW1, db1, dW2, db2):
        lam = self.learning_rate
        self.W1 = self.W1 - lam * dW1
        self.W2 = self.W2 - lam * dW2
        self.b1 = self.b1 - lam * db1
        self.b2 = self.b2 - lam * db2

    def train(self, X, y, epochs=1000):
        F = []
        for _ in range(epochs):
            P = self.forward(X)
            F.append(mse_loss(P, y))
            g = self.backward(X, y, P)
            self.update_weights(*g)
        return F


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    D = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        E = np.zeros_like(x)
        E[i] = 1.0
        D[i] = (f(x + h * E) - f(x - h * E)) / (2 * h)
    return D
