"""Network with one hidden layer, parameters always handled as a 4-tuple theta = (W1, b1, W2, b2)."""
from functools import partial, reduce
from itertools import chain

import numpy as np
import torch

sigmoid = torch.sigmoid
sigmoid_derivative = lambda sigmoid_output: sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    def layer(trace, wb):
        z = trace[-1] @ wb[0] + wb[1]
        return trace + [z, sigmoid(z)]

    _, z1, h, z2, y_pred = reduce(layer, [(W1, b1), (W2, b2)], [X])
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d2 = 2 * (y_pred - y) / y_pred.numel() * sigmoid_derivative(y_pred)
    d1 = (d2 @ W2.T) * sigmoid_derivative(h)
    return tuple(chain.from_iterable((a.T @ d, d.sum(0)) for a, d in ((X, d1), (h, d2))))


def _moved(rate, p, g):
    """p, one step of the given rate further down along g."""
    return p.sub_(g, alpha=rate)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(map(partial(_moved, learning_rate), (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        state = forward_pass(X, *theta)
        losses.append(compute_loss(state[0], y).item())
        theta = update_parameters(*theta, *backward_pass(X, y, *state, theta[2]), learning_rate)
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)], []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *theta)[0], y)
        losses.append(loss.item())
        loss.backward()
        theta = [(p.detach() - learning_rate * p.grad).requires_grad_() for p in theta]
    return (*(p.detach() for p in theta), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(*(np.linspace(r[0], r[1], n) for r in (x_range, y_range)))
    points = torch.tensor([[x, y] for x, y in zip(xx.flat, yy.flat)], dtype=W1.dtype)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)
