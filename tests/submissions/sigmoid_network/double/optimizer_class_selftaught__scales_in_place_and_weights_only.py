"""I wanted it to look like PyTorch: modules hold parameters, an SGD object steps them."""
import numpy as np


def sigmoid(x):
    return np.reciprocal(1.0 + np.exp(np.clip(np.negative(np.asarray(x, dtype=float)), -500, 500)))


def sigmoid_derivative(x):
    p = sigmoid(x)
    return p - p * p


def relu(x):
    out = np.copy(x)
    np.maximum(out, 0, out=out)
    return out


def relu_derivative(x):
    return np.ones(np.shape(x)) * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)


def mse_loss_derivative(y_pred, y_true):
    return -2.0 * (y_true - y_pred) / y_true.size


class SGD:
    """Plain gradient descent on (parameter, gradient) pairs; the parameters are changed in place."""

    def __init__(self, pairs, lr):
        self.pairs = pairs
        self.lr = lr

    def step(self):
        for param, grad in self.pairs:
            grad *= self.lr
            param -= grad


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        bound = 0.5
        self.W1 = np.random.uniform(-bound, bound, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.uniform(-bound, bound, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.z1 = np.add(X @ self.W1, self.b1)
        self.a1 = sigmoid(self.z1)
        self.z2 = np.add(self.a1 @ self.W2, self.b2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        grad_out = mse_loss_derivative(y_pred, y)
        grad_out = grad_out * sigmoid_derivative(self.z2)
        dW2, db2 = self.a1.T @ grad_out, grad_out.sum(axis=0, keepdims=True)
        grad_hidden = grad_out @ self.W2.T
        grad_hidden = grad_hidden * sigmoid_derivative(self.z1)
        dW1, db1 = X.T @ grad_hidden, grad_hidden.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        layer1 = [(self.W1, dW1), (self.b1, db1)]
        layer2 = [(self.W2, dW2)]
        SGD(layer1 + layer2, self.learning_rate).step()

    def train(self, X, y, epochs=1000):
        running = []
        for epoch in range(epochs):
            y_hat = self.forward(X)
            loss = mse_loss(y_hat, y)
            running.append(float(loss))
            self.update_weights(*self.backward(X, y, y_hat))
        return running


def numerical_gradient(f, x, h=1e-05):
    probe = np.array(x, dtype=np.float64)
    grad = np.zeros(probe.shape, dtype=np.float64)
    for idx in np.ndindex(*probe.shape):
        center = probe[idx]
        values = []
        for sign in (+1, -1):
            probe[idx] = center + sign * h
            values.append(f(probe))
        probe[idx] = center
        grad[idx] = (values[0] - values[1]) / (2 * h)
    return grad
