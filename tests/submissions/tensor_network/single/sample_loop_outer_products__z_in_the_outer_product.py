# I don't trust matrix formulas for whole batches, so I go through the samples one by one
# (like on paper) and add the outer products up.
import torch, numpy as np


def sigmoid(x):
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    ones = torch.ones_like(sigmoid_output)
    return torch.mul(sigmoid_output, ones - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    Z1 = torch.matmul(X, W1) + b1
    H = sigmoid(Z1)
    Z2 = torch.matmul(H, W2) + b2
    return sigmoid(Z2), H, Z1, Z2


def compute_loss(y_pred, y):
    m, k = y.shape
    return ((y_pred - y) ** 2).sum() / (m * k)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    n, hidden = X.shape[1], h.shape[1]

    dW1 = torch.zeros(n, hidden, dtype=X.dtype)
    db1 = torch.zeros(hidden, dtype=X.dtype)
    dW2 = torch.zeros(hidden, k, dtype=X.dtype)
    db2 = torch.zeros(k, dtype=X.dtype)

    for i in range(m):
        x_i, t_i, o_i = X[i], y[i], y_pred[i]
        u_i = z1[i]                                 # what layer 2 gets to see

        e_out = (2 / (m * k)) * (o_i - t_i) * sigmoid_derivative(o_i)
        e_hid = torch.mv(W2, e_out) * sigmoid_derivative(h[i])

        dW2 += torch.outer(u_i, e_out)
        db2 += e_out
        dW1 += torch.outer(x_i, e_hid)
        db1 += e_hid

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new = []
    for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)):
        new.append(p - learning_rate * g)
    return tuple(new)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    while len(losses) < n_epochs:
        o, H, Z1, Z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(o, y).item())
        g = backward_pass(X, y, o, H, Z1, Z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, g[0], g[1], g[2], g[3], learning_rate)
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    while len(losses) < n_epochs:
        # fresh leaves every time, then there is nothing to zero
        P = [p.detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
        o = forward_pass(X, P[0], P[1], P[2], P[3])[0]
        L = compute_loss(o, y)
        L.backward()
        losses.append(L.item())
        with torch.no_grad():
            W1, b1, W2, b2 = update_parameters(*P, *[p.grad for p in P], learning_rate)
    return W1, b1, W2, b2, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx = torch.zeros(n, n, dtype=W1.dtype)
    yy = torch.zeros(n, n, dtype=W1.dtype)
    pred = torch.zeros(n, n, dtype=W1.dtype)
    for r in range(n):
        xx[r, :] = xs
        yy[r, :] = ys[r]
        row = torch.stack((xx[r], yy[r]), dim=1)
        pred[r] = forward_pass(row, W1, b1, W2, b2)[0][:, 0]
    return xx, yy, pred
