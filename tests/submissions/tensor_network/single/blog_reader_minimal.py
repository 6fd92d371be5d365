import torch as th
from torch import linspace, meshgrid, cat, no_grad

sigmoid = th.sigmoid
sigmoid_derivative = lambda sigmoid_output: sigmoid_output * (1 - sigmoid_output)
compute_loss = lambda y_pred, y: ((y - y_pred) ** 2).mean()


def forward_pass(X, W1, b1, W2, b2):
    return (lambda z1: (lambda h: (lambda z2: (sigmoid(z2), h, z1, z2))(h @ W2 + b2))(sigmoid(z1)))(X @ W1 + b1)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # minus sign pulled to the front: e = y - p
    e = y - y_pred
    e2 = e * y_pred * (1 - y_pred)
    e1 = e2 @ W2.T * h * (1 - h)
    k = -2 / e.numel()
    return k * (X.T @ e1), k * e1.sum(0), k * (h.T @ e2), k * e2.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return [p + -learning_rate * d for p, d in zip([W1, b1, W2, b2], [dW1, db1, dW2, db2])]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p, log = [W1, b1, W2, b2], []
    for _ in range(n_epochs):
        f = forward_pass(X, *p)
        log += [compute_loss(f[0], y).item()]
        p = update_parameters(*p, *backward_pass(X, y, *f, p[2]), learning_rate)
    return p[0], p[1], p[2], p[3], log


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    p, log = [v.clone().requires_grad_() for v in (W1, b1, W2, b2)], []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *p)[0], y)
        log += [loss.item()]
        loss.backward()
        with no_grad():
            for v in p:
                v -= learning_rate * v.grad
    return p[0].detach(), p[1].detach(), p[2].detach(), p[3].detach(), log


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = meshgrid(linspace(*x_range, n, dtype=W1.dtype), linspace(*y_range, n, dtype=W1.dtype), indexing='xy')
    return xx, yy, forward_pass(cat([xx.reshape(-1, 1), yy.reshape(-1, 1)], 1), W1, b1, W2, b2)[0].reshape(n, n)


if __name__ == '__main__':
    th.manual_seed(0)
    a = [th.randn(2, 3), th.zeros(3), th.randn(3, 1), th.zeros(1)]
    print(train(th.rand(5, 2), th.rand(5, 1), *a, .1, 3)[-1])
