from dataclasses import dataclass
from types import SimpleNamespace
import numpy as np
from planar_utils import sigmoid


@dataclass
class Grads:
    dW1: np.ndarray
    db1: np.ndarray
    dW2: np.ndarray
    db2: np.ndarray

    def __getitem__(self, key):
        return getattr(self, key)


def initialize_parameters(n_x, n_h, n_y):
    return dict(b2=np.zeros((n_y, 1)), W2=0.01 * np.random.randn(n_y, n_h), b1=np.zeros((n_h, 1)), W1=0.01 * np.random.randn(n_h, n_x))


def layer(f, W, A, b):
    Z = np.einsum("ij,jm->im", W, A) + b
    return Z, f(Z)


def forward_propagation(X, parameters):
    c = SimpleNamespace()
    c.Z1, c.A1 = layer(np.tanh, parameters["W1"], X, parameters["b1"])
    c.Z2, c.A2 = layer(sigmoid, parameters["W2"], c.A1, parameters["b2"])
    return c.A2, c


def compute_cost(A2, Y):
    right = np.where(Y == 1, A2, 1 - A2)
    return -np.log(right).mean()


def backward_propagation(parameters, cache, X, Y):
    samples = X.shape[-1]
    back = cache.A2 - Y
    hidden = parameters["W2"].T.dot(back) / np.cosh(cache.Z1) ** 2
    mean = lambda d: d.mean(axis=-1, keepdims=True)
    return Grads(db2=mean(back), db1=mean(hidden), dW2=back.dot(cache.A1.T) / samples, dW1=hidden.dot(X.T) / samples)


def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for key, value in parameters.items():
        new[key] = value - learning_rate * grads["d" + key]
    return new


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters(X.shape[0], n_h, 1)
    for _ in range(num_iterations):
        _, c = forward_propagation(X, p)
        p = update_parameters(p, backward_propagation(p, c, X, Y))
    return p


def predict(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5
