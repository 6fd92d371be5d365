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
    x = torch.clamp(x, -700, 700) if x.dtype == torch.float64 else torch.clamp(x, -88, 88)
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1 - sigmoid_output)


def linear_forward(A_prev, W, b):
    Z = torch.matmul(A_prev, W) + b
    return Z


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    Z1 = linear_forward(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2 = linear_forward(A1, W2, b2)
    A2 = sigmoid(Z2)
    return A2, A1, Z1, Z2


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    m = y.shape[0]
    k = y.shape[1]
    cost = 1 / (m * k) * torch.sum((y_pred - y) ** 2)
    return cost


def linear_backward(dZ, A_prev):
    dW = torch.matmul(A_prev.T, dZ)
    db = torch.sum(dZ, dim=0)
    return dW, db


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
    m = y.shape[0]
    k = y.shape[1]

    # derivative of the cost
    dA2 = 1 / (m * k) * (y_pred - y)

    # output layer
    dZ2 = dA2 * sigmoid_derivative(y_pred)
    dW2, db2 = linear_backward(dZ2, z1)

    # hidden layer
    dA1 = torch.matmul(dZ2, W2.T)
    dZ1 = dA1 * sigmoid_derivative(h)
    dW1, db1 = linear_backward(dZ1, X)

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
    W1 = W1 - learning_rate * dW1
    W2 = W2 - learning_rate * dW2
    b1 = b1 - learning_rate * db1
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


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
    costs = []
    for i in range(n_epochs):
        A2, A1, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        costs.append(compute_loss(A2, y).item())
        grads = backward_pass(X, y, A2, A1, Z1, Z2, W2)
        dW1, db1, dW2, db2 = grads
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, costs


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
    W1, b1, W2, b2 = [p.clone().requires_grad_(True) for p in [W1, b1, W2, b2]]
    costs = []
    for i in range(n_epochs):
        A2, A1, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        cost = compute_loss(A2, y)
        costs.append(cost.item())
        cost.backward()
        with torch.no_grad():
            new = update_parameters(W1, b1, W2, b2, W1.grad, b1.grad, W2.grad, b2.grad, learning_rate)
        W1, b1, W2, b2 = [p.requires_grad_(True) for p in new]
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), costs


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
    points = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    A2, A1, Z1, Z2 = forward_pass(points, W1, b1, W2, b2)
    Z = A2.detach().numpy().reshape(xx.shape)
    return xx, yy, Z
