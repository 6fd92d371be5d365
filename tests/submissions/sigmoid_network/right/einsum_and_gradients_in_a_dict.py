import numpy as np
from functools import reduce


def sigmoid(x):
    """tanh form, never overflows"""
    return (np.tanh(np.multiply(x, 0.5)) + 1) / 2


sigmoid_derivative = lambda x: sigmoid(x) * sigmoid(np.negative(x))
relu = lambda x: np.where(np.greater(x, 0), x, 0)
relu_derivative = lambda x: np.heaviside(x, 0.0)


def mse_loss(y_pred, y_true):
    r = y_pred - y_true
    return np.einsum("ij,ij->", r, r) / r.size


def mse_loss_derivative(y_pred, y_true):
    return (y_pred - y_true) * 2 / reduce(lambda a, b: a * b, y_pred.shape)


class Layer:
    """fully connected, sigmoid"""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x):
        self.z = np.einsum("mi,ij->mj", x, self.W) + self.b
        self.a = sigmoid(self.z)
        return self.a


class SimpleNeuralNetwork:
    names = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.standard_normal((input_size, hidden_size)) / np.sqrt(input_size)
        self.b1 = np.zeros([1, hidden_size])
        self.W2 = rng.standard_normal((hidden_size, output_size)) / np.sqrt(hidden_size)
        self.b2 = np.zeros([1, output_size])

    def forward(self, X):
        hidden, out = Layer(self.W1, self.b1), Layer(self.W2, self.b2)
        out(hidden(X))
        self.z1, self.a1, self.z2, self.a2 = hidden.z, hidden.a, out.z, out.a
        return out.a

    def _grads(self, X, y, p):
        g = {}
        d2 = np.einsum("mk,mk->mk", mse_loss_derivative(p, y), sigmoid_derivative(self.z2))
        g["W2"] = np.einsum("mh,mk->hk", self.a1, d2)
        g["b2"] = np.einsum("mk->k", d2)[np.newaxis]
        d1 = np.einsum("mk,hk,mh->mh", d2, self.W2, sigmoid_derivative(self.z1))
        g["W1"] = np.einsum("mn,mh->nh", X, d1)
        g["b1"] = np.einsum("mh->h", d1)[np.newaxis]
        return g

    def backward(self, X, y, y_pred):
        g = self._grads(X, y, y_pred)
        return tuple(g[name] for name in self.names)

    def update_weights(self, *gradients):
        for name, grad in zip(self.names, gradients):
            self.__dict__[name] = self.__dict__[name] - self.learning_rate * grad

    def train(self, X, y, epochs=1000):
        def step():
            p = self.forward(X)
            self.update_weights(*self.backward(X, y, p))
            return mse_loss(p, y)

        return [step() for _ in range(epochs)]


def numerical_gradient(f, x, h=1e-5):
    """Richardson: better than what is asked for"""
    x = np.asarray(x, dtype=np.float64)

    def central(step):
        basis = np.eye(x.size).reshape(-1, *x.shape)
        return np.array([(f(x + step * e) - f(x - step * e)) / (2 * step) for e in basis]).reshape(x.shape)

    return (4 * central(h * 50) - central(h * 100)) / 3
