import numpy as np


def sigmoid(x):
    """logit^-1"""
    η = np.asarray(x, dtype=float)
    t = np.exp(-np.abs(η))
    return np.where(η < 0, t, 1.0) / (1.0 + t)


def sigmoid_derivative(x):
    p = sigmoid(x)
    return p * (1.0 - p)       # Bernoulli variance


def relu(x):
    return np.clip(x, 0, np.inf)


def relu_derivative(x):
    return np.array(np.asarray(x) > 0, float)


def mse_loss(y_pred, y_true):
    residuals = y_pred - y_true
    return np.var(residuals)


def mse_loss_derivative(y_pred, y_true):
    residuals = y_pred - y_true
    N = residuals.size
    return 2.0 / N * residuals


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(loc=0.0, scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(loc=0.0, scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        score2 = mse_loss_derivative(y_pred, y)
        score2 *= sigmoid_derivative(self.z2)
        score1 = score2.dot(self.W2.transpose())
        score1 *= sigmoid_derivative(self.z1)
        dW1 = X.transpose().dot(score1)
        dW2 = self.a1.transpose().dot(score2)
        db1 = score1.sum(axis=0).reshape(self.b1.shape)
        db2 = score2.sum(axis=0).reshape(self.b2.shape)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        trace = []
        for _ in range(epochs):
            fitted = self.forward(X)
            trace.append(mse_loss(fitted, y))
            self.update_weights(*self.backward(X, y, fitted))
        return trace


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        bump = np.zeros_like(x)
        bump[i] += h
        out[i] = (f(x + bump) - f(x - bump)) / (h + h)
    return out
