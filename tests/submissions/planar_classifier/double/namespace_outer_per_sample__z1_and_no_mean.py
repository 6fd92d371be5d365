import numpy as np
from types import SimpleNamespace as NS
from planar_utils import sigmoid


def initialize_parameters(n_x, n_h, n_y):
    p = NS()
    p.W1 = np.random.randn(n_h, n_x) * .01
    p.b1 = np.zeros((n_h, 1))
    p.W2 = np.random.randn(n_y, n_h) * .01
    p.b2 = np.zeros((n_y, 1))
    return vars(p)


def forward_propagation(X, parameters):
    p, c = NS(**parameters), NS()
    c.Z1 = p.W1.dot(X) + p.b1
    c.A1 = np.tanh(c.Z1)
    c.Z2 = p.W2.dot(c.A1) + p.b2
    c.A2 = sigmoid(c.Z2)
    return c.A2, vars(c)


def compute_cost(A2, Y):
    m = Y.shape[1]
    return sum(-np.log(A2[0, i]) if Y[0, i] == 1 else -np.log(1 - A2[0, i]) for i in range(m)) / m


def backward_propagation(parameters, cache, X, Y):
    p, c = NS(**parameters), NS(**cache)
    m = Y.shape[1]
    g = NS(dW1=0., db1=0., dW2=0., db2=0.)
    for s in range(m):
        up = c.A2[:, s] - Y[:, s]
        g.dW2 = g.dW2 + np.outer(up, c.Z1[:, s])
        g.db2 = g.db2 + up[:, None]
        down = p.W2.T.dot(up) * (1 - c.A1[:, s] ** 2)
        g.dW1 = g.dW1 + np.outer(down, X[:, s])
        g.db1 = g.db1 + down[:, None]
    return dict(dW1=g.dW1, db1=g.db1 / m, dW2=g.dW2 / m, db2=g.db2 / m)


def update_parameters(parameters, grads, learning_rate=1.2):
    old, d = NS(**parameters), NS(**grads)
    return dict(W1=old.W1 - learning_rate * d.dW1, b1=old.b1 - learning_rate * d.db1,
                W2=old.W2 - learning_rate * d.dW2, b2=old.b2 - learning_rate * d.db2)


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for i in range(num_iterations):
        A2, c = forward_propagation(X, p)
        if print_cost and i % 1000 == 0:
            print(f"{i:>6} {compute_cost(A2, Y):.5f}")
        p = update_parameters(p, backward_propagation(p, c, X, Y))
    return p


def predict(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5
