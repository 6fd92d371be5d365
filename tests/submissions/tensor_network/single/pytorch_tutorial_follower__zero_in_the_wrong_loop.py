"""A network of one hidden layer. I had done the PyTorch 60 minute blitz before, so the autograd part was the easy one."""

import numpy as np
import torch


class SigmoidLayer:
    """affine map and sigmoid; remembers what it saw"""

    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def __call__(self, inp):
        self.pre = inp @ self.weight + self.bias
        self.out = sigmoid(self.pre)
        return self.out


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    grad_local = sigmoid_output * (1.0 - sigmoid_output)
    return grad_local


def forward_pass(X, W1, b1, W2, b2):
    hidden, output = SigmoidLayer(W1, b1), SigmoidLayer(W2, b2)
    y_pred = output(hidden(X))
    return y_pred, hidden.out, hidden.pre, output.pre


def compute_loss(y_pred, y):
    criterion = torch.nn.MSELoss()
    return criterion(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    grad_y_pred = 2.0 * (y_pred - y) / y_pred.numel()
    grad_z2 = grad_y_pred * sigmoid_derivative(y_pred)
    grad_w2 = h.t().mm(grad_z2)
    grad_b2 = grad_z2.sum(dim=0)
    grad_h = grad_z2.mm(W2.t())
    grad_z1 = grad_h * sigmoid_derivative(h)
    grad_w1 = X.t().mm(grad_z1)
    grad_b1 = grad_z1.sum(dim=0)
    return grad_w1, grad_b1, grad_w2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    params = [W1, b1, W2, b2]
    grads = [dW1, db1, dW2, db2]
    return tuple(p - learning_rate * g for p, g in zip(params, grads))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for t in range(n_epochs):
        # Forward pass
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # Loss
        loss = compute_loss(y_pred, y).item()
        losses.append(loss)

        # Backprop
        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)

        # Update
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = [torch.tensor(p.tolist(), dtype=p.dtype, requires_grad=True) for p in (W1, b1, W2, b2)]
    losses = []
    optimizer = torch.optim.SGD(params, lr=learning_rate)
    optimizer.zero_grad()
    for t in range(n_epochs):
        # Forward pass
        y_pred = forward_pass(X, *params)[0]

        # Loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        # Backprop and update
        loss.backward()
        optimizer.step()
    W1, b1, W2, b2 = (p.detach() for p in params)
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], num=n)
    ys = np.linspace(y_range[0], y_range[1], num=n)
    xx, yy = np.meshgrid(xs, ys)
    inputs = torch.tensor(np.array([xx.flatten(), yy.flatten()]).T, dtype=W1.dtype)
    predictions = forward_pass(inputs, W1, b1, W2, b2)[0]
    return xx, yy, predictions.view(n, n)
