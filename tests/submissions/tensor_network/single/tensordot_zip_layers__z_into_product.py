import torch
import numpy as np
from functools import partial

over_samples = partial(torch.tensordot, dims=([0], [0]))     # A^T B
through = partial(torch.tensordot, dims=([1], [0]))          # A B
back_through = partial(torch.tensordot, dims=([1], [1]))     # A B^T


def sigmoid(x):
    return x.sigmoid()


def sigmoid_derivative(sigmoid_output):
    return -(sigmoid_output - 1) * sigmoid_output


def forward_pass(X, W1, b1, W2, b2):
    a, zs, acts = X, [], []
    for W, b in ((W1, b1), (W2, b2)):
        zs.append(through(a, W) + b)
        a = sigmoid(zs[-1])
        acts.append(a)
    return acts[1], acts[0], zs[0], zs[1]


def compute_loss(y_pred, y):
    return torch.mean((y - y_pred) * (y - y_pred))


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    upstream = (y_pred - y) / (y.numel() / 2)
    result = []
    for inp, out, W in ((z1, y_pred, W2), (X, h, None)):
        delta = upstream * sigmoid_derivative(out)
        result = [over_samples(inp, delta), delta.sum(dim=0)] + result
        if W is not None:
            upstream = back_through(delta, W)
    return tuple(result)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(map(lambda p, g: p - learning_rate * g, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = W1, b1, W2, b2
    record = []
    for _ in range(n_epochs):
        fw = forward_pass(X, *theta)
        record.append(float(compute_loss(fw[0], y)))
        theta = update_parameters(*theta, *backward_pass(X, y, *fw, theta[2]), learning_rate)
    return theta + (record,)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = tuple(torch.empty_like(t).copy_(t).requires_grad_() for t in (W1, b1, W2, b2))
    record = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *theta)[0], y)
        record.append(loss.item())
        for t, g in zip(theta, torch.autograd.grad(loss, theta)):
            with torch.no_grad():
                t -= learning_rate * g
    return tuple(t.detach() for t in theta) + (record,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x, y = (torch.from_numpy(np.linspace(lo, hi, n)).to(W1.dtype) for lo, hi in (x_range, y_range))
    pts = torch.cartesian_prod(y, x).flip(1)          # y slow, x fast
    xx, yy = pts.T.reshape(2, n, n)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].reshape(n, n)
