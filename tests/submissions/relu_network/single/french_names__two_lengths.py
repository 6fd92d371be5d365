# -*- coding: utf-8 -*-
# TP rétropropagation

import numpy as np
import torch

NOMS = ["W1", "b1", "W2", "b2"]


def chain_rule(x):
    u = 2 * x + 1
    f = u ** 3
    interieure = 2
    exterieure = 3 * u ** 2
    return {"f": f, "u": u, "du_dx": interieure, "df_du": exterieure, "df_dx": exterieure * interieure}


def computational_graph(w, x, b):
    # passage avant
    a = w * x
    z = a + b
    perte = z ** 2
    # passage arrière
    grad_z = 2 * z
    grad_a = grad_z
    grad_b = grad_z
    grad_w = grad_a * x
    grad_x = grad_a * w
    return {"a": a, "z": z, "L": perte, "dL_dz": grad_z, "dL_da": grad_a,
            "dL_dw": grad_w, "dL_dx": grad_x, "dL_db": grad_b}


def single_neuron(x, w, b, y):
    z = (w * x).sum() + b
    a = 1 / (1 + np.exp(-z))
    ecart = y - a
    pente = a * (1 - a)
    grad_z = -ecart * pente
    return {"z": z, "a": a, "L": 0.5 * ecart ** 2, "dL_da": -ecart, "da_dz": pente,
            "dL_dz": grad_z, "dL_dw": grad_z * x, "dL_db": grad_z}


