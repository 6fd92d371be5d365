import numpy as np
import torch
from torch import einsum

# index letters: m sample, i what goes in, j what comes out


def sigmoid(x):
    return x.sigmoid()


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output - sigmoid_output.square()


def affine(a, W, b):
    return einsum("mi,ij->mj", a, W) + b


def pull_back(delta, W):
    return einsum("mj,ij->mi", delta, W)


def param_grads(a, delta):
    return einsum("mi,mj->ji", a, delta), einsum("mj->j", delta)


def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := affine(X, W1, b1))
    y_pred = sigmoid(z2 := affine(h, W2, b2))
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    r = y_pred - y
    return einsum("mj,mj->", r, r) / r.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    r = y_pred - y
    delta2 = (2 / r.numel()) * r * sigmoid_derivative(y_pred)
    delta1 = pull_back(delta2, W2) * sigmoid_derivative(h)
    return *param_grads(X, delta1), *param_grads(h, delta2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(torch.add(p, g, alpha=-learning_rate) for p, g in
                 [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)])


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = W1, b1, W2, b2
    losses = []
    for _ in range(n_epochs):
        out = forward_pass(X, *theta)
        losses.append(float(compute_loss(out[0], y)))
        theta = update_parameters(*theta, *backward_pass(X, y, *out, theta[2]), learning_rate)
    return *theta, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *theta)[0], y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, theta)
        theta = [(p - learning_rate * g).detach().requires_grad_() for p, g in zip(theta, grads)]
    return *(p.detach() for p in theta), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    points = torch.as_tensor(np.dstack((xx, yy)), dtype=W1.dtype)
    return xx, yy, forward_pass(points.flatten(0, 1), W1, b1, W2, b2)[0].view(n, n)
