"""Una red con una capa oculta, con tensores: primero sin autograd y luego con él."""

import numpy as np
import torch


def sigmoid(x):
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    return torch.exp(-torch.log1p(torch.exp(-x)))


def sigmoid_derivative(sigmoid_output):
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    # capa oculta
    suma_oculta = X @ W1 + b1
    activacion_oculta = torch.tanh(suma_oculta)

    # capa de salida
    suma_salida = activacion_oculta @ W2 + b2
    salida = sigmoid(suma_salida)

    return salida, activacion_oculta, suma_oculta, suma_salida


def compute_loss(y_pred, y):
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    diferencia = y_pred - y
    return torch.mean(diferencia * diferencia)


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
    # derivada del error cuadrático medio
    m, k = y.shape
    d_salida = (y_pred - y) * (2 / (m * k))

    # capa de salida
    delta_salida = d_salida * sigmoid_derivative(y_pred)
    grad_W2 = h.T @ delta_salida
    grad_b2 = delta_salida.sum(dim=0)

    # capa oculta
    delta_oculta = (delta_salida @ W2.T) * sigmoid_derivative(h)
    grad_W1 = X.T @ delta_oculta
    grad_b1 = delta_oculta.sum(dim=0)

    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    paso = learning_rate
    W1_nuevo = torch.sub(W1, dW1, alpha=paso)
    b1_nuevo = torch.sub(b1, db1, alpha=paso)
    W2_nuevo = torch.sub(W2, dW2, alpha=paso)
    b2_nuevo = torch.sub(b2, db2, alpha=paso)
    return W1_nuevo, b1_nuevo, W2_nuevo, b2_nuevo


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
    errores = []
    for epoca in range(n_epochs):
        salida, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        errores.append(compute_loss(salida, y).item())
        gW1, gb1, gW2, gb2 = backward_pass(X, y, salida, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, gW1, gb1, gW2, gb2, learning_rate)
    return W1, b1, W2, b2, errores


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
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    pesos = [W1, b1, W2, b2]
    errores = []
    for epoca in range(n_epochs):
        salida = forward_pass(X, *pesos)[0]
        error = compute_loss(salida, y)
        errores.append(error.item())

        error.backward()
        with torch.no_grad():
            for peso in pesos:
                peso -= learning_rate * peso.grad
        for peso in pesos:
            peso.grad.zero_()
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), errores


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
    eje_x = np.linspace(x_range[0], x_range[1], n)
    eje_y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(eje_x, eje_y)
    puntos = torch.tensor(np.column_stack([xx.ravel(), yy.ravel()]), dtype=W1.dtype)
    salida = forward_pass(puntos, W1, b1, W2, b2)[0]
    return xx, yy, salida.reshape(n, n)
