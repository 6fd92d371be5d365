from collections import namedtuple

import torch

Gradient = namedtuple("Gradient", "W1 b1 W2 b2")


def sigmoid(x):
    return torch.logaddexp(torch.zeros_like(x), -x).neg().exp()


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.einsum("mi,ih->mh", X, W1).add(b1)
    h = sigmoid(z1)
    z2 = torch.einsum("mh,hk->mk", h, W2).add(b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.einsum(
        "mk,mk->",
        y_pred - y,
        y_pred - y,
    ) / y.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    e = 2 * (y_pred - y) / y.numel()
    d2 = e * sigmoid_derivative(y_pred)
    d1 = torch.einsum("mk,hk->mh", d2, W2) * sigmoid_derivative(h)
    return Gradient(
        W1=torch.einsum("mi,mh->ih", X, d1),
        b1=torch.einsum("mh->h", d1),
        W2=torch.einsum("mh,mk->hk", h, d2),
        b2=torch.einsum("mk->k", d2),
    )


def flatten(tensors):
    return torch.cat([t.reshape(-1) for t in tensors])


def unflatten(vector, like):
    pieces = vector.split([t.numel() for t in like])
    return tuple(
        piece.reshape(t.shape)
        for piece, t in zip(pieces, like)
    )


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    like = W1, b1, W2, b2
    theta = flatten(like)
    slope = flatten((dW1, db1, dW2, db2))
    return unflatten(theta - learning_rate * slope, like)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    like = W1, b1, W2, b2
    theta, losses = flatten(like), []
    for _ in range(n_epochs):
        parameters = unflatten(theta, like)
        out = forward_pass(X, *parameters)
        losses.append(float(compute_loss(out[0], y)))
        theta = theta - learning_rate * flatten(
            backward_pass(X, y, *out, parameters[2])
        )
    return *unflatten(theta, like), losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    like = W1, b1, W2, b2
    theta = flatten(like).detach().requires_grad_()
    losses = []
    for _ in range(n_epochs):
        loss = compute_loss(
            forward_pass(X, *unflatten(theta, like))[0],
            y,
        )
        losses.append(loss.item())
        [slope] = torch.autograd.grad(loss, theta)
        theta = (theta.detach() - learning_rate * slope).requires_grad_()
    return *unflatten(theta.detach(), like), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    def ticks(first, last):
        return [
            first + (last - first) * i / n
            for i in range(n)
        ]

    xs, ys = ticks(*x_range), ticks(*y_range)
    points = torch.tensor(
        [
            (v, u)
            for v in ys
            for u in xs
        ],
        dtype=W1.dtype,
    )
    y_pred = forward_pass(points, W1, b1, W2, b2)[0]
    xx = torch.tensor([xs for _ in ys], dtype=W1.dtype)
    yy = torch.tensor([[v for _ in xs] for v in ys], dtype=W1.dtype)
    return xx, yy, y_pred.reshape(n, n)
