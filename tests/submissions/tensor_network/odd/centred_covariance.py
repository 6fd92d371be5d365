import statistics
import numpy as np
import torch


def sigmoid(x):
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    # variance of a Bernoulli variable with that mean
    mu = sigmoid_output
    return mu * (1 - mu)


def forward_pass(X, W1, b1, W2, b2):
    eta1 = torch.addmm(b1, X, W1)
    mu1 = sigmoid(eta1)
    eta2 = torch.addmm(b2, mu1, W2)
    return sigmoid(eta2), mu1, eta1, eta2


def compute_loss(y_pred, y):
    return statistics.fmean(((y_pred - y) ** 2).flatten().tolist())


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    residual = y_pred - y
    score2 = residual * sigmoid_derivative(y_pred) * 2 / residual.numel()
    score1 = score2 @ W2.T * sigmoid_derivative(h)
    regressors = h - h.mean(dim=0, keepdim=True)
    cross2 = regressors.T @ score2
    cross1 = X.T @ score1
    return cross1, score1.sum(dim=0), cross2, score2.sum(dim=0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    theta = (W1, b1, W2, b2)
    score = (dW1, db1, dW2, db2)
    return tuple(torch.add(t, s, alpha=-learning_rate) for t, s in zip(theta, score))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    trace = []
    for _ in range(n_epochs):
        mu2, mu1, eta1, eta2 = forward_pass(X, W1, b1, W2, b2)
        trace.append(compute_loss(mu2, y))
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, mu2, mu1, eta1, eta2, W2), learning_rate)
    return W1, b1, W2, b2, trace


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [t.clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    trace = []
    for _ in range(n_epochs):
        risk = (forward_pass(X, *theta)[0] - y).pow(2).mean()
        trace.append(risk.item())
        risk.backward()
        with torch.no_grad():
            for t in theta:
                t -= learning_rate * t.grad
                t.grad.zero_()
    return (*(t.detach() for t in theta), trace)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    design = torch.tensor(np.vstack([xx.ravel(), yy.ravel()]).T, dtype=W1.dtype)
    return xx, yy, forward_pass(design, W1, b1, W2, b2)[0].detach().numpy().reshape(n, n)
