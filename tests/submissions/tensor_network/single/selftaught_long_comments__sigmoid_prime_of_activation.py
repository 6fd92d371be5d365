import numpy as np
import torch


# ok so this is the classic squashing function
# e^-x blows up for very negative x so I clamp it (60 is plenty, e^-60 is about 1e-26)
def sigmoid(x):
    x_safe = torch.clamp(x, min=-60.0, max=60.0)
    return 1.0 / (1.0 + torch.exp(-x_safe))


# slope of the sigmoid. I googled it: s'(x) = s(x) * (1 - s(x))
def sigmoid_derivative(sigmoid_output):
    s = sigmoid(sigmoid_output)
    slope = s * (1.0 - s)
    return slope


# input -> hidden -> output
def forward_pass(X, W1, b1, W2, b2):
    # what arrives at the hidden units
    z1 = torch.matmul(X, W1)
    z1 = z1 + b1
    # what leaves them
    h = sigmoid(z1)
    # same again for the output
    z2 = torch.matmul(h, W2)
    z2 = z2 + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


# how wrong are we? average of all the squared misses
def compute_loss(y_pred, y):
    miss = y_pred - y
    squared_miss = torch.square(miss)
    return torch.mean(squared_miss)


# who is to blame for how much of it?
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    how_many = y_pred.shape[0] * y_pred.shape[1]

    # blame at the output, before the squashing. the 2 comes from the square
    blame_out = 2.0 * (y_pred - y) / how_many
    blame_out = blame_out * (y_pred * (1.0 - y_pred))

    # every weight gets: what came in times the blame of where it goes
    dW2 = torch.matmul(h.T, blame_out)
    db2 = torch.sum(blame_out, dim=0)

    # now push the blame back through the same wires
    blame_hidden = torch.matmul(blame_out, W2.T)
    blame_hidden = blame_hidden * (h * (1.0 - h))

    dW1 = torch.matmul(X.T, blame_hidden)
    db1 = torch.sum(blame_hidden, dim=0)

    return dW1, db1, dW2, db2


# small step against the slope
def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new_W1 = W1 - (learning_rate * dW1)
    new_b1 = b1 - (learning_rate * db1)
    new_W2 = W2 - (learning_rate * dW2)
    new_b2 = b2 - (learning_rate * db2)
    return new_W1, new_b1, new_W2, new_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        # 1. guess
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        # 2. how bad was it
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        # 3. blame
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        # 4. get better
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
        # print(epoch, loss.item())
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # my own copies, so that pytorch can watch them
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)

    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())

        loss.backward()  # pytorch does the blame part on its own!

        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        # forget the old blame, otherwise it adds up
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()

    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


# a bunch of points in a square, and what the net says about each
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_points = np.linspace(x_range[0], x_range[1], n)
    y_points = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_points, y_points)
    all_points = np.array([[x, y] for x, y in zip(xx.ravel(), yy.ravel())])
    all_points = torch.tensor(all_points, dtype=W1.dtype)
    y_pred, h, z1, z2 = forward_pass(all_points, W1, b1, W2, b2)
    predictions = y_pred.reshape(n, n)
    return xx, yy, predictions
