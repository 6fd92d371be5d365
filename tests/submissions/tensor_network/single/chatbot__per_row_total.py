"""A network of one hidden layer, written with tensors: first without autograd, then through it.

Solution overview
-----------------
1. Activation function and its derivative
2. Forward pass
3. Loss (mean squared error)
4. Backward pass (manual chain rule)
5. Parameter update and training loops
6. Decision grid for plotting
"""

from __future__ import annotations

from typing import List, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor

Parameters = Tuple[Tensor, Tensor, Tensor, Tensor]


def sigmoid(x: Tensor) -> Tensor:
    """The logistic function 1 / (1 + e^-x), element by element.

    Args:
      x: a tensor of any shape.

    Returns:
      A tensor of the same shape, with values from 0 to 1. Very large and very small x must give 1 and 0 and not NaN.
    """
    # tanh saturates gracefully, so this form can never overflow.
    return 0.5 * (1.0 + torch.tanh(0.5 * x))


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    # s'(z) = s(z) * (1 - s(z))
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    # Step 1: hidden layer
    z1: Tensor = torch.matmul(X, W1) + b1      # (m, h)
    hidden: Tensor = sigmoid(z1)               # (m, h)

    # Step 2: output layer
    z2: Tensor = torch.matmul(hidden, W2) + b2  # (m, k)
    y_pred: Tensor = sigmoid(z2)                # (m, k)

    return y_pred, hidden, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    # Element-wise error -> square -> average
    error: Tensor = y_pred - y
    squared_error: Tensor = error.pow(2)
    return torch.mean(torch.sum(squared_error, dim=1))


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> Parameters:
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
    # Step 1: derivative of the loss with respect to the predictions
    dL_dy_pred: Tensor = 2.0 * (y_pred - y) / y.numel()

    # Step 2: through the output activation
    dL_dz2: Tensor = dL_dy_pred * sigmoid_derivative(y_pred)

    # Step 3: gradients of the output layer
    dW2: Tensor = torch.matmul(h.t(), dL_dz2)
    db2: Tensor = torch.sum(dL_dz2, dim=0)

    # Step 4: propagate to the hidden layer
    dL_dh: Tensor = torch.matmul(dL_dz2, W2.t())
    dL_dz1: Tensor = dL_dh * sigmoid_derivative(h)

    # Step 5: gradients of the hidden layer
    dW1: Tensor = torch.matmul(X.t(), dL_dz1)
    db1: Tensor = torch.sum(dL_dz1, dim=0)

    return dW1, db1, dW2, db2


def update_parameters(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    dW1: Tensor, db1: Tensor, dW2: Tensor, db2: Tensor,
    learning_rate: float,
) -> Parameters:
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

    for _epoch in range(n_epochs):
        # 1) forward
        y_pred, hidden, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # 2) book-keeping
        losses.append(float(compute_loss(y_pred, y)))
        # 3) backward
        gradients = backward_pass(X, y, y_pred, hidden, z1, z2, W2)
        # 4) update
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)

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
    # Create independent leaf tensors that track gradients.
    parameters = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    losses: List[float] = []

    for _epoch in range(n_epochs):
        optimizer.zero_grad()
        y_pred, *_ = forward_pass(X, *parameters)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()

    # Hand back plain tensors, detached from the graph.
    W1, b1, W2, b2 = (p.detach() for p in parameters)
    return W1, b1, W2, b2, losses


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
    # Build the coordinate grid.
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))

    # Flatten the grid into (n * n, 2) samples and predict them all at once.
    points = torch.as_tensor(np.stack([xx.ravel(), yy.ravel()], axis=1), dtype=W1.dtype)
    with torch.no_grad():
        predictions, *_ = forward_pass(points, W1, b1, W2, b2)

    return xx, yy, predictions.reshape(n, n).numpy()


if __name__ == "__main__":
    # Quick sanity check on XOR.
    torch.manual_seed(0)
    X_demo = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y_demo = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    start = (torch.randn(2, 4), torch.zeros(4), torch.randn(4, 1), torch.zeros(1))
    *_, demo_losses = train(X_demo, y_demo, *start, learning_rate=1.0, n_epochs=20)
    print(f"loss went from {demo_losses[0]:.4f} to {demo_losses[-1]:.4f}")
