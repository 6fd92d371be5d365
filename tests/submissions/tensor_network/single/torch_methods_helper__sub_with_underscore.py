"""Lab 10 - tensors."""
import numpy as np
import torch


def sigmoid(x):
    return x.sigmoid()


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(sigmoid_output.neg().add(1))


def forward_pass(X, W1, b1, W2, b2):
    z1 = X.matmul(W1).add(b1)
    h = z1.sigmoid()
    z2 = h.matmul(W2).add(b2)
    y_pred = z2.sigmoid()
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return y_pred.sub(y).square().mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    def layer(inputs, outputs, upstream):
        """upstream = dL/d(outputs); gives delta and the two gradients of the layer"""
        delta = upstream.mul(sigmoid_derivative(outputs))
        return delta, inputs.T.matmul(delta), delta.sum(dim=0)

    dL_dy = y_pred.sub(y).mul(2).div(y.numel())
    delta2, dL_dW2, dL_db2 = layer(h, y_pred, dL_dy)
    dL_dh = delta2.matmul(W2.T)
    _, dL_dW1, dL_db1 = layer(X, h, dL_dh)
    return dL_dW1, dL_db1, dL_dW2, dL_db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def descend(parameter, gradient):
        return parameter.sub_(gradient.mul(learning_rate))

    W1 = descend(W1, dW1)
    b1 = descend(b1, db1)
    W2 = descend(W2, dW2)
    b2 = descend(b2, db2)
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        gradients = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    leaves = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    sgd = torch.optim.SGD(leaves, lr=learning_rate)
    losses = []
    for epoch in range(n_epochs):
        sgd.zero_grad()
        y_pred, *_ = forward_pass(X, *leaves)
        loss = compute_loss(y_pred, y)
        loss.backward()
        losses.append(loss.item())
        sgd.step()
    W1, b1, W2, b2 = [p.detach() for p in leaves]
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    ys, xs = (torch.linspace(first, last, n, dtype=W1.dtype) for first, last in (y_range, x_range))
    yy, xx = torch.meshgrid(ys, xs, indexing="ij")
    points = torch.stack((xx, yy), dim=-1).reshape(-1, 2)
    predictions = forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)
    return xx, yy, predictions
