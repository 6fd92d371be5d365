# Everything is an expression.  `>>>` is composition, folds instead of loops, no assignment to what exists already.

from functools import partial, reduce
from itertools import accumulate, repeat
from operator import itemgetter, mul, sub

import numpy as np
import torch

compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
zip_with = lambda f, *xs: tuple(map(f, *xs))
fst, snd = itemgetter(0), itemgetter(1)

sigmoid = compose(torch.neg, torch.exp, partial(torch.add, 1), torch.reciprocal)

sigmoid_derivative = lambda sigmoid_output: mul(sigmoid_output, sub(1, sigmoid_output))


def forward_pass(X, W1, b1, W2, b2):
    # scanl over the layers: [(z, a)]
    layer = lambda za, Wb: (lambda z: (z, sigmoid(z)))(za[1] @ Wb[0] + Wb[1])
    _, (z1, h), (z2, y_pred) = accumulate([(W1, b1), (W2, b2)], layer, initial=(None, X))
    return y_pred, h, z1, z2


compute_loss = lambda y_pred, y: compose(torch.square, torch.mean)(sub(y_pred, y))


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    through = lambda upstream, a: upstream * sigmoid_derivative(a)
    blame = lambda inp, delta: (inp.T @ delta, delta.sum(dim=0))
    # foldr: from the loss back to the first layer, each step hands (delta, gradients so far) on
    back = lambda acc, layer: (lambda delta: (delta, blame(layer[0], delta) + acc[1]))(
        through(acc[0] @ layer[2], layer[1])
    )
    d_out = 2 * (y_pred - y) / y.numel()
    eye = torch.eye(y.shape[1], dtype=y.dtype)
    return snd(reduce(back, [(h, y_pred, eye), (X, h, W2.T)], (d_out, ())))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return zip_with(lambda p, g: p - learning_rate * g, (W1, b1, W2, b2), (dW1, db1, dW2, db2))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def epoch(state, _):
        *params, losses = state
        out = forward_pass(X, *params)
        grads = backward_pass(X, y, *out, params[2])
        return (*update_parameters(*params, *grads, learning_rate), losses + [float(compute_loss(fst(out), y))])

    return reduce(epoch, range(n_epochs), (W1, b1, W2, b2, []))


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    risk = lambda *params: compute_loss(fst(forward_pass(X, *params)), y)
    slope = torch.func.grad_and_value(risk, argnums=(0, 1, 2, 3))

    def epoch(state, _):
        *params, losses = state
        grads, value = slope(*params)
        return (*update_parameters(*params, *grads, learning_rate), losses + [value.item()])

    return reduce(epoch, repeat(None, n_epochs), (W1, b1, W2, b2, []))


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    axis = lambda ends: torch.linspace(*ends, n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(*map(axis, (x_range, y_range)), indexing="xy")
    predict = compose(
        partial(torch.stack, dim=-1),
        partial(torch.flatten, end_dim=1),
        lambda P: fst(forward_pass(P, W1, b1, W2, b2)),
        lambda out: out.reshape(xx.shape),
    )
    return xx, yy, predict((xx, yy))
