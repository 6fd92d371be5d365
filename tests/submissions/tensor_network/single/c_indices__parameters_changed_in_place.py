# old C habits: explicit sizes, loops over units, in order
import torch
import numpy as np


def sigmoid(x):
    one = torch.ones_like(x)
    return one / (one + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    s = sigmoid_output
    return s * (1 - s)


def forward_pass(X, W1, b1, W2, b2):
    m = X.shape[0]
    nh = W1.shape[1]
    nk = W2.shape[1]
    z1 = torch.zeros(m, nh, dtype=X.dtype)
    z2 = torch.zeros(m, nk, dtype=X.dtype)
    for j in range(nh):
        z1[:, j] = X.mv(W1[:, j]) + b1[j]
    h = sigmoid(z1)
    for k in range(nk):
        z2[:, k] = h.mv(W2[:, k]) + b2[k]
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    m, nk = y.shape
    total = ((y_pred - y) ** 2).sum()
    return total / (m * nk)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, nin = X.shape
    nh, nk = W2.shape
    dW1 = torch.zeros(nin, nh, dtype=X.dtype)
    db1 = torch.zeros(nh, dtype=X.dtype)
    dW2 = torch.zeros(nh, nk, dtype=X.dtype)
    db2 = torch.zeros(nk, dtype=X.dtype)
    with torch.no_grad():
        for s in range(m):
            out_err = 2 * (y_pred[s] - y[s]) / (m * nk)
            out_err = out_err * sigmoid_derivative(y_pred[s])
            db2 += out_err
            dW2 += torch.outer(h[s], out_err)
            hid_err = W2.mv(out_err)
            hid_err = hid_err * sigmoid_derivative(h[s])
            db1 += hid_err
            dW1 += torch.outer(X[s], hid_err)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    params = [W1, b1, W2, b2]
    grads = [dW1, db1, dW2, db2]
    for i in range(4):
        params[i] -= learning_rate * grads[i]
    return params[0], params[1], params[2], params[3]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [0.0] * n_epochs
    for e in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[e] = compute_loss(y_pred, y).item()
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = [0.0] * n_epochs
    for e in range(n_epochs):
        hid = torch.sigmoid(X @ W1 + b1)
        out = torch.sigmoid(hid @ W2 + b2)
        loss = compute_loss(out, y)
        losses[e] = loss.item()
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx = np.zeros((n, n))
    yy = np.zeros((n, n))
    xs = np.linspace(x_range[0], x_range[1], n)
    ys = np.linspace(y_range[0], y_range[1], n)
    for r in range(n):
        for c in range(n):
            xx[r][c] = xs[c]
            yy[r][c] = ys[r]
    pts = torch.zeros(n * n, 2, dtype=W1.dtype)
    pts[:, 0] = torch.from_numpy(xx.reshape(-1)).to(W1.dtype)
    pts[:, 1] = torch.from_numpy(yy.reshape(-1)).to(W1.dtype)
    out, _, _, _ = forward_pass(pts, W1, b1, W2, b2)
    return xx, yy, out.reshape(n, n).detach().numpy()
