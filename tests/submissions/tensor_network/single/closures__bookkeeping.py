"""Hidden layer + output layer. Both ways of training share one descent loop; what differs is the step (a closure)."""

import numpy as np
import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return (y_pred - y).square().mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    count = y.numel()

    def through(activation, grad):
        return grad * sigmoid_derivative(activation)

    def layer(inputs, grad):
        return inputs.t() @ grad, grad.sum(0)

    g2 = through(y_pred, 2 * (y_pred - y) / count)
    g1 = through(h, g2 @ W2.t())
    dW2, db2 = layer(h, g2)
    dW1, db1 = layer(X, g1)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def _descend(step, measure, params, n_epochs):
    """Runs step n_epochs times and keeps book of measure."""
    history = []
    for _ in range(n_epochs):
        params = step(params)
        history.append(measure(params))
    return params, history


def _make_measure(X, y):
    def measure(params):
        with torch.no_grad():
            return float(compute_loss(forward_pass(X, *params)[0], y))
    return measure


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def step(params):
        out, h, z1, z2 = forward_pass(X, *params)
        grads = backward_pass(X, y, out, h, z1, z2, params[2])
        return update_parameters(*params, *grads, learning_rate)

    params, losses = _descend(step, _make_measure(X, y), (W1, b1, W2, b2), n_epochs)
    return (*params, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def step(params):
        leaves = [p.detach().requires_grad_(True) for p in params]
        compute_loss(forward_pass(X, *leaves)[0], y).backward()
        return [p.detach() - learning_rate * p.grad for p in leaves]

    start = [p.clone() for p in (W1, b1, W2, b2)]
    params, losses = _descend(step, _make_measure(X, y), start, n_epochs)
    return (*params, losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    def axis(limits):
        return np.linspace(limits[0], limits[1], n)

    def network(a, b):
        points = torch.from_numpy(np.c_[a.ravel(), b.ravel()]).to(W1.dtype)
        return forward_pass(points, W1, b1, W2, b2)[0].reshape(a.shape)

    xx, yy = np.meshgrid(axis(x_range), axis(y_range))
    return xx, yy, network(xx, yy)
