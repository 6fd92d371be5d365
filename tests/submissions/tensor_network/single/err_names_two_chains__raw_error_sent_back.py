import torch
import numpy as np
# student id at top removed


def sigmoid(x):
    pos = x.clamp(min=0)
    neg = x.clamp(max=0)
    # e^neg / (e^neg + e^-pos), one of both exponents is always 0
    return neg.exp() / (neg.exp() + (-pos).exp())


def sigmoid_derivative(sigmoid_output):
    return (1 - sigmoid_output) * sigmoid_output


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.add(b1, X @ W1)
    h = sigmoid(z1)
    z2 = torch.add(b2, h @ W2)
    y_pred = sigmoid(z2)
    return (y_pred, h, z1, z2)


def compute_loss(y_pred, y):
    err = y_pred - y
    return (err * err).sum() / err.nelement()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    err = (y_pred - y) * (2 / y.nelement())

    # second layer
    err_z2 = err * sigmoid_derivative(y_pred)
    dW2 = h.T @ err_z2
    db2 = err_z2.sum(0)

    # first layer
    err_h = err @ W2.T
    err_z1 = err_h * sigmoid_derivative(h)
    dW1 = X.T @ err_z1
    db1 = err_z1.sum(0)

    assert dW2.shape == W2.shape
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    b1, b2 = b1 - learning_rate * db1, b2 - learning_rate * db2
    return W1, b1, W2, b2


def one_epoch(X, y, params, learning_rate):
    y_pred, h, z1, z2 = forward_pass(X, *params)
    before = compute_loss(y_pred, y)
    grads = backward_pass(X, y, y_pred, h, z1, z2, params[2])
    return update_parameters(*params, *grads, learning_rate), before


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params, losses = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        params, before = one_epoch(X, y, params, learning_rate)
        losses.append(before.item())
    return params[0], params[1], params[2], params[3], losses


def one_epoch_autograd(X, y, params, learning_rate):
    err = forward_pass(X, *params)[0] - y
    before = err.pow(2).mean()
    before.backward()
    for p in params:
        p.data = p.data - learning_rate * p.grad
        p.grad = None
    return before.detach()


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = [one_epoch_autograd(X, y, params, learning_rate).item() for _ in range(n_epochs)]
    W1, b1, W2, b2 = params
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = np.linspace(*x_range, n)
    y = np.linspace(*y_range, n)
    xx, yy = np.tile(x, (n, 1)), np.tile(y, (n, 1)).T
    pts = torch.tensor([(a, b) for b in y for a in x], dtype=W1.dtype)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].view(n, n)
