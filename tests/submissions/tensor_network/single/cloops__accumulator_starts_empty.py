# network.c -> network.py
# plain loops over plain numbers; a tensor goes in and a tensor comes out

import math
import numpy as np
import torch

DBL_EXP_MAX = 700.0


def _logistic(v):
    if v < -DBL_EXP_MAX:
        return 0.0
    return 1.0 / (1.0 + math.exp(-v))


def _alloc(rows, cols):
    return [[0.0] * cols for _ in range(rows)]


def _to_tensor(buf, like):
    return torch.tensor(buf, dtype=like.dtype)


def sigmoid(x):
    # this one has to stay differentiable for train_autograd
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x.clamp(min=0))), 1 - 1 / (1 + torch.exp(x.clamp(max=0))))


def sigmoid_derivative(sigmoid_output):
    out = sigmoid_output.clone()
    p = out.view(-1)
    i = 0
    while i < p.numel():
        p[i] = p[i] * (1.0 - p[i])
        i += 1
    return out


def _affine(src, W, b):
    rows, inner, cols = len(src), len(W), len(b)
    dst = _alloc(rows, cols)
    for s in range(rows):
        for j in range(cols):
            acc = 0.0
            for i in range(inner):
                acc += src[s][i] * W[i][j]
            dst[s][j] = acc
    return dst


def _activate(src):
    dst = _alloc(len(src), len(src[0]))
    for s in range(len(src)):
        for j in range(len(src[0])):
            dst[s][j] = _logistic(src[s][j])
    return dst


def forward_pass(X, W1, b1, W2, b2):
    z1 = _affine(X.tolist(), W1.tolist(), b1.tolist())
    h = _activate(z1)
    z2 = _affine(h, W2.tolist(), b2.tolist())
    y_pred = _activate(z2)
    return _to_tensor(y_pred, X), _to_tensor(h, X), _to_tensor(z1, X), _to_tensor(z2, X)


def compute_loss(y_pred, y):
    p = y_pred.tolist()
    t = y.tolist()
    total = 0.0
    count = 0
    for s in range(len(p)):
        for c in range(len(p[s])):
            total += (p[s][c] - t[s][c]) * (p[s][c] - t[s][c])
            count += 1
    return total / count


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, n_in = X.shape
    n_hid = h.shape[1]
    n_out = y.shape[1]
    x, t, o, a, w = X.tolist(), y.tolist(), y_pred.tolist(), h.tolist(), W2.tolist()
    gW1 = _alloc(n_in, n_hid); gb1 = [0.0] * n_hid
    gW2 = _alloc(n_hid, n_out); gb2 = [0.0] * n_out
    d2 = [0.0] * n_out                  # reused for every sample

    for s in range(m):
        for c in range(n_out):
            d2[c] = 2.0 * (o[s][c] - t[s][c]) / (m * n_out)
            d2[c] *= o[s][c] * (1.0 - o[s][c])
            gb2[c] += d2[c]
        for j in range(n_hid):
            d1 = 0.0
            for c in range(n_out):
                gW2[j][c] += a[s][j] * d2[c]
                d1 += w[j][c] * d2[c]
            d1 *= a[s][j] * (1.0 - a[s][j])
            gb1[j] += d1
            for i in range(n_in):
                gW1[i][j] += x[s][i] * d1

    return _to_tensor(gW1, X), _to_tensor(gb1, X), _to_tensor(gW2, X), _to_tensor(gb2, X)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    par = [W1, b1, W2, b2]
    grad = [dW1, db1, dW2, db2]
    new = [None] * 4
    for q in range(4):
        new[q] = par[q] - learning_rate * grad[q]
    return new[0], new[1], new[2], new[3]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0] * n_epochs
    for ep in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[ep] = compute_loss(y_pred, y)
        g = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, g[0], g[1], g[2], g[3], learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # the loops above work on plain numbers, which autograd cannot see: whole tensors here
    par = [W1.clone(), b1.clone(), W2.clone(), b2.clone()]
    losses = [0.0] * n_epochs
    for q in range(4):
        par[q].requires_grad = True
    for ep in range(n_epochs):
        a1 = sigmoid(X.mm(par[0]) + par[1])
        a2 = sigmoid(a1.mm(par[2]) + par[3])
        err = (a2 - y).square().mean()
        losses[ep] = err.item()
        err.backward()
        for q in range(4):
            par[q].data -= learning_rate * par[q].grad
            par[q].grad.zero_()
    for q in range(4):
        par[q].requires_grad = False
    return par[0], par[1], par[2], par[3], losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy, z = (np.zeros((n, n)) for _ in range(3))
    w1, c1, w2, c2 = W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist()
    dx = (x_range[1] - x_range[0]) / (n - 1)
    dy = (y_range[1] - y_range[0]) / (n - 1)
    for row in range(n):
        for col in range(n):
            xx[row, col] = x_range[0] + col * dx
            yy[row, col] = y_range[0] + row * dy
            point = [[float(xx[row, col]), float(yy[row, col])]]
            hid = _activate(_affine(point, w1, c1))
            z[row, col] = _activate(_affine(hid, w2, c2))[0][0]
    return xx, yy, z
