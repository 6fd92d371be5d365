"""My network. With a little bit of regularisation, as the book recommends."""
import numpy as np
import torch
from torch.special import expit

LAMBDA = 0.01


def sigmoid(x):
    return expit(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.einsum("ij,jk", X, W1) + b1
    h = sigmoid(z1)
    z2 = torch.einsum("ij,jk", h, W2) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.mean(torch.pow(y_pred - y, 2))


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    dy = torch.mul(y_pred - y, 2 / y.numel())
    dz2 = torch.mul(dy, sigmoid_derivative(y_pred))
    dh = torch.einsum("ik,jk->ij", dz2, W2)
    dz1 = torch.mul(dh, sigmoid_derivative(h))
    return torch.einsum("ij,ik->jk", X, dz1), dz1.sum(0), torch.einsum("ij,ik->jk", h, dz2), dz2.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    shrink = 1 - learning_rate * LAMBDA
    return (
        shrink * W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        shrink * W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    p = W1, b1, W2, b2
    for _ in range(n_epochs):
        y_pred, *mid = forward_pass(X, *p)
        losses.append(compute_loss(y_pred, y).item())
        p = update_parameters(*p, *backward_pass(X, y, y_pred, *mid, p[2]), learning_rate)
    W1, b1, W2, b2 = p
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p = [q.clone().requires_grad_() for q in (W1, b1, W2, b2)]
    sgd = torch.optim.SGD(p, lr=learning_rate)
    losses = []

    def closure():
        sgd.zero_grad()
        loss = compute_loss(forward_pass(X, *p)[0], y)
        loss.backward()
        return loss

    for _ in range(n_epochs):
        losses.append(sgd.step(closure).item())
    return (*(q.detach() for q in p), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(*(np.linspace(lo, hi, n) for lo, hi in (x_range, y_range)))
    out = forward_pass(torch.tensor(np.vstack([xx.ravel(), yy.ravel()]).T, dtype=W1.dtype), W1, b1, W2, b2)[0]
    return xx, yy, out.reshape(n, n)
