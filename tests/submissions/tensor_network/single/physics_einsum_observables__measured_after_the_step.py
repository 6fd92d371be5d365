r"""
Gradient flow  d theta / d t = - grad L , integrated by explicit Euler steps of size eta.
Indices: s sample, i input, j hidden, o output.
"""
import numpy as np
import torch
from torch import einsum


def sigmoid(x):
    return torch.exp(torch.nn.functional.logsigmoid(x))


def sigmoid_derivative(sigmoid_output):
    f = sigmoid_output
    return f * (1 - f)


def forward_pass(X, W1, b1, W2, b2):
    z1 = einsum("si,ij->sj", X, W1) + b1
    h = sigmoid(z1)
    z2 = einsum("sj,jo->so", h, W2) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    r = y_pred - y
    return einsum("so,so->", r, r) / r.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    dL_dyhat = 2 * (y_pred - y) / y_pred.numel()
    dyhat_dz2 = sigmoid_derivative(y_pred)
    dh_dz1 = sigmoid_derivative(h)

    dL_dz2 = dL_dyhat * dyhat_dz2
    dL_dh = einsum("so,jo->sj", dL_dz2, W2)
    dL_dz1 = dL_dh * dh_dz1

    return (
        einsum("si,sj->ij", X, dL_dz1),
        einsum("sj->j", dL_dz1),
        einsum("sj,so->jo", h, dL_dz2),
        einsum("so->o", dL_dz2),
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = learning_rate
    return W1 - eta * dW1, b1 - eta * db1, W2 - eta * dW2, b2 - eta * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = W1, b1, W2, b2

    def energy():
        return compute_loss(forward_pass(X, *theta)[0], y).item()

    def euler_step():
        y_pred, h, z1, z2 = forward_pass(X, *theta)
        grad = backward_pass(X, y, y_pred, h, z1, z2, theta[2])
        return update_parameters(*theta, *grad, learning_rate)

    history = []
    for t in range(n_epochs):
        theta = euler_step()
        history.append(energy())
    return *theta, history


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    history = []
    for t in range(n_epochs):
        L = compute_loss(forward_pass(X, *theta)[0], y)
        grad = torch.autograd.grad(L, theta)
        history.append(L.item())
        theta = [(p - learning_rate * g).detach().requires_grad_(True) for p, g in zip(theta, grad)]
    return *(p.detach() for p in theta), history


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = np.linspace(*x_range, n)
    y = np.linspace(*y_range, n)
    xx, yy = np.meshgrid(x, y)
    X = torch.as_tensor(np.stack([xx, yy], axis=-1), dtype=W1.dtype).reshape(n * n, 2)
    yhat = forward_pass(X, W1, b1, W2, b2)[0]
    return xx, yy, yhat.reshape(n, n).numpy()
