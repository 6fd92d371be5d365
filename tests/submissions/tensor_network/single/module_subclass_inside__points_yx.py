"""Solution using a private nn.Module (weights are stored as (in, out), unlike nn.Linear)."""
import logging
import numpy as np
import torch
from torch import nn

log = logging.getLogger(__name__)


class _Net(nn.Module):
    def __init__(self, W1, b1, W2, b2):
        super().__init__()
        self.lin1 = nn.Linear(*W1.shape, dtype=W1.dtype)
        self.lin2 = nn.Linear(*W2.shape, dtype=W2.dtype)
        with torch.no_grad():
            self.lin1.weight.copy_(W1.T)
            self.lin1.bias.copy_(b1)
            self.lin2.weight.copy_(W2.T)
            self.lin2.bias.copy_(b2)

    def forward(self, x):
        z1 = self.lin1(x)
        h = sigmoid(z1)
        z2 = self.lin2(h)
        return sigmoid(z2), h, z1, z2

    def export(self):
        return tuple(t.detach().clone() for t in (
            self.lin1.weight.T, self.lin1.bias, self.lin2.weight.T, self.lin2.bias))


def sigmoid(x):
    return torch.nn.functional.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(sigmoid_output.neg().add(1))


@torch.no_grad()
def forward_pass(X, W1, b1, W2, b2):
    return _Net(W1, b1, W2, b2)(X)


def compute_loss(y_pred, y):
    return nn.MSELoss()(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    dL_dyhat = 2 * (y_pred - y) / (len(y) * y.shape[-1])
    dyhat_dz2 = sigmoid_derivative(y_pred)
    dL_dz2 = dL_dyhat * dyhat_dz2
    dL_dh = dL_dz2 @ W2.transpose(0, 1)
    dL_dz1 = dL_dh * sigmoid_derivative(h)
    log.debug("|dz1|=%s |dz2|=%s", dL_dz1.norm(), dL_dz2.norm())
    # gradients in nn.Linear's layout first, then turned
    lin2_weight = dL_dz2.T @ h
    lin1_weight = dL_dz1.T @ X
    return lin1_weight.T, dL_dz1.sum(dim=0), lin2_weight.T, dL_dz2.sum(dim=0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    net = _Net(W1, b1, W2, b2)
    with torch.no_grad():
        net.lin1.weight -= learning_rate * dW1.T
        net.lin1.bias -= learning_rate * db1
        net.lin2.weight -= learning_rate * dW2.T
        net.lin2.bias -= learning_rate * db2
    return net.export()


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        fwd = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(fwd[0], y).item())
        grads = backward_pass(X, y, *fwd, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
        log.debug("epoch %d: %.6f", epoch, losses[-1])
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = _Net(W1, b1, W2, b2)
    opt = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []
    for epoch in range(n_epochs):
        opt.zero_grad()
        loss = compute_loss(net(X)[0], y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return (*net.export(), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], n)
    ys = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(xs, ys)
    points = np.stack([yy.ravel(), xx.ravel()], axis=1)
    out = forward_pass(torch.tensor(points, dtype=W1.dtype), W1, b1, W2, b2)[0]
    return xx, yy, out.numpy().reshape(xx.shape)
