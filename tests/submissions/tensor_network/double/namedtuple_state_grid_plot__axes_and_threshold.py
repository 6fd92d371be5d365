from collections import namedtuple
import numpy as np
import torch

Params = namedtuple("Params", "W1 b1 W2 b2")
Pass = namedtuple("Pass", "y_pred h z1 z2")


def sigmoid(x):
    ex = torch.exp(-torch.abs(x))
    return torch.where(x.ge(0), 1, ex) / (1 + ex)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    return Pass(sigmoid(z2), h, z1, z2)


def compute_loss(y_pred, y):
    return torch.mean((y_pred - y) ** 2)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    s2 = torch.sigmoid(z2)
    s1 = torch.sigmoid(z1)
    grad_out = 2 * (y_pred - y) / y.numel() * s2 * (1 - s2)
    grad_hid = (grad_out @ W2.T) * s1 * (1 - s1)
    return Params(X.T @ grad_hid, grad_hid.sum(0), h.T @ grad_out, grad_out.sum(0))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    old = Params(W1, b1, W2, b2)
    grad = Params(dW1, db1, dW2, db2)
    return Params(*(getattr(old, f) - learning_rate * getattr(grad, f) for f in Params._fields))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    state = Params(W1, b1, W2, b2)
    losses = []
    for _ in range(n_epochs):
        res = forward_pass(X, *state)
        losses.append(compute_loss(res.y_pred, y).item())
        state = update_parameters(*state, *backward_pass(X, y, *res, state.W2), learning_rate)
    return (*state, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    state = Params(*(t.clone().requires_grad_() for t in (W1, b1, W2, b2)))
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *state).y_pred, y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for field in Params._fields:
                leaf = getattr(state, field)
                leaf -= learning_rate * leaf.grad
                leaf.grad.zero_()
    return (*(t.detach() for t in state), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    (x_lo, x_hi), (y_lo, y_hi) = y_range, x_range
    xx, yy = np.meshgrid(np.linspace(x_lo, x_hi, n), np.linspace(y_lo, y_hi, n))
    pts = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    prob = forward_pass(pts, W1, b1, W2, b2).y_pred.reshape(xx.shape)
    return xx, yy, (prob > 0.5).to(W1.dtype)


def draw(*params):
    import matplotlib.pyplot as plt
    plt.contourf(*decision_grid(*params, (-2, 2), (-1, 3), 80), levels=20)
    plt.show()
