"""Einstein convention; δ_kl is np.eye."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(0.0, -x))


def sigmoid_derivative(x):
    a = sigmoid(x)
    return a * (1 - a)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.heaviside(np.asarray(x, dtype=float), 0)


def mse_loss(y_pred, y_true):
    e = y_pred - y_true
    return np.tensordot(e, e) / e.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.einsum('mi,ij->mj', X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.einsum('mj,jk->mk', self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        kron = np.eye(y.shape[1])
        g = mse_loss_derivative(y_pred, y)
        J = np.einsum('mk,kl->mkl', y_pred, kron) - np.einsum('mk,ml->mkl', y_pred, y_pred)
        d2 = np.einsum('mkl,ml->mk', J, g)
        d1 = np.einsum('mk,jk->mj', d2, self.W2) * sigmoid_derivative(self.z1)
        return (np.einsum('mi,mj->ij', X, d1), np.einsum('mj->j', d1)[np.newaxis],
                np.einsum('mj,mk->jk', self.a1, d2), np.einsum('mk->k', d2)[np.newaxis])

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            a2 = self.forward(X)
            losses.append(mse_loss(a2, y))
            self.update_weights(*self.backward(X, y, a2))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[idx] = h
        g[idx] = (f(x + step) - f(x - step)) / (2 * h)
    return g
