import numpy as np
import torch as th


def sigmoid(x):
    return th.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return th.rsub(sigmoid_output, 1).mul(sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    m = X.size(0)
    z1 = th.mm(X, W1) + b1.view(1, -1).expand(m, -1)
    h = sigmoid(z1)
    z2 = th.mm(h, W2) + b2.view(1, -1).expand(m, -1)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return th.mean((y_pred.reshape(-1) - y.reshape(-1)) ** 2)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y_pred.size()
    n_hidden = h.size(1)
    g2 = th.mul(y_pred - y, y_pred * (1 - y_pred)).mul(2).div(m * k)      # (m, k)
    # (m, k) x (k, h) -> (m, h)
    g1 = th.mm(g2, W2.reshape(k, n_hidden))
    g1 = g1.mul(h * (1 - h))                                             # (m, h)
    gw2 = th.mm(h.t(), g2)                                               # (h, k)
    gw1 = th.mm(X.t(), g1)                                               # (n, h)
    return gw1, g1.sum(0).view(n_hidden), gw2, g2.sum(0).view(k)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return W1.sub(dW1, alpha=learning_rate), b1.sub(db1, alpha=learning_rate), \
        W2.sub(dW2, alpha=learning_rate), b2.sub(db2, alpha=learning_rate)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [None] * n_epochs
    for e in range(n_epochs):
        yp, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[e] = compute_loss(yp, y).item()
        gw1, gb1, gw2, gb2 = backward_pass(X, y, yp, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, gw1, gb1, gw2, gb2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    w1, c1, w2, c2 = (t.clone().detach().requires_grad_(True) for t in (W1, b1, W2, b2))
    losses = [None] * n_epochs
    for e in range(n_epochs):
        L = compute_loss(forward_pass(X, w1, c1, w2, c2)[0], y)
        losses[e] = L.item()
        L.backward()
        with th.no_grad():
            w1.sub_(w1.grad, alpha=learning_rate)
            c1.sub_(c1.grad, alpha=learning_rate)
            w2.sub_(w2.grad, alpha=learning_rate)
            c2.sub_(c2.grad, alpha=learning_rate)
        w1.grad = c1.grad = w2.grad = c2.grad = None
    return w1.detach(), c1.detach(), w2.detach(), c2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    gx = th.linspace(x_range[0], x_range[1], steps=n, dtype=W1.dtype).view(1, n).expand(n, n)
    gy = th.linspace(y_range[0], y_range[1], steps=n, dtype=W1.dtype).view(n, 1).expand(n, n)
    pts = th.cat((gx.reshape(n * n, 1), gy.reshape(n * n, 1)), 1)
    return gx, gy, forward_pass(pts, W1, b1, W2, b2)[0].view(n, n)
