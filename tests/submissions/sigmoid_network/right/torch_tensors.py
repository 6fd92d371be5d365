"""The same with PyTorch's tensors, derivatives by hand."""
import numpy as np
import torch


def t(x):
    return x if isinstance(x, torch.Tensor) else torch.as_tensor(np.asarray(x), dtype=torch.float64)


def sigmoid(x):
    return torch.sigmoid(t(x))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def relu(x):
    return t(x).clamp(min=0)


def relu_derivative(x):
    return (t(x) > 0).double()


def mse_loss(y_pred, y_true):
    return torch.nn.functional.mse_loss(t(y_pred), t(y_true))


def mse_loss_derivative(y_pred, y_true):
    return 2 * (t(y_pred) - t(y_true)) / t(y_pred).numel()


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = torch.randn(input_size, hidden_size, dtype=torch.float64)
        self.b1 = torch.zeros(1, hidden_size, dtype=torch.float64)
        self.W2 = torch.randn(hidden_size, output_size, dtype=torch.float64)
        self.b2 = torch.zeros(1, output_size, dtype=torch.float64)

    def forward(self, X):
        self.z1 = t(X) @ t(self.W1) + t(self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ t(self.W2) + t(self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        dz2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        dz1 = (dz2 @ t(self.W2).T) * sigmoid_derivative(self.z1)
        return t(X).T @ dz1, dz1.sum(0, keepdim=True), self.a1.T @ dz2, dz2.sum(0, keepdim=True)

    def update_weights(self, dW1, db1, dW2, db2):
        with torch.no_grad():
            self.W1 = t(self.W1) - self.learning_rate * t(dW1)
            self.b1 = t(self.b1) - self.learning_rate * t(db1)
            self.W2 = t(self.W2) - self.learning_rate * t(dW2)
            self.b2 = t(self.b2) - self.learning_rate * t(db2)

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            p = self.forward(X)
            losses.append(mse_loss(p, y).item())
            self.update_weights(*self.backward(X, y, p))
        return losses


def numerical_gradient(f, x, h=1e-5):
    x = torch.as_tensor(np.asarray(x, dtype=np.float64))
    grad = torch.zeros_like(x)
    for i in np.ndindex(*x.shape):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up.numpy()) - f(down.numpy())) / (2 * h)
    return grad
