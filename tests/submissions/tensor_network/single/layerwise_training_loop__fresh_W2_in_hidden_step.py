import torch
import numpy as np


def sigmoid(x):
    # in two halves
    out = torch.empty_like(x)
    big = x >= 0
    out[big] = 1 / (1 + torch.exp(-x[big]))
    ex = torch.exp(x[~big])
    out[~big] = ex / (1 + ex)
    return out


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.matmul(X, W1).add(b1)
    h = sigmoid(z1)
    z2 = torch.matmul(h, W2).add(b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    squared = torch.square(y - y_pred)
    return squared.mean(dim=1).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    sensitivity2 = 2 * (y_pred - y) * sigmoid_derivative(y_pred) / m / k
    sensitivity1 = (W2 @ sensitivity2.T).T * sigmoid_derivative(h)
    dW2 = (sensitivity2.T @ h).T
    dW1 = (sensitivity1.T @ X).T
    return dW1, sensitivity1.sum(dim=0), dW2, sensitivity2.sum(dim=0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 - learning_rate * dW1
    W2 = W2 - learning_rate * dW2
    b1 = b1 - learning_rate * db1
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        # from the back to the front: output layer ...
        _, _, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
        # ... then hidden layer
        dW1, db1, _, _ = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    params = [p.clone().requires_grad_(True) for p in [W1, b1, W2, b2]]
    for epoch in range(n_epochs):
        y_pred, *_ = forward_pass(X, *params)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for i in range(len(params)):
                params[i] -= learning_rate * params[i].grad
                params[i].grad.zero_()
    for p in params:
        p.requires_grad_(False)
    return params[0], params[1], params[2], params[3], losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_axis = np.linspace(x_range[0], x_range[1], n)
    y_axis = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_axis, y_axis)
    samples = np.concatenate([xx.reshape(-1, 1), yy.reshape(-1, 1)], axis=1)
    predictions = forward_pass(torch.as_tensor(samples, dtype=W1.dtype), W1, b1, W2, b2)[0]
    return xx, yy, predictions.numpy().reshape(n, n)
