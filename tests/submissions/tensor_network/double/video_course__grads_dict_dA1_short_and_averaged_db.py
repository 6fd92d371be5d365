"""Tensor network, exercise sheet. Notation as in the deep learning videos: Z, A, dZ, dA, cache, grads.
(There one sample is a column; here one sample is a ROW, so everything is transposed.)
"""
import numpy as np
import torch


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    A = sigmoid_output
    return A * (1 - A)


def linear_forward(A_prev, W, b):
    Z = A_prev @ W + b
    cache = (A_prev, W)
    return Z, cache


def forward_pass(X, W1, b1, W2, b2):
    Z1, _ = linear_forward(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2, _ = linear_forward(A1, W2, b2)
    A2 = sigmoid(Z2)
    return A2, A1, Z1, Z2


def compute_loss(y_pred, y):
    cost = ((y_pred - y) ** 2).sum() / y.numel()
    return cost


def linear_backward(dZ, cache):
    """dZ -> dA_prev is done by the caller, this gives only dW and db."""
    A_prev, W = cache
    dW = A_prev.T @ dZ
    db = dZ.mean(dim=0)
    return dW, db


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    grads = {}
    A1, A2 = h, y_pred

    # output layer
    dA2 = 2 * (A2 - y) / y.numel()
    dZ2 = dA2 * sigmoid_derivative(A2)
    grads["dW2"], grads["db2"] = linear_backward(dZ2, (A1, W2))

    # hidden layer
    dA1 = dA2 @ W2.T
    dZ1 = dA1 * sigmoid_derivative(A1)
    grads["dW1"], grads["db1"] = linear_backward(dZ1, (X, None))

    return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    out = {}
    for name in parameters:
        out[name] = parameters[name] - learning_rate * grads["d" + name]
    return out["W1"], out["b1"], out["W2"], out["b2"]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    costs = []
    for i in range(n_epochs):
        A2, A1, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        costs.append(float(compute_loss(A2, y)))
        grads = backward_pass(X, y, A2, A1, Z1, Z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, costs


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = [p.detach().clone() for p in (W1, b1, W2, b2)]
    for p in parameters:
        p.requires_grad = True
    costs = []
    for i in range(n_epochs):
        A2 = forward_pass(X, *parameters)[0]
        cost = torch.nn.functional.mse_loss(A2, y)
        costs.append(float(cost.detach()))
        cost.backward()
        with torch.no_grad():
            for p in parameters:
                p.sub_(learning_rate * p.grad)
                p.grad = None
    W1, b1, W2, b2 = [p.detach() for p in parameters]
    return W1, b1, W2, b2, costs


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(x, y, indexing="xy")
    points = torch.stack([xx.flatten(), yy.flatten()], dim=1)
    A2, _, _, _ = forward_pass(points, W1, b1, W2, b2)
    return xx, yy, A2.reshape(n, n)
