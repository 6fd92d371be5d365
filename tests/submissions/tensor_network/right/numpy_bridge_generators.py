from itertools import islice
import numpy as np
import torch


def as_array(*ts):
    return [t.detach().cpu().numpy() for t in ts]


def like(ref, *arrays):
    return tuple(torch.from_numpy(np.array(a, dtype=ref.detach().numpy().dtype)) for a in arrays)


def _s(v):
    e = np.exp(-np.abs(v))
    return np.where(v >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid(x):
    return like(x, _s(as_array(x)[0]))[0]


def sigmoid_derivative(sigmoid_output):
    (a,) = as_array(sigmoid_output)
    return like(sigmoid_output, a - a * a)[0]


def _layers(v, *pairs):
    for W, b in pairs:
        z = v @ W + b
        v = _s(z)
        yield z, v


def forward_pass(X, W1, b1, W2, b2):
    v, *p = as_array(X, W1, b1, W2, b2)
    (z1, h), (z2, out) = _layers(v, p[:2], p[2:])
    return like(X, out, h, z1, z2)


def compute_loss(y_pred, y):
    p, t = as_array(y_pred, y)
    return float(np.square(p - t).mean())


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    x, t, p, a, w = as_array(X, y, y_pred, h, W2)
    g = (p - t) * (2 / t.size) * p * (1 - p)
    q = g @ w.T * a * (1 - a)
    return like(W2, x.T @ q, q.sum(0), a.T @ g, g.sum(0))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(p - learning_rate * g for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)))


def _descend(X, y, theta, rate):
    while True:
        y_pred, *rest = forward_pass(X, *theta)
        grads = backward_pass(X, y, y_pred, *rest, theta[2])
        theta = update_parameters(*theta, *grads, rate)
        yield theta, compute_loss(y_pred, y)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = (W1, b1, W2, b2), []
    for theta, loss in islice(_descend(X, y, theta, learning_rate), n_epochs):
        losses.append(loss)
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(n_epochs):
        out = torch.sigmoid(torch.sigmoid(X @ theta[0] + theta[1]) @ theta[2] + theta[3])
        loss = torch.nn.functional.mse_loss(out, y)
        losses.append(loss.item())
        with torch.no_grad():
            theta = [t - learning_rate * g for t, g in zip(theta, torch.autograd.grad(loss, theta))]
        for t in theta:
            t.requires_grad_()
    return (*(t.detach() for t in theta), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    points = np.stack([xx, yy], axis=-1)            # (n, n, 2): matmul takes the last axis
    *_, (_, out) = _layers(points, as_array(W1, b1), as_array(W2, b2))
    return xx, yy, out[..., 0]
