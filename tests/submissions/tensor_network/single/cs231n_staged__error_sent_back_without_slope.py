import torch
import numpy as np


def sigmoid(x):
    return 0.5 * (torch.tanh(0.5 * x) + 1.0)


def sigmoid_derivative(sigmoid_output):
    return (1.0 - sigmoid_output) * sigmoid_output


def forward_pass(X, W1, b1, W2, b2):
    # stage 1: hidden layer
    z1 = X.mm(W1) + b1
    h = sigmoid(z1)
    # stage 2: scores
    z2 = h.mm(W2) + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return (y_pred - y).pow(2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    grads = {}
    # staged backprop: for every line of the forward pass one line here, in reverse
    # loss = mean((y_pred - y)**2)
    dy = 2.0 * (y_pred - y) / y.numel()
    # y_pred = sigmoid(z2)
    dz = dy * sigmoid_derivative(y_pred)
    # z2 = h.mm(W2) + b2
    grads["W2"] = h.t().mm(dz)
    grads["b2"] = dz.sum(dim=0)
    dh = dy.mm(W2.t())
    # h = sigmoid(z1)
    dz = dh * sigmoid_derivative(h)
    # z1 = X.mm(W1) + b1
    grads["W1"] = X.t().mm(dz)
    grads["b1"] = dz.sum(dim=0)
    return grads["W1"], grads["b1"], grads["W2"], grads["b2"]


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1 = W1 + (-learning_rate * dW1)
    b1 = b1 + (-learning_rate * db1)
    W2 = W2 + (-learning_rate * dW2)
    b2 = b2 + (-learning_rate * db2)
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    loss_history = []
    for it in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        loss_history.append(float(compute_loss(y_pred, y)))
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        # vanilla update
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate
        )
    return W1, b1, W2, b2, loss_history


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for k in params:
        params[k] = params[k].clone().detach()
        params[k].requires_grad = True
    loss_history = []
    for it in range(n_epochs):
        y_pred, _, _, _ = forward_pass(X, **params)
        loss = compute_loss(y_pred, y)
        loss_history.append(float(loss.detach()))
        for p in params.values():
            p.grad = None
        loss.backward()
        for p in params.values():
            p.data -= learning_rate * p.grad
    return tuple(p.detach() for p in params.values()) + (loss_history,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_min, x_max = x_range
    y_min, y_max = y_range
    xx, yy = np.meshgrid(np.linspace(x_min, x_max, n), np.linspace(y_min, y_max, n))
    grid = torch.from_numpy(np.c_[xx.ravel(), yy.ravel()]).to(W1.dtype)
    with torch.no_grad():
        Z = forward_pass(grid, W1, b1, W2, b2)[0]
    return xx, yy, Z.numpy().reshape(xx.shape)
