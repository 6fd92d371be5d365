import numpy as np
import torch
from math import tanh

# lists inside, tensors outside


def L(t):
    return t.tolist()


def T(lst, like):
    return torch.tensor(lst, dtype=like.dtype)


def matmul(A, B):
    return [[sum(a * b for a, b in zip(row, col)) for col in zip(*B)] for row in A]


def transpose(A):
    return [list(r) for r in zip(*A)]


def hadamard(A, B):
    return [[a * b for a, b in zip(r, s)] for r, s in zip(A, B)]


def colsum(A):
    return [sum(c) for c in zip(*A)]


def sigmoid(x):
    return T([(1 + tanh(v / 2)) / 2 for v in L(x.flatten())], x).reshape(x.shape)


def sigmoid_derivative(sigmoid_output):
    return T([a * (1 - a) for a in L(sigmoid_output.flatten())], sigmoid_output).reshape(sigmoid_output.shape)


def forward_pass(X, W1, b1, W2, b2):
    z1 = T([[s + b for s, b in zip(row, L(b1))] for row in matmul(L(X), L(W1))], X)
    h = sigmoid(z1)
    z2 = T([[s + b for s, b in zip(row, L(b2))] for row in matmul(L(h), L(W2))], X)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    sq = [(p - t) ** 2 for p, t in zip(L(y_pred.flatten()), L(y.flatten()))]
    return sum(sq) / len(sq)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    count = y.shape[0] * y.shape[1]
    err = [[(p - t) / count for p, t in zip(rp, rt)] for rp, rt in zip(L(y_pred), L(y))]
    delta = hadamard(err, L(sigmoid_derivative(y_pred)))
    back = matmul(err, transpose(L(W2)))
    back = hadamard(back, L(sigmoid_derivative(h)))
    return (T(matmul(transpose(L(X)), back), X), T(colsum(back), X),
            T(matmul(transpose(L(h)), delta), X), T(colsum(delta), X))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new = lambda p, g: T([a - learning_rate * b for a, b in zip(L(p.flatten()), L(g.flatten()))], p).reshape(p.shape)
    return new(W1, dW1), new(b1, db1), new(W2, dW2), new(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        yp, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(yp, y))
        dW1, db1, dW2, db2 = backward_pass(X, y, yp, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # lists have no grad, so tensors this time
    losses = []
    w1, c1, w2, c2 = (p.clone().requires_grad_() for p in (W1, b1, W2, b2))
    for _ in range(n_epochs):
        out = torch.sigmoid(torch.sigmoid(X @ w1 + c1) @ w2 + c2)
        cost = torch.mean((out - y) ** 2)
        losses.append(cost.item())
        cost.backward()
        for p in (w1, c1, w2, c2):
            with torch.no_grad():
                p.copy_(p - learning_rate * p.grad)
            p.grad.fill_(0)
    return w1.detach(), c1.detach(), w2.detach(), c2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    step = lambda r, i: r[0] + (r[1] - r[0]) * i / (n - 1)
    xx = torch.tensor([[step(x_range, j) for j in range(n)] for _ in range(n)], dtype=W1.dtype)
    yy = torch.tensor([[step(y_range, i)] * n for i in range(n)], dtype=W1.dtype)
    pts = torch.stack((xx.reshape(-1), yy.reshape(-1)), 1)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].reshape(n, n)
