"""Homework: tensors. I prefer to see every single sample and every single number."""
import math
import numpy as np
import torch


def _logistic(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    t = math.exp(v)
    return t / (1.0 + t)


def sigmoid(x):
    if x.requires_grad:          # loops cannot be differentiated
        return torch.sigmoid(x)
    flat = [_logistic(v) for v in x.reshape(-1).tolist()]
    return torch.tensor(flat, dtype=x.dtype).reshape(x.shape)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.stack([row @ W1 + b1 for row in X])
    h = sigmoid(z1)
    z2 = torch.stack([row @ W2 + b2 for row in h])
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    total = 0.0
    for p, t in zip(y_pred, y):
        total = total + ((p - t) ** 2).sum()
    return total / (y_pred.shape[0] * y_pred.shape[1])


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m = X.shape[0]
    k = y_pred.shape[1]
    dW1 = torch.zeros(X.shape[1], h.shape[1], dtype=W2.dtype)
    db1 = torch.zeros(h.shape[1], dtype=W2.dtype)
    dW2 = torch.zeros_like(W2)
    db2 = torch.zeros(k, dtype=W2.dtype)
    for i in range(m):
        grad_out = torch.zeros(k, dtype=W2.dtype)
        for j in range(k):
            p = y_pred[i, j]
            grad_out[j] = 2 * (p - y[i, j]) / (m * k) * p * (1 - p)
        grad_hidden = torch.mv(W2, grad_out)
        grad_hidden = grad_hidden * h[i] * (1 - h[i])
        dW2 = dW2 + torch.outer(h[i], grad_out)
        db2 = db2 + grad_out
        dW1 = dW1 + torch.outer(X[i], grad_hidden)
        db1 = db1 + grad_hidden
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new = []
    for p, g in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)]:
        q = p.clone()
        q -= learning_rate * g
        new.append(q)
    return tuple(new)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    epoch = 0
    while epoch < n_epochs:
        res = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(res[0], y)))
        grads = backward_pass(X, y, res[0], res[1], res[2], res[3], W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
        epoch += 1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = []
    for p in (W1, b1, W2, b2):
        q = p.detach().clone()
        q.requires_grad = True
        params.append(q)
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *params)[0], y)
        losses.append(float(loss))
        for q in params:
            q.grad = None
        loss.backward()
        with torch.no_grad():
            for q in params:
                q.sub_(q.grad * learning_rate)
    return tuple(q.detach() for q in params) + (losses,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(*x_range, n)
    ys = np.linspace(*y_range, n)
    xx = np.zeros((n, n))
    yy = np.zeros((n, n))
    out = np.zeros((n, n))
    for r in range(n):
        for c in range(n):
            xx[r, c] = xs[c]
            yy[r, c] = ys[r]
            point = torch.tensor([[xs[c], ys[r]]], dtype=W1.dtype)
            out[r, c] = forward_pass(point, W1, b1, W2, b2)[0].item()
    return xx, yy, out
