"""A network of one hidden layer, written with tensors: first without autograd, then through it.

Implementation overview
-----------------------
1. sigmoid / sigmoid_derivative  - activation and its slope
2. forward_pass / compute_loss   - prediction and mean squared error
3. backward_pass                 - manual backpropagation
4. update_parameters / train     - vanilla gradient descent
5. train_autograd                - the same, with torch.autograd
6. decision_grid                 - predictions on a mesh for plotting
"""

import numpy as np
import torch


def sigmoid(x):
    """Numerically stable logistic function."""
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    """Derivative of the sigmoid, expressed through its output: a * (1 - a)."""
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    """Compute the forward pass: X -> z1 -> h -> z2 -> y_pred."""
    # Hidden layer
    z1 = torch.matmul(X, W1) + b1
    h = sigmoid(z1)

    # Output layer
    z2 = torch.matmul(h, W2) + b2
    y_pred = sigmoid(z2)

    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """Mean squared error over all elements."""
    return torch.mean((y_pred - y) ** 2)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """Manual backpropagation through both layers.

    Returns:
      (dW1, db1, dW2, db2)
    """
    # Step 1: gradient of the loss w.r.t. the predictions
    grad_y_pred = 2.0 * (y_pred - y) / y.numel()

    # Step 2: gradient w.r.t. the pre-activation of the output layer
    grad_z2 = grad_y_pred * sigmoid_derivative(y_pred)

    # Step 3: gradients of the output layer's parameters
    grad_W2 = torch.matmul(h.T, grad_z2)
    grad_b2 = torch.sum(grad_z2, dim=0)

    # Step 4: propagate the gradient to the hidden layer
    grad_h = torch.matmul(grad_z2, W2.T)
    grad_z1 = grad_h * sigmoid_derivative(z1)

    # Step 5: gradients of the hidden layer's parameters
    grad_W1 = torch.matmul(X.T, grad_z1)
    grad_b1 = torch.sum(grad_z1, dim=0)

    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """Perform a single gradient descent step and return new tensors."""
    W1_new = W1 - learning_rate * dW1
    b1_new = b1 - learning_rate * db1
    W2_new = W2 - learning_rate * dW2
    b2_new = b2 - learning_rate * db2
    return W1_new, b1_new, W2_new, b2_new


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Train with manual gradients."""
    losses = []

    for epoch in range(n_epochs):
        # Forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # Loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        # Backward
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)

        # Update
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate
        )

    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Train with gradients from autograd."""
    # Create leaf tensors that track gradients
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)
    params = [W1, b1, W2, b2]

    losses = []
    for epoch in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        loss.backward()

        # Parameter updates must not be tracked
        with torch.no_grad():
            for param in params:
                param -= learning_rate * param.grad
                param.grad.zero_()

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Evaluate the network on an (n, n) mesh."""
    x_values = np.linspace(x_range[0], x_range[1], n)
    y_values = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_values, y_values)

    # Each grid point is one sample (x, y)
    grid_points = np.stack([xx.ravel(), yy.ravel()], axis=1)
    inputs = torch.tensor(grid_points, dtype=W1.dtype)

    y_pred, _, _, _ = forward_pass(inputs, W1, b1, W2, b2)
    predictions = y_pred.reshape(n, n)

    return xx, yy, predictions


if __name__ == "__main__":
    torch.manual_seed(0)
    X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    W1, b1 = torch.randn(2, 4), torch.zeros(4)
    W2, b2 = torch.randn(4, 1), torch.zeros(1)
    *_, history = train(X, y, W1, b1, W2, b2, 0.5, 20)
    print(f"Loss: {history[0]:.4f} -> {history[-1]:.4f}")
