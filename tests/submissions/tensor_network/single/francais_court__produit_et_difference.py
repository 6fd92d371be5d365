# Réseau à une couche cachée : petites fonctions auxiliaires
import numpy as np
import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * 1 - sigmoid_output


def couche(entree, poids, biais):
    return entree @ poids + biais


def forward_pass(X, W1, b1, W2, b2):
    z1 = couche(X, W1, b1)
    h = sigmoid(z1)
    z2 = couche(h, W2, b2)
    return sigmoid(z2), h, z1, z2


def ecart(prediction, cible):
    return prediction - cible


def compute_loss(y_pred, y):
    return (ecart(y_pred, y) ** 2).mean()


def derivee_erreur(prediction, cible):
    return 2 * ecart(prediction, cible) / cible.numel()


def gradients_couche(entree, delta):
    return entree.T @ delta, delta.sum(dim=0)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    delta_sortie = derivee_erreur(y_pred, y) * sigmoid_derivative(y_pred)
    delta_cachee = (delta_sortie @ W2.T) * sigmoid_derivative(h)
    dW1, db1 = gradients_couche(X, delta_cachee)
    dW2, db2 = gradients_couche(h, delta_sortie)
    return dW1, db1, dW2, db2


def pas(parametre, gradient, taux):
    return parametre - taux * gradient


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1, W2 = pas(W1, dW1, learning_rate), pas(W2, dW2, learning_rate)
    b1, b2 = pas(b1, db1, learning_rate), pas(b2, db2, learning_rate)
    return W1, b1, W2, b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    pertes = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        pertes += [compute_loss(y_pred, y).item()]
        gradients = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradients, learning_rate)
    return W1, b1, W2, b2, pertes


def feuille(t):
    return t.detach().clone().requires_grad_(True)


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    feuilles = [feuille(t) for t in (W1, b1, W2, b2)]
    pertes = []
    for _ in range(n_epochs):
        perte = compute_loss(forward_pass(X, *feuilles)[0], y)
        pertes += [perte.item()]
        perte.backward()
        feuilles = [feuille(pas(f, f.grad, learning_rate)) for f in feuilles]
    W1, b1, W2, b2 = [f.detach() for f in feuilles]
    return W1, b1, W2, b2, pertes


def axe(bornes, n):
    return np.linspace(bornes[0], bornes[1], n)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(axe(x_range, n), axe(y_range, n))
    points = torch.tensor(list(zip(xx.flat, yy.flat)), dtype=W1.dtype)
    sorties = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, sorties.numpy().reshape(n, n)
