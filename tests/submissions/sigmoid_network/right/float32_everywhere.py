"""Works in single precision, as on a GPU."""
import numpy as np

F = np.float32


def sigmoid(x):
    x = np.asarray(x, dtype=F)
    with np.errstate(over="ignore"):
        return F(1) / (F(1) + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (F(1) - s)


def relu(x):
    return np.maximum(np.asarray(x, F), F(0))


def relu_derivative(x):
    return (np.asarray(x) > 0).astype(F)


def mse_loss(y_pred, y_true):
    d = np.asarray(y_pred, F) - np.asarray(y_true, F)
    return (d * d).mean()


def mse_loss_derivative(y_pred, y_true):
    d = np.asarray(y_pred, F) - np.asarray(y_true, F)
    return F(2) * d / F(d.size)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = F(learning_rate)
        self.W1 = (np.random.randn(input_size, hidden_size) * 0.3).astype(F)
        self.b1 = np.zeros((1, hidden_size), F)
        self.W2 = (np.random.randn(hidden_size, output_size) * 0.3).astype(F)
        self.b2 = np.zeros((1, output_size), F)

    def forward(self, X):
        X = X.astype(F)
        self.z1 = X @ self.W1.astype(F) + self.b1.astype(F)
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2.astype(F) + self.b2.astype(F)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dz1 = (dz2 @ self.W2.astype(F).T) * sigmoid_derivative(self.z1)
        return X.astype(F).T @ dz1, dz1.sum(0, keepdims=True), self.a1.T @ dz2, dz2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        lr = F(self.learning_rate)
        self.W1 = self.W1.astype(F) - lr * dW1.astype(F)
        self.b1 = self.b1.astype(F) - lr * db1.astype(F)
        self.W2 = self.W2.astype(F) - lr * dW2.astype(F)
        self.b2 = self.b2.astype(F) - lr * db2.astype(F)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-5):
    x = x.astype(np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g
