import numpy as np
import torch
import torch.nn.functional as F


def sigmoid(x): return F.sigmoid(x)
def sigmoid_derivative(sigmoid_output): return sigmoid_output - sigmoid_output.square()


def forward_pass(X, W1, b1, W2, b2):
    z1 = F.linear(X, W1.T, b1)
    h = sigmoid(z1)
    z2 = F.linear(h, W2.T, b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y): return F.mse_loss(y_pred, y, reduction="mean")


def _dL_dout(y, y_pred):
    """top of the chain"""
    return 2 / y.numel() * (y_pred - y) * y_pred * (1 - y_pred)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    dL_dy = _dL_dout(y, y_pred)
    dL_dz2 = dL_dy * sigmoid_derivative(y_pred)
    dL_dh = F.linear(dL_dz2, W2)
    dL_dz1 = dL_dh * sigmoid_derivative(h)
    ones = torch.ones(len(X), dtype=X.dtype)
    return F.linear(X.T, dL_dz1.T), ones @ dL_dz1, F.linear(h.T, dL_dz2.T), ones @ dL_dz2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def descend(p, g):
        return p - g.mul(learning_rate)
    return descend(W1, dW1), descend(b1, db1), descend(W2, dW2), descend(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    curve = []
    for _ in range(n_epochs):
        yp, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        curve.append(compute_loss(yp, y).item())
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, yp, h, z1, z2, W2), learning_rate)
    return W1, b1, W2, b2, curve


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1, b1, W2, b2 = map(lambda t: t.clone().requires_grad_(), (W1, b1, W2, b2))
    curve = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        curve.append(loss.item())
        gs = torch.autograd.grad(loss, [W1, b1, W2, b2])
        W1, b1, W2, b2 = (t.detach().requires_grad_() for t in update_parameters(W1, b1, W2, b2, *gs, learning_rate))
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), curve


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = torch.as_tensor(np.linspace(x_range[0], x_range[1], n)).to(W1)
    y = torch.as_tensor(np.linspace(y_range[0], y_range[1], n)).to(W1)
    xx, yy = x[None, :] + 0 * y[:, None], y[:, None] + 0 * x[None, :]
    return xx, yy, forward_pass(torch.stack([xx, yy], 2).view(-1, 2), W1, b1, W2, b2)[0][:, 0].view(n, n)
