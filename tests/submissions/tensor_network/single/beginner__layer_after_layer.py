# Homework: network from scratch with tensors
# -------------------------------------------

import numpy as np
import torch


# the squashing function
def sigmoid(x):
    # 1 / (1 + e^-x)
    minus_x = -x
    e = torch.exp(minus_x)
    result = 1 / (1 + e)
    return result


# derivative of the squashing function (we already have the output!)
def sigmoid_derivative(sigmoid_output):
    one_minus = 1 - sigmoid_output
    result = sigmoid_output * one_minus
    return result


def forward_pass(X, W1, b1, W2, b2):
    # first layer
    z1 = torch.matmul(X, W1)
    z1 = z1 + b1
    h = sigmoid(z1)
    # second layer (copy of first layer)
    z2 = torch.matmul(h, W2)
    z2 = z2 + b2
    y_pred = sigmoid(z2)
    # print("shapes:", z1.shape, h.shape, z2.shape, y_pred.shape)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    difference = y_pred - y
    squared = difference ** 2
    loss = torch.mean(squared)
    return loss


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m = y.shape[0]   # number of samples
    k = y.shape[1]   # number of outputs

    # d loss / d y_pred
    d_y_pred = 2 * (y_pred - y)
    d_y_pred = d_y_pred / (m * k)

    # second layer
    d_z2 = d_y_pred * sigmoid_derivative(y_pred)
    dW2 = torch.matmul(torch.transpose(h, 0, 1), d_z2)
    db2 = torch.sum(d_z2, 0)

    # first layer
    d_h = torch.matmul(d_z2, torch.transpose(W2, 0, 1))
    d_z1 = d_h * sigmoid_derivative(h)
    dW1 = torch.matmul(torch.transpose(X, 0, 1), d_z1)
    db1 = torch.sum(d_z1, 0)

    # print("dW1", dW1)
    # print("dW2", dW2)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new_W1 = W1 - learning_rate * dW1
    new_b1 = b1 - learning_rate * db1
    new_W2 = W2 - learning_rate * dW2
    new_b2 = b2 - learning_rate * db2
    return new_W1, new_b1, new_W2, new_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        # STEP 1: go forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)

        # STEP 2: write down the loss
        loss = compute_loss(y_pred, y)
        losses.append(float(loss))

        # STEP 3: go backward. The output layer comes first!
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2

        # STEP 4: now the hidden layer
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1

        # if epoch % 100 == 0:
        #     print("epoch", epoch, "loss", loss)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # make my own leaves
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1.requires_grad = True
    b1.requires_grad = True
    W2.requires_grad = True
    b2.requires_grad = True

    losses = []
    for epoch in range(n_epochs):
        # forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        # backward (pytorch does everything)
        loss.backward()

        # update
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
            # dont forget to clear the gradients!!
            W1.grad.zero_()
            b1.grad.zero_()
            W2.grad.zero_()
            b2.grad.zero_()

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = np.linspace(x_range[0], x_range[1], n)
    y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x, y)
    # flatten, because the network wants one point per row
    xx_flat = xx.reshape(-1)
    yy_flat = yy.reshape(-1)
    points = np.zeros((n * n, 2))
    points[:, 0] = xx_flat
    points[:, 1] = yy_flat
    points = torch.tensor(points, dtype=W1.dtype)
    y_pred, h, z1, z2 = forward_pass(points, W1, b1, W2, b2)
    # back to a square
    predictions = y_pred.reshape(n, n)
    return xx, yy, predictions
