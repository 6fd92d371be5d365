import numpy as np
import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    m, k = y.shape
    s = 0
    for j in range(k):
        e = y_pred[:, j] - y[:, j]
        s = s + torch.dot(e, e)
    return s / (m * k)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, n = X.shape
    n_h, k = W2.shape
    dW1, db1 = X.new_zeros(n, n_h), X.new_zeros(n_h)
    dW2, db2 = X.new_zeros(n_h, k), X.new_zeros(k)
    i = 0
    while i < m - 1:
        e = 2 * (y_pred[i] - y[i]) / (m * k)
        do = e * y_pred[i] * (1 - y_pred[i])
        dh = X.new_zeros(n_h)
        for q in range(n_h):
            dh[q] = torch.sum(W2[q] * do) * h[i, q] * (1 - h[i, q])
        dW2 += h[i].reshape(-1, 1) * do
        db2 += do
        dW1 += X[i].reshape(-1, 1) * dh
        db1 += dh
        i += 1
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    old = [W1, b1, W2, b2]
    g = [dW1, db1, dW2, db2]
    new = []
    for j in range(len(old)):
        new.append(old[j] - learning_rate * g[j])
    return new[0], new[1], new[2], new[3]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for e in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p = [W1.clone(), b1.clone(), W2.clone(), b2.clone()]
    for j in range(4):
        p[j].requires_grad_(True)
    losses = []
    for e in range(n_epochs):
        loss = compute_loss(forward_pass(X, p[0], p[1], p[2], p[3])[0], y)
        losses.append(float(loss))
        loss.backward()
        for j in range(4):
            p[j].data -= learning_rate * p[j].grad
            p[j].grad.zero_()
    return p[0].detach(), p[1].detach(), p[2].detach(), p[3].detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = torch.zeros(n, n, dtype=W1.dtype)
    yy = torch.zeros(n, n, dtype=W1.dtype)
    for i in range(n):
        xx[i, :] = xs
        yy[:, i] = ys
    p = forward_pass(torch.stack([xx.reshape(-1), yy.reshape(-1)], dim=1), W1, b1, W2, b2)[0]
    return xx, yy, p.reshape(n, n)
