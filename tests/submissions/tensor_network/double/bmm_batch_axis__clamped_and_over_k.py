import torch
import numpy as np

# batched products: every sample is a 1 x something matrix


def sigmoid(x):
    return torch.softmax(torch.stack([x, torch.zeros_like(x)]), dim=0)[0]


def sigmoid_derivative(sigmoid_output):
    return torch.addcmul(sigmoid_output, sigmoid_output, sigmoid_output, value=-1)


def forward_pass(X, W1, b1, W2, b2):
    z1 = (X.unsqueeze(1) @ W1).squeeze(1) + b1
    h = sigmoid(z1)
    z2 = (h.unsqueeze(1) @ W2).squeeze(1) + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.dist(y_pred, y).pow(2) / y.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    g = y_pred - y
    g = g * 2 / k
    g = g * sigmoid_derivative(y_pred)
    dW2 = torch.bmm(h.unsqueeze(2), g.unsqueeze(1)).sum(0)
    db2 = g.sum(0)
    g = torch.bmm(g.unsqueeze(1), W2.T.expand(m, *W2.T.shape)).squeeze(1)
    g = torch.clamp(g, min=0) * sigmoid_derivative(h)
    dW1 = torch.bmm(X.unsqueeze(2), g.unsqueeze(1)).sum(0)
    db1 = g.sum(0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    lerp = lambda p, g: p + (-learning_rate) * g
    return tuple(lerp(p, g) for p, g in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)])


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        o = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(o[0], y)))
        g = backward_pass(X, y, *o, W2=W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *g, learning_rate=learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    p = [t.clone().requires_grad_() for t in (W1, b1, W2, b2)]
    for _ in range(n_epochs):
        loss = (forward_pass(X, *p)[0] - y).pow(2).mean()
        losses.append(float(loss))
        g = torch.autograd.grad(loss, p)
        p = [t.requires_grad_() for t in update_parameters(*(t.detach() for t in p), *g, learning_rate)]
    return *(t.detach() for t in p), losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    line = lambda r: torch.linspace(r[0], r[1], n, dtype=W1.dtype)
    xx, yy = torch.broadcast_tensors(line(x_range)[None], line(y_range)[:, None])
    return xx, yy, forward_pass(torch.stack([xx, yy]).flatten(1).T, W1, b1, W2, b2)[0].reshape(n, n)
