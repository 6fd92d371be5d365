# net.c -> net.py ; buffers are passed around, nothing is allocated in the loops if I can help it
import math
import numpy as np
import torch

SUCCESS = 0


def _sig(src, dst):
    flat_in, flat_out = src.reshape(-1).tolist(), dst.view(-1)
    for i, v in enumerate(flat_in):
        if v < 0.0:
            e = math.exp(v) if v > -700 else 0.0
            flat_out[i] = e / (1.0 + e)
        else:
            flat_out[i] = 1.0 / (1.0 + math.exp(-v))
    return SUCCESS


def sigmoid(x):
    buf = torch.empty(x.shape, dtype=x.dtype)
    assert _sig(x, buf) == SUCCESS
    return buf


def sigmoid_derivative(sigmoid_output):
    buf = torch.empty_like(sigmoid_output)
    torch.sub(1.0, sigmoid_output, out=buf)
    buf *= sigmoid_output
    return buf


def forward_pass(X, W1, b1, W2, b2):
    m, H, K = X.shape[0], W1.shape[1], W2.shape[1]
    z1, z2 = X.new_empty(m, H), X.new_empty(m, K)
    for s in range(m):
        z1[s] = torch.mv(W1.t(), X[s])
        z1[s] += b1
    h = sigmoid(z1)
    for s in range(m):
        z2[s] = torch.mv(W2.t(), h[s])
        z2[s] += b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    acc = 0.0
    cnt = 0
    for row_p, row_t in zip(y_pred.tolist(), y.tolist()):
        for p, t in zip(row_p, row_t):
            acc += (p - t) * (p - t)
            cnt += 1
    return acc / cnt


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, K = y.shape
    H = h.shape[1]
    gW1, gb1 = X.new_zeros(X.shape[1], H), X.new_zeros(H)
    gW2, gb2 = X.new_zeros(H, K), X.new_zeros(K)
    for s in range(m):
        e = y_pred[s] - y[s]
        e = e * sigmoid_derivative(y_pred[s])
        gW2 += torch.outer(h[s], e)
        gb2 += e
        back = torch.mv(W2, e)
        back *= sigmoid_derivative(h[s])
        gW1 += torch.outer(X[s], back)
        gb1 += back
    for buf in (gW1, gb1, gW2, gb2):
        buf *= 2.0
        buf /= m * K
    return gW1, gb1, gW2, gb2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    out = []
    for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)):
        q = p.clone()
        q -= learning_rate * g
        out.append(q)
    return out[0], out[1], out[2], out[3]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    ep = n_epochs
    while ep > 0:
        yp, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(yp, y))
        g1, g2, g3, g4 = backward_pass(X, y, yp, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, g1, g2, g3, g4, learning_rate)
        ep -= 1
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # my sigmoid goes through python floats, autograd can't see through it -> built-ins here
    P = [torch.tensor(p.tolist(), dtype=p.dtype, requires_grad=True) for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(n_epochs):
        out = torch.sigmoid(torch.sigmoid(X @ P[0] + P[1]) @ P[2] + P[3])
        L = (out - y).pow(2).mean()
        losses.append(L.item())
        L.backward()
        for p in P:
            p.data -= learning_rate * p.grad
            p.grad = None
    return P[0].data, P[1].data, P[2].data, P[3].data, losses


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], n)
    ys = np.linspace(y_range[0], y_range[1], n)
    xx, yy, pp = np.empty((n, n)), np.empty((n, n)), np.empty((n, n))
    for r in range(n):
        for c in range(n):
            xx[r][c] = xs[c]
            yy[r][c] = ys[r]
            pt = torch.tensor([[xs[c], ys[r]]], dtype=W1.dtype)
            pp[r][c] = forward_pass(pt, W1, b1, W2, b2)[0].item()
    return xx, yy, pp
