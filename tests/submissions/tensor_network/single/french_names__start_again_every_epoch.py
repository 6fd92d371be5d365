import numpy as np
import torch

# TP 3 : reseau a une couche cachee, tenseurs


def sigmoid(x):
    # la version de torch ne deborde pas
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    sortie = sigmoid_output
    return sortie - sortie * sortie


def couche(entree, poids, biais):
    potentiel = torch.matmul(entree, poids) + biais
    return potentiel, sigmoid(potentiel)


def forward_pass(X, W1, b1, W2, b2):
    potentiel_cache, cachee = couche(X, W1, b1)
    potentiel_sortie, sortie = couche(cachee, W2, b2)
    return sortie, cachee, potentiel_cache, potentiel_sortie


def compute_loss(y_pred, y):
    ecart = y_pred - y
    return torch.mean(ecart * ecart)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    nb_elements = y.shape[0] * y.shape[1]
    ecart = y_pred - y
    erreur_sortie = 2.0 / nb_elements * ecart * sigmoid_derivative(y_pred)
    erreur_cachee = torch.matmul(erreur_sortie, W2.t()) * sigmoid_derivative(h)

    grad_poids_sortie = torch.matmul(h.t(), erreur_sortie)
    grad_biais_sortie = torch.sum(erreur_sortie, dim=0)
    grad_poids_cache = torch.matmul(X.t(), erreur_cachee)
    grad_biais_cache = torch.sum(erreur_cachee, dim=0)
    return grad_poids_cache, grad_biais_cache, grad_poids_sortie, grad_biais_sortie


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    nouveau_W1 = W1 - learning_rate * dW1
    nouveau_b1 = b1 - learning_rate * db1
    nouveau_W2 = W2 - learning_rate * dW2
    nouveau_b2 = b2 - learning_rate * db2
    return nouveau_W1, nouveau_b1, nouveau_W2, nouveau_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    depart = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    pertes = []
    for epoque in range(n_epochs):
        reseau = dict(depart)
        sortie, cachee, potentiel_cache, potentiel_sortie = forward_pass(X, **reseau)
        pertes.append(float(compute_loss(sortie, y)))
        dW1, db1, dW2, db2 = backward_pass(X, y, sortie, cachee, potentiel_cache, potentiel_sortie, reseau["W2"])
        nouveaux = update_parameters(**reseau, dW1=dW1, db1=db1, dW2=dW2, db2=db2, learning_rate=learning_rate)
        reseau = dict(zip(("W1", "b1", "W2", "b2"), nouveaux))
    return reseau["W1"], reseau["b1"], reseau["W2"], reseau["b2"], pertes


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    feuilles = [tenseur.detach().clone().requires_grad_(True) for tenseur in (W1, b1, W2, b2)]
    optimiseur = torch.optim.SGD(feuilles, lr=learning_rate)
    pertes = []
    for epoque in range(n_epochs):
        optimiseur.zero_grad()
        sortie = forward_pass(X, *feuilles)[0]
        perte = compute_loss(sortie, y)
        perte.backward()
        pertes.append(perte.item())
        optimiseur.step()
    W1, b1, W2, b2 = [feuille.detach() for feuille in feuilles]
    return W1, b1, W2, b2, pertes


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    abscisses = np.linspace(x_range[0], x_range[1], n)
    ordonnees = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(abscisses, ordonnees)
    points = torch.tensor(np.column_stack((xx.ravel(), yy.ravel())), dtype=W1.dtype)
    sortie = forward_pass(points, W1, b1, W2, b2)[0]
    return xx, yy, sortie.reshape(n, n).numpy()
