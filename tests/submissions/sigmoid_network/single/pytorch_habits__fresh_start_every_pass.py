"""Sigmoid network written the way one would in PyTorch, in NumPy."""

import numpy as np

__all__ = ["sigmoid", "relu", "SimpleNeuralNetwork", "numerical_gradient"]


def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, 1 / (1 + np.exp(-np.maximum(x, 0))), 1 - 1 / (1 + np.exp(np.minimum(x, 0))))


def sigmoid_derivative(x):
    out = sigmoid(x)
    return out * (1 - out)


def relu(x):
    return np.clip(x, a_min=0, a_max=None)


def relu_derivative(x):
    return np.asarray(x > 0, dtype=np.float64)


def mse_loss(y_pred, y_true):
    return np.square(y_pred - y_true).mean().item()


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / y_true.size


class SimpleNeuralNetwork:
    """nn.Sequential(Linear, Sigmoid, Linear, Sigmoid)."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.in_features = input_size
        self.hidden_features = hidden_size
        self.out_features = output_size
        self.learning_rate = learning_rate
        self.W1 = np.empty((input_size, hidden_size))
        self.b1 = np.empty((1, hidden_size))
        self.W2 = np.empty((hidden_size, output_size))
        self.b2 = np.empty((1, output_size))
        self.reset_parameters()

    def reset_parameters(self):
        bound1 = 1 / np.sqrt(self.in_features)
        bound2 = 1 / np.sqrt(self.hidden_features)
        self.W1[:] = np.random.uniform(-bound1, bound1, self.W1.shape)
        self.W2[:] = np.random.uniform(-bound2, bound2, self.W2.shape)
        self.b1.fill(0)
        self.b2.fill(0)

    def parameters(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def __call__(self, X):
        return self.forward(X)

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad_output = mse_loss_derivative(y_pred, y)
        grad_z2 = grad_output * self.a2 * (1 - self.a2)
        grad_a1 = grad_z2 @ self.W2.T
        grad_z1 = grad_a1 * self.a1 * (1 - self.a1)
        return X.T @ grad_z1, grad_z1.sum(0, keepdims=True), self.a1.T @ grad_z2, grad_z2.sum(0, keepdims=True)

    def update_weights(self, dW1, db1, dW2, db2):
        for p, g in zip(self.parameters(), (dW1, db1, dW2, db2)):
            p -= self.learning_rate * g

    def train(self, X, y, epochs=1000):
        losses = []
        for epoch in range(epochs):
            self.reset_parameters()
            y_pred = self(X)
            loss = mse_loss(y_pred, y)
            losses.append(loss)
            self.update_weights(*self.backward(X, y, y_pred))
        return losses


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x).astype(np.float64)
    grad = np.zeros_like(x)
    with np.nditer(x, flags=["multi_index"], op_flags=[["readwrite"]]) as it:
        for v in it:
            old = v.copy()
            v[...] = old + h
            f1 = f(x)
            v[...] = old - h
            f2 = f(x)
            v[...] = old
            grad[it.multi_index] = (f1 - f2) / (2 * h)
    return grad
