"""The twin of xor_script: the same names, every derivative by PyTorch's autograd, in float64.

It shares no formula with the closed form but the definitions of the functions themselves.
"""

import numpy as np
import torch
from torch.nn import functional


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def sigmoid(x):
    return torch.sigmoid(_tensor(x)).numpy()


def sigmoid_derivative(a):
    """Through the inverse: dz/da of z = logit(a), turned over; at a = 0 and 1, where z is infinite, 0."""
    a = _tensor(a).requires_grad_()
    torch.logit(a).sum().backward()
    return (1 / a.grad).nan_to_num(nan=0.0).numpy()


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    X, y = _tensor(X), _tensor(y)
    leaves = [_tensor(value).requires_grad_() for value in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(leaves, lr=float(learning_rate))
    losses = []
    for i in range(iterations):
        optimizer.zero_grad()
        output = _run(X, *leaves)
        if i % 1000 == 0:
            losses.append(functional.mse_loss(output, y).item())
        (0.5 * functional.mse_loss(output, y, reduction="sum")).backward()
        optimizer.step()
    return *(leaf.detach().numpy() for leaf in leaves), losses


def _run(X, W1, b1, W2, b2):
    return torch.sigmoid(functional.linear(torch.sigmoid(functional.linear(X, W1.T, b1[0])), W2.T, b2[0]))


def _script():
    draw = np.random.RandomState(1).uniform
    start = [draw(size=shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1))]
    X = np.array([[i & 1, i >> 1, 1] for i in range(4)])
    *parameters, losses = train(X, X[:, :1] ^ X[:, 1:2], *start, 0.1, 10000)
    return *parameters, losses, _run(_tensor(X), *map(_tensor, parameters)).numpy()


if __name__ == "__main__":
    W1, b1, W2, b2, losses, output_layer_output = _script()
