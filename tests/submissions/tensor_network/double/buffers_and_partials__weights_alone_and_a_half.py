from functools import partial, reduce
from itertools import starmap

import numpy as np; import torch

total = partial(torch.sum, dim=0)          # over the samples
compose = lambda *fs: lambda x: reduce(lambda v, f: f(v), fs, x)


def sigmoid(x):
    out = torch.empty_like(x); torch.neg(x.detach(), out=out)
    out.exp_().add_(1).reciprocal_()
    return out


def sigmoid_derivative(sigmoid_output):
    out = torch.empty_like(sigmoid_output)
    torch.sub(1, sigmoid_output, out=out); torch.mul(out, sigmoid_output, out=out)
    return out


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.empty(len(X), len(b1), dtype=X.dtype); torch.mm(X, W1, out=z1); z1 += b1
    h = sigmoid(z1)
    z2 = torch.empty(len(X), len(b2), dtype=X.dtype); torch.mm(h, W2, out=z2); z2 += b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    buffer = torch.sub(y_pred, y); buffer.pow_(2)
    return buffer.mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d2 = torch.sub(y_pred, y); d2 *= 2; d2 /= d2.numel(); d2 *= sigmoid_derivative(y_pred)
    d1 = torch.empty_like(h); torch.mm(d2, W2.t(), out=d1); d1 *= sigmoid_derivative(h)
    dW1, dW2 = starmap(torch.mm, ((X.t(), d1), (h.t(), d2)))
    db1, db2 = map(total, (d1, d2))
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = partial(torch.sub, alpha=learning_rate)
    return tuple(map(step, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def epoch(state, _):
        params, losses = state
        out = forward_pass(X, *params)
        grads = backward_pass(X, y, *out, params[2])
        return update_parameters(*params, *grads, learning_rate), losses + [compute_loss(out[0], y).item()]

    params, losses = reduce(epoch, range(n_epochs), ((W1, b1, W2, b2), []))
    return (*params, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # out= and autograd do not go together, so the network is written anew here
    W1, b1, W2, b2 = map(compose(torch.clone, torch.Tensor.requires_grad_), (W1, b1, W2, b2))

    @torch.no_grad()
    def descend(p):
        p.sub_(p.grad, alpha=learning_rate); p.grad = None

    losses = []
    for _ in range(n_epochs):
        error = ((X @ W1 + b1).sigmoid() @ W2 + b2).sigmoid() - y
        loss = error.square().mean().div(2)
        losses.append(loss.item()); loss.backward()
        tuple(map(descend, (W1, W2)))
    return (*map(torch.Tensor.detach, (W1, b1, W2, b2)), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(*starmap(partial(np.linspace, num=n), (x_range, y_range)))
    points = torch.empty(n * n, 2, dtype=W1.dtype)
    points[:, 0] = torch.from_numpy(xx.ravel()); points[:, 1] = torch.from_numpy(yy.ravel())
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].view(n, n)
