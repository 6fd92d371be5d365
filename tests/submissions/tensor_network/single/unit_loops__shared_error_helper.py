import numpy as np
import torch


def squared_error(y_pred, y):
    # output by output
    total = 0
    for j in range(y.shape[1]):
        column = y_pred[:, j] - y[:, j]
        total = total + (column * column).sum()
    return total


def predict_from(inputs, weights, bias):
    return torch.stack([inputs @ weights[:, j] + bias[j] for j in range(weights.shape[1])], dim=1)


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = predict_from(X, W1, b1)
    h = sigmoid(z1)
    z2 = predict_from(h, W2, b2)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return squared_error(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    n_hidden, n_out = W2.shape
    dW1 = torch.zeros(X.shape[1], n_hidden, dtype=X.dtype)
    db1 = torch.zeros(n_hidden, dtype=X.dtype)
    dW2 = torch.zeros(n_hidden, n_out, dtype=X.dtype)
    db2 = torch.zeros(n_out, dtype=X.dtype)

    # output units
    d_out = []
    for j in range(n_out):
        d = 2 * (y_pred[:, j] - y[:, j]) / y.numel()
        d = d * sigmoid_derivative(y_pred[:, j])
        for u in range(n_hidden):
            dW2[u, j] = (h[:, u] * d).sum()
        db2[j] = d.sum()
        d_out.append(d)

    # hidden units: each one feeds every output
    for u in range(n_hidden):
        d = 0
        for j in range(n_out):
            d = d + d_out[j] * W2[u, j]
        d = d * sigmoid_derivative(h[:, u])
        for i in range(X.shape[1]):
            dW1[i, u] = (X[:, i] * d).sum()
        db1[u] = d.sum()

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 - dW1 * learning_rate
    W2 = W2 - dW2 * learning_rate
    b1 = b1 - db1 * learning_rate
    b2 = b2 - db2 * learning_rate
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for e in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(squared_error(y_pred, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    weights = [W1.clone(), b1.clone(), W2.clone(), b2.clone()]
    for w in weights:
        w.requires_grad = True
    losses = []
    for e in range(n_epochs):
        loss = squared_error(forward_pass(X, *weights)[0], y)
        loss.backward()
        losses.append(loss.item())
        for w in weights:
            w.data = w.data - learning_rate * w.grad
            w.grad = None
    return weights[0].detach(), weights[1].detach(), weights[2].detach(), weights[3].detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_step = (x_range[1] - x_range[0]) / (n - 1)
    y_step = (y_range[1] - y_range[0]) / (n - 1)
    xx = np.zeros((n, n))
    yy = np.zeros((n, n))
    for row in range(n):
        for column in range(n):
            xx[row, column] = x_range[0] + column * x_step
            yy[row, column] = y_range[0] + row * y_step
    points = torch.tensor(np.column_stack((xx.ravel(), yy.ravel())), dtype=W1.dtype)
    y_pred = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, y_pred.reshape(n, n).numpy()
