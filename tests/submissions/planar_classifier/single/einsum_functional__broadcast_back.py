from functools import partial
from operator import itemgetter

import numpy as np
from planar_utils import sigmoid

affine = lambda w, b, x: np.einsum("ij,jk->ik", w, x) + b
outer_mean = lambda e, x: np.einsum("ik,jk->ij", e, x) / e.shape[1]
row_mean = partial(np.mean, axis=1, keepdims=True)
pick = itemgetter("W1", "b1", "W2", "b2")


def initialize_parameters(n_x, n_h, n_y):
    draw = lambda *shape: np.random.randn(*shape) * 1e-2
    return dict(W1=draw(n_h, n_x), b1=np.zeros((n_h, 1)), W2=draw(n_y, n_h), b2=np.zeros((n_y, 1)))


def forward_propagation(X, parameters):
    w1, b1, w2, b2 = pick(parameters)
    z1 = affine(w1, b1, X)
    a1 = np.tanh(z1)
    z2 = affine(w2, b2, a1)
    a2 = sigmoid(z2)
    return a2, dict(Z1=z1, A1=a1, Z2=z2, A2=a2)


def compute_cost(A2, Y):
    return np.mean(-np.log(np.abs(1 - Y - A2)))


def backward_propagation(parameters, cache, X, Y):
    a1, a2 = itemgetter("A1", "A2")(cache)
    err = a2 - Y
    hidden_err = err * (1 - a1 * a1)
    return dict(dW1=outer_mean(hidden_err, X), db1=row_mean(hidden_err),
                dW2=outer_mean(err, a1), db2=row_mean(err))


def update_parameters(parameters, grads, learning_rate=1.2):
    move = lambda k: parameters[k] - learning_rate * grads["d" + k]
    return {k: move(k) for k in parameters}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    theta = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    for n in range(num_iterations):
        a2, cache = forward_propagation(X, theta)
        print_cost and n % 1000 == 0 and print(n, compute_cost(a2, Y))
        theta = update_parameters(theta, backward_propagation(theta, cache, X, Y))
    return theta


predict = lambda parameters, X: forward_propagation(X, parameters)[0] > 0.5


if __name__ == "__main__":
    xor = np.array([[0, 0, 1, 1], [0, 1, 0, 1.]])
    print(predict(nn_model(xor, np.array([[0, 1, 1, 0]]), 4, 50), xor))
