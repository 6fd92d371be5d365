import math

import numpy as np
import torch


def sigmoid(x):
    flat = x.reshape(-1)
    out = torch.empty_like(flat)
    for i in range(flat.numel()):
        v = flat[i].item()
        if v >= 0.0:
            out[i] = 1.0 / (1.0 + math.exp(-v))
        else:
            e = math.exp(v)
            out[i] = e / (1.0 + e)
    return out.reshape(x.shape)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output * sigmoid_output


def _affine(inp, W, b):
    rows = inp.shape[0]
    nin = W.shape[0]
    nout = W.shape[1]
    out = torch.zeros((rows, nout), dtype=W.dtype)
    for s in range(rows):
        for j in range(nout):
            acc = b[j]
            for i in range(nin):
                acc = acc + inp[s, i] * W[i, j]
            out[s, j] = acc
    return out


def forward_pass(X, W1, b1, W2, b2):
    z1 = _affine(X, W1, b1)
    h = sigmoid(z1)
    z2 = _affine(h, W2, b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    M = y.shape[0]
    K = y.shape[1]
    total = 0.0
    for s in range(M):
        for o in range(K):
            total += (y_pred[s, o].item() - y[s, o].item()) ** 2
    return total / (M * K)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    M, N = X.shape
    H, K = W2.shape
    dt = W2.dtype

    dW1 = torch.zeros((N, H), dtype=dt)
    db1 = torch.zeros(H, dtype=dt)
    dW2 = torch.zeros((H, K), dtype=dt)
    db2 = torch.zeros(K, dtype=dt)

    err = torch.zeros(K, dtype=dt)    # dE/dout of the current sample
    delta = torch.zeros(K, dtype=dt)  # dE/dz2 of the current sample

    for s in range(M):
        # output layer
        for o in range(K):
            err[o] = 2.0 * (y_pred[s, o] - y[s, o]) / (M * K)
            delta[o] = err[o] * y_pred[s, o] * (1.0 - y_pred[s, o])
            db2[o] += delta[o]
            for j in range(H):
                dW2[j, o] += delta[o] * h[s, j]
        # hidden layer
        for j in range(H):
            back = 0.0
            for o in range(K):
                back += W2[j, o] * err[o]
            dj = back * h[s, j] * (1.0 - h[s, j])
            db1[j] += dj
            for i in range(N):
                dW1[i, j] += dj * X[s, i]

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    nW1 = W1 - learning_rate * dW1
    nb1 = b1 - learning_rate * db1
    nW2 = W2 - learning_rate * dW2
    nb2 = b2 - learning_rate * db2
    return nW1, nb1, nW2, nb2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0] * n_epochs
    ep = 0
    while ep < n_epochs:
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[ep] = compute_loss(y_pred, y)
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
        ep += 1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # the loops above go through .item(), so here everything has to be real torch operations
    A = W1.detach().clone().requires_grad_(True)
    a = b1.detach().clone().requires_grad_(True)
    B = W2.detach().clone().requires_grad_(True)
    b = b2.detach().clone().requires_grad_(True)
    losses = [0.0] * n_epochs
    for ep in range(n_epochs):
        out = torch.sigmoid(torch.mm(torch.sigmoid(torch.mm(X, A) + a), B) + b)
        loss = torch.mean((out - y) ** 2)
        losses[ep] = loss.item()
        gA, ga, gB, gb = torch.autograd.grad(loss, (A, a, B, b))
        with torch.no_grad():
            A -= learning_rate * gA
            a -= learning_rate * ga
            B -= learning_rate * gB
            b -= learning_rate * gb
    return A.detach(), a.detach(), B.detach(), b.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx = np.zeros((n, n))
    yy = np.zeros((n, n))
    predictions = np.zeros((n, n))
    dx = (x_range[1] - x_range[0]) / (n - 1) if n > 1 else 0.0
    dy = (y_range[1] - y_range[0]) / (n - 1) if n > 1 else 0.0
    for r in range(n):
        pts = torch.zeros((n, 2), dtype=W1.dtype)
        for c in range(n):
            xx[r, c] = x_range[0] + c * dx
            yy[r, c] = y_range[0] + r * dy
            pts[c, 0] = xx[r, c]
            pts[c, 1] = yy[r, c]
        row, _h, _z1, _z2 = forward_pass(pts, W1, b1, W2, b2)
        predictions[r, :] = row[:, 0].numpy()
    return xx, yy, predictions
