import numpy as np
import torch

PARAMS = ('W1', 'b1', 'W2', 'b2')


class Slope:
    """s' from s"""
    def __call__(self, s):
        return s * (1 - s)

    def times(self, g, s):
        return g * self(s)


slope = Slope()


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return slope(sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    z2 = (h := sigmoid(z1)) @ W2 + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.var(y_pred - y, unbiased=False) + torch.mean(y_pred - y) ** 2


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    top = slope.times(2 * (y_pred - y), y_pred) / y_pred.numel()
    bottom = slope.times(top @ W2.mT, h)
    return X.mT @ bottom, bottom.sum(0), h.mT @ top, top.sum(0)


def _step(p, g, rate):
    return p.sub_(rate * g)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (_step(W1, dW1, learning_rate), _step(b1, db1, learning_rate),
            _step(W2, dW2, learning_rate), _step(b2, db2, learning_rate))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    state = [W1, b1, W2, b2]
    losses = []
    for _ in range(n_epochs):
        f = forward_pass(X, *state)
        losses.append(compute_loss(f[0], y).item())
        state = update_parameters(*state, *backward_pass(X, y, *f, state[2]), learning_rate)
    return (*state, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = torch.nn.ParameterDict(
        {name: torch.nn.Parameter(t.clone()) for name, t in zip(PARAMS, (W1, b1, W2, b2))})
    losses = []
    for _ in range(n_epochs):
        net.zero_grad()
        loss = ((forward_pass(X, *(net[name] for name in PARAMS))[0] - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for name in PARAMS:
                net[name].sub_(learning_rate * net[name].grad)
    return (*(net[name].detach() for name in PARAMS), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    axes = [torch.linspace(r[0], r[1], n, dtype=W1.dtype) for r in (y_range, x_range)]
    yy, xx = torch.meshgrid(axes, indexing='ij')
    pts = torch.dstack((xx, yy)).flatten(0, 1)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].reshape_as(xx)
