import numpy as np, torch

# short is beautiful
sigmoid = lambda x: torch.sigmoid(x)
sigmoid_derivative = lambda sigmoid_output: sigmoid_output * (1 - sigmoid_output)
compute_loss = lambda y_pred, y: (y_pred - y).pow(2).mean()
update_parameters = lambda W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate: tuple(
    p - learning_rate * g for p, g in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2)))


def forward_pass(X, W1, b1, W2, b2):
    return sigmoid(z2 := (h := sigmoid(z1 := X @ W1 + b1)) @ W2 + b2), h, z1, z2


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d2 = (y_pred - y) * sigmoid_derivative(y_pred) * 2 / y_pred.numel()
    d1 = d2 @ W2.T * sigmoid_derivative(h)
    return X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    P, L = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        out = forward_pass(X, *P)
        L.append(compute_loss(out[0], y).item())
        P = update_parameters(*P, *backward_pass(X, y, *out, P[2]), learning_rate)
    return *P, L


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    P, L = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)], []
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *P)[0], y)
        L.append(loss.item())
        P = [(p - learning_rate * g).detach().requires_grad_() for p, g in zip(P, torch.autograd.grad(loss, P))]
    return *(p.detach() for p in P), L


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = torch.meshgrid(*(torch.linspace(*r, n, dtype=W1.dtype) for r in (x_range, y_range)), indexing="xy")
    return xx, yy, forward_pass(torch.stack((xx, yy), -1).reshape(-1, 2), W1, b1, W2, b2)[0].view(n, n)
