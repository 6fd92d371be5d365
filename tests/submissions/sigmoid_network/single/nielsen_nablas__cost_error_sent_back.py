"""Chapter 2 of Nielsen's book, but with rows for samples."""
import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.maximum(z, 0)


def relu_derivative(z):
    return (np.asarray(z) > 0).astype(float)


def mse_loss(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return 2.0 * (y_pred - y_true) / np.size(y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.sizes = [input_size, hidden_size, output_size]
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def cost_derivative(self, output_activations, y):
        return mse_loss_derivative(output_activations, y)

    def backward(self, X, y, y_pred):
        # (BP1)
        nabla_a = self.cost_derivative(y_pred, y)
        delta_L = nabla_a * sigmoid_derivative(self.z2)
        nabla_b2 = delta_L.sum(axis=0, keepdims=True)
        nabla_w2 = np.dot(self.a1.T, delta_L)
        # (BP2)
        sp = sigmoid_derivative(self.z1)
        delta_l = np.dot(nabla_a, self.W2.T) * sp
        # (BP3), (BP4)
        nabla_b1 = delta_l.sum(axis=0, keepdims=True)
        nabla_w1 = np.dot(X.T, delta_l)
        return (nabla_w1, nabla_b1, nabla_w2, nabla_b2)

    def update_weights(self, dW1, db1, dW2, db2):
        eta = self.learning_rate
        self.W1 = self.W1 - eta * dW1
        self.b1 = self.b1 - eta * db1
        self.W2 = self.W2 - eta * dW2
        self.b2 = self.b2 - eta * db2

    def train(self, X, y, epochs=1000):
        costs = []
        for j in range(epochs):
            a = self.forward(X)
            costs.append(mse_loss(a, y))
            self.update_weights(*self.backward(X, y, a))
        return costs


def numerical_gradient(f, x, h=1e-05):
    w = np.array(x, dtype=np.float64)
    nabla = np.zeros_like(w)
    for j in np.ndindex(*w.shape):
        w_plus, w_minus = w.copy(), w.copy()
        w_plus[j] += h
        w_minus[j] -= h
        nabla[j] = (f(w_plus) - f(w_minus)) / (2 * h)
    return nabla
