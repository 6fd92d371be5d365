"""One-hidden-layer network in index notation.

Indices: s = sample, i = input, j = hidden unit, o = output.
    z1_sj = X_si W1_ij + b1_j        h_sj = S(z1_sj)
    z2_so = h_sj W2_jo + b2_o        p_so = S(z2_so)
    L     = <(p - y)^2>
"""

import numpy as np
import torch

ein = torch.einsum


def sigmoid(x):
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x.abs())), torch.exp(-x.abs()) / (1 + torch.exp(-x.abs())))


def sigmoid_derivative(sigmoid_output):
    # logistic equation: S' = S (1 - S)
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = ein("si,ij->sj", X, W1) + b1
    h = sigmoid(z1)
    z2 = ein("sj,jo->so", h, W2) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    # squared residual of every sample, then the ensemble average
    r = y_pred - y
    r_squared = ein("so,so->s", r, r)
    return r_squared.mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    dL_dp = 2 / (m * k) * (y_pred - y)
    dL_dz2 = ein("so,so->so", dL_dp, sigmoid_derivative(y_pred))
    dL_dh = ein("so,jo->sj", dL_dz2, W2)
    dL_dz1 = ein("sj,sj->sj", dL_dh, sigmoid_derivative(h))
    return (
        ein("si,sj->ij", X, dL_dz1),
        ein("sj->j", dL_dz1),
        ein("sj,so->jo", h, dL_dz2),
        ein("so->o", dL_dz2),
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = learning_rate
    return W1 - eta * dW1, b1 - eta * db1, W2 - eta * dW2, b2 - eta * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    energy = []
    for t in range(n_epochs):
        p, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        energy.append(float(((p - y) ** 2).mean()))
        grad = backward_pass(X, y, p, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grad, learning_rate)
    return W1, b1, W2, b2, energy


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [q.detach().clone().requires_grad_(True) for q in (W1, b1, W2, b2)]
    criterion = torch.nn.MSELoss()
    energy = []
    for t in range(n_epochs):
        L = criterion(forward_pass(X, *theta)[0], y)
        energy.append(L.item())
        L.backward()
        with torch.no_grad():
            for q in theta:
                q.sub_(learning_rate * q.grad)
                q.grad = None
    return (*(q.detach() for q in theta), energy)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = x.expand(n, n)
    yy = y.unsqueeze(1).expand(n, n)
    p = forward_pass(torch.stack([xx.reshape(-1), yy.reshape(-1)], 1), W1, b1, W2, b2)[0]
    return xx, yy, p.reshape(n, n)
