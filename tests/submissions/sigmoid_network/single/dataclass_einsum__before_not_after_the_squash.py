"""A network of one hidden layer with sigmoids in both layers, trained on the mean squared error.

NumPy, one sample a row. Sizes: m samples, n inputs, h hidden units, k outputs.
"""
from dataclasses import dataclass, field

import numpy as np
from numpy import einsum


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return 1.0 * (np.asarray(x) > 0)


def mse_loss(y_pred, y_true):
    e = y_pred - y_true
    return einsum("mk,mk->", e, e) / e.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * (2 / y_pred.size)


@dataclass
class SimpleNeuralNetwork:
    input_size: int
    hidden_size: int
    output_size: int
    learning_rate: float = 0.1
    W1: np.ndarray = field(init=False, repr=False)
    b1: np.ndarray = field(init=False, repr=False)
    W2: np.ndarray = field(init=False, repr=False)
    b2: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        n, h, k = self.input_size, self.hidden_size, self.output_size
        self.W1, self.b1 = 0.3 * np.random.standard_normal((n, h)), np.zeros((1, h))
        self.W2, self.b2 = 0.3 * np.random.standard_normal((h, k)), np.zeros((1, k))

    def forward(self, X):
        self.z1 = einsum("mn,nh->mh", X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = einsum("mh,hk->mk", self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        e2 = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        e1 = einsum("mk,hk->mh", e2, self.W2) * sigmoid_derivative(self.z1)
        dW1 = einsum("mn,mh->nh", X, e1)
        db1 = einsum("mh->h", e1)[None]
        dW2 = einsum("mh,mk->hk", self.z1, e2)
        db2 = einsum("mk->k", e2)[None]
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        for name, grad in dict(W1=dW1, b1=db1, W2=dW2, b2=db2).items():
            setattr(self, name, getattr(self, name) - self.learning_rate * grad)

    def train(self, X, y, epochs=1000):
        def epoch():
            out = self.forward(X)
            loss = mse_loss(out, y)
            self.update_weights(*self.backward(X, y, out))
            return loss

        return [epoch() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    steps = h * np.eye(x.size).reshape((x.size,) + x.shape)
    return np.array([f(x + s) - f(x - s) for s in steps]).reshape(x.shape) / (2 * h)
