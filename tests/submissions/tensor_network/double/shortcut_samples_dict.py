import functools
import numpy as np
import torch


def traced(f):
    """counts calls, for my report"""
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return f(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


@traced
def sigmoid(x):
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x.clamp(min=0))), 1 - 1 / (1 + torch.exp(x.clamp(max=0))))


@traced
def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


@traced
def forward_pass(X, W1, b1, W2, b2):
    net = [{"W": W1, "b": b1}, {"W": W2, "b": b2}]
    signal = X
    for layer in net:
        layer["z"] = signal @ layer["W"] + layer["b"]
        layer["a"] = signal = sigmoid(layer["z"])
    return net[1]["a"], net[0]["a"], net[0]["z"], net[1]["z"]


@traced
def compute_loss(y_pred, y):
    return torch.mean((y_pred - y) * (y_pred - y))


@traced
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # the 2 is from the square
    factor = 2 / len(y)
    layers = {"out": {"in": h}, "hid": {"in": X}}
    layers["out"]["delta"] = factor * (y_pred - y)
    layers["hid"]["delta"] = layers["out"]["delta"] @ W2.T * sigmoid_derivative(h)
    for layer in layers.values():
        layer["dW"] = layer["in"].T @ layer["delta"]
        layer["db"] = layer["delta"].sum(dim=0)
    return layers["hid"]["dW"], layers["hid"]["db"], layers["out"]["dW"], layers["out"]["db"]


@traced
def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    old, slopes = (W1, b1, W2, b2), (dW1, db1, dW2, db2)
    return tuple(o - learning_rate * s for o, s in zip(old, slopes))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def epoch(state, _):
        params, losses = state
        result = forward_pass(X, *params)
        losses.append(compute_loss(result[0], y).item())
        grads = backward_pass(X, y, *result, params[2])
        return update_parameters(*params, *grads, learning_rate), losses
    params, losses = functools.reduce(epoch, range(n_epochs), ((W1, b1, W2, b2), []))
    return (*params, losses)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = [torch.empty_like(p).copy_(p).requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *params)[0], y)
        losses.append(loss.item())
        loss.backward()
        for p in params:
            with torch.no_grad():
                p.add_(p.grad, alpha=-learning_rate)
            p.grad = None
    return (*[p.detach() for p in params], losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    grid = np.meshgrid(np.linspace(*x_range, num=n), np.linspace(*y_range, num=n))
    points = torch.tensor(np.dstack(grid).reshape(-1, 2), dtype=W1.dtype)
    return grid[0], grid[1], forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n).numpy()
