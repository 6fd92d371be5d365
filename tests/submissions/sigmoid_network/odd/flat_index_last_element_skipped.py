import numpy as np


def sigmoid(x):
    a = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return np.where(np.asarray(x) < 0, a / (1 + a), 1 / (1 + a))


def sigmoid_derivative(x):
    a = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return a / (1 + a) / (1 + a)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return np.array(np.asarray(x) > 0, dtype=np.float64)


def mse_loss(y_pred, y_true):
    return np.mean(np.square(y_pred - y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 / np.size(y_pred) * np.subtract(y_pred, y_true)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.05
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.05
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        Δ = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        Γ = Δ @ self.W2.T * sigmoid_derivative(self.z1)
        return X.T @ Γ, Γ.sum(0, keepdims=True), self.a1.T @ Δ, Δ.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2

    def train(self, X, y, epochs=1000):
        L = []
        for _ in range(epochs):
            o = self.forward(X)
            L.append(mse_loss(o, y))
            self.update_weights(*self.backward(X, y, o))
        return L


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64, order="C")
    flat = x.ravel()
    grad = np.zeros(flat.size)
    i = 0
    while i + 1 < flat.size:
        saved = flat[i]
        flat[i] = saved + h
        grad[i] = f(x)
        flat[i] = saved - h
        grad[i] = (grad[i] - f(x)) / (2 * h)
        flat[i] = saved
        i += 1
    return grad.reshape(x.shape)
