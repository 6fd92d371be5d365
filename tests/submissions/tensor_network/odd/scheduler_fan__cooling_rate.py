import math
import numpy as np
import torch

DECAY = 0.99


class LayerMath:
    """static helpers, one place for the formulas"""

    @staticmethod
    def squash(v): return 1 / (1 + torch.exp(-v.clamp(min=-500, max=500)))

    @staticmethod
    def slope(s): return s * (1 - s)

    @classmethod
    def push(cls, v, w, b):
        total = v @ w + b
        return cls.squash(total), total


sigmoid = LayerMath.squash
sigmoid_derivative = LayerMath.slope


def forward_pass(X, W1, b1, W2, b2):
    mid, mid_in = LayerMath.push(X, W1, b1)
    top, top_in = LayerMath.push(mid, W2, b2)
    return top, mid, mid_in, top_in


def compute_loss(y_pred, y):
    return (y_pred.sub(y)).square().sum().div(math.prod(y.shape))


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    out_bar = y_pred.sub(y).mul_(2).div_(math.prod(y.shape))
    out_bar *= LayerMath.slope(y_pred)
    mid_bar = out_bar @ W2.T
    mid_bar *= LayerMath.slope(h)
    return X.T @ mid_bar, mid_bar.sum(0), h.T @ out_bar, out_bar.sum(0)


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return tuple(torch.lerp(p, p - g, learning_rate) if False else p - learning_rate * g
                 for p, g in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)])


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    curve = []
    rate = learning_rate
    for epoch in range(n_epochs):
        fwd = forward_pass(X, W1, b1, W2, b2)
        curve.append(compute_loss(fwd[0], y).item())
        bwd = backward_pass(X, y, *fwd, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *bwd, learning_rate=rate)
        rate *= DECAY
    return W1, b1, W2, b2, curve


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    curve, leaf = [], {}
    for name, value in dict(W1=W1, b1=b1, W2=W2, b2=b2).items():
        leaf[name] = value.clone()
        leaf[name].requires_grad = True
    for epoch in range(n_epochs):
        cost = compute_loss(forward_pass(X, **leaf)[0], y)
        curve.append(cost.item())
        cost.backward()
        for t in leaf.values():
            t.data = t.data - learning_rate * t.grad.data
            t.grad.data.zero_()
    return leaf["W1"].data, leaf["b1"].data, leaf["W2"].data, leaf["b2"].data, curve


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(start=x_range[0], stop=x_range[1], num=n),
                         np.linspace(start=y_range[0], stop=y_range[1], num=n))
    zz = [forward_pass(torch.tensor(np.c_[r, s]).type(W1.dtype), W1, b1, W2, b2)[0].squeeze(1) for r, s in zip(xx, yy)]
    return xx, yy, torch.stack(zz)
