"""One-hidden-layer network on a flat parameter vector.

Internally samples are columns and the bias is the last column of an augmented matrix,  A = [W^T | b],  so that a layer
is  Z = A [V; 1].  pack() / unpack() go to and from the layout of the exercise (rows are samples, separate biases).
"""
import numpy as np
import torch


def _aug(V):
    """V with a row of ones below."""
    buf = V.new_ones(V.shape[0] + 1, V.shape[1])
    buf[:-1] = V
    return buf


def _join(W, b):
    return torch.cat((W, b[None]), dim=0).T


def _split(A):
    return A[:, :-1].T.contiguous(), A[:, -1].clone()


def pack(*tensors):
    return torch.cat([t.reshape(-1) for t in tensors])


def unpack(theta, *templates):
    pieces = theta.split([t.numel() for t in templates])
    return tuple(p.reshape(t.shape) for p, t in zip(pieces, templates))


def sigmoid(x):
    # two branches, so that the exponent is never positive
    out = torch.empty_like(x)
    pos = x >= 0
    e = torch.exp(-x[pos])
    out[pos] = 1 / (1 + e)
    e = torch.exp(x[~pos])
    out[~pos] = e / (1 + e)
    return out


def sigmoid_derivative(sigmoid_output):
    return torch.mul(sigmoid_output, sigmoid_output).neg_().add_(1)


def forward_pass(X, W1, b1, W2, b2):
    stages = []
    V = X.T
    for A in (_join(W1, b1), _join(W2, b2)):
        Z = A @ _aug(V)
        V = sigmoid(Z)
        stages += [Z.T, V.T]
    z1, h, z2, y_pred = stages
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    r = (y_pred - y).reshape(-1)
    return torch.dot(r, r) / r.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    D = torch.sub(y_pred, y).T.contiguous()
    D.mul_(2.0 / D.numel())
    D.mul_(sigmoid_derivative(y_pred).T)
    G2 = D @ _aug(h.T).T

    D = torch.mm(W2, D)
    torch.mul(D, sigmoid_derivative(h).T, out=D)
    G1 = D @ _aug(X.T).T

    return *_split(G1), *_split(G2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    theta = pack(W1, b1, W2, b2)
    theta.add_(pack(dW1, db1, dW2, db2), alpha=-learning_rate)
    return unpack(theta, W1, b1, W2, b2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    shapes = (W1, b1, W2, b2)
    theta = pack(*shapes)
    history = np.empty(n_epochs)
    for i in range(n_epochs):
        par = unpack(theta, *shapes)
        state = forward_pass(X, *par)
        history[i] = compute_loss(state[0], y)
        theta = theta - learning_rate * pack(*backward_pass(X, y, *state, par[2]))
    return *unpack(theta, *shapes), history.tolist()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    shapes = (W1, b1, W2, b2)
    theta = pack(*shapes).requires_grad_(True)          # a single leaf
    history = np.empty(n_epochs)
    for i in range(n_epochs):
        V1, c1, V2, c2 = unpack(theta, *shapes)
        out = torch.sigmoid(torch.addmm(c2, torch.sigmoid(torch.addmm(c1, X, V1)), V2))
        J = torch.nn.functional.mse_loss(out, y)
        J.backward()
        history[i] = J.item()
        with torch.no_grad():
            theta.add_(theta.grad, alpha=-learning_rate)
        theta.grad = None
    return *unpack(theta.detach(), *shapes), history.tolist()


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    ticks = np.linspace([x_range[0], y_range[0]], [x_range[1], y_range[1]], n)     # (n, 2)
    grid = np.empty((2, n, n))
    grid[0, :, :] = ticks[None, :, 0]
    grid[1, :, :] = ticks[:, None, 1]
    V = torch.from_numpy(grid.reshape(2, -1)).to(W1.dtype)
    for A in (_join(W1, b1), _join(W2, b2)):
        V = sigmoid(A @ _aug(V))
    return grid[0], grid[1], V.reshape(n, n).numpy()
