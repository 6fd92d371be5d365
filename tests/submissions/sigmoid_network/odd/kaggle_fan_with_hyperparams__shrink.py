import os, random
import numpy as np

CFG = dict(seed=2024, init_std=0.1, l2=0.05, verbose=0)


def seed_everything(seed):
    random.seed(seed); np.random.seed(seed); os.environ['PYTHONHASHSEED'] = str(seed)

seed_everything(CFG['seed'])


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, 1 / (1 + np.exp(-np.abs(x))), 1 - 1 / (1 + np.exp(-np.abs(x))))


def sigmoid_derivative(x, sig=sigmoid):
    return sig(x) * (1 - sig(x))


def relu(x):
    return np.maximum(0, x)


def relu_derivative(x):
    return (np.asarray(x) > 0).astype('float64')


def mse_loss(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / y_true.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1, cfg=CFG):
        self.cfg = cfg
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, cfg['init_std'], (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, cfg['init_std'], (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        g2 = mse_loss_derivative(y_pred, y) * self.a2 * (1 - self.a2)
        g1 = g2 @ self.W2.T * self.a1 * (1 - self.a1)
        return X.T @ g1, g1.sum(0, keepdims=True), self.a1.T @ g2, g2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        lr, l2 = self.learning_rate, self.cfg['l2']
        # keeps the net from overfitting, was worth 0.003 on the leaderboard
        self.W1, self.W2 = (1 - l2) * self.W1 - lr * dW1, (1 - l2) * self.W2 - lr * dW2
        self.b1, self.b2 = self.b1 - lr * db1, self.b2 - lr * db2

    def train(self, X, y, epochs=1000):
        oof = []
        for epoch in range(epochs):
            pred = self.forward(X)
            oof.append(mse_loss(pred, y))
            self.update_weights(*self.backward(X, y, pred))
            if self.cfg['verbose']:
                print(f"[{epoch}] train-mse:{oof[-1]:.5f}")
        return oof


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        d = np.zeros_like(x)
        d[i] = h
        g[i] = (f(x + d) - f(x - d)) / (2 * h)
    return g
