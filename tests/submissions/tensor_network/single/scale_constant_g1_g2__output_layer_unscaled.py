import numpy as np
import torch


def sigmoid(x):
    exp = torch.exp
    return torch.where(x > 0, 1 / (1 + exp(-x.abs())), exp(-x.abs()) / (1 + exp(-x.abs())))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output.mul(sigmoid_output.neg().add(1))


def forward_pass(X, W1, b1, W2, b2):
    z1 = X.mm(W1).add(b1)
    h = sigmoid(z1)
    z2 = h.mm(W2).add(b2)
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    return y_pred.sub(y).square().mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    scale = 2.0 / y.numel()         # from the mean of squares
    g2 = (y_pred - y) * sigmoid_derivative(y_pred)
    g1 = g2.mm(W2.t()) * sigmoid_derivative(h)

    dW2 = h.t().mm(g2)
    db2 = g2.sum(0)
    dW1 = scale * X.t().mm(g1)
    db1 = scale * g1.sum(0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new_W1 = W1.clone()
    new_b1 = b1.clone()
    new_W2 = W2.clone()
    new_b2 = b2.clone()
    new_W1 -= learning_rate * dW1
    new_b1 -= learning_rate * db1
    new_W2 -= learning_rate * dW2
    new_b2 -= learning_rate * db2
    return new_W1, new_b1, new_W2, new_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses += [compute_loss(y_pred, y).item()]
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2,
            *backward_pass(X, y, y_pred, h, z1, z2, W2),
            learning_rate,
        )
    return W1, b1, W2, b2, losses


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    leaves = dict(W1=W1, b1=b1, W2=W2, b2=b2)
    leaves = {k: v.clone().requires_grad_() for k, v in leaves.items()}
    sgd = torch.optim.SGD(list(leaves.values()), lr=learning_rate, momentum=0)
    losses = []
    for _ in range(n_epochs):
        sgd.zero_grad(set_to_none=True)
        loss = compute_loss(forward_pass(X, **leaves)[0], y)
        loss.backward()
        sgd.step()
        losses += [loss.item()]
    return (*[v.detach() for v in leaves.values()], losses)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n), indexing="xy")
    pts = np.array([xx.ravel(), yy.ravel()]).transpose()
    out = forward_pass(torch.tensor(pts, dtype=W1.dtype), W1, b1, W2, b2)[0]
    return xx, yy, out.detach().numpy().reshape((n, n))
