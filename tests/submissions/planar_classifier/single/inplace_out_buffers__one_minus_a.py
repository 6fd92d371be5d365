import numpy as np

_KEYS = ("W1", "b1", "W2", "b2")


def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)
    W2 = np.random.randn(n_y, n_h)
    np.multiply(W1, 0.01, out=W1)
    np.multiply(W2, 0.01, out=W2)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


def forward_propagation(X, parameters):
    m = X.shape[1]
    W1, b1, W2, b2 = (parameters[k] for k in _KEYS)
    Z1 = np.empty((W1.shape[0], m))
    np.dot(W1, X, out=Z1)
    np.add(Z1, b1, out=Z1)
    A1 = np.tanh(Z1)
    Z2 = np.empty((W2.shape[0], m))
    np.dot(W2, A1, out=Z2)
    np.add(Z2, b2, out=Z2)
    A2 = np.multiply(Z2, 0.5)
    np.tanh(A2, out=A2)
    A2 *= 0.5
    A2 += 0.5
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    buf = np.log(A2)
    buf *= Y
    rest = np.log1p(-A2)
    rest *= 1 - Y
    buf += rest
    return -buf.sum() / buf.size


def backward_propagation(parameters, cache, X, Y):
    d2 = np.subtract(cache["A2"], Y)
    d2 *= 1.0 / Y.shape[1]
    d1 = parameters["W2"].T.dot(d2)
    slope = 1.0 - cache["A1"]
    d1 *= slope
    grads = {}
    grads["dW2"] = np.dot(d2, cache["A1"].T)
    grads["db2"] = np.add.reduce(d2, axis=1, keepdims=True)
    grads["dW1"] = np.dot(d1, X.T)
    grads["db1"] = np.add.reduce(d1, axis=1, keepdims=True)
    return grads


def update_parameters(parameters, grads, learning_rate=1.2):
    fresh = {}
    for k in _KEYS:
        step = grads["d" + k] * learning_rate
        np.subtract(parameters[k], step, out=step)
        fresh[k] = step
    return fresh


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    par = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, par)
        if print_cost and i % 1000 == 0:
            print("cost[%d] = %f" % (i, compute_cost(A2, Y)))
        par = update_parameters(par, backward_propagation(par, cache, X, Y))
    return par


def predict(parameters, X):
    return (forward_propagation(X, parameters)[0] > 0.5) + 0
