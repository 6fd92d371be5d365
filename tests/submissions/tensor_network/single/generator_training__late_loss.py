import itertools as it
import numpy as np
import torch

PARAMS = "W1 b1 W2 b2".split()
affine = lambda a, W, b: torch.einsum("si,io->so", a, W).add(b)


def sigmoid(x):
    return torch.reciprocal(torch.exp(torch.neg(x)) + 1)


def sigmoid_derivative(sigmoid_output):
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1)


def forward_pass(X, W1, b1, W2, b2):
    pre, post = [], [X]
    for W, b in ((W1, b1), (W2, b2)):
        pre += [affine(post[-1], W, b)]
        post += [sigmoid(pre[-1])]
    return post[2], post[1], *pre


def compute_loss(y_pred, y):
    return torch.stack([(p - t) ** 2 for p, t in zip(y_pred.flatten(), y.flatten())]).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d = torch.div(y_pred - y, y.numel() / 2) * sigmoid_derivative(y_pred)

    def walk(d):
        yield h.mT @ d, d.sum(-2)
        d = (d @ W2.mT).mul(sigmoid_derivative(h))
        yield X.mT @ d, d.sum(-2)

    (gW2, gb2), (gW1, gb1) = walk(d)
    return gW1, gb1, gW2, gb2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(p - learning_rate * g for p, g in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def states(X, y, theta, lr):
    yield theta
    while True:
        theta = update_parameters(*theta, *backward_pass(X, y, *forward_pass(X, *theta), theta[2]), lr)
        yield theta


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    path = states(X, y, (W1, b1, W2, b2), learning_rate)
    theta, losses = next(path), []
    for _ in it.repeat(None, n_epochs):
        theta = next(path)
        losses.append(compute_loss(forward_pass(X, *theta)[0], y).item())
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    leaves = dict(zip(PARAMS, (p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2))))
    losses = []
    for _ in it.repeat(None, n_epochs):
        loss = compute_loss(forward_pass(X, **leaves)[0], y)
        losses.append(loss.item())
        for name, g in zip(leaves, torch.autograd.grad(loss, list(leaves.values()))):
            leaves[name] = (leaves[name].detach() - learning_rate * g).requires_grad_()
    return (*(p.detach() for p in leaves.values()), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    (x0, x1), (y0, y1) = x_range, y_range
    ys, xs = np.mgrid[y0:y1:n * 1j, x0:x1:n * 1j]
    pts = torch.tensor(list(zip(xs.flat, ys.flat)), dtype=W1.dtype)
    return xs, ys, forward_pass(pts, W1, b1, W2, b2)[0].numpy().reshape(n, -1)
