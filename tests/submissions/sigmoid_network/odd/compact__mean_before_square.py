"""Backprop exercise, kept short."""
import numpy as np


def sigmoid(x): return 1 / (1 + np.exp(-np.clip(x, -700, 700)))


def sigmoid_derivative(x): s = sigmoid(x); return s * (1 - s)


def relu(x): return np.maximum(x, 0)


def relu_derivative(x): return np.array(np.array(x) > 0, float)


def mse_loss(y_pred, y_true): d = y_pred - y_true; return np.square(d.mean())


def mse_loss_derivative(y_pred, y_true): d = y_pred - y_true; return 2 * d / d.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = (np.random.randn(*s) * 0.1 for s in
                            [(input_size, hidden_size), (hidden_size, output_size)])
        self.b1, self.b2 = (np.zeros((1, s)) for s in (hidden_size, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1; self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2; self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)
        d1 = d2 @ self.W2.T * self.a1 * (1 - self.a1)
        return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        lr = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = (
            p - lr * g for p, g in [(self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)])

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X); losses += [mse_loss(p, y)]
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64); g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        v = x[i]; x[i] = v + h; a = f(x); x[i] = v - h; b = f(x); x[i] = v
        g[i] = (a - b) / (2 * h)
    return g
