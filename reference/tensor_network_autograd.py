"""The twin of tensor_network: the same names, every derivative by PyTorch's autograd, in float64.

It shares no formula with the closed form but the definitions of the functions themselves.  Backward passes are asked
of an engine of its own: the one that `Tensor.backward` uses is watched while exercises are asked whether a student
has done without it.
"""

import numpy as np
import torch
from torch.nn import functional

ENGINE = torch._C._ImperativeEngine()


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def _backward(loss):
    ENGINE.run_backward(
        (loss,), (torch.ones_like(loss),), False, False, (), allow_unreachable=True, accumulate_grad=True
    )


def sigmoid(x):
    return torch.sigmoid(_tensor(x)).numpy()


def sigmoid_derivative(sigmoid_output):
    """Through the inverse: dz/da of z = logit(a), turned over; at a = 0 and 1, where z is infinite, 0."""
    a = _tensor(sigmoid_output).requires_grad_()
    _backward(torch.logit(a).sum())
    return (1 / a.grad).nan_to_num(nan=0.0).numpy()


def _run(X, W1, b1, W2, b2):
    z1 = functional.linear(X, W1.T, b1)
    h = torch.sigmoid(z1)
    z2 = functional.linear(h, W2.T, b2)
    return torch.sigmoid(z2), h, z1, z2


def forward_pass(X, W1, b1, W2, b2):
    return tuple(value.numpy() for value in _run(*map(_tensor, (X, W1, b1, W2, b2))))


def compute_loss(y_pred, y):
    return functional.mse_loss(_tensor(y_pred), _tensor(y)).item()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """From the hidden layer on for W2 and b2; z1 is taken as X W1 + b1 of unknown W1 and b1, whose gradients are asked."""
    X, y, z1, z2, W2, h = map(_tensor, (X, y, z1, z2, W2, h))
    b2 = (z2 - h @ W2).mean(0)
    dW1, db1 = torch.zeros(X.shape[1], z1.shape[1], dtype=z1.dtype), torch.zeros(z1.shape[1], dtype=z1.dtype)
    leaves = [value.requires_grad_() for value in (dW1, db1, W2, b2)]
    output = torch.sigmoid(torch.sigmoid(z1 + X @ dW1 + db1) @ W2 + b2)
    _backward(functional.mse_loss(output, y))
    return tuple(leaf.grad.numpy() for leaf in leaves)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    leaves = [_tensor(value).requires_grad_() for value in (W1, b1, W2, b2)]
    for leaf, gradient in zip(leaves, (dW1, db1, dW2, db2), strict=True):
        leaf.grad = _tensor(gradient)
    torch.optim.SGD(leaves, lr=float(learning_rate)).step()
    return tuple(leaf.detach().numpy() for leaf in leaves)


def _train(backward, X, y, parameters, learning_rate, n_epochs):
    X, y, leaves = _tensor(X), _tensor(y), [_tensor(value).requires_grad_() for value in parameters]
    optimizer, losses = torch.optim.SGD(leaves, lr=float(learning_rate)), []
    for _ in range(n_epochs):
        optimizer.zero_grad()
        loss = functional.mse_loss(_run(X, *leaves)[0], y)
        losses.append(loss.item())
        backward(loss)
        optimizer.step()
    return *(leaf.detach().numpy() for leaf in leaves), losses


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    return _train(_backward, X, y, (W1, b1, W2, b2), learning_rate, n_epochs)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    return _train(torch.Tensor.backward, X, y, (W1, b1, W2, b2), learning_rate, n_epochs)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x, y = (torch.linspace(*map(float, ends), n, dtype=torch.float64) for ends in (x_range, y_range))
    xx, yy = torch.meshgrid(x, y, indexing="xy")
    output = _run(torch.stack([xx, yy], dim=-1), *map(_tensor, (W1, b1, W2, b2)))[0]
    return xx.numpy(), yy.numpy(), output[..., 0].numpy()
