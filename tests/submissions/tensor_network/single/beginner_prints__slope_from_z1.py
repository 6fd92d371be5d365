"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

import numpy as np
import torch

DEBUG = False  # set this to True to see all the shapes


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # the formula is 1 / (1 + e^-x)
    minus_x = -x
    e_to_the_minus_x = torch.exp(minus_x)
    result = 1 / (1 + e_to_the_minus_x)
    return result


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    # we get a (after the sigmoid), the derivative is a * (1 - a)
    result = sigmoid_output * (1 - sigmoid_output)
    return result


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    # ---- step 1: the hidden layer ----
    z1 = torch.mm(X, W1)
    z1 = z1 + b1
    if DEBUG:
        print("z1", z1.shape)
    h = sigmoid(z1)
    if DEBUG:
        print("h", h.shape)

    # ---- step 2: the output layer ----
    z2 = torch.mm(h, W2)
    z2 = z2 + b2
    if DEBUG:
        print("z2", z2.shape)
    y_pred = sigmoid(z2)
    if DEBUG:
        print("y_pred", y_pred.shape)

    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    # first the difference
    difference = y_pred - y
    # then square it
    squared = difference * difference
    # then the mean of everything
    loss = squared.mean()
    return loss


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
    # how many numbers are in y
    number_of_samples = y.shape[0]
    number_of_outputs = y.shape[1]
    how_many = number_of_samples * number_of_outputs

    # ---- step 1: from the loss to y_pred ----
    # (y_pred - y)^2 becomes 2 * (y_pred - y)
    dloss_dypred = 2 * (y_pred - y)
    dloss_dypred = dloss_dypred / how_many

    # ---- step 2: from y_pred to z2 ----
    dypred_dz2 = sigmoid_derivative(y_pred)
    dloss_dz2 = dloss_dypred * dypred_dz2
    if DEBUG:
        print("dloss_dz2", dloss_dz2.shape)

    # ---- step 3: from z2 to W2 and b2 ----
    dW2 = torch.mm(h.t(), dloss_dz2)
    db2 = dloss_dz2.sum(0)
    if DEBUG:
        print("dW2", dW2.shape)
        print("db2", db2.shape)

    # ---- step 4: from z2 to h ----
    dloss_dh = torch.mm(dloss_dz2, W2.t())

    # ---- step 5: from h to z1 ----
    dh_dz1 = sigmoid_derivative(z1)
    dloss_dz1 = dloss_dh * dh_dz1
    if DEBUG:
        print("dloss_dz1", dloss_dz1.shape)

    # ---- step 6: from z1 to W1 and b1 ----
    dW1 = torch.mm(X.t(), dloss_dz1)
    db1 = dloss_dz1.sum(0)
    if DEBUG:
        print("dW1", dW1.shape)
        print("db1", db1.shape)

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
    # new = old - learning_rate * gradient
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
    # here I save the losses
    losses = []
    for epoch in range(n_epochs):
        # 1. forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # 2. loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        if DEBUG:
            print("epoch", epoch, "loss", loss.item())
        # 3. backward
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        # 4. update
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
    """
    # make copies that want a gradient
    W1 = W1.detach().clone()
    W1.requires_grad = True
    b1 = b1.detach().clone()
    b1.requires_grad = True
    W2 = W2.detach().clone()
    W2.requires_grad = True
    b2 = b2.detach().clone()
    b2.requires_grad = True

    losses = []
    for epoch in range(n_epochs):
        # 1. forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # 2. loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        if DEBUG:
            print("epoch", epoch, "loss", loss.item())
        # 3. backward (torch does it!)
        loss.backward()
        # 4. update
        with torch.no_grad():
            W1.copy_(W1 - learning_rate * W1.grad)
            b1.copy_(b1 - learning_rate * b1.grad)
            W2.copy_(W2 - learning_rate * W2.grad)
            b2.copy_(b2 - learning_rate * b2.grad)
        # 5. set the gradients to zero, otherwise they add up
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
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
    # the points on the x axis
    x_points = np.linspace(x_range[0], x_range[1], n)
    # the points on the y axis
    y_points = np.linspace(y_range[0], y_range[1], n)
    # the grid
    xx, yy = np.meshgrid(x_points, y_points)

    # one row for each point
    all_points = []
    for i in range(n):
        for j in range(n):
            all_points.append([xx[i, j], yy[i, j]])
    all_points = torch.tensor(all_points, dtype=W1.dtype)

    # predict
    y_pred, h, z1, z2 = forward_pass(all_points, W1, b1, W2, b2)
    predictions = y_pred.reshape(n, n)
    return xx, yy, predictions


# a small test if everything runs
print("sigmoid(0) should be 0.5:", sigmoid(torch.tensor(0.0)).item())
print("derivative at 0.5 should be 0.25:", sigmoid_derivative(torch.tensor(0.5)).item())
