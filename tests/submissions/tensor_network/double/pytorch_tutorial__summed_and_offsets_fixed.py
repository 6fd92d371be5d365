"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
"""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element."""
    return F.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it."""
    return (1 - sigmoid_output) * sigmoid_output


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass: (y_pred, h, z1, z2)."""
    z1 = F.linear(X, W1.T, b1)
    h = sigmoid(z1)
    z2 = F.linear(h, W2.T, b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """The mean squared error over all elements."""
    return F.mse_loss(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """The gradient by hand: (dW1, db1, dW2, db2)."""
    # output
    grad_y_pred = 2.0 * (y_pred - y) / y_pred.numel()
    grad_z2 = grad_y_pred * sigmoid_derivative(y_pred)
    grad_W2 = h.t().mm(grad_z2)
    grad_b2 = grad_z2.sum(dim=0)
    # hidden
    grad_h = grad_z2.mm(W2.t())
    grad_z1 = grad_h * sigmoid_derivative(h)
    grad_W1 = X.t().mm(grad_z1)
    grad_b1 = grad_z1.sum(dim=0)
    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent, returns new tensors."""
    W1_new = W1.clone()
    b1_new = b1.clone()
    W2_new = W2.clone()
    b2_new = b2.clone()
    W1_new -= learning_rate * dW1
    b1_new -= learning_rate * db1
    W2_new -= learning_rate * dW2
    b2_new -= learning_rate * db2
    return W1_new, b1_new, W2_new, b2_new


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Gradient descent on all samples at once, by backward_pass."""
    losses = []
    for t in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """The same through autograd."""
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)

    loss_fn = nn.MSELoss(reduction="sum")
    losses = []
    for t in range(n_epochs):
        # Forward pass: compute predicted y
        y_pred, _, _, _ = forward_pass(X, W1, b1, W2, b2)

        # Compute the loss
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())

        # Backward pass
        loss.backward()

        # Update weights using gradient descent
        with torch.no_grad():
            for w in (W1, W2):
                w -= learning_rate * w.grad
                # Manually zero the gradients after updating weights
                w.grad = None

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Predictions on a grid: (xx, yy, predictions)."""
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(xs, ys, indexing="xy")
    grid = torch.cat([xx.reshape(-1, 1), yy.reshape(-1, 1)], dim=1)
    with torch.no_grad():
        y_pred, _, _, _ = forward_pass(grid, W1, b1, W2, b2)
    return xx, yy, y_pred.view(n, n)
