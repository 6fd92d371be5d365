from collections import namedtuple
from typing import NamedTuple

import numpy as np
import torch

# what forward_pass gives back, in this order
Pass = namedtuple("Pass", "y_pred h z1 z2")


class Params(NamedTuple):
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := X @ W1 + b1)
    y_pred = sigmoid(z2 := h @ W2 + b2)
    return Pass(y_pred, h, z1, z2)


def compute_loss(y_pred, y):
    return torch.square(y_pred - y).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d2 = (y_pred - y) * (2 / y.numel()) * sigmoid_derivative(y_pred)
    d1 = d2 @ W2.T * sigmoid_derivative(h)
    return Params(W1=X.T @ d1, b1=d1.sum(0), W2=h.T @ d2, b2=d2.sum(0))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return Params(
        W1=W1 - learning_rate * dW1,
        b1=b1 - learning_rate * db1,
        W2=W2 - learning_rate * dW2,
        b2=b2 - learning_rate * db2,
    )


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p = Params(W1, b1, W2, b2)
    losses = []
    for _ in range(n_epochs):
        f = forward_pass(X, *p)
        losses.append(compute_loss(f.y_pred, y).item())
        p = update_parameters(*p, *backward_pass(X, y, *f, W2=p.W2), learning_rate)
    return (*p, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p = Params(*(t.clone().requires_grad_() for t in (W1, b1, W2, b2)))
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *p).y_pred, y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in p:
                t -= learning_rate * t.grad
                t.grad = None
    return (*(t.detach() for t in p), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Afterwards: plt.contourf(xx, yy, predictions)"""
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    corners = torch.from_numpy(np.stack((xx.ravel(), yy.ravel()), axis=1)).type(W1.dtype)
    with torch.no_grad():
        result = forward_pass(corners, W1, b1, W2, b2)
    predictions = result.z2
    return xx, yy, predictions.reshape(xx.shape)
