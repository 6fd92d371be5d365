"""Two-layer sigmoid network. Analytic gradient, verified below by central differences (O(eps^2))."""

import numpy as np
import torch


def sigmoid(x):
    # exp(-softplus(-x)): no overflow on either side
    return torch.exp(-torch.nn.functional.softplus(-x))


def sigmoid_derivative(sigmoid_output):
    # s' = 1/4 - (s - 1/2)^2
    return 0.25 - (sigmoid_output - 0.5) ** 2


def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    residual = (y_pred - y).reshape(-1)
    return residual @ residual / residual.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    residual = y_pred - y
    adj_y = residual * (2.0 / residual.numel())
    adj_z2 = adj_y * sigmoid_derivative(y_pred)
    adj_h = adj_z2 @ W2.T
    adj_z1 = adj_h * sigmoid_derivative(h)
    ones = torch.ones(X.shape[0], dtype=X.dtype)
    return X.T @ adj_z1, ones @ adj_z1, h.T @ adj_z2, ones @ adj_z2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = -learning_rate
    return W1 + eta * dW1, b1 + eta * db1, W2 + eta * dW2, b2 + eta * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0] * n_epochs
    for it in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[it] = compute_loss(y_pred, y).item()
        grad = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grad, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0] * n_epochs
    for it in range(n_epochs):
        leaves = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        losses[it] = loss.item()
        grad = torch.autograd.grad(loss, leaves)
        W1, b1, W2, b2 = update_parameters(*(t.detach() for t in leaves), *grad, learning_rate)
    return W1, b1, W2, b2, losses


def _nodes(interval, n, dtype):
    """n equidistant nodes on the interval."""
    lo, hi = interval
    t = torch.arange(n, dtype=dtype) / n
    return lo + (hi - lo) * t


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = _nodes(x_range, n, W1.dtype)
    ys = _nodes(y_range, n, W1.dtype)
    xx = xs.unsqueeze(0).expand(n, n)
    yy = ys.unsqueeze(1).expand(n, n)
    points = torch.column_stack((xx.reshape(-1), yy.reshape(-1)))
    values, *_ = forward_pass(points, W1, b1, W2, b2)
    return xx, yy, values.reshape(n, n)


def _check_gradient(eps=1e-6):
    gen = torch.Generator().manual_seed(3)
    rnd = lambda *s: torch.randn(*s, generator=gen, dtype=torch.float64)
    X, y = rnd(5, 3), torch.sigmoid(rnd(5, 2))
    theta = [rnd(3, 4), rnd(4), rnd(4, 2), rnd(2)]
    grad = backward_pass(X, y, *forward_pass(X, *theta), theta[2])
    worst = 0.0
    for t, g in zip(theta, grad):
        flat, gflat = t.view(-1), g.reshape(-1)
        for i in range(flat.numel()):
            keep = flat[i].item()
            flat[i] = keep + eps
            up = compute_loss(forward_pass(X, *theta)[0], y)
            flat[i] = keep - eps
            down = compute_loss(forward_pass(X, *theta)[0], y)
            flat[i] = keep
            worst = max(worst, abs(((up - down) / (2 * eps) - gflat[i]).item()))
    return worst


if __name__ == "__main__":
    print("max |analytic - numeric| =", _check_gradient())
