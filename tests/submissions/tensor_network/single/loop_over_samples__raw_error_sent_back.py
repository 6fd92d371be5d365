"""One hidden layer, sample by sample."""

import numpy as np
import torch


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output - sigmoid_output ** 2


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    z1 = torch.stack([W1.T @ x + b1 for x in X])
    h = sigmoid(z1)
    z2 = torch.stack([W2.T @ a + b2 for a in h])
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    total = 0.0
    for i in range(y.shape[0]):
        total = total + ((y_pred[i] - y[i]) ** 2).sum()
    return total / (y.shape[0] * y.shape[1])


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """The gradient of compute_loss(y_pred, y) with respect to the parameters, by hand: without autograd.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      y_pred, h, z1, z2: what forward_pass(X, …) returned.
      W2: (h, k) the weights of the output layer.

    Returns:
      (dW1, db1, dW2, db2), each of the shape of its parameter, so (h,) and (k,) for the biases. No tensor requires a
      gradient. The loss is the mean over all m·k elements.
    """
    m, n = X.shape
    n_hidden, k = W2.shape

    dW1 = torch.zeros(n, n_hidden, dtype=W2.dtype)
    db1 = torch.zeros(n_hidden, dtype=W2.dtype)
    dW2 = torch.zeros(n_hidden, k, dtype=W2.dtype)
    db2 = torch.zeros(k, dtype=W2.dtype)

    for i in range(m):
        # what the loss says about this sample's outputs
        error_out = 2.0 * (y_pred[i] - y[i]) / (m * k)
        delta_out = error_out * sigmoid_derivative(y_pred[i])

        # what reaches the hidden units
        error_hidden = W2 @ error_out
        delta_hidden = error_hidden * sigmoid_derivative(h[i])

        dW2 += torch.outer(h[i], delta_out)
        db2 += delta_out
        dW1 += torch.outer(X[i], delta_hidden)
        db1 += delta_hidden

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    new = []
    for parameter, gradient in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)]:
        new.append(parameter - learning_rate * gradient)
    return tuple(new)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Gradient descent on all samples at once, by backward_pass: without autograd.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      W1, b1, W2, b2: the parameters to start from. They may be changed.
      learning_rate: the step size.
      n_epochs: how many steps.

    Returns:
      (W1, b1, W2, b2, losses): the parameters after the last update, and a list of n_epochs losses, each recorded
      before its update.
    """
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        gradients = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """The same training through PyTorch's autograd: in float64 it goes the same way as train to 1e-10.

    Args:
      X: (m, n) inputs.
      y: (m, k) targets.
      W1, b1, W2, b2: the parameters to start from. None of these tensors requires a gradient: make leaves of your own.
        They may be changed.
      learning_rate: the step size.
      n_epochs: how many steps.

    Returns:
      (W1, b1, W2, b2, losses): the parameters after the last update, and a list of n_epochs losses, each recorded
      before its update.
    """
    W1 = W1.clone().requires_grad_()
    b1 = b1.clone().requires_grad_()
    W2 = W2.clone().requires_grad_()
    b2 = b2.clone().requires_grad_()
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        losses.append(loss.item())
        loss.backward()
        for parameter in (W1, b1, W2, b2):
            parameter.data -= learning_rate * parameter.grad
            parameter.grad = None
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """What a network of two inputs and one output predicts on a grid, to be drawn as filled contours.

    Args:
      W1, b1, W2, b2: (2, h), (h,), (h, 1), (1,).
      x_range, y_range: (first, last) of each axis.
      n: how many points on each axis, both ends included.

    Returns:
      (xx, yy, predictions), each (n, n), tensors or arrays: the coordinates as np.meshgrid gives them without further
      arguments (x grows along a row), and the output at each point.
    """
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    predictions = np.zeros((n, n))
    for row in range(n):
        for column in range(n):
            point = torch.tensor([[xx[row, column], yy[row, column]]], dtype=W1.dtype)
            predictions[row, column] = forward_pass(point, W1, b1, W2, b2)[0].item()
    return xx, yy, predictions
