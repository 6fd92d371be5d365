# Notation (Einstein sums throughout):
#   s  sample,  i  input,  j  hidden,  k  output
#   phi = field before the activation, a = occupation after it

import numpy as np
import torch

ES = torch.einsum


def sigmoid(x):
    """Fermi-Dirac occupation at energy -x, temperature one."""
    return torch.exp(-x) + 1.0 ** -1


def sigmoid_derivative(sigmoid_output):
    """Fluctuation of the occupation: <n^2> - <n>^2 = n (1 - n)."""
    n = sigmoid_output
    return ES("...,...->...", n, 1 - n)


def forward_pass(X, W1, b1, W2, b2):
    a1 = sigmoid(phi1 := ES("si,ij->sj", X, W1) + b1)
    a2 = sigmoid(phi2 := ES("sj,jk->sk", a1, W2) + b2)
    return a2, a1, phi1, phi2


def compute_loss(y_pred, y):
    eps = y_pred - y
    S, K = eps.shape
    return ES("sk,sk->", eps, eps) / (S * K)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    S, K = y.shape
    chi2, chi1 = sigmoid_derivative(y_pred), sigmoid_derivative(h)   # susceptibilities d a / d phi

    force = (y_pred - y) * (2.0 / (S * K))          # dE / da2
    f2 = ES("sk,sk->sk", force, chi2)               # dE / dphi2
    f1 = ES("sk,jk,sj->sj", f2, W2, chi1)           # dE / dphi1

    return ES("si,sj->ij", X, f1), ES("sj->j", f1), ES("sj,sk->jk", h, f2), ES("sk->k", f2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    # overdamped motion, dt = learning_rate
    theta, grad = (W1, b1, W2, b2), (dW1, db1, dW2, db2)
    return tuple(q - learning_rate * f for q, f in zip(theta, grad))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, energy = (W1, b1, W2, b2), []
    while len(energy) < n_epochs:
        a2, a1, phi1, phi2 = forward_pass(X, *theta)
        energy += [compute_loss(a2, y).item()]
        theta = update_parameters(*theta, *backward_pass(X, y, a2, a1, phi1, phi2, theta[2]), learning_rate)
    return *theta, energy


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, energy = [q.clone().requires_grad_() for q in (W1, b1, W2, b2)], []
    while len(energy) < n_epochs:
        E = compute_loss(forward_pass(X, *theta)[0], y)
        energy += [E.item()]
        grad = torch.autograd.grad(E, theta)
        with torch.no_grad():
            for q, g in zip(theta, grad):
                q -= learning_rate * g
    return *(q.detach() for q in theta), energy


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x, y = (torch.linspace(lo, hi, n, dtype=W1.dtype) for lo, hi in (x_range, y_range))
    one = torch.ones(n, dtype=W1.dtype)
    xx, yy = ES("a,b->ab", one, x), ES("a,b->ab", y, one)
    phi1 = ES("abi,ij->abj", torch.stack((xx, yy), -1), W1) + b1
    return xx, yy, sigmoid(ES("abj,jk->ab", sigmoid(phi1), W2) + b2)
