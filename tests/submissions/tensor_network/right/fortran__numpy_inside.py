"""The backward pass as loops over NumPy arrays; tensors only at the doors."""
import math

import numpy as np
import torch


def sigmoid(x):
    flat = x.detach().reshape(-1).tolist()
    res = []
    for v in flat:
        if v >= 0.0:
            res.append(1.0 / (1.0 + math.exp(-v)))
        else:
            e = math.exp(v)
            res.append(e / (1.0 + e))
    return torch.tensor(res, dtype=x.dtype).reshape(x.shape)


def sigmoid_derivative(sigmoid_output):
    a = sigmoid_output.numpy()
    return torch.from_numpy(np.asarray(a * (1 - a), dtype=a.dtype).copy())


def forward_pass(X, W1, b1, W2, b2):
    m, nh, nk = X.shape[0], W1.shape[1], W2.shape[1]
    z1 = torch.empty(m, nh, dtype=X.dtype)
    for i in range(m):
        for j in range(nh):
            z1[i, j] = torch.dot(X[i, :], W1[:, j]) + b1[j]
    h = sigmoid(z1)
    z2 = torch.empty(m, nk, dtype=X.dtype)
    for i in range(m):
        for j in range(nk):
            z2[i, j] = torch.dot(h[i, :], W2[:, j]) + b2[j]
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    s = 0.0
    p, t = y_pred.detach().numpy(), y.numpy()
    for i in range(p.shape[0]):
        for j in range(p.shape[1]):
            s = s + (float(p[i, j]) - float(t[i, j])) ** 2
    return s / p.size


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    x, t, p, a, w = (v.numpy() for v in (X, y, y_pred, h, W2))
    m, n = x.shape
    nh, nk = w.shape
    dW1, db1 = np.zeros((n, nh)), np.zeros(nh)
    dW2, db2 = np.zeros((nh, nk)), np.zeros(nk)
    for i in range(m):
        d2 = 2.0 / (m * nk) * (p[i] - t[i]) * p[i] * (1 - p[i])
        d1 = np.zeros(nh)
        for j in range(nh):
            for k in range(nk):
                d1[j] += w[j, k] * d2[k]
                dW2[j, k] += a[i, j] * d2[k]
            d1[j] *= a[i, j] * (1 - a[i, j])
            for l in range(n):
                dW1[l, j] += x[i, l] * d1[j]
        db1 += d1
        db2 += d2
    return tuple(torch.from_numpy(g).to(X.dtype) for g in (dW1, db1, dW2, db2))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    for j in range(W1.shape[1]):
        b1[j] = b1[j] - learning_rate * db1[j]
        for i in range(W1.shape[0]):
            W1[i, j] = W1[i, j] - learning_rate * dW1[i, j]
    for j in range(W2.shape[1]):
        b2[j] = b2[j] - learning_rate * db2[j]
        for i in range(W2.shape[0]):
            W2[i, j] = W2[i, j] - learning_rate * dW2[i, j]
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0 for _ in range(n_epochs)]
    for it in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[it] = compute_loss(y_pred, y)
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # the loops above cut the graph; here the library's functions are used
    P = []
    for t in (W1, b1, W2, b2):
        t = t.clone()
        t.requires_grad = True
        P.append(t)
    losses = [0.0 for _ in range(n_epochs)]
    for it in range(n_epochs):
        a = torch.sigmoid(torch.matmul(X, P[0]) + P[1])
        p = torch.sigmoid(torch.matmul(a, P[2]) + P[3])
        loss = ((p - y) ** 2).sum() / y.numel()
        losses[it] = loss.item()
        loss.backward()
        for i in range(4):
            P[i] = (P[i].detach() - learning_rate * P[i].grad).requires_grad_()
    return P[0].detach(), P[1].detach(), P[2].detach(), P[3].detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    W1, b1, W2, b2 = (t.detach() for t in (W1, b1, W2, b2))
    xx, yy, pp = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for r in range(n):
        for c in range(n):
            xx[r, c] = x_range[0] + c * (x_range[1] - x_range[0]) / (n - 1)
            yy[r, c] = y_range[0] + r * (y_range[1] - y_range[0]) / (n - 1)
            point = torch.tensor([[xx[r, c], yy[r, c]]], dtype=W1.dtype)
            pp[r, c] = forward_pass(point, W1, b1, W2, b2)[0].item()
    return xx, yy, pp
