"""A network of one hidden layer, written with tensors: first without autograd, then through it.

PyTorch tensors, float32 or float64, sigmoids in both layers, one sample a row, the mean squared error.
Sizes: m samples, n inputs, h hidden units, k outputs. W1 (n, h), b1 (h,), W2 (h, k), b2 (k,): the biases have one axis.
"""

from typing import List, Tuple

import numpy as np
import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    """Numerically stable logistic function.

    For non-negative inputs we use 1 / (1 + exp(-x)); for negative inputs we use the
    equivalent form exp(x) / (1 + exp(x)), which never overflows.
    """
    positive = x >= 0
    # exp(-|x|) is always in (0, 1], so it is safe for both branches
    e = torch.exp(-torch.abs(x))
    return torch.where(positive, 1.0 / (1.0 + e), e / (1.0 + e))


def sigmoid_derivative(sigmoid_output: Tensor) -> Tensor:
    """Derivative of the sigmoid expressed through its output: a * (1 - a)."""
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    """Run the network forward and return the output plus everything needed for backprop."""
    # Hidden layer
    z1 = torch.matmul(X, W1) + b1   # (m, h)
    h = sigmoid(z1)                 # (m, h)

    # Output layer
    z2 = torch.matmul(h, W2) + b2   # (m, k)
    y_pred = sigmoid(z2)            # (m, k)

    return y_pred, h, z1, z2


def compute_loss(y_pred: Tensor, y: Tensor) -> Tensor:
    """Mean squared error over all elements."""
    return torch.mean((y_pred - y) ** 2)


def backward_pass(
    X: Tensor, y: Tensor, y_pred: Tensor, h: Tensor, z1: Tensor, z2: Tensor, W2: Tensor
) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    """Compute the gradients of the MSE loss with respect to all parameters.

    The chain rule is applied step by step:

    1. dL/dy_pred  (derivative of the loss)
    2. dL/dz2      (through the output sigmoid)
    3. dL/dW2, dL/db2
    4. dL/dh       (through the output weights)
    5. dL/dz1      (through the hidden sigmoid)
    6. dL/dW1, dL/db1
    """
    # Step 1: derivative of the mean squared error
    num_elements = y.shape[0]
    dL_dy_pred = 2.0 * (y_pred - y) / num_elements

    # Step 2: output activation
    dL_dz2 = dL_dy_pred * sigmoid_derivative(y_pred)

    # Step 3: gradients of the output layer
    dW2 = torch.matmul(h.T, dL_dz2)
    db2 = torch.sum(dL_dz2, dim=0)

    # Step 4: propagate the error to the hidden layer
    dL_dh = torch.matmul(dL_dz2, W2.T)

    # Step 5: hidden activation
    dL_dz1 = dL_dh * sigmoid_derivative(z1)

    # Step 6: gradients of the hidden layer
    dW1 = torch.matmul(X.T, dL_dz1)
    db1 = torch.sum(dL_dz1, dim=0)

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """Perform one gradient descent step and return new tensors."""
    new_W1 = W1 - learning_rate * dW1
    new_b1 = b1 - learning_rate * db1
    new_W2 = W2 - learning_rate * dW2
    new_b2 = b2 - learning_rate * db2
    return new_W1, new_b1, new_W2, new_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Full-batch gradient descent with manual backpropagation."""
    losses: List[float] = []

    for _ in range(n_epochs):
        # Forward pass
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # Track the loss
        losses.append(compute_loss(y_pred, y).item())

        # Backward pass
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)

        # Parameter update
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)

    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Full-batch gradient descent where PyTorch computes the gradients."""
    # Create fresh leaf tensors that track gradients
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)

    losses: List[float] = []

    for _ in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, W1, b1, W2, b2)
        loss = torch.mean((y_pred - y) ** 2)
        losses.append(loss.item())

        loss.backward()

        with torch.no_grad():
            for param in (W1, b1, W2, b2):
                param -= learning_rate * param.grad
                param.grad.zero_()

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Evaluate the network on a regular grid."""
    # Build the grid
    x_values = np.linspace(x_range[0], x_range[1], n)
    y_values = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_values, y_values)

    # Flatten the grid into a list of points (n * n, 2)
    grid_points = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)

    # Predict and restore the grid's shape
    with torch.no_grad():
        predictions, _, _, _ = forward_pass(grid_points, W1, b1, W2, b2)

    return xx, yy, predictions.reshape(xx.shape).numpy()


if __name__ == "__main__":
    # Example usage: learn XOR
    torch.manual_seed(42)
    X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    *params, losses = train(X, y, torch.randn(2, 4), torch.zeros(4), torch.randn(4, 1), torch.zeros(1), 1.0, 200)
    print(f"First loss: {losses[0]:.4f}, last loss: {losses[-1]:.4f}")
