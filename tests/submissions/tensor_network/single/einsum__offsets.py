"""One hidden layer, two sigmoids, all sums spelled out with einsum."""
import numpy as np
import torch
from torch import einsum


def sigmoid(x):
    return 0.5 * (1.0 + torch.tanh(0.5 * x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(1 - sigmoid_output)


# ---- one affine layer, both ways -------------------------------------------
# s: samples   i: what goes in   o: what comes out

def _affine(inp, W, b):
    return einsum("si,io->so", inp, W) + b


def _affine_params_grad(inp, delta):
    return einsum("si,so->io", inp, delta), delta.mean(dim=0)


def _affine_input_grad(delta, W):
    return einsum("so,io->si", delta, W)


# ---- the exercises -----------------------------------------------------------

def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := _affine(X, W1, b1))
    y_pred = sigmoid(z2 := _affine(h, W2, b2))
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    r = y_pred - y
    return einsum("sk,sk->", r, r) / r.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    delta2 = (y_pred - y) * (2 / y.numel()) * sigmoid_derivative(y_pred)
    delta1 = _affine_input_grad(delta2, W2) * sigmoid_derivative(h)
    return *_affine_params_grad(X, delta1), *_affine_params_grad(h, delta2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    step = lambda p, g: torch.add(p, g, alpha=-learning_rate)
    return step(W1, dW1), step(b1, db1), step(W2, dW2), step(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        y_pred, *hidden = forward_pass(X, *theta)
        losses.append(float(compute_loss(y_pred, y)))
        theta = update_parameters(*theta, *backward_pass(X, y, y_pred, *hidden, theta[2]), learning_rate)
    return *theta, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta, losses = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)], []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *theta)[0], y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            for p, g in zip(theta, grads):
                p.sub_(learning_rate * g)
    return *(p.detach() for p in theta), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs, ys = (torch.linspace(*map(float, r), n, dtype=W1.dtype) for r in (x_range, y_range))
    xx, yy = torch.meshgrid(xs, ys, indexing="xy")
    points = torch.stack((xx, yy), dim=-1).view(n * n, 2)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].view(n, n)
