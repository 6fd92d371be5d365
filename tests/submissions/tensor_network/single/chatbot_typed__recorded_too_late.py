"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

from typing import List, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # torch.sigmoid is numerically stable for large |x|
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(
    X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor
) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    # Hidden layer
    z1 = X @ W1 + b1          # (m, h)
    h = sigmoid(z1)           # (m, h)

    # Output layer
    z2 = h @ W2 + b2          # (m, k)
    y_pred = sigmoid(z2)      # (m, k)

    return y_pred, h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    return ((y_pred - y) ** 2).mean()


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
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
    num_elements = y_pred.numel()

    # dL/dy_pred for L = mean((y_pred - y)^2)
    dL_dy_pred = (2.0 / num_elements) * (y_pred - y)          # (m, k)

    # Output layer
    dL_dz2 = dL_dy_pred * sigmoid_derivative(y_pred)          # (m, k)
    dW2 = h.t() @ dL_dz2                                      # (h, k)
    db2 = dL_dz2.sum(dim=0)                                   # (k,)

    # Hidden layer
    dL_dh = dL_dz2 @ W2.t()                                   # (m, h)
    dL_dz1 = dL_dh * sigmoid_derivative(h)                    # (m, h)
    dW1 = X.t() @ dL_dz1                                      # (n, h)
    db1 = dL_dz1.sum(dim=0)                                   # (h,)

    return dW1, db1, dW2, db2


def update_parameters(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    dW1: Tensor, db1: Tensor, dW2: Tensor, db2: Tensor,
    learning_rate: float,
) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


def train(
    X: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor, learning_rate: float, n_epochs: int
) -> Tuple[Tensor, Tensor, Tensor, Tensor, List[float]]:
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
    losses: List[float] = []

    for _ in range(n_epochs):
        # 1. Forward pass
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # 2. Backward pass
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)

        # 3. Gradient descent step
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)

        # 4. Track the loss
        loss = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        losses.append(loss.item())

    return W1, b1, W2, b2, losses


def train_autograd(
    X: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor, learning_rate: float, n_epochs: int
) -> Tuple[Tensor, Tensor, Tensor, Tensor, List[float]]:
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
    # Create leaf tensors that track gradients
    W1 = W1.detach().clone().requires_grad_(True)
    b1 = b1.detach().clone().requires_grad_(True)
    W2 = W2.detach().clone().requires_grad_(True)
    b2 = b2.detach().clone().requires_grad_(True)
    params = [W1, b1, W2, b2]

    losses: List[float] = []

    for _ in range(n_epochs):
        # Reset gradients
        for p in params:
            p.grad = None

        # Forward pass, loss and backward pass
        y_pred, _, _, _ = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()

        # Update without tracking
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor, x_range: Sequence[float], y_range: Sequence[float], n: int
) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
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

    # Flatten the grid into a batch of samples
    grid = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    with torch.no_grad():
        predictions, _, _, _ = forward_pass(grid, W1, b1, W2, b2)

    return xx, yy, predictions.numpy().reshape(xx.shape)


if __name__ == "__main__":
    torch.manual_seed(42)
    X_demo = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    y_demo = torch.tensor([[0.0], [1.0], [1.0], [0.0]], dtype=torch.float64)
    start = (
        torch.randn(2, 3, dtype=torch.float64),
        torch.zeros(3, dtype=torch.float64),
        torch.randn(3, 1, dtype=torch.float64),
        torch.zeros(1, dtype=torch.float64),
    )
    *_, demo_losses = train(X_demo, y_demo, *start, learning_rate=0.5, n_epochs=20)
    print(f"loss: {demo_losses[0]:.4f} -> {demo_losses[-1]:.4f}")
