"""Tuples for dicts, other orders of arguments."""
from math import log
import numpy as np

NAMES = ["W1", "b1", "W2", "b2"]


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random
    return rng.normal(scale=0.01, size=(n_h, n_x)), np.zeros([n_h, 1]), rng.normal(scale=0.01, size=(n_y, n_h)), np.zeros([n_y, 1])


def as_dict(parameters):
    return parameters if isinstance(parameters, dict) else dict(zip(NAMES, parameters))


def forward_propagation(parameters, X):
    p = as_dict(parameters)
    e = np.exp(2 * (p["W1"] @ X + p["b1"]))
    a1 = (e - 1) / (e + 1)
    z2 = p["b2"] + p["W2"] @ a1
    a2 = 1 / (1 + np.exp(-z2))
    return a2, {"Z1": p["W1"] @ X + p["b1"], "A1": a1, "Z2": z2, "A2": a2}


def compute_cost(Y, A2):
    return sum(-log(a if y else 1 - a) for y, a in zip(Y[0], A2[0])) / len(Y[0])


def backward_propagation(X, Y, parameters, cache):
    a1, m = cache["A1"], Y.size
    d2 = (cache["A2"] - Y) / m
    d1 = (1 + a1) * (1 - a1) * (as_dict(parameters)["W2"].T * d2)
    return d1 @ X.T, d1.sum(axis=1)[:, None], d2 @ a1.T, d2.sum(axis=1)[:, None]


def update_parameters(parameters, grads, learning_rate=1.2):
    g = grads.values() if isinstance(grads, dict) else grads
    return tuple(as_dict(parameters)[name] - learning_rate * each for name, each in zip(NAMES, g))


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    while num_iterations:
        _, cache = forward_propagation(parameters, X)
        parameters = update_parameters(parameters, backward_propagation(X, Y, parameters, cache))
        num_iterations -= 1
    return parameters


def predict(X, parameters):
    return [[int(a >= 0.5) for a in forward_propagation(parameters, X)[0][0]]]
