import numpy as np
import torch


# sigmoid function
def sigmoid(x):
    result = 1 / (1 + torch.exp(-x))
    return result


# derivative of sigmoid, s * (1 - s)
def sigmoid_derivative(sigmoid_output):
    result = sigmoid_output * (1 - sigmoid_output)
    return result


# forward
def forward_pass(X, W1, b1, W2, b2):
    # first layer
    z1 = X.matmul(W1) + b1
    h = sigmoid(z1)
    # second layer
    z2 = h.matmul(W2) + b2
    y_pred = sigmoid(z2)
    # return everything
    return y_pred, h, z1, z2


# loss
def compute_loss(y_pred, y):
    result = ((y_pred - y) ** 2).mean()
    return result


# backward
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m = y.shape[0]
    k = y.shape[1]
    # second layer
    dloss = 2 * (y_pred - y) / (m * k)
    dz2 = dloss * sigmoid_derivative(y_pred)
    dW2 = h.t().matmul(dz2)
    db2 = dz2.sum(dim=0)
    # first layer
    dh = dz2.matmul(W2.t())
    dz1 = dh * sigmoid_derivative(h)
    dW1 = X.t().matmul(dz1)
    db1 = dz1.sum(dim=0)
    # return everything
    return dW1, db1, dW2, db2


# update
def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1_new = W1 - learning_rate * dW1
    b1_new = b1 - learning_rate * db1
    W2_new = W2 - learning_rate * dW2
    b2_new = b2 - learning_rate * db2
    return W1_new, b1_new, W2_new, b2_new


# training by hand
def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    all_losses = []
    for i in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        all_losses.append(compute_loss(y_pred, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
        # print("loss", all_losses[-1])
    return W1, b1, W2, b2, all_losses


# training with autograd
def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # my own copies
    w1 = W1.clone().detach()
    w2 = W2.clone().detach()
    bias1 = b1.clone().detach()
    bias2 = b2.clone().detach()
    # pytorch should remember what happens to them
    w1.requires_grad_(True)
    w2.requires_grad_(True)
    bias1.requires_grad_(True)
    bias2.requires_grad_(True)
    all_losses = []
    for i in range(n_epochs):
        # forward
        y_pred, h, z1, z2 = forward_pass(X, w1, bias1, w2, bias2)
        loss = compute_loss(y_pred, y)
        all_losses.append(loss.item())
        # backward
        loss.backward()
        # update
        with torch.no_grad():
            w1 -= learning_rate * w1.grad
            bias1 -= learning_rate * bias1.grad
            w2 -= learning_rate * w2.grad
            bias2 -= learning_rate * bias2.grad
        # reset
        w1.grad.zero_()
        bias1.grad.zero_()
        w2.grad.zero_()
        bias1.grad.zero_()
    # give back normal tensors
    return w1.detach(), bias1.detach(), w2.detach(), bias2.detach(), all_losses


# grid for the picture
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_line = np.linspace(x_range[0], x_range[1], n)
    y_line = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_line, y_line)
    # flatten
    x_flat = xx.reshape(n * n, 1)
    y_flat = yy.reshape(n * n, 1)
    points = np.concatenate([x_flat, y_flat], axis=1)
    points = torch.tensor(points, dtype=W1.dtype)
    # predict
    y_pred, h, z1, z2 = forward_pass(points, W1, b1, W2, b2)
    predictions = y_pred.reshape(n, n)
    return xx, yy, predictions
