import logging
from functools import partial

import numpy as np
import torch
from torch import nn

log = logging.getLogger("tensors")


def sigmoid(x):
    """exp(-log(1 + e^-x)) never overflows."""
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def sigmoid_derivative(sigmoid_output):
    a = sigmoid_output
    return torch.lerp(torch.zeros_like(a), 1 - a, a)


def forward_pass(X, W1, b1, W2, b2):
    values = []
    A = X
    for W, b in [(W1, b1), (W2, b2)]:
        z = torch.einsum("mi,ij->mj", A, W) + b
        A = sigmoid(z)
        values += [z, A]
    z1, h, z2, y_pred = values
    return y_pred, h, z1, z2


mean_squared = partial(nn.functional.mse_loss, reduction="mean")


def compute_loss(y_pred, y):
    return mean_squared(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    with torch.no_grad():
        dL_dz2 = (y_pred - y).mul_(2).div_(m * k).mul_(sigmoid_derivative(y_pred))
        dL_dz1 = torch.einsum("mk,hk->mh", dL_dz2, W2).mul_(sigmoid_derivative(h))
        dW2, db2 = torch.einsum("mh,mk->hk", h, dL_dz2), torch.einsum("mk->k", dL_dz2)
        dW1, db1 = torch.einsum("mn,mh->nh", X, dL_dz1), torch.einsum("mh->h", dL_dz1)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new = [p.clone() for p in (W1, b1, W2, b2)]
    for p, g in zip(new, (dW1, db1, dW2, db2)):
        p.add_(g, alpha=-learning_rate)
    return tuple(new)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    parameters = [W1, b1, W2, b2]
    for epoch in range(n_epochs):
        y_pred, *rest = forward_pass(X, *parameters)
        losses.append(compute_loss(y_pred, y).item())
        log.debug("%d %g", epoch, losses[-1])
        gradient = backward_pass(X, y, y_pred, *rest, parameters[2])
        parameters[:] = update_parameters(*parameters, *gradient, learning_rate)
    return *parameters, losses


class Network(nn.Module):
    def __init__(self, W1, b1, W2, b2):
        super().__init__()
        for name, value in dict(W1=W1, b1=b1, W2=W2, b2=b2).items():
            self.register_parameter(name, nn.Parameter(value.clone()))

    def forward(self, X):
        return forward_pass(X, self.W1, self.b1, self.W2, self.b2)[0]


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    net = Network(W1, b1, W2, b2)
    optimizer = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = compute_loss(net(X), y)
        loss.backward()
        return loss

    for _ in range(n_epochs):
        losses.append(optimizer.step(closure).item())
    return net.W1.data, net.b1.data, net.W2.data, net.b2.data, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, num=n), np.linspace(*y_range, num=n))
    points = torch.from_numpy(np.c_[xx.ravel(), yy.ravel()]).to(W1)
    with torch.no_grad():
        y_pred = Network(W1, b1, W2, b2)(points)
    return xx, yy, y_pred.numpy().reshape(xx.shape)


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    torch.manual_seed(0)
    X = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([[0.0], [1], [1], [0]])
    start = torch.randn(2, 4) * 2, torch.zeros(4), torch.randn(4, 1) * 2, torch.zeros(1)
    *trained, losses = train(X, y, *start, 5.0, 3000)
    print(losses[::500])
    plt.contourf(*decision_grid(*trained, (-0.5, 1.5), (-0.5, 1.5), 50))
    plt.show()
