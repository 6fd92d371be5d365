"""Sigmoid network made of layer objects, a bit like torch.nn."""

import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s * s


def relu(x):
    y = np.array(x)
    y[y < 0] = 0
    return y


def relu_derivative(x):
    d = np.zeros(np.shape(x))
    d[np.asarray(x) > 0] = 1
    return d


def mse_loss(y_pred, y_true):
    return ((y_true - y_pred) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return -2 * (y_true - y_pred) / y_true.size


class Dense:
    """x W + b, and then the sigmoid."""

    def __init__(self, fan_in, fan_out):
        self.W = np.random.normal(0, 0.3, (fan_in, fan_out))
        self.b = np.zeros((1, fan_out))
        self.zero_grad()

    def zero_grad(self):
        self.W_grad = np.zeros_like(self.W, dtype=float)
        self.b_grad = np.zeros_like(self.b, dtype=float)

    def forward(self, x):
        z = x @ self.W + self.b
        return z, sigmoid(z)

    def backward(self, x, z, upstream):
        """Adds to the gradients and returns what goes on to the layer before."""
        local = upstream * sigmoid_derivative(z)
        self.W_grad += x.T @ local
        self.b_grad += local.sum(axis=0, keepdims=True)
        return local @ self.W.T


def _param(layer, name):
    return property(
        lambda self: getattr(getattr(self, layer), name),
        lambda self, value: setattr(getattr(self, layer), name, value),
    )


class SimpleNeuralNetwork:
    """Two Dense layers. W1, b1, W2, b2 are views of the layers' own."""

    W1, b1 = _param("hidden", "W"), _param("hidden", "b")
    W2, b2 = _param("output", "W"), _param("output", "b")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.hidden = Dense(input_size, hidden_size)
        self.output = Dense(hidden_size, output_size)
        self.learning_rate = learning_rate

    @property
    def layers(self):
        return [self.hidden, self.output]

    def forward(self, X):
        self.z1, self.a1 = self.hidden.forward(X)
        self.z2, self.a2 = self.output.forward(self.a1)
        return self.a2

    def backward(self, X, y, y_pred):
        upstream = mse_loss_derivative(y_pred, y)
        upstream = self.output.backward(self.a1, self.z2, upstream)
        self.hidden.backward(X, self.z1, upstream)
        return (
            self.hidden.W_grad.copy(),
            self.hidden.b_grad.copy(),
            self.output.W_grad.copy(),
            self.output.b_grad.copy(),
        )

    def update_weights(self, dW1, db1, dW2, db2):
        for layer, dW, db in zip(self.layers, (dW1, dW2), (db1, db2)):
            layer.W = layer.W - self.learning_rate * dW
            layer.b = layer.b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        losses = []
        for _ in range(epochs):
            y_hat = self.forward(X)
            losses.append(mse_loss(y_hat, y))
            self.update_weights(*self.backward(X, y, y_hat))
        return losses


def numerical_gradient(f, x, h=1e-05):
    base = np.array(x, dtype="float64")
    out = np.zeros(base.shape)

    def shifted(index, by):
        moved = base.copy()
        moved[index] += by
        return f(moved)

    for index in np.ndindex(base.shape):
        out[index] = (shifted(index, h) - shifted(index, -h)) / (2 * h)
    return out
