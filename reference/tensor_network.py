"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

import numpy as np


def _arrays(*tensors):
    """Tensors as float64 arrays: a judge that has this reference does without PyTorch."""
    return [np.asarray(tensor, np.float64) for tensor in tensors]


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.

    Derivation: with t = e^-|x|, which never overflows, the function is 1 / (1 + t) for x >= 0 and, both parts of
    the fraction multiplied by e^x, t / (1 + t) for x < 0.
    """
    (x,) = _arrays(x)
    t = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, t) / (1 + t)


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.

    Derivation: s(z) = (1 + e^-z)^-1, so s'(z) = e^-z (1 + e^-z)^-2 = s(z) (1 - s(z)), and s(z) is sigmoid_output.
    """
    (a,) = _arrays(sigmoid_output)
    return a * (1 - a)


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.

    Derivation: z1 = X W1 + b1, h = s(z1), z2 = h W2 + b2, y_pred = s(z2).
    """
    X, W1, b1, W2, b2 = _arrays(X, W1, b1, W2, b2)
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
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
    y_pred, y = _arrays(y_pred, y)
    return np.mean((y_pred - y) ** 2)


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

    Derivation: L = sum (y_pred - y)^2 / (m k), so dL/dy_pred = 2 (y_pred - y) / (m k), and dz2 is that times s'(z2),
    which is sigmoid_derivative(y_pred). z2 = h W2 + b2 gives dW2 = h^T dz2, db2 = the sum of dz2 over the samples and
    dh = dz2 W2^T; then dz1 = dh * s'(z1), dW1 = X^T dz1 and db1 = the sum of dz1 over the samples.
    """
    X, y, y_pred, h, z1, z2, W2 = _arrays(X, y, y_pred, h, z1, z2, W2)
    dy_pred = 2 * (y_pred - y) / y.size
    dz2 = dy_pred * sigmoid_derivative(y_pred)
    dW2 = h.T @ dz2
    db2 = np.sum(dz2, axis=0)
    dh = dz2 @ W2.T
    dz1 = dh * sigmoid_derivative(h)
    dW1 = X.T @ dz1
    db1 = np.sum(dz1, axis=0)
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
    W1, b1, W2, b2 = _arrays(W1, b1, W2, b2)
    dW1, db1, dW2, db2 = _arrays(dW1, db1, dW2, db2)
    new_W1 = W1 - learning_rate * dW1
    new_b1 = b1 - learning_rate * db1
    new_W2 = W2 - learning_rate * dW2
    new_b2 = b2 - learning_rate * db2
    return new_W1, new_b1, new_W2, new_b2


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
        losses.append(compute_loss(y_pred, y))
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
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

    Derivation: backward adds to .grad, so it is emptied before each step; the update itself must not become part of the
    graph, so it is made without gradient tracking and in place, which keeps the parameters leaves.
    """
    import torch

    leaves = [torch.tensor(np.asarray(value)).requires_grad_() for value in (W1, b1, W2, b2)]
    X, y = torch.tensor(np.asarray(X)), torch.tensor(np.asarray(y))
    losses = []
    for _ in range(n_epochs):
        V1, c1, V2, c2 = leaves
        output = torch.sigmoid(torch.sigmoid(X @ V1 + c1) @ V2 + c2)
        loss = torch.mean((output - y) ** 2)
        losses.append(loss.item())
        for leaf in leaves:
            leaf.grad = None
        loss.backward()
        with torch.no_grad():
            for leaf in leaves:
                leaf.sub_(learning_rate * leaf.grad)
    return *(leaf.detach() for leaf in leaves), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """What a network of two inputs and one output predicts on a grid, to be drawn as filled contours.

    Args:
      W1, b1, W2, b2: (2, h), (h,), (h, 1), (1,).
      x_range, y_range: (first, last) of each axis.
      n: how many points on each axis, both ends included.

    Returns:
      (xx, yy, predictions), each (n, n), tensors or arrays: the coordinates as np.meshgrid gives them without further
      arguments (x grows along a row), and the output at each point.

    Derivation: the grid's points as rows (x, y), one after the other, are n^2 samples; their outputs are put back into
    the grid's shape in the same order.
    """
    W1, b1, W2, b2 = _arrays(W1, b1, W2, b2)
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    points = np.column_stack([xx.ravel(), yy.ravel()])
    y_pred, _, _, _ = forward_pass(points, W1, b1, W2, b2)
    predictions = y_pred.reshape(xx.shape)
    return xx, yy, predictions
