# tensors only, no autograd at first -- makemore part 4 style ("becoming a backprop ninja")
import numpy as np
import torch


def sigmoid(x): return 1 / (1 + (-x).exp())

def sigmoid_derivative(sigmoid_output): return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    hpreact = X @ W1 + b1
    h = sigmoid(hpreact)
    logits = h @ W2 + b2
    return sigmoid(logits), h, hpreact, logits


def compute_loss(y_pred, y):
    return (y_pred - y).pow(2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # -----------------
    # loss = diff2.mean(); diff2 = diff**2; diff = y_pred - y
    diff = y_pred - y
    ddiff2 = torch.ones_like(diff) / diff.numel()
    ddiff = 2 * diff * ddiff2
    dy_pred = ddiff
    # y_pred = sigmoid(z2)
    dlogits = dy_pred * y_pred * (1 - y_pred)
    # z2 = h @ W2 + b2
    dW2 = z1.T @ dlogits
    db2 = dlogits.sum(0)
    dh = dlogits @ W2.T
    # h = sigmoid(z1)
    dhpreact = (1.0 - h) * h * dh
    # z1 = X @ W1 + b1
    dW1 = X.T @ dhpreact
    db1 = dhpreact.sum(0)
    # -----------------
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    parameters, grads = [W1, b1, W2, b2], [dW1, db1, dW2, db2]
    return tuple(p + -learning_rate * grad for p, grad in zip(parameters, grads))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = W1, b1, W2, b2
    lossi = []
    for i in range(n_epochs):
        y_pred, h, hpreact, logits = forward_pass(X, *parameters)
        lossi.append(compute_loss(y_pred, y).item())
        grads = backward_pass(X, y, y_pred, h, hpreact, logits, parameters[2])
        parameters = update_parameters(*parameters, *grads, learning_rate)
    return *parameters, lossi


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = [p.clone() for p in (W1, b1, W2, b2)]
    for p in parameters:
        p.requires_grad = True
    lossi = []
    for i in range(n_epochs):
        y_pred, *_ = forward_pass(X, *parameters)
        loss = compute_loss(y_pred, y)
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data += -learning_rate * p.grad
        lossi.append(loss.item())
    return *(p.detach() for p in parameters), lossi


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(*x_range, n, dtype=W1.dtype)
    ys = torch.linspace(*y_range, n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(xs, ys, indexing='xy')
    out, *_ = forward_pass(torch.stack([xx.ravel(), yy.ravel()], 1), W1, b1, W2, b2)
    return xx, yy, out.view(n, n)
