# Opdracht 6, neuraal netwerk met tensoren
import numpy as np
import torch


def sigmoid(x):
    """De S-kromme."""
    return torch.reciprocal(torch.exp(-x) + 1)


def sigmoid_derivative(sigmoid_output):
    """Helling van de S-kromme, gegeven de uitkomst."""
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    def laag(invoer, W, b):
        som = invoer @ W + b
        return som, sigmoid(som)

    z1, h = laag(X, W1, b1)
    z2, y_pred = laag(h, W2, b2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    """Gemiddelde van het kwadraat van de fout."""
    return torch.mean((y_pred - y).abs() ** 2)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    aantal = y.shape[0] * y.shape[1]
    fout = 2 * (y_pred - y) / aantal

    def gewichten(invoer, delta):
        return invoer.T @ delta

    def drempels(delta):
        return torch.einsum("ij->j", delta)

    delta_uit = fout * sigmoid_derivative(fout)
    delta_verborgen = delta_uit @ W2.T * sigmoid_derivative(h)
    return (gewichten(X, delta_verborgen), drempels(delta_verborgen),
            gewichten(h, delta_uit), drempels(delta_uit))


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    def stap(p, g):
        return p - learning_rate * g

    return stap(W1, dW1), stap(b1, db1), stap(W2, dW2), stap(b2, db2)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verliezen = []
    for ronde in range(1, n_epochs + 1):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        verliezen.append(compute_loss(y_pred, y).item())
        stappen = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *stappen, learning_rate)
    return W1, b1, W2, b2, verliezen


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    def blad(t):
        return t.detach().clone().requires_grad_(True)

    W1, b1, W2, b2 = blad(W1), blad(b1), blad(W2), blad(b2)
    verliezen = []
    for ronde in range(1, n_epochs + 1):
        verlies = compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y)
        verlies.backward()
        verliezen.append(verlies.item())
        # nieuwe bladeren in plaats van nullen zetten
        W1 = blad(W1 - learning_rate * W1.grad)
        b1 = blad(b1 - learning_rate * b1.grad)
        W2 = blad(W2 - learning_rate * W2.grad)
        b2 = blad(b2 - learning_rate * b2.grad)
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), verliezen


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    stap_x = (x_range[1] - x_range[0]) / (n - 1)
    stap_y = (y_range[1] - y_range[0]) / (n - 1)
    xs = x_range[0] + stap_x * np.arange(n)
    ys = y_range[0] + stap_y * np.arange(n)
    xx, yy = np.meshgrid(xs, ys)
    punten = torch.tensor(np.c_[xx.flatten(), yy.flatten()], dtype=W1.dtype)
    uit = forward_pass(punten, W1, b1, W2, b2)[0]
    return xx, yy, uit.reshape(n, n)
