import numpy as np


class Stage:
    """x >> stage"""
    __array_ufunc__ = None

    def __init__(self, f):
        self.f = f

    def __rrshift__(self, x):
        return self.f(x)


def weigh(W, b=0.0):
    return Stage(lambda x: np.dot(W, x) + b)


squash = Stage(lambda z: np.maximum(z, 0))
probability = Stage(lambda z: 1 / (1 + np.exp(-z)))


def initialize_parameters(n_x, n_h, n_y):
    W1, W2 = np.random.randn(n_h, n_x) / 100, np.random.randn(n_y, n_h) / 100
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def forward_propagation(X, parameters):
    P = parameters
    Z1 = X >> weigh(P["W1"], P["b1"])
    A1 = Z1 >> squash
    Z2 = A1 >> weigh(P["W2"])
    A2 = Z2 >> probability
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    hit = A2[Y == 1]
    miss = 1 - A2[Y == 0]
    return -(np.log(hit).sum() + np.log(miss).sum()) / Y.size


def backward_propagation(parameters, cache, X, Y):
    scale = 1 / Y.size
    r = scale * (cache["A2"] - Y)
    q = r >> weigh(parameters["W2"].T)
    q = q - q * cache["A1"] * cache["A1"]
    return {"dW1": X.T >> weigh(q), "db1": q.sum(axis=-1, keepdims=True),
            "dW2": cache["A1"].T >> weigh(r), "db2": r.sum(axis=-1, keepdims=True)}


def update_parameters(parameters, grads, learning_rate=1.2):
    out = dict(parameters)
    for k in out:
        out[k] = out[k] - grads["d" + k] * learning_rate
    return out


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    P = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, P)
        if print_cost and i % 1000 == 0:
            print("after", i, "steps:", compute_cost(A2, Y))
        P = update_parameters(P, backward_propagation(P, cache, X, Y))
    return P


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return np.array(A2 > 0.5, dtype=float)
