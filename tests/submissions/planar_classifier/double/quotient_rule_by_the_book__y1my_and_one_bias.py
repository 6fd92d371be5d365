"""Chain rule written arrow by arrow:  X -> Z1 -> A1 -> Z2 -> A2 -> cost"""
import numpy as np
from planar_utils import sigmoid


def initialize_parameters(n_x, n_h, n_y):
    theta = {}
    theta["W1"], theta["W2"] = (0.01 * np.random.randn(r, c) for r, c in [(n_h, n_x), (n_y, n_h)])
    theta["b1"], theta["b2"] = np.zeros((n_h, 1)), np.zeros((n_y, 1))
    return theta


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))


def arrow_sigma(a):
    return a * (1 - a)


def arrow_tanh(a):
    return 1 - a ** 2


def backward_propagation(parameters, cache, X, Y):
    m = Y.shape[1]
    A1, A2 = cache["A1"], cache["A2"]

    # last arrow
    partial_Z2 = (A2 - Y) * arrow_sigma(A2) / m
    partial_W2 = partial_Z2 @ A1.T
    partial_b2 = partial_Z2.sum(axis=1, keepdims=True)

    # and back once more
    partial_A1 = parameters["W2"].T @ partial_Z2
    partial_Z1 = partial_A1 * arrow_tanh(A1)
    partial_W1 = partial_Z1 @ X.T
    partial_b1 = np.full_like(parameters["b1"], partial_Z1.sum())

    return {"dW1": partial_W1, "db1": partial_b1, "dW2": partial_W2, "db2": partial_b2}


def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    theta = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for j in range(num_iterations):
        A2, cache = forward_propagation(X, theta)
        if print_cost and j % 1000 == 0:
            print(j, compute_cost(A2, Y))
        theta = update_parameters(theta, backward_propagation(theta, cache, X, Y))
    return theta


def predict(parameters, X):
    return (forward_propagation(X, parameters)[0] > 0.5).astype(int)
