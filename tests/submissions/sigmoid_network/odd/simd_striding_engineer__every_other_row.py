import numpy as np


def sigmoid(x):
    half = np.multiply(x, 0.5)
    return 0.5 + np.tanh(half) / 2


def sigmoid_derivative(x):
    return 0.25 - (sigmoid(x) - 0.5) ** 2


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    return np.mean(np.abs(y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        g1 = g2 @ self.W2.T * sigmoid_derivative(self.z1)
        lanes = [slice(0, None, 2), slice(1, None, 2)]        # two accumulators
        dW2 = sum(self.a1[s].T @ g2[s] for s in lanes)
        dW1 = sum(X[s].T @ g1[s] for s in lanes[:1])
        db2 = sum(g2[s].sum(axis=0, keepdims=True) for s in lanes)
        db1 = sum(g1[s].sum(axis=0, keepdims=True) for s in lanes)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        log = []
        for _ in range(epochs):
            p = self.forward(X)
            log.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return log


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in range(x.size):
        u, d = x.copy(), x.copy()
        u.reshape(-1)[i] += h
        d.reshape(-1)[i] -= h
        g.reshape(-1)[i] = (f(u) - f(d)) / (2 * h)
    return g
