"""One hidden layer, MSE, full batch.

Overflow-free throughout; all reductions are over the sample axis (dim 0).
"""
import numpy as np
import torch


def sigmoid(x):
    """Through tanh: no exponential of a large positive number anywhere."""
    return 0.5 * (1.0 - torch.tanh(0.5 * x))


def sigmoid_derivative(sigmoid_output):
    """s' = s - s^2."""
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1.0)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    residual = (y_pred - y).reshape(-1)
    return torch.dot(residual, residual) / residual.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    scale = 2.0 / y.numel()
    adj_z2 = scale * (y_pred - y) * sigmoid_derivative(y_pred)
    adj_z1 = torch.mm(adj_z2, W2.mT) * sigmoid_derivative(h)
    dW1, dW2 = torch.mm(X.mT, adj_z1), torch.mm(h.mT, adj_z2)
    db1, db2 = adj_z1.sum(dim=0), adj_z2.sum(dim=0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (
        torch.sub(W1, dW1, alpha=learning_rate),
        torch.sub(b1, db1, alpha=learning_rate),
        torch.sub(W2, dW2, alpha=learning_rate),
        torch.sub(b2, db2, alpha=learning_rate),
    )


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = np.empty(n_epochs)
    for it in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses[it] = compute_loss(y_pred, y)
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses.tolist()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1, b1, W2, b2 = (p.clone().requires_grad_() for p in (W1, b1, W2, b2))
    losses = np.empty(n_epochs)
    for it in range(n_epochs):
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        losses[it] = loss.item()
        dW1, db1, dW2, db2 = torch.autograd.grad(loss, (W1, b1, W2, b2))
        with torch.no_grad():
            W1.sub_(dW1, alpha=learning_rate)
            b1.sub_(db1, alpha=learning_rate)
            W2.sub_(dW2, alpha=learning_rate)
            b2.sub_(db2, alpha=learning_rate)
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses.tolist()


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    (x_lo, x_hi), (y_lo, y_hi) = x_range, y_range
    t = torch.arange(n, dtype=W1.dtype) / (n - 1)
    xs, ys = x_lo + (x_hi - x_lo) * t, y_lo + (y_hi - y_lo) * t
    xx, yy = xs.expand(n, n), ys[:, None].expand(n, n)
    points = torch.stack((xx.reshape(-1), yy.reshape(-1)), dim=1)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)
