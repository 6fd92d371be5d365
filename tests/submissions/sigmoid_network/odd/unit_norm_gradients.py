import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.exp(-np.logaddexp(np.zeros_like(x), -x))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(np.negative(x))


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (np.asarray(x) > 0) * 1.0


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_pred.size


def _unit(g, eps=1e-8):
    return g / (np.sqrt((g * g).sum()) + eps)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * .1
        self.W2 = np.random.randn(hidden_size, output_size) * .1
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        d2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        d1 = d2 @ self.W2.T * sigmoid_derivative(self.z1)
        grads = X.T @ d1, d1.sum(0, keepdims=True), self.a1.T @ d2, d2.sum(0, keepdims=True)
        return tuple(map(_unit, grads))

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        loss = []
        for _ in range(epochs):
            p = self.forward(X)
            loss.append(mse_loss(p, y))
            self.update_weights(*self.backward(X, y, p))
        return loss


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        t = x[i]
        x[i] = t + h; out[i] = f(x)
        x[i] = t - h; out[i] = (out[i] - f(x)) / (2 * h)
        x[i] = t
    return out
