"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

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
    # torch.sigmoid is numerically stable for large |x|.
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """The derivative of the sigmoid, in terms of what comes out of it.

    Args:
      sigmoid_output: the activation a = sigmoid(z) (not the pre-activation z), a tensor of any shape.

    Returns:
      ds/dz, of the same shape.
    """
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The forward pass.

    Args:
      X: (m, n) inputs.
      W1, b1, W2, b2: (n, h), (h,), (h, k), (k,).

    Returns:
      (y_pred, h, z1, z2): the outputs (m, k), the hidden activations (m, h), and the pre-activations of both layers.
    """
    # Step 1: hidden layer
    z1 = X @ W1 + b1
    h = sigmoid(z1)

    # Step 2: output layer
    z2 = h @ W2 + b2
    y_pred = sigmoid(z2)

    return y_pred, h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    """The mean squared error: the mean of (y_pred - y)^2 over all m·k elements.

    Args:
      y_pred: (m, k) predictions.
      y: (m, k) targets.

    Returns:
      A single number, or a tensor of one.
    """
    return torch.mean((y_pred - y) ** 2)


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
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
    # Step 1: gradient of the MSE loss with respect to the predictions
    n_elements = y.shape[0]
    grad_y_pred = 2.0 * (y_pred - y) / n_elements

    # Step 2: through the output activation
    grad_z2 = grad_y_pred * sigmoid_derivative(y_pred)

    # Step 3: gradients of the output layer's parameters
    grad_W2 = h.T @ grad_z2
    grad_b2 = grad_z2.sum(dim=0)

    # Step 4: through the hidden layer
    grad_h = grad_z2 @ W2.T
    grad_z1 = grad_h * sigmoid_derivative(h)

    # Step 5: gradients of the hidden layer's parameters
    grad_W1 = X.T @ grad_z1
    grad_b1 = grad_z1.sum(dim=0)

    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(
    W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor,
    dW1: Tensor, db1: Tensor, dW2: Tensor, db2: Tensor,
    learning_rate: float,
) -> tuple[Tensor, ...]:
    """One step of gradient descent.

    Args:
      W1, b1, W2, b2: the parameters. They must not be changed.
      dW1, db1, dW2, db2: the gradient, each of the shape of its parameter.
      learning_rate: the step size.

    Returns:
      (W1, b1, W2, b2): new tensors.
    """
    return tuple(
        param - learning_rate * grad
        for param, grad in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2))
    )


def train(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
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
    losses: list[float] = []

    for _ in range(n_epochs):
        # Forward pass
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # Record the loss before the update
        losses.append(float(compute_loss(y_pred, y)))

        # Backward pass and update
        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)

    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate: float, n_epochs: int):
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
    params = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(params, lr=learning_rate)
    losses: list[float] = []

    for _ in range(n_epochs):
        optimizer.zero_grad()
        y_pred, *_ = forward_pass(X, *params)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()

    W1, b1, W2, b2 = [p.detach() for p in params]
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n: int):
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

    # One grid point per row: (n * n, 2)
    points = torch.tensor(np.column_stack([xx.ravel(), yy.ravel()]), dtype=W1.dtype)

    with torch.no_grad():
        predictions = forward_pass(points, W1, b1, W2, b2)[0]

    return xx, yy, predictions.reshape(n, n).numpy()


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    W1, b1, W2, b2 = torch.randn(2, 4), torch.zeros(4), torch.randn(4, 1), torch.zeros(1)
    *_, losses = train(X, y, W1, b1, W2, b2, learning_rate=1.0, n_epochs=20)
    print(f"Loss: {losses[0]:.4f} -> {losses[-1]:.4f}")
