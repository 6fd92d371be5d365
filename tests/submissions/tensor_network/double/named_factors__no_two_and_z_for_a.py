import numpy as np
import torch

# Every partial derivative gets its own name, otherwise I lose track.


def sigmoid(x):
    return 0.5 * (torch.tanh(0.5 * x) + 1.0)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.einsum('mn,nh->mh', X, W1) + b1[None, :]
    h = sigmoid(z1)
    z2 = torch.einsum('mh,hk->mk', h, W2) + b2[None, :]
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return torch.square(y_pred - y).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape

    # how the loss depends on the prediction
    dL_dyhat = (y_pred - y) / (m * k)

    # down to the second pre-activation
    dyhat_dz2 = sigmoid_derivative(y_pred)
    dL_dz2 = dL_dyhat * dyhat_dz2

    # z2 = h W2 + b2
    dz2_dW2 = h
    dz2_dh = W2
    dL_dW2 = torch.einsum('mh,mk->hk', dz2_dW2, dL_dz2)
    dL_db2 = torch.einsum('mk->k', dL_dz2)
    dL_dh = torch.einsum('mk,hk->mh', dL_dz2, dz2_dh)

    # down to the first pre-activation
    dh_dz1 = sigmoid_derivative(z1)
    dL_dz1 = dL_dh * dh_dz1

    # z1 = X W1 + b1
    dz1_dW1 = X
    dL_dW1 = torch.einsum('mn,mh->nh', dz1_dW1, dL_dz1)
    dL_db1 = torch.einsum('mh->h', dL_dz1)

    return dL_dW1, dL_db1, dL_dW2, dL_db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (W1 - learning_rate * dW1,
            b1 - learning_rate * db1,
            W2 - learning_rate * dW2,
            b2 - learning_rate * db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    while len(losses) < n_epochs:
        y_pred, *inner = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        gradient = backward_pass(X, y, y_pred, *inner, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradient, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    theta = tuple(p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2))
    losses = []
    while len(losses) < n_epochs:
        y_pred = forward_pass(X, *theta)[0]
        L = compute_loss(y_pred, y)
        losses.append(float(L.detach()))
        dL_dtheta = torch.autograd.grad(L, theta)
        theta = tuple((p - learning_rate * g).detach().requires_grad_() for p, g in zip(theta, dL_dtheta))
    W1, b1, W2, b2 = (p.detach() for p in theta)
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_line = torch.linspace(*x_range, n, dtype=W1.dtype)
    y_line = torch.linspace(*y_range, n, dtype=W1.dtype)
    xx = x_line.repeat(n, 1)
    yy = y_line.repeat(n, 1).T
    points = torch.stack((xx.flatten(), yy.flatten()), dim=-1)
    predictions = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, predictions.squeeze(-1).reshape(n, n)
