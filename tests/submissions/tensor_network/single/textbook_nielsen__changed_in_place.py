"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

import numpy as np
import torch


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    return 1.0 / (1.0 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    activation = X
    zs = []
    activations = []
    for w, b in zip([W1, W2], [b1, b2]):
        z = torch.matmul(activation, w) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    return activations[-1], activations[0], zs[0], zs[1]


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    return torch.norm(y_pred - y) ** 2 / y.numel()


def cost_derivative(output_activations, y):
    """Vector of partial derivatives of the cost for the output activations."""
    return 2.0 * (output_activations - y) / y.numel()


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
    activations = [X, h, y_pred]
    nabla_w = [None, None]
    nabla_b = [None, None]
    # backward pass
    delta = cost_derivative(activations[-1], y) * sigmoid_derivative(activations[-1])
    nabla_b[-1] = delta.sum(dim=0)
    nabla_w[-1] = torch.matmul(activations[-2].transpose(0, 1), delta)
    # one layer back
    delta = torch.matmul(delta, W2.transpose(0, 1)) * sigmoid_derivative(activations[-2])
    nabla_b[-2] = delta.sum(dim=0)
    nabla_w[-2] = torch.matmul(activations[-3].transpose(0, 1), delta)
    return nabla_w[0], nabla_b[0], nabla_w[1], nabla_b[1]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    eta = learning_rate
    updated = []
    for p, nabla in zip([W1, b1, W2, b2], [dW1, db1, dW2, db2]):
        p -= eta * nabla
        updated.append(p)
    return tuple(updated)


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
    for j in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        nabla_W1, nabla_b1, nabla_W2, nabla_b2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, nabla_W1, nabla_b1, nabla_W2, nabla_b2, learning_rate)
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
    W1, b1, W2, b2 = [torch.nn.Parameter(p.detach().clone()) for p in (W1, b1, W2, b2)]
    losses = []
    for j in range(n_epochs):
        y_pred = forward_pass(X, W1, b1, W2, b2)[0]
        loss = torch.mean((y_pred - y) ** 2)
        losses.append(loss.item())
        for p in (W1, b1, W2, b2):
            p.grad = None
        loss.backward()
        for p in (W1, b1, W2, b2):
            p.data = p.data - learning_rate * p.grad
    return W1.data, b1.data, W2.data, b2.data, losses


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
    xs = np.linspace(x_range[0], x_range[1], n)
    ys = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(xs, ys)
    rows = []
    for xrow, yrow in zip(xx, yy):
        batch = torch.tensor(np.array([xrow, yrow]).T, dtype=W1.dtype)
        rows.append(forward_pass(batch, W1, b1, W2, b2)[0][:, 0])
    return xx, yy, torch.stack(rows)
