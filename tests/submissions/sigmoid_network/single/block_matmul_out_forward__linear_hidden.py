import numpy as np


def _stable(x):
    neg = np.minimum(x, 0.0)
    return np.exp(neg) / (np.exp(neg) + np.exp(neg - x))


def sigmoid(x):
    return _stable(np.asarray(x, dtype=np.float64))


def sigmoid_derivative(x):
    y = sigmoid(x)
    y = y * (1 - y)
    return y


def relu(x):
    x = np.asarray(x)
    return np.choose(x > 0, (np.zeros_like(x), x))


def relu_derivative(x):
    x = np.asarray(x)
    return np.choose(x > 0, (0.0, 1.0))


def mse_loss(y_pred, y_true):
    return sum((float(a) - float(b)) ** 2 for a, b in zip(np.ravel(y_pred), np.ravel(y_true))) / np.size(y_pred)


def mse_loss_derivative(y_pred, y_true):
    out = np.array(y_pred, dtype=float)
    out -= y_true
    out /= out.size / 2
    return out


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.n, self.h, self.k = input_size, hidden_size, output_size
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(self.n, self.h) * 0.05
        self.b1 = np.zeros((1, self.h))
        self.W2 = np.random.randn(self.h, self.k) * 0.05
        self.b2 = np.zeros((1, self.k))

    def forward(self, X):
        m = X.shape[0]
        self.z1 = np.empty((m, self.W1.shape[1]))
        self.a1 = np.empty_like(self.z1)
        self.z2 = np.empty((m, self.W2.shape[1]))
        self.a2 = np.empty_like(self.z2)

        np.matmul(X, self.W1, out=self.z1)
        self.z1 += self.b1
        self.a1[...] = self.z1
        np.matmul(self.a1, self.W2, out=self.z2)
        self.z2 += self.b2
        self.a2[...] = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        D2 = mse_loss_derivative(y_pred, y)
        D2 *= sigmoid_derivative(self.z2)
        D1 = D2 @ self.W2.T
        D1 *= sigmoid_derivative(self.z1)
        ones = np.ones(len(X))
        return X.T @ D1, (ones @ D1)[np.newaxis, :], self.a1.T @ D2, (ones @ D2)[np.newaxis, :]

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= np.multiply(self.learning_rate, dW1)
        self.b1 -= np.multiply(self.learning_rate, db1)
        self.W2 -= np.multiply(self.learning_rate, dW2)
        self.b2 -= np.multiply(self.learning_rate, db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            prediction = self.forward(X)
            losses.append(mse_loss(prediction, y))
            self.update_weights(*self.backward(X, y, prediction))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    two_sided = np.empty((2,) + x.shape)
    for s, sign in enumerate((1, -1)):
        for i in np.ndindex(x.shape):
            moved = np.copy(x)
            moved[i] += sign * h
            two_sided[(s,) + i] = f(moved)
    return (two_sided[0] - two_sided[1]) / (2 * h)
