"""mlp from scratch, in the spirit of the makemore lectures: every intermediate gets a d-something."""

import numpy as np
import torch


def sigmoid(x):
    # torch.sigmoid is stable on both ends, no need to be a hero
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1.0 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    hpreact = X @ W1 + b1
    h = sigmoid(hpreact)
    logits = h @ W2 + b2
    probs = sigmoid(logits)
    return probs, h, hpreact, logits


def compute_loss(y_pred, y):
    return (y_pred - y).pow(2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    # ---- let's backprop through everything, line by line, bottom to top ----
    # loss = sq.mean()
    n = y.size(0)  # batch size
    dsq = torch.ones_like(y_pred) / n
    # sq = diff ** 2
    diff = y_pred - y
    ddiff = 2 * diff * dsq
    # diff = probs - y
    dprobs = ddiff.clone()
    # probs = sigmoid(logits)
    dlogits = sigmoid_derivative(y_pred) * dprobs
    # logits = h @ W2 + b2
    dh = dlogits @ W2.T
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(0)
    # h = sigmoid(hpreact)
    dhpreact = sigmoid_derivative(h) * dh
    # hpreact = X @ W1 + b1
    dW1 = X.T @ dhpreact
    db1 = dhpreact.sum(0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    parameters = [W1, b1, W2, b2]
    grads = [dW1, db1, dW2, db2]
    return tuple(p + -learning_rate * g for p, g in zip(parameters, grads))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    lossi = []
    with torch.no_grad():
        for i in range(n_epochs):
            # forward
            probs, h, hpreact, logits = forward_pass(X, W1, b1, W2, b2)
            lossi.append(compute_loss(probs, y).item())
            # backward (manual, look ma no autograd)
            grads = backward_pass(X, y, probs, h, hpreact, logits, W2)
            # update
            W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, lossi


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameters = [p.clone().detach() for p in (W1, b1, W2, b2)]
    for p in parameters:
        p.requires_grad = True

    lossi = []
    for i in range(n_epochs):
        probs, *_ = forward_pass(X, *parameters)
        loss = compute_loss(probs, y)
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data += -learning_rate * p.grad
        lossi.append(loss.item())
    return (*[p.detach() for p in parameters], lossi)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = np.linspace(x_range[0], x_range[1], n)
    ys = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(xs, ys)
    pts = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=W1.dtype)
    probs = forward_pass(pts, W1, b1, W2, b2)[0]
    return xx, yy, probs.view(n, n).detach().numpy()
