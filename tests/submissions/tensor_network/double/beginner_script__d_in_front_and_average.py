# EXERCISE: network with tensors
# I write down every step so I do not forget it

import numpy as np
import torch

DEBUG = False     # set to True to see all the shapes


def show(name, t):
    if DEBUG:
        print(name, tuple(t.shape))


##################
# 1. the sigmoid
##################
def sigmoid(x):
    e = torch.exp(-x)         # e to the minus x
    return 1.0 / (1.0 + e)    # exp(1000) is inf, 1/inf is 0, so this is fine


def sigmoid_derivative(sigmoid_output):
    one_minus = 1.0 - sigmoid_output
    return sigmoid_output * one_minus


##################
# 2. forward
##################
def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.mm(X, W1) + b1     # (m, n) x (n, h) -> (m, h)
    show("z1", z1)
    h = sigmoid(z1)
    show("h", h)
    z2 = torch.mm(h, W2) + b2     # (m, h) x (h, k) -> (m, k)
    show("z2", z2)
    y_pred = sigmoid(z2)
    show("y_pred", y_pred)
    return y_pred, h, z1, z2


##################
# 3. loss
##################
def compute_loss(y_pred, y):
    diff = y_pred - y
    return torch.mean(diff ** 2)


##################
# 4. backward
##################
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # number of elements
    N = y.shape[0] * y.shape[1]

    # derivative of the loss
    dy_pred = 2.0 * (y_pred - y) / N
    show("dy_pred", dy_pred)

    # derivative of second sigmoid
    dz2 = dy_pred * sigmoid_derivative(y_pred)
    show("dz2", dz2)

    # second weights and bias
    dW2 = torch.mm(h.transpose(0, 1), dz2)
    db2 = torch.mean(dz2, 0)
    show("dW2", dW2)
    show("db2", db2)

    # back to the hidden layer
    dh = torch.mm(dz2, dW2.transpose(0, 1))
    show("dh", dh)

    # derivative of first sigmoid
    dz1 = dh * sigmoid_derivative(h)
    show("dz1", dz1)

    # first weights and bias
    dW1 = torch.mm(X.transpose(0, 1), dz1)
    db1 = torch.sum(dz1, 0)
    show("dW1", dW1)
    show("db1", db1)

    return dW1, db1, dW2, db2


##################
# 5. update
##################
def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    # clone first: the old ones must stay
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1 -= learning_rate * dW1
    b1 -= learning_rate * db1
    W2 -= learning_rate * dW2
    b2 -= learning_rate * db2
    return W1, b1, W2, b2


##################
# 6. training
##################
def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        # forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        # backward
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        # update
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses


##################
# 7. autograd
##################
def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    losses = []
    for epoch in range(n_epochs):
        # forward
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # loss
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        # backward, pytorch does it
        loss.backward()
        # update, .data so that pytorch does not look
        W1.data = W1.data - learning_rate * W1.grad
        b1.data = b1.data - learning_rate * b1.grad
        W2.data = W2.data - learning_rate * W2.grad
        b2.data = b2.data - learning_rate * b2.grad
        # zero
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return W1.data, b1.data, W2.data, b2.data, losses


##################
# 8. grid
##################
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    first_x, last_x = x_range
    first_y, last_y = y_range
    xx, yy = np.meshgrid(np.linspace(first_x, last_x, n), np.linspace(first_y, last_y, n))
    points = []
    for i in range(n):
        for j in range(n):
            points.append([float(xx[i, j]), float(yy[i, j])])
    points = torch.tensor(points, dtype=W1.dtype)
    predictions = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, predictions.view(n, n)
