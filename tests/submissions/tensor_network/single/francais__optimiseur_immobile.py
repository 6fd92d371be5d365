"""Réseau à une couche cachée, avec des tenseurs : d'abord sans autograd, ensuite avec."""

import numpy as np
import torch
import torch.optim as optim


def sigmoid(x):
    """Fonction logistique, élément par élément."""
    return torch.special.expit(x)


def sigmoid_derivative(sigmoid_output):
    """Dérivée à partir de la sortie : s (1 - s)."""
    sortie = sigmoid_output
    return sortie * (1 - sortie)


def forward_pass(X, W1, b1, W2, b2):
    """Passe avant."""
    z1 = X.mm(W1) + b1
    cachee = sigmoid(z1)
    z2 = cachee.mm(W2) + b2
    sortie = sigmoid(z2)
    return sortie, cachee, z1, z2


def compute_loss(y_pred, y):
    """Erreur quadratique moyenne, sous forme d'un nombre."""
    ecart = y_pred - y
    return torch.mean(ecart ** 2).item()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """Rétropropagation à la main."""
    nb = y.size(0) * y.size(1)
    ecart = y_pred - y

    # couche de sortie
    err_sortie = ecart * sigmoid_derivative(y_pred) * 2 / nb
    grad_W2 = h.t().mm(err_sortie)
    grad_b2 = err_sortie.sum(dim=0)

    # couche cachée
    err_cachee = err_sortie.mm(W2.t()) * sigmoid_derivative(h)
    grad_W1 = X.t().mm(err_cachee)
    grad_b1 = err_cachee.sum(dim=0)

    return grad_W1, grad_b1, grad_W2, grad_b2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """Un pas de descente de gradient."""
    pas = learning_rate
    return W1 - pas * dW1, b1 - pas * db1, W2 - pas * dW2, b2 - pas * db2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Apprentissage sans autograd."""
    pertes = []
    for _ in range(n_epochs):
        sortie, cachee, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        pertes.append(compute_loss(sortie, y))
        gW1, gb1, gW2, gb2 = backward_pass(X, y, sortie, cachee, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, gW1, gb1, gW2, gb2, learning_rate)
    return W1, b1, W2, b2, pertes


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Le même apprentissage avec autograd et l'optimiseur de PyTorch."""
    feuilles = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    optimiseur = optim.SGD(feuilles, lr=learning_rate)
    pertes = []

    for _ in range(n_epochs):
        optimiseur.zero_grad()
        sortie = forward_pass(X, *feuilles)[0]
        perte = torch.tensor(compute_loss(sortie, y), requires_grad=True)
        perte.backward()
        optimiseur.step()
        pertes.append(perte.item())

    W1, b1, W2, b2 = (t.detach() for t in feuilles)
    return W1, b1, W2, b2, pertes


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Prédictions sur une grille."""
    abscisses = np.linspace(*x_range, num=n)
    ordonnees = np.linspace(*y_range, num=n)
    xx, yy = np.meshgrid(abscisses, ordonnees)
    points = torch.as_tensor(np.vstack((xx.flatten(), yy.flatten())).T, dtype=W1.dtype)
    sortie = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, sortie.numpy().reshape(xx.shape)
