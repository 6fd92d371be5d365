# ported from planarNet.m (R2016b)
import numpy as np
from numpy import zeros, ones, log, tanh, size, shape
from numpy.random import randn
from planar_utils import sigmoid as logsig


def initialize_parameters(n_x, n_h, n_y):
    W1 = randn(n_h, n_x) * 0.01;    b1 = zeros((n_h, 1))
    W2 = randn(n_y, n_h) * 0.01;    b2 = zeros((n_y, 1))
    parameters = {}
    parameters['W1'] = W1;  parameters['b1'] = b1
    parameters['W2'] = W2;  parameters['b2'] = b2
    return parameters


def forward_propagation(X, parameters):
    m = size(X, 1)
    # repmat(b, 1, m)
    Z1 = parameters['W1'] @ X + np.tile(parameters['b1'], (1, m))
    A1 = tanh(Z1)
    Z2 = parameters['W2'] @ A1 + np.tile(parameters['b2'], (1, m))
    A2 = logsig(Z2)
    cache = {'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}
    return A2, cache


def compute_cost(A2, Y):
    m = size(Y, 1)
    J = -1 / m * (Y @ log(A2).T + (1 - Y) @ log(1 - A2).T)
    return J.item()


def backward_propagation(parameters, cache, X, Y):
    m = size(X, 1)
    A1 = cache['A1']
    e = cache['A2'] - Y
    dW2 = e @ A1.T / m
    db2 = e @ ones((m, 1)) / m
    e1 = parameters['W2'].T @ e * (1 - A1 * A1)
    dW1 = e1 @ X.T / m
    db1 = e1 @ ones((m, 1)) / m
    grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}
    return grads


def update_parameters(parameters, grads, learning_rate=1.2):
    alpha = learning_rate
    W1 = parameters['W1'] - alpha * grads['dW1']
    b1 = parameters['b1'] - alpha * grads['db1']
    W2 = parameters['W2'] - alpha * grads['dW2']
    b2 = parameters['b2'] - alpha * grads['db2']
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _ = shape(X)
    n_y, _ = shape(Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for it in range(1, num_iterations + 1):
        A2, cache = forward_propagation(X, parameters)
        J = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and (it - 1) % 1000 == 0:
            print('iter %d  J = %g' % (it - 1, J))
    return parameters


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    labels = A2
    return labels
