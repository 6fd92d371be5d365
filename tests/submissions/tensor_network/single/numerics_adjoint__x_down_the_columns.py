"""Feed-forward network with one hidden layer (logistic units), full-batch gradient descent."""

import numpy as np
import torch


def sigmoid(x):
    """Logistic function, without overflow: exp(min(x, 0)) / (1 + exp(-|x|))."""
    return torch.exp(torch.clamp(x, max=0)) / (1 + torch.exp(-torch.abs(x)))


def sigmoid_derivative(sigmoid_output):
    """s (1 - s)."""
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1)


def affine(x, W, b):
    return torch.mm(x, W) + b


def forward_pass(X, W1, b1, W2, b2):
    """Returns (y_pred, h, z1, z2)."""
    z1 = affine(X, W1, b1)
    h = sigmoid(z1)
    z2 = affine(h, W2, b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """Mean of the squared residuals."""
    residual = y_pred - y
    return torch.sum(residual * residual) / residual.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """Adjoint of forward_pass followed by compute_loss."""
    # adjoints carry a _bar
    y_bar = 2.0 / y.numel() * (y_pred - y)
    z2_bar = y_bar * sigmoid_derivative(y_pred)
    W2_bar = torch.mm(h.T, z2_bar)
    b2_bar = torch.sum(z2_bar, dim=0)
    h_bar = torch.mm(z2_bar, W2.T)
    z1_bar = h_bar * sigmoid_derivative(h)
    W1_bar = torch.mm(X.T, z1_bar)
    b1_bar = torch.sum(z1_bar, dim=0)
    return W1_bar, b1_bar, W2_bar, b2_bar


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """theta - eta * grad, out of place."""
    return (torch.add(W1, dW1, alpha=-learning_rate), torch.add(b1, db1, alpha=-learning_rate),
            torch.add(W2, dW2, alpha=-learning_rate), torch.add(b2, db2, alpha=-learning_rate))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Steepest descent with a fixed step."""
    history = np.empty(n_epochs)
    for it in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        history[it] = compute_loss(y_pred, y)
        W1_bar, b1_bar, W2_bar, b2_bar = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, W1_bar, b1_bar, W2_bar, b2_bar, learning_rate)
    return W1, b1, W2, b2, history.tolist()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Steepest descent, adjoints by torch."""
    theta = [t.detach().clone() for t in (W1, b1, W2, b2)]
    for t in theta:
        t.requires_grad_(True)
    history = np.empty(n_epochs)
    for it in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, *theta)
        objective = compute_loss(y_pred, y)
        history[it] = objective.item()
        grads = torch.autograd.grad(objective, theta)
        with torch.no_grad():
            for t, g in zip(theta, grads):
                t.sub_(g, alpha=learning_rate)
    W1, b1, W2, b2 = (t.detach() for t in theta)
    return W1, b1, W2, b2, history.tolist()


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Network output on an n by n grid."""
    x_nodes = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    y_nodes = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(x_nodes, y_nodes, indexing="ij")
    nodes = torch.stack((xx, yy), dim=2).reshape(n * n, 2)
    predictions, _, _, _ = forward_pass(nodes, W1, b1, W2, b2)
    return xx, yy, predictions.reshape(n, n)
