"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

import numpy as np
import torch
import torch.optim as optim


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1 - sigmoid_output)


def layer(x, W, b):
    z = x @ W + b
    return z, sigmoid(z)


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    z1, h = layer(X, W1, b1)
    z2, y_pred = layer(h, W2, b2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    return torch.mean((y_pred - y) ** 2).item()


def layer_grads(x, dz):
    return x.T @ dz, dz.sum(0)


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
    dz2 = 2 * (y_pred - y) / y.numel() * sigmoid_derivative(y_pred)
    dz1 = dz2 @ W2.T * sigmoid_derivative(h)
    return *layer_grads(X, dz1), *layer_grads(h, dz2)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    params = (W1, b1, W2, b2)
    grads = (dW1, db1, dW2, db2)
    return tuple(p - learning_rate * g for p, g in zip(params, grads))


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
    params = (W1, b1, W2, b2)
    losses = []
    for _ in range(n_epochs):
        out = forward_pass(X, *params)
        losses.append(compute_loss(out[0], y))
        grads = backward_pass(X, y, *out, params[2])
        params = update_parameters(*params, *grads, learning_rate)
    return *params, losses


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
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    optimizer = optim.SGD(params, lr=learning_rate)
    losses = []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        y_pred = forward_pass(X, *params)[0]
        loss = torch.tensor(compute_loss(y_pred, y), requires_grad=True)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return *(p.detach() for p in params), losses


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
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    points = torch.tensor(np.c_[xx.flat, yy.flat], dtype=W1.dtype)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)
