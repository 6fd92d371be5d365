"""Same network, assembled from closures."""
from functools import partial, reduce
from itertools import product

import numpy as np, torch

sigmoid = lambda x: torch.sigmoid(x)
sigmoid_derivative = lambda sigmoid_output: sigmoid_output * (1 - sigmoid_output)


def dense(W, b):
    return lambda x: (lambda z: (sigmoid(z), z))(x @ W + b)


def net(W1, b1, W2, b2):
    first, second = dense(W1, b1), dense(W2, b2)

    def run(X):
        h, z1 = first(X)
        y_pred, z2 = second(h)
        return y_pred, h, z1, z2

    return run


def forward_pass(X, W1, b1, W2, b2): return net(W1, b1, W2, b2)(X)


def compute_loss(y_pred, y): return (y_pred - y).pow(2).flatten().mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    pull = lambda up, out: up * sigmoid_derivative(out)          # back through a sigmoid
    share = lambda inp, up: (inp.T @ up, up.sum(0))              # what W and b get of it
    d2 = pull((y_pred - y) * (2 / y.numel()), y_pred); d1 = pull(d2 @ W2.T, h)
    return (*share(X, d1), *share(h, d2))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    go = lambda p, g: p - learning_rate * g
    return tuple(map(go, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def descend(gradient, theta, rate, n):
    """`gradient(theta)` -> (loss, grads). Returns what reduce leaves after n steps."""
    def one(state, _):
        th, seen = state
        loss, grads = gradient(th)
        return update_parameters(*th, *grads, rate), seen + [loss]
    return reduce(one, range(n), (theta, []))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def by_hand(th):
        out = forward_pass(X, *th)
        return compute_loss(out[0], y).item(), backward_pass(X, y, *out, th[2])
    theta, losses = descend(by_hand, (W1, b1, W2, b2), learning_rate, n_epochs)
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def by_torch(th):
        leaves = [t.detach().clone().requires_grad_() for t in th]
        loss = compute_loss(forward_pass(X, *leaves)[0], y)
        return loss.item(), torch.autograd.grad(loss, leaves)
    theta, losses = descend(by_torch, (W1, b1, W2, b2), learning_rate, n_epochs)
    return (*theta, losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    ticks = partial(np.linspace, num=n, endpoint=False)
    xs, ys = ticks(*x_range), ticks(*y_range)
    points = torch.tensor(
        [(y, x) for y, x in product(ys, xs)],
        dtype=W1.dtype,
    )
    return (
        np.array([xs for _ in ys]),
        np.array([[y] * n for y in ys]),
        net(W1, b1, W2, b2)(points)[0].reshape(n, n),
    )
