import torch
import numpy as np
from torch import einsum

# indices: m sample, n input, h hidden, k output


def sigmoid(x):
    return (torch.tanh(x / 2) + 1) / 2


def sigmoid_derivative(sigmoid_output):
    centred = sigmoid_output - 0.5
    return 0.25 - centred.square()


def forward_pass(X, W1, b1, W2, b2):
    z1 = einsum('mn,nh->mh', X, W1).add(b1)
    act = sigmoid(z1)
    z2 = einsum('mh,hk->mk', act, W2).add(b2)
    return sigmoid(z2), act, z1, z2


def compute_loss(y_pred, y):
    r = y_pred - y
    return einsum('mk,mk->', r, r) / r.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    slope = {'out': sigmoid_derivative(y_pred), 'hid': sigmoid_derivative(h)}
    r = (y_pred - y).mul(2 / y.numel())
    g = {
        'W1': einsum('mn,mk,mk,hk,mh->nh', X, r, slope['out'], W2, slope['hid']),
        'b1': einsum('mk,mk,hk,mh->h', r, slope['out'], W2, slope['hid']),
        'W2': einsum('mh,mk,mk->hk', h, r, slope['out']),
        'b2': einsum('mk,mk->k', r, slope['out']),
    }
    return g['W1'], g['b1'], g['W2'], g['b2']


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = lambda p, g: torch.add(p, g, alpha=-learning_rate)
    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    history = []
    theta = dict(W1=W1, b1=b1, W2=W2, b2=b2)
    for _ in range(n_epochs):
        yp, a, z1, z2 = forward_pass(X, **theta)
        history += [compute_loss(yp, y).item()]
        grads = backward_pass(X, y, yp, a, z1, z2, theta['W2'])
        theta = dict(zip(theta, update_parameters(*theta.values(), *grads, learning_rate)))
    return (*theta.values(), history)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    history = []
    theta = {name: t.detach().clone().requires_grad_() for name, t in dict(W1=W1, b1=b1, W2=W2, b2=b2).items()}
    opt = torch.optim.SGD(theta.values(), lr=learning_rate)
    for _ in range(n_epochs):
        opt.zero_grad()
        loss = compute_loss(forward_pass(X, **theta)[0], y)
        loss.backward()
        history += [loss.item()]
        opt.step()
    return (*(t.detach() for t in theta.values()), history)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    gx = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    gy = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = gx.unsqueeze(0).expand(n, n)
    yy = gy.unsqueeze(1).expand(n, n)
    pts = torch.stack([xx.flatten(), yy.flatten()], dim=1)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].squeeze(1).unflatten(0, (n, n))
