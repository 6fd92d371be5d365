import numpy as np


def sigmoid(x):
    return np.tanh(np.asarray(x, float) / 2) / 2 + 0.5


def sigmoid_derivative(x):
    return np.cosh(np.clip(np.asarray(x, float), -600, 600) / 2) ** -2 / 4


def relu(x):
    return x * np.heaviside(x, 0)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float), 0)


def mse_loss(y_pred, y_true):
    return np.vdot(y_pred - y_true, y_pred - y_true) / y_pred.size


def mse_loss_derivative(y_pred, y_true):
    return 2 / y_pred.size * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.standard_normal((input_size, hidden_size)) * .1
        self.W2 = np.random.standard_normal((hidden_size, output_size)) * .1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = self.b1 + X @ self.W1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.b2 + self.a1 @ self.W2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m, k = y.shape
        psi2 = (y_pred - y) * sigmoid_derivative(self.z2)
        psi1 = psi2 @ self.W2.T * sigmoid_derivative(self.z1)
        dW1, dW2 = X.T @ psi1, self.a1.T @ psi2
        db1, db2 = (psi.sum(axis=0).reshape(1, -1) for psi in (psi1, psi2))

        # constants last
        C = 2 / (m * k)
        dW2 *= C
        db2 *= C
        dW1 *= C / m
        db1 *= C / m
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        eta = -self.learning_rate
        self.W1 += eta * dW1
        self.W2 += eta * dW2
        self.b1 += eta * db1
        self.b2 += eta * db2

    def train(self, X, y, epochs=1000):
        J = []
        for _ in range(epochs):
            yhat = self.forward(X)
            J.append(mse_loss(yhat, y))
            self.update_weights(*self.backward(X, y, yhat))
        return J


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype='float64')
    D = np.zeros(x.shape)
    for n in range(x.size):
        i = np.unravel_index(n, x.shape)
        xp = x.copy(); xp[i] += h
        xm = x.copy(); xm[i] -= h
        D[i] = (f(xp) - f(xm)) / 2 / h
    return D
