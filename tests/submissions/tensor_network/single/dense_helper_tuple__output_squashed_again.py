import numpy as np
import torch


def sigmoid(x):
    return 1. / (1. + (-x).exp())


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1. - sigmoid_output)


def dense(inp, W, b):
    """one layer, gives (z, a)"""
    z = inp @ W + b
    return z, sigmoid(z)


def dense_back(inp, out, grad, W=None):
    """grad: w.r.t. what comes out of the layer"""
    dz = grad * sigmoid_derivative(out)
    back = dz @ W.T if W is not None else None
    return inp.T @ dz, dz.sum(0), back


def forward_pass(X, W1, b1, W2, b2):
    z1, h = dense(X, W1, b1)
    z2, out = dense(h, W2, b2)
    return sigmoid(out), h, z1, z2


def compute_loss(y_pred, y):
    return ((y_pred - y) ** 2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    grad = 2. * (y_pred - y) / y.numel()
    dW2, db2, grad = dense_back(h, y_pred, grad, W2)
    dW1, db1, _ = dense_back(X, h, grad)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    lr = learning_rate
    return W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    params = (W1, b1, W2, b2)
    for _ in range(n_epochs):
        cache = forward_pass(X, *params)
        losses.append(compute_loss(cache[0], y).item())
        params = update_parameters(*params, *backward_pass(X, y, *cache, params[2]), learning_rate)
    return (*params, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    params = tuple(p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2))
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *params)[0], y)
        grads = torch.autograd.grad(loss, params)
        losses.append(loss.item())
        with torch.no_grad():
            params = tuple(p.requires_grad_() for p in update_parameters(*params, *grads, learning_rate))
    return (*(p.detach() for p in params), losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    ax = [np.linspace(a, b, n) for a, b in (x_range, y_range)]
    xx, yy = np.meshgrid(*ax)
    pts = torch.from_numpy(np.dstack([xx, yy]).reshape(-1, 2)).type(W1.dtype)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].reshape(n, n).numpy()
