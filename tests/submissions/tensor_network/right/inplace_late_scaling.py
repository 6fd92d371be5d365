import numpy as np
import torch

NAMES = ["W1", "b1", "W2", "b2"]


def sigmoid(x):
    s = x.neg()
    s = s.exp()
    s = s + 1
    return s.reciprocal()


def sigmoid_derivative(sigmoid_output):
    d = torch.ones_like(sigmoid_output)
    d -= sigmoid_output
    d *= sigmoid_output
    return d


def forward_pass(X, W1, b1, W2, b2):
    z1 = X.mm(W1)
    z1 += b1
    h = sigmoid(z1)
    z2 = h.mm(W2)
    z2 += b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return torch.linalg.norm(y_pred - y) ** 2 / y.numel()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d = y_pred - y                      # scale comes last
    d *= y_pred
    d *= 1 - y_pred
    dW2 = torch.empty_like(W2)
    torch.mm(h.t(), d, out=dW2)
    db2 = d.sum(0)
    d = d.mm(W2.t())
    d *= h
    d *= 1 - h
    dW1 = torch.mm(X.t(), d)
    db1 = d.sum(0)
    for g in (dW1, db1, dW2, db2):
        g *= 2
        g /= y.shape[0] * y.shape[1]
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    scope = locals()
    out = []
    for name in NAMES:
        p = scope[name].clone()
        p.add_(scope["d" + name], alpha=-learning_rate)
        out.append(p)
    return tuple(out)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(float(compute_loss(y_pred, y)))
        for p, g in zip((W1, b1, W2, b2), backward_pass(X, y, y_pred, h, z1, z2, W2)):
            p -= learning_rate * g      # allowed to change them
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    ps = [p.requires_grad_(True) for p in map(torch.clone, (W1, b1, W2, b2))]
    losses = []
    for _ in range(n_epochs):
        e = forward_pass(X, *ps)[0] - y
        loss = (e * e).mean()
        loss.backward()
        losses.append(loss.item())
        for p in ps:
            p.data.add_(p.grad, alpha=-learning_rate)
            p.grad.zero_()
    return [p.detach() for p in ps] + [losses]


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    t = torch.arange(n, dtype=W1.dtype) / (n - 1)
    xs = x_range[0] + (x_range[1] - x_range[0]) * t
    ys = y_range[0] + (y_range[1] - y_range[0]) * t
    pts = torch.empty(n, n, 2, dtype=W1.dtype)
    pts[..., 0] = xs
    pts[..., 1] = ys[:, None]
    return pts[..., 0], pts[..., 1], forward_pass(pts.view(n * n, 2), W1, b1, W2, b2)[0].view(n, n)


if __name__ == "__main__":
    torch.manual_seed(0)
    X, y = torch.rand(6, 2), torch.rand(6, 2)
    p = torch.randn(2, 4), torch.randn(4), torch.randn(4, 2), torch.randn(2)
    print(train_autograd(X, y, *p, 0.5, 3)[-1], train(X, y, *p, 0.5, 3)[-1])
