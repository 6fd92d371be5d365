import numpy as np
from dataclasses import dataclass
from typing import Callable


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-abs(x))
    return np.where(x < 0, e / (1 + e), 1 / (1 + e))


def sigmoid_derivative(x):
    p = sigmoid(x)
    return p - p**2


def relu(x):
    x = np.asarray(x)
    return (x > 0) * x


def relu_derivative(x):
    return (np.asarray(x) > 0).astype("float64")


def mse_loss(y_pred, y_true):
    err = (y_pred - y_true).ravel()
    return err @ err / len(err)


def mse_loss_derivative(y_pred, y_true):
    err = y_pred - y_true
    return 2 * err / err.size


@dataclass(frozen=True)
class LayerSpec:
    weight: str
    bias: str
    z: str
    a: str
    act: Callable


LAYERS = [
    LayerSpec("W1", "b1", "z1", "a1", relu),
    LayerSpec("W2", "b2", "z2", "a2", act=sigmoid),
]


class SimpleNeuralNetwork:
    """Everything that differs between the layers stands in LAYERS."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        widths = [input_size, hidden_size, output_size]
        for spec, fan_in, fan_out in zip(LAYERS, widths[:-1], widths[1:]):
            setattr(self, spec.weight, np.random.randn(fan_in, fan_out) * 0.5)
            setattr(self, spec.bias, np.zeros((1, fan_out)))

    def forward(self, X):
        signal = X
        for spec in LAYERS:
            W, b = getattr(self, spec.weight), getattr(self, spec.bias)
            z = signal @ W
            signal = spec.act(z)
            setattr(self, spec.z, z)
            setattr(self, spec.a, signal)
        return signal

    def backward(self, X, y, y_pred):
        grad_z2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        grad_a1 = grad_z2 @ self.W2.T
        grad_z1 = grad_a1 * sigmoid_derivative(self.z1)

        dW2, db2 = self.a1.T @ grad_z2, grad_z2.sum(axis=0, keepdims=True)
        dW1, db1 = X.T @ grad_z1, grad_z1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for param, grad in [
            (self.W1, dW1),
            (self.b1, db1),
            (self.W2, dW2),
            (self.b2, db2),
        ]:
            param -= self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        history = []
        for _ in range(epochs):
            out = self.forward(X)
            history.append(mse_loss(out, y))
            self.update_weights(*self.backward(X, y, out))
        return history


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=float)
    g = np.zeros(x.shape)
    for where in np.ndindex(*x.shape):
        bump = np.zeros(x.shape)
        bump[where] = h
        g[where] = (f(x + bump) - f(x - bump)) / (2 * h)
    return g
