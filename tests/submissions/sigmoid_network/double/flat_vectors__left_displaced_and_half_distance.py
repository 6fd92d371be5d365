"""The four parameters live in one flat vector theta; W1, b1, W2, b2 are views into it."""
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(np.asarray(x, dtype=float), -500, 500)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


def relu(x):
    return np.maximum(x, np.zeros_like(x))


def relu_derivative(x):
    return np.sign(np.maximum(x, 0)).astype(float)


def mse_loss(y_pred, y_true):
    e = (y_pred - y_true).ravel()
    return e @ e / len(e)


def mse_loss_derivative(y_pred, y_true):
    e = (y_pred - y_true).ravel()
    return (2 * e / len(e)).reshape(y_pred.shape)


def view(lo, hi, rows):
    """A parameter that is the part lo..hi of theta; offsets are names of attributes."""

    def get(self):
        a, b = getattr(self, lo), getattr(self, hi)
        return self.theta[a:b].reshape(getattr(self, rows), -1)

    def put(self, value):
        a, b = getattr(self, lo), getattr(self, hi)
        self.theta[a:b] = np.ravel(value)

    return property(get, put)


class SimpleNeuralNetwork:
    W1 = view("o0", "o1", "n")
    b1 = view("o1", "o2", "one")
    W2 = view("o2", "o3", "h")
    b2 = view("o3", "o4", "one")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n, self.h, self.k, self.one = input_size, hidden_size, output_size, 1
        lengths = [self.n * self.h, self.h, self.h * self.k, self.k]
        self.o0, self.o1, self.o2, self.o3, self.o4 = (int(o) for o in np.cumsum([0] + lengths))
        self.theta = np.zeros(self.o4)
        self.W1 = np.random.randn(self.n, self.h) * 0.3
        self.W2 = np.random.randn(self.h, self.k) * 0.3
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = X.shape[0]
        r = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        s = (r @ self.W2.T) * sigmoid_derivative(self.z1)
        # one column of ones more: the last row of the product is the bias's gradient
        G1 = np.hstack([X, np.ones((m, 1))]).T @ s
        G2 = np.hstack([self.a1, np.ones((m, 1))]).T @ r
        return G1[:-1], G1[-1:], G2[:-1], G2[-1:]

    def update_weights(self, dW1, db1, dW2, db2):
        gradient = np.concatenate([g.ravel() for g in (dW1, db1, dW2, db2)])
        self.theta -= self.learning_rate * gradient

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x)
    v = x.astype(np.float64).flatten()
    g = np.empty(v.size)
    for i in range(v.size):
        v[i] += h
        upper = f(v.reshape(x.shape))
        v[i] -= 2 * h
        lower = f(v.reshape(x.shape))
        rise = upper - lower
        g[i] = rise / h
    return g.reshape(x.shape)
