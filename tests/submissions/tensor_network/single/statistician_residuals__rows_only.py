"""Nonlinear least squares with a logistic basis; notation as in Hastie et al."""
import numpy as np
import torch
from functools import partial


def sigmoid(x):
    # inverse logit
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    # Bernoulli variance
    p = sigmoid_output
    return p - p.square()


def with_intercept(Z):
    return torch.hstack([Z.new_ones(Z.shape[0], 1), Z])


def forward_pass(X, W1, b1, W2, b2):
    alpha = torch.vstack([b1, W1])
    beta = torch.vstack([b2, W2])
    eta1 = with_intercept(X) @ alpha
    Z = sigmoid(eta1)
    eta2 = with_intercept(Z) @ beta
    return sigmoid(eta2), Z, eta1, eta2


def compute_loss(y_pred, y):
    resid = y - y_pred
    return torch.trace(resid.T @ resid) / resid.nelement()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    N = y.shape[0]
    resid = y - y_pred
    score2 = -2 / N * resid * sigmoid_derivative(y_pred)
    score1 = (score2 @ W2.T) * sigmoid_derivative(h)
    d_beta = with_intercept(h).T @ score2
    d_alpha = with_intercept(X).T @ score1
    return d_alpha[1:], d_alpha[0], d_beta[1:], d_beta[0]


def _step(eta, theta, grad):
    return theta - eta * grad


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = partial(_step, learning_rate)
    return tuple(map(step, (W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, mse = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        fit = forward_pass(X, *theta)
        mse.append(compute_loss(fit[0], y).item())
        theta = update_parameters(*theta, *backward_pass(X, y, *fit, theta[2]), learning_rate)
    return theta + (mse,)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, mse = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        theta = tuple(t.detach().requires_grad_() for t in theta)
        risk = compute_loss(forward_pass(X, *theta)[0], y)
        mse.append(risk.item())
        score = torch.autograd.grad(risk, theta)
        theta = tuple(t.detach() for t in update_parameters(*theta, *score, learning_rate))
    return theta + (mse,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    axis = lambda r: np.linspace(r[0], r[1], num=n)
    xx, yy = np.meshgrid(axis(x_range), axis(y_range))
    design = torch.as_tensor(np.stack((xx, yy), axis=2).reshape(n * n, 2), dtype=W1.dtype)
    p = forward_pass(design, W1, b1, W2, b2)[0]
    return xx, yy, p.reshape(n, n)
