"""The parameters as one point θ of R^p: θ ← θ - η ∇L(θ)."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 1.0 / (1.0 + np.exp(np.clip(-x, None, 700.0)))


def sigmoid_derivative(x):
    σ = sigmoid(x)
    return σ * (1.0 - σ)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.where(np.array(x) > 0, np.float64(1), np.float64(0))


def mse_loss(y_pred, y_true):
    return np.mean((np.asarray(y_pred) - np.asarray(y_true)) ** 2)


def mse_loss_derivative(y_pred, y_true):
    p = y_pred.shape[0] * y_pred.shape[1]
    return (2.0 / p) * (y_pred - y_true)


def flatten(*parts):
    return np.concatenate([np.ravel(p) for p in parts])


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    @property
    def θ(self):
        return flatten(self.W1, self.b1, self.W2, self.b2)

    @θ.setter
    def θ(self, vec):
        start = 0
        for name in ("W1", "b1", "W2", "b2"):
            old = getattr(self, name)
            stop = start + old.size
            setattr(self, name, vec[start:stop].reshape(old.shape))
            start = stop

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        Δ = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        Ξ = (self.W2 @ Δ.T).T * sigmoid_derivative(self.z1)
        return (Ξ.T @ X).T, Ξ.sum(axis=0, keepdims=True), (Δ.T @ self.a1).T, Δ.sum(axis=0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        grad = flatten(dW1, db1, dW2, db2)
        self.θ = self.θ - grad

    def train(self, X, y, epochs=1000):
        L = np.zeros(epochs)
        for t in range(epochs):
            L[t] = mse_loss(self.forward(X), y)
            self.update_weights(*self.backward(X, y, self.a2))
        return L.tolist()


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    shape = x.shape
    v = x.ravel()
    g = np.zeros(v.size)
    for i in range(v.size):
        e = np.zeros(v.size)
        e[i] = h
        g[i] = (f((v + e).reshape(shape)) - f((v - e).reshape(shape))) / (2 * h)
    return g.reshape(shape)
