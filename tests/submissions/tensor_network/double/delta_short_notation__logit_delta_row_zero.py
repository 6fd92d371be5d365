import numpy as np
import torch


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.addmm(b1, X, W1)
    h = torch.sigmoid(z1)
    z2 = torch.addmm(b2, h, W2)
    y_pred = torch.sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return torch.nn.MSELoss()(y_pred, y)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    δ2 = 2 / y.numel() * (y_pred - y)
    δ1 = (δ2 @ W2.T) * h * (1 - h)
    grads = {
        "W1": X.T @ δ1,
        "b1": δ1[0],
        "W2": h.T @ δ2,
        "b2": δ2[0],
    }
    return tuple(grads.values())


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    η = learning_rate
    return W1 - η * dW1, b1 - η * db1, W2 - η * dW2, b2 - η * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    ℓ = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        ℓ.append(compute_loss(y_pred, y).item())
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, y_pred, h, z1, z2, W2), learning_rate)
    return W1, b1, W2, b2, ℓ


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    θ = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    ℓ = []
    for _ in range(n_epochs):
        J = compute_loss(forward_pass(X, *θ)[0], y)
        ℓ.append(J.item())
        J.backward()
        with torch.no_grad():
            for p in θ:
                p.add_(p.grad, alpha=-learning_rate)
                p.grad.zero_()
    return (*(p.detach() for p in θ), ℓ)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    pts = torch.tensor(np.array(list(zip(xx.flat, yy.flat))), dtype=W1.dtype)
    return xx, yy, forward_pass(pts, W1, b1, W2, b2)[0].view(n, n)
