"""Two-layer net; the forward pass is memorised in a dict, the gradients are collected in another."""

import numpy as np
import torch


def sigmoid(x):
    x = torch.clamp(x, -500, 500)
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def _linear_forward(A_prev, W, b):
    return torch.matmul(A_prev, W) + b


def _linear_backward(dZ, A_prev):
    """Gradients of one linear layer's parameters."""
    return {
        "W": torch.matmul(A_prev.transpose(0, 1), dZ),
        "b": torch.sum(dZ, dim=0, keepdim=True),
    }


def forward_pass(X, W1, b1, W2, b2):
    memo = {"A0": X}
    memo["Z1"] = _linear_forward(memo["A0"], W1, b1)
    memo["A1"] = sigmoid(memo["Z1"])
    memo["Z2"] = _linear_forward(memo["A1"], W2, b2)
    memo["A2"] = sigmoid(memo["Z2"])
    return memo["A2"], memo["A1"], memo["Z1"], memo["Z2"]


def compute_loss(y_pred, y):
    m, k = y.shape
    return torch.sum(torch.square(y_pred - y)) / (m * k)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    memo = {"A0": X, "A1": h, "A2": y_pred}
    grads = {}

    # output layer
    dA2 = 2 * (memo["A2"] - y)
    dZ2 = dA2 * sigmoid_derivative(memo["A2"])
    layer2 = _linear_backward(dZ2, memo["A1"])
    grads["dW2"], grads["db2"] = layer2["W"], layer2["b"]

    # hidden layer
    dA1 = torch.matmul(dZ2, W2.transpose(0, 1))
    dZ1 = dA1 * sigmoid_derivative(memo["A1"])
    layer1 = _linear_backward(dZ1, memo["A0"])
    grads["dW1"], grads["db1"] = layer1["W"], layer1["b"]

    return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    new = {key: params[key] - learning_rate * grads[key] for key in params}
    return new["W1"], new["b1"], new["W2"], new["b2"]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        A2, A1, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(A2, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, A2, A1, Z1, Z2, W2)
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2,
            dW1, db1, dW2, db2,
            learning_rate,
        )
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = {
        name: value.detach().clone().requires_grad_(True)
        for name, value in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))
    }
    losses = []
    for _ in range(n_epochs):
        A2 = forward_pass(X, params["W1"], params["b1"], params["W2"], params["b2"])[0]
        loss = torch.nn.functional.mse_loss(A2, y)
        losses.append(loss.item())
        loss.backward()
        for name, value in params.items():
            stepped = value.detach() - learning_rate * value.grad
            params[name] = stepped.requires_grad_(True)
    W1, b1, W2, b2 = (params[name].detach() for name in ("W1", "b1", "W2", "b2"))
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    A0 = torch.tensor(np.stack((xx, yy), axis=-1).reshape(-1, 2), dtype=W1.dtype)
    A2, _, _, _ = forward_pass(A0, W1, b1, W2, b2)
    return xx, yy, A2.squeeze(1).reshape(n, n)