class NeuralNetworkWithBackprop:
    """Réseau à une couche cachée."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.05, size=(hidden_size, input_size))
        self.W2 = np.random.normal(0.0, 0.05, size=(output_size, hidden_size))
        self.b1 = np.zeros(shape=(hidden_size, 1))
        self.b2 = np.zeros(shape=(output_size, 1))

    def relu(self, Z):
        positif = np.array(Z, copy=True)
        positif[positif < 0] = 0
        return positif

    def relu_derivative(self, Z):
        return (np.array(Z) > 0).astype("float64")

    def sigmoid(self, Z):
        borne = np.minimum(np.maximum(Z, -709), 709)
        return 1 / (1 + np.exp(-borne))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s - s * s

    def forward(self, X):
        memoire = {"X": X}
        memoire["Z1"] = self.W1 @ X + self.b1
        memoire["A1"] = self.relu(memoire["Z1"])
        memoire["Z2"] = self.W2 @ memoire["A1"] + self.b2
        memoire["A2"] = self.sigmoid(memoire["Z2"])
        return memoire["A2"], memoire

    def compute_loss(self, Y, A2):
        nombre = Y.shape[1]
        sortie = np.clip(A2, 1e-12, 1 - 1e-12)
        somme = np.sum(Y * np.log(sortie)) + np.sum((1 - Y) * np.log(1 - sortie))
        return -somme / nombre

    def backward(self, Y, cache):
        nombre = Y.shape[1]
        # couche de sortie
        erreur2 = cache["A2"] - Y
        dW2 = erreur2 @ cache["A1"].T / nombre
        db2 = erreur2.sum(axis=1, keepdims=True) / nombre
        # couche cachée
        erreur1 = (self.W2.T @ erreur2) * self.relu_derivative(cache["Z1"])
        dW1 = erreur1 @ cache["X"].T / nombre
        db1 = erreur1.sum(axis=1, keepdims=True) / nombre
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        pas = self.learning_rate
        for nom in NOMS:
            setattr(self, nom, getattr(self, nom) - pas * gradients["d" + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for tour in range(num_iterations):
            sortie, memoire = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            gradients = self.backward(Y, memoire)
            self.update_parameters(gradients)
            if tour % print_every == 0:
                print("tour %d : perte %.5f" % (tour, perte))
        return pertes

    def predict(self, X):
        sortie, _ = self.forward(X)
        return (sortie > 0.5).astype(int)


def perte_totale(nn, X, Y):
    sortie, _ = nn.forward(X)
    return nn.compute_loss(Y, sortie)


def pente_numerique(nn, X, Y, tableau, position, epsilon):
    """Différence centrée pour un seul élément du tableau."""
    valeur = tableau[position]
    tableau[position] = valeur + epsilon
    haut = perte_totale(nn, X, Y)
    tableau[position] = valeur - epsilon
    bas = perte_totale(nn, X, Y)
    tableau[position] = valeur
    return (haut - bas) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Vérifie dix éléments au plus de chaque paramètre."""
    _, memoire = nn.forward(X)
    gradients = nn.backward(Y, memoire)
    ecarts = {}
    for nom in NOMS:
        tableau = getattr(nn, nom)
        positions = [np.unravel_index(i, tableau.shape) for i in range(min(10, tableau.size))]
        exact = np.array([gradients["d" + nom][p] for p in positions])
        approche = np.array([pente_numerique(nn, X, Y, tableau, p, epsilon) for p in positions])
        echelle = np.linalg.norm(exact) + np.linalg.norm(approche)
        ecarts[nom] = 0.0 if echelle == 0 else np.linalg.norm(exact - approche) / echelle
    return ecarts


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Vérifie tous les éléments."""
    _, memoire = nn.forward(X)
    gradients = nn.backward(Y, memoire)
    ecarts = {}
    for nom in NOMS:
        tableau = getattr(nn, nom)
        exact = gradients["d" + nom]
        approche = np.zeros(tableau.shape)
        for position in np.ndindex(tableau.shape):
            approche[position] = pente_numerique(nn, X, Y, tableau, position, epsilon)
        norme_exacte = np.linalg.norm(exact)
        norme_approchee = np.linalg.norm(approche)
        ecart = abs(norme_exacte - norme_approchee)
        echelle = norme_exacte + norme_approchee
        ecarts[nom] = 0.0 if echelle == 0 else ecart / echelle
    return ecarts


class ThreeLayerNetwork:
    """Réseau à deux couches cachées."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.05, size=(hidden1_size, input_size))
        self.W2 = np.random.normal(0.0, 0.05, size=(hidden2_size, hidden1_size))
        self.W3 = np.random.normal(0.0, 0.05, size=(output_size, hidden2_size))
        self.b1 = np.zeros(shape=(hidden1_size, 1))
        self.b2 = np.zeros(shape=(hidden2_size, 1))
        self.b3 = np.zeros(shape=(output_size, 1))

    def forward(self, X):
        memoire = {"X": X}
        memoire["Z1"] = self.W1 @ X + self.b1
        memoire["A1"] = np.maximum(memoire["Z1"], 0)
        memoire["Z2"] = self.W2 @ memoire["A1"] + self.b2
        memoire["A2"] = np.maximum(memoire["Z2"], 0)
        memoire["Z3"] = self.W3 @ memoire["A2"] + self.b3
        memoire["A3"] = 1 / (1 + np.exp(-np.clip(memoire["Z3"], -709, 709)))
        return memoire["A3"], memoire

    def compute_loss(self, Y, A3):
        sortie = np.clip(A3, 1e-12, 1 - 1e-12)
        somme = np.sum(Y * np.log(sortie)) + np.sum((1 - Y) * np.log(1 - sortie))
        return -somme / Y.shape[1]

    def backward(self, Y, cache):
        nombre = Y.shape[1]
        erreur3 = cache["A3"] - Y
        erreur2 = (self.W3.T @ erreur3) * (cache["Z2"] > 0)
        erreur1 = (self.W2.T @ erreur2) * (cache["Z1"] > 0)
        gradients = {}
        for numero, erreur, entree in ((1, erreur1, "X"), (2, erreur2, "A1"), (3, erreur3, "A2")):
            gradients["dW" + str(numero)] = erreur @ cache[entree].T / nombre
            gradients["db" + str(numero)] = erreur.sum(axis=1, keepdims=True) / nombre
        return gradients

    def update_parameters(self, gradients):
        for nom in NOMS + ["W3", "b3"]:
            setattr(self, nom, getattr(self, nom) - self.learning_rate * gradients["d" + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for tour in range(num_iterations):
            sortie, memoire = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            self.update_parameters(self.backward(Y, memoire))
            if tour % print_every == 0:
                print("tour %d : perte %.5f" % (tour, perte))
        return pertes

    def predict(self, X):
        sortie, _ = self.forward(X)
        return (sortie > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    somme = w1 * x1 + w2 * x2
    difference = w1 * x1 - w2 * x2
    derivee1 = 2 * somme * x1 + 2 * difference * x1
    derivee2 = 2 * somme * x2 - 2 * difference * x2
    return derivee1, derivee2


def two_squares_autograd(w1, w2, x1, x2):
    poids1 = torch.tensor(w1, requires_grad=True)
    poids2 = torch.tensor(w2, requires_grad=True)
    perte = (poids1 * x1 + poids2 * x2) ** 2 + (poids1 * x1 - poids2 * x2) ** 2
    perte.backward()
    return poids1.grad.item(), poids2.grad.item()


def autograd_linear(x, w, b):
    feuilles = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    droite = feuilles[1] * feuilles[0] + feuilles[2]
    droite.backward()
    return tuple(f.grad.item() for f in feuilles)


def leaf_parameters(shape, scale, generator):
    valeurs = torch.randn(*shape, generator=generator) * scale
    valeurs.requires_grad_()
    return valeurs


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    feuilles = []
    for depart in (W1, b1, W2, b2):
        feuilles.append(depart.detach().clone().requires_grad_())
    pertes = []
    for tour in range(num_iterations):
        cachee = torch.relu(feuilles[0] @ X + feuilles[1])
        sortie = torch.sigmoid(feuilles[2] @ cachee + feuilles[3])
        perte = ((sortie - Y) ** 2).mean()
        pertes.append(perte.item())
        perte.backward()
        with torch.no_grad():
            for feuille in feuilles:
                feuille -= learning_rate * feuille.grad
                feuille.grad.zero_()
    return pertes


def gradient_flow(model, X, Y):
    model.zero_grad()
    entropie = torch.nn.BCELoss()
    entropie(model(X), Y).backward()
    tailles = []
    for couche in model.modules():
        if isinstance(couche, torch.nn.Linear):
            tailles.append(couche.weight.grad.abs().mean().item())
    return tailles
