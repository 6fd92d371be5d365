import numpy as np
from numpy import newaxis as _


class _Logistic:
    """activation bundled as static methods"""

    @staticmethod
    def f(z):
        z = np.asarray(z, dtype=np.float64)
        t = np.exp(-np.abs(z))
        return (t + (z >= 0) * (1 - t)) / (1 + t)

    @classmethod
    def df(cls, z):
        f = cls.f(z)
        return f * (1 - f)


sigmoid, sigmoid_derivative = _Logistic.f, _Logistic.df


def relu(x):
    return np.maximum(x, np.array(0, dtype=np.asarray(x).dtype))


def relu_derivative(x):
    return np.clip(np.sign(x), 0, 1).astype(np.float64)


def mse_loss(y_pred, y_true):
    d = y_pred - y_true
    return 0.5 * np.mean(d ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / y_true.size


class _GradientDescent:
    learning_rate = 0.1

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        E = []
        for _i in range(epochs):
            o = self.forward(X)
            E.append(mse_loss(o, y))
            self.update_weights(*self.backward(X, y, o))
        return E


class SimpleNeuralNetwork(_GradientDescent):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.laplace(scale=.1, size=(input_size, hidden_size))
        self.W2 = np.random.laplace(scale=.1, size=(hidden_size, output_size))
        self.b1 = np.zeros(hidden_size)[_, :]
        self.b2 = np.zeros(output_size)[_, :]

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        q = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        p = q @ self.W2.T * sigmoid_derivative(self.z1)
        return np.tensordot(X, p, (0, 0)), p.sum(0)[_], np.tensordot(self.a1, q, (0, 0)), q.sum(0)[_]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    J = np.zeros_like(x)
    for j in range(x.size):
        ix = np.unravel_index(j, x.shape)
        s = x[ix]
        x[ix] = s + h
        J[ix] += f(x)
        x[ix] = s - h
        J[ix] -= f(x)
        x[ix] = s
    return J / (2 * h)
