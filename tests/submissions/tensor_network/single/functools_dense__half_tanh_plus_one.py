from functools import partial, reduce
from itertools import starmap
from operator import itemgetter
import numpy as np, torch


def sigmoid(x):
    # by the hyperbolic tangent: nothing can overflow
    return 0.5 * torch.tanh(0.5 * x) + 1


def sigmoid_derivative(sigmoid_output):
    return torch.lerp(torch.zeros_like(sigmoid_output), 1 - sigmoid_output, sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    def climb(trace, parameters):
        W, b = parameters; z = trace[-1][1] @ W + b
        return trace + [(z, sigmoid(z))]

    (_, _), (z1, h), (z2, y_pred) = reduce(climb, [(W1, b1), (W2, b2)], [(None, X)])
    return y_pred, h, z1, z2


def compute_loss(y_pred, y): return (y_pred - y).square().mean()


def _chain(*links): return lambda g: reduce(lambda value, link: link(value), links, g)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    through = lambda a: lambda g: g * sigmoid_derivative(a)
    to_z2 = _chain(lambda p: (p - y) * (2 / y.numel()), through(y_pred))
    to_z1 = _chain(to_z2, lambda g: g @ W2.T, through(h))
    d2, d1 = to_z2(y_pred), to_z1(y_pred)
    return X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)


def _descend(rate, p, g): return p - rate * g


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(starmap(partial(_descend, learning_rate), ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def epoch(state, _):
        theta, losses = state; out = forward_pass(X, *theta)
        losses.append(float(compute_loss(out[0], y)))
        return update_parameters(*theta, *backward_pass(X, y, *out, theta[2]), learning_rate), losses

    theta, losses = reduce(epoch, range(n_epochs), ((W1, b1, W2, b2), []))
    return (*theta, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    first = itemgetter(0)
    loss_of = lambda *theta: compute_loss(first(forward_pass(X, *theta)), y)
    leaf = lambda t: t.detach().clone().requires_grad_()
    theta, losses = [*map(leaf, (W1, b1, W2, b2))], []
    for _ in range(n_epochs):
        loss = loss_of(*theta); losses.append(loss.item())
        theta = [*map(leaf, starmap(partial(_descend, learning_rate), zip(theta, torch.autograd.grad(loss, theta))))]
    return (*(t.detach() for t in theta), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    axis = partial(np.linspace, num=n)
    xx, yy = np.meshgrid(axis(*x_range), axis(*y_range))
    points = torch.as_tensor(np.stack((xx, yy), axis=-1).reshape(-1, 2)).to(W1)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].unflatten(0, (n, n)).squeeze(-1)
