"""Week 3 style solution: forward, cost, backward, update, put together in a model."""
import numpy as np
import torch


def sigmoid(x):
    s = 1 / (1 + torch.exp(-x))
    return s


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    # layer 1
    Z1 = torch.matmul(X, W1) + b1
    A1 = sigmoid(Z1)
    # layer 2
    Z2 = torch.matmul(A1, W2) + b2
    A2 = sigmoid(Z2)
    return A2, A1, Z1, Z2


def compute_loss(y_pred, y):
    m, k = y.shape
    cost = torch.sum((y_pred - y) ** 2) / (m * k)
    return cost


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    A1, A2 = h, y_pred
    grads = {}

    # cost -> A2 -> Z2
    dA2 = 2 * (A2 - y) / (m * k)
    dZ2 = dA2 * sigmoid_derivative(A2)
    grads["dW2"] = torch.matmul(A1.T, dZ2)
    grads["db2"] = torch.sum(dZ2, dim=0)

    # Z2 -> A1 -> Z1
    dA1 = torch.matmul(dA2, W2.T)
    dZ1 = dA1 * sigmoid_derivative(A1)
    grads["dW1"] = torch.matmul(X.T, dZ1)
    grads["db1"] = torch.sum(dZ1, dim=0)

    assert grads["dW2"].shape == W2.shape
    return grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    costs = []
    for i in range(n_epochs):
        A2, A1, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        costs.append(compute_loss(A2, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, A2, A1, Z1, Z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, costs


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for name in parameters:
        parameters[name] = parameters[name].clone().detach().requires_grad_(True)
    costs = []
    for i in range(n_epochs):
        A2, _, _, _ = forward_pass(X, parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"])
        cost = compute_loss(A2, y)
        costs.append(cost.item())
        cost.backward()
        with torch.no_grad():
            for name in parameters:
                parameters[name] -= learning_rate * parameters[name].grad
                parameters[name].grad.zero_()
    W1, b1, W2, b2 = (parameters[name].detach() for name in ("W1", "b1", "W2", "b2"))
    return W1, b1, W2, b2, costs


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = np.linspace(x_range[0], x_range[1], n)
    y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x, y)
    grid = torch.from_numpy(np.c_[xx.ravel(), yy.ravel()]).to(W1.dtype)
    A2, _, _, _ = forward_pass(grid, W1, b1, W2, b2)
    return xx, yy, A2.reshape(xx.shape)
