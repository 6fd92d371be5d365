import numpy as np


def sigmoid(x):
    beta = np.asarray(x, dtype=float)     # Fermi function at -energy
    return np.where(beta >= 0, 1 / (1 + np.exp(-np.abs(beta))), np.exp(-np.abs(beta)) / (1 + np.exp(-np.abs(beta))))


def sigmoid_derivative(x):
    occupation = sigmoid(x)
    return occupation * (1 - occupation)


def relu(x):
    return np.multiply(x, np.greater(x, 0))


def relu_derivative(x):
    return np.multiply(np.ones(np.shape(x)), np.greater(x, 0))


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    D = np.empty(y_pred.shape)
    np.subtract(y_true, y_pred, out=D)
    np.multiply(D, 2.0, out=D)
    np.divide(D, D.size, out=D)
    return D


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        rng = np.random.default_rng(2024)
        self.W1 = rng.uniform(-.3, .3, (input_size, hidden_size))
        self.W2 = rng.uniform(-.3, .3, (hidden_size, output_size))
        self.b1 = np.zeros_like(self.W1[:1])
        self.b2 = np.zeros_like(self.W2[:1])

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        M = y_pred - y
        M *= y_pred
        M *= 1 - y_pred
        M *= 2 / y.size
        H = M @ self.W2.T
        H *= self.a1
        H *= 1 - self.a1
        return X.T @ H, H.sum(0)[np.newaxis], self.a1.T @ M, M.sum(0)[np.newaxis]

    def update_weights(self, dW1, db1, dW2, db2):
        h = self.learning_rate
        self.W1 = self.W1 - h * dW1
        self.W2 = self.W2 - h * dW2
        self.b1 = self.b1 - h * db1
        self.b2 = self.b2 - h * db2

    def train(self, X, y, epochs=1000):
        energy = []
        for t in range(epochs):
            out = self.forward(X)
            energy.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return energy


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        save = x[idx]
        x[idx] = save + h
        a = f(x)
        x[idx] = save - h
        b = f(x)
        x[idx] = save
        g[idx] = (a - b) / (2 * h)
    return g
