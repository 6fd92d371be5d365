# TP 4 - reseau a une couche cachee
import numpy as np
import torch


def sigmoid(x):
    # version stable: on ne prend l'exponentielle que de nombres negatifs
    e = torch.exp(torch.minimum(x, -x))
    return torch.where(x < 0, e, torch.ones_like(e)) / (1 + e)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def forward_pass(X, W1, b1, W2, b2):
    # couche cachee puis couche de sortie
    z1 = X @ W1 + b1.unsqueeze(0)
    h = sigmoid(z1)
    z2 = h @ W2 + b2.unsqueeze(0)
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    # erreur quadratique moyenne
    m = y.shape[0]
    ecart = y_pred - y
    return (ecart ** 2).sum() / m


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    nb = y.numel()
    # derivee par rapport a la sortie
    d_sortie = 2 * (y_pred - y) / nb
    delta_sortie = d_sortie * sigmoid_derivative(y_pred)
    # retro-propagation
    delta_cachee = (delta_sortie @ W2.t()) * sigmoid_derivative(h)
    dW1 = X.t() @ delta_cachee
    db1 = delta_cachee.sum(dim=0)
    dW2 = h.t() @ delta_sortie
    db2 = delta_sortie.sum(dim=0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    # descente de gradient
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    pertes = []
    for epoque in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        pertes.append(float(compute_loss(y_pred, y)))
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, pertes


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    # ici on laisse torch travailler
    parametres = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    mse = torch.nn.MSELoss(reduction='mean')
    pertes = []
    for epoque in range(n_epochs):
        for p in parametres:
            if p.grad is not None:
                p.grad.zero_()
        perte = mse(forward_pass(X, *parametres)[0], y)
        pertes.append(perte.item())
        perte.backward()
        with torch.no_grad():
            for p in parametres:
                p -= learning_rate * p.grad
    W1, b1, W2, b2 = [p.detach() for p in parametres]
    return W1, b1, W2, b2, pertes


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = torch.meshgrid(
        torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype),
        torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype),
        indexing='xy',
    )
    points = torch.column_stack((xx.ravel(), yy.ravel()))
    sortie = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, sortie.reshape(n, n)
