import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.fmax(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0) / 1


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 / y_true.size * (y_pred - y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1, self.W2 = np.random.randn(input_size, hidden_size) * .05, np.random.randn(hidden_size, output_size) * .05
        self.b1, self.b2 = np.zeros((1, hidden_size)), np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        m = len(X)
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2) / m
        d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 -= self.learning_rate * dW1
        self.b1 -= self.learning_rate * db1
        self.W2 -= self.learning_rate * dW2
        self.b2 -= self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_pred = self.forward(X)
            losses.append(mse_loss(y_pred, y))
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        v = x[i]
        x[i] = v + h; fp = f(x)
        x[i] = v - h; fm = f(x)
        x[i] = v
        g[i] = (fp - fm) / (2 * h)
    return g
