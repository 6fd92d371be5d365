import math
import numpy as np


def initialize_parameters(a, b, c):
    weights = lambda rows, columns: np.array([[np.random.randn() / 100 for _ in range(columns)] for _ in range(rows)])
    return {"W1": weights(b, a), "W2": weights(c, b), "b1": np.zeros((b, 1)), "b2": np.zeros((c, 1))}


def forward_propagation(X, parameters):
    n_x, m = X.shape
    n_h = len(parameters["W1"])
    Z1, Z2 = np.zeros((n_h, m)), np.zeros((1, m))
    for i in range(m):
        for h in range(n_h):
            Z1[h, i] = parameters["b1"][h, 0]
            for n in range(n_x):
                Z1[h, i] += parameters["W1"][h, n] * X[n, i]
        Z2[0, i] = parameters["b2"][0, 0] + sum(parameters["W2"][0, h] * math.tanh(Z1[h, i]) for h in range(n_h))
    A2 = np.vectorize(lambda z: 1 / (1 + math.exp(-z)))(Z2)
    return A2, {"Z1": Z1, "Z2": Z2, "A1": np.tanh(Z1), "A2": A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    return (-np.dot(Y, np.log(A2).T) - np.dot(1 - Y, np.log(1 - A2).T)) / m


def backward_propagation(parameters, cache, X, Y):
    A1, A2, W2 = cache["A1"], cache["A2"], parameters["W2"]
    m = X.shape[1]
    grads = {"dW1": np.zeros((A1.shape[0], X.shape[0])), "db1": np.zeros((A1.shape[0], 1)), "dW2": np.zeros(W2.shape), "db2": np.zeros((1, 1))}
    for i in range(m):
        dz2 = A2[0, i] - Y[0, i]
        grads["db2"] += dz2 / m
        for h in range(A1.shape[0]):
            grads["dW2"][0, h] += dz2 * A1[h, i] / m
            dz1 = W2[0, h] * dz2 * (1 - A1[h, i] ** 2)
            grads["db1"][h, 0] += dz1 / m
            grads["dW1"][h] += dz1 * X[:, i] / m
    return grads


def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False, learning_rate=1.2):
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(1, num_iterations + 1):
        A2, cache = forward_propagation(X, parameters)
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y), learning_rate)
        if print_cost and i % 100 == 0:
            print(i, compute_cost(A2, Y))
    return parameters


def predict(parameters, X):
    probabilities, _ = forward_propagation(X, parameters)
    labels = np.zeros(probabilities.shape, dtype=int)
    labels[probabilities > 0.5] = 1
    return labels
