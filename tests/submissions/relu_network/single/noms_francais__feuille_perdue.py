"""TP : rétropropagation du gradient (une colonne = un échantillon)."""

import numpy as np
import torch


# ----- Exercice 1 : dérivée d'une fonction composée -----

def chain_rule(x):
    interieur = 2 * x + 1
    exterieur = interieur ** 3
    derivee_interieur = 2
    derivee_exterieur = 3 * interieur ** 2
    return dict(f=exterieur, u=interieur, du_dx=derivee_interieur, df_du=derivee_exterieur,
                df_dx=derivee_exterieur * derivee_interieur)


# ----- Exercice 2 : graphe de calcul -----

def computational_graph(w, x, b):
    produit = w * x
    somme = produit + b
    perte = somme ** 2

    # on remonte le graphe
    par_somme = 2 * somme
    par_produit = par_somme
    return dict(a=produit, z=somme, L=perte, dL_dz=par_somme, dL_da=par_produit,
                dL_dw=par_produit * x, dL_dx=par_produit * w, dL_db=par_somme)


# ----- Exercice 3 : un neurone -----

def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    sortie = 1 / (1 + np.exp(-z))
    ecart = sortie - y
    pente = sortie * (1 - sortie)
    signal = ecart * pente
    return dict(z=z, a=sortie, L=ecart ** 2 / 2, dL_da=ecart, da_dz=pente, dL_dz=signal,
                dL_dw=signal * x, dL_db=signal)


# ----- Exercice 4 : réseau à une couche cachée -----

class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.1, size=(hidden_size, input_size))
        self.b1 = np.zeros([hidden_size, 1])
        self.W2 = np.random.normal(scale=0.1, size=(output_size, hidden_size))
        self.b2 = np.zeros([output_size, 1])

    def relu(self, Z):
        resultat = np.copy(Z)
        resultat[resultat < 0] = 0
        return resultat

    def relu_derivative(self, Z):
        derivee = np.zeros(np.shape(Z))
        derivee[Z > 0] = 1.0
        return derivee

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))

    def sigmoid_derivative(self, Z):
        sortie = self.sigmoid(Z)
        return sortie * (1 - sortie)

    def forward(self, X):
        memoire = {"X": X}
        memoire["Z1"] = np.matmul(self.W1, X) + self.b1
        memoire["A1"] = self.relu(memoire["Z1"])
        memoire["Z2"] = np.matmul(self.W2, memoire["A1"]) + self.b2
        memoire["A2"] = self.sigmoid(memoire["Z2"])
        return memoire["A2"], memoire

    def compute_loss(self, Y, A2):
        nb_echantillons = Y.shape[1]
        petite = 1e-12
        proba = np.clip(A2, petite, 1 - petite)
        vraisemblance = Y * np.log(proba) + (1 - Y) * np.log(1 - proba)
        return -vraisemblance.sum() / nb_echantillons

    def backward(self, Y, cache):
        nb_echantillons = Y.shape[1]
        erreur2 = (cache["A2"] - Y) / nb_echantillons
        erreur1 = np.matmul(self.W2.T, erreur2) * self.relu_derivative(cache["Z1"])
        gradients = {}
        gradients["dW2"] = np.matmul(erreur2, cache["A1"].T)
        gradients["db2"] = erreur2.sum(axis=1, keepdims=True)
        gradients["dW1"] = np.matmul(erreur1, cache["X"].T)
        gradients["db1"] = erreur1.sum(axis=1, keepdims=True)
        return gradients

    def update_parameters(self, gradients):
        pas = self.learning_rate
        self.W1 = self.W1 - pas * gradients["dW1"]
        self.b1 = self.b1 - pas * gradients["db1"]
        self.W2 = self.W2 - pas * gradients["dW2"]
        self.b2 = self.b2 - pas * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for etape in range(num_iterations):
            sortie, memoire = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            if etape % print_every == 0:
                print(f"étape {etape} : perte = {perte:.5f}")
            self.update_parameters(self.backward(Y, memoire))
        return pertes

    def predict(self, X):
        sortie, _ = self.forward(X)
        return np.where(sortie > 0.5, 1, 0)


# ----- Exercice 5 : vérification du gradient -----

def derivee_numerique(nn, X, Y, nom, position, epsilon):
    parametre = getattr(nn, nom)
    valeur = parametre[position]
    parametre[position] = valeur + epsilon
    perte_droite = nn.compute_loss(Y, nn.forward(X)[0])
    parametre[position] = valeur - epsilon
    perte_gauche = nn.compute_loss(Y, nn.forward(X)[0])
    parametre[position] = valeur
    return (perte_droite - perte_gauche) / (2 * epsilon)


def ecart_relatif(analytique, numerique):
    norme = np.linalg.norm(analytique) + np.linalg.norm(numerique)
    return np.linalg.norm(analytique - numerique) / norme if norme > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, memoire = nn.forward(X)
    gradients = nn.backward(Y, memoire)
    ecarts = {}
    for nom in ["W1", "b1", "W2", "b2"]:
        gradient = gradients["d" + nom]
        positions = list(np.ndindex(gradient.shape))
        np.random.RandomState(0).shuffle(positions)
        positions = [tuple(p) for p in positions[:10]]
        analytique = np.array([gradient[p] for p in positions])
        numerique = np.array([derivee_numerique(nn, X, Y, nom, p, epsilon) for p in positions])
        ecarts[nom] = ecart_relatif(analytique, numerique)
    return ecarts


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, memoire = nn.forward(X)
    gradients = nn.backward(Y, memoire)
    ecarts = {}
    for nom in ["W1", "b1", "W2", "b2"]:
        numerique = np.zeros(getattr(nn, nom).shape)
        for position in np.ndindex(numerique.shape):
            numerique[position] = derivee_numerique(nn, X, Y, nom, position, epsilon)
        ecarts[nom] = ecart_relatif(gradients["d" + nom], numerique)
    return ecarts


# ----- Exercice 6 : deux couches cachées -----

class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(scale=0.1, size=(hidden1_size, input_size))
        self.b1 = np.zeros([hidden1_size, 1])
        self.W2 = np.random.normal(scale=0.1, size=(hidden2_size, hidden1_size))
        self.b2 = np.zeros([hidden2_size, 1])
        self.W3 = np.random.normal(scale=0.1, size=(output_size, hidden2_size))
        self.b3 = np.zeros([output_size, 1])

    def forward(self, X):
        memoire = {"X": X}
        memoire["Z1"] = np.matmul(self.W1, X) + self.b1
        memoire["A1"] = np.maximum(memoire["Z1"], 0)
        memoire["Z2"] = np.matmul(self.W2, memoire["A1"]) + self.b2
        memoire["A2"] = np.maximum(memoire["Z2"], 0)
        memoire["Z3"] = np.matmul(self.W3, memoire["A2"]) + self.b3
        memoire["A3"] = 1 / (1 + np.exp(-np.clip(memoire["Z3"], -500, 500)))
        return memoire["A3"], memoire

    def compute_loss(self, Y, A3):
        proba = np.clip(A3, 1e-12, 1 - 1e-12)
        vraisemblance = Y * np.log(proba) + (1 - Y) * np.log(1 - proba)
        return -vraisemblance.sum() / Y.shape[1]

    def backward(self, Y, cache):
        erreur3 = (cache["A3"] - Y) / Y.shape[1]
        erreur2 = np.matmul(self.W3.T, erreur3) * (cache["Z2"] > 0)
        erreur1 = np.matmul(self.W2.T, erreur2) * (cache["Z1"] > 0)
        gradients = {}
        for couche, erreur, entree in ((1, erreur1, "X"), (2, erreur2, "A1"), (3, erreur3, "A2")):
            gradients[f"dW{couche}"] = np.matmul(erreur, cache[entree].T)
            gradients[f"db{couche}"] = erreur.sum(axis=1, keepdims=True)
        return gradients

    def update_parameters(self, gradients):
        for nom in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, nom, getattr(self, nom) - self.learning_rate * gradients["d" + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for etape in range(num_iterations):
            sortie, memoire = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            if etape % print_every == 0:
                print(f"étape {etape} : perte = {perte:.5f}")
            self.update_parameters(self.backward(Y, memoire))
        return pertes

    def predict(self, X):
        sortie, _ = self.forward(X)
        return np.where(sortie > 0.5, 1, 0)


# ----- Exercice 7 : autograd -----

def two_squares(w1, w2, x1, x2):
    somme = w1 * x1 + w2 * x2
    difference = w1 * x1 - w2 * x2
    return 2 * x1 * somme + 2 * x1 * difference, 2 * x2 * somme - 2 * x2 * difference


def two_squares_autograd(w1, w2, x1, x2):
    p1 = torch.tensor(w1, requires_grad=True)
    p2 = torch.tensor(w2, requires_grad=True)
    perte = (p1 * x1 + p2 * x2) ** 2 + (p1 * x1 - p2 * x2) ** 2
    perte.backward()
    return p1.grad, p2.grad


def autograd_linear(x, w, b):
    entree = torch.tensor(x, requires_grad=True)
    poids = torch.tensor(w, requires_grad=True)
    biais = torch.tensor(b, requires_grad=True)
    sortie = poids * entree + biais
    sortie.backward()
    return entree.grad, poids.grad, biais.grad


def leaf_parameters(shape, scale, generator):
    parametre = torch.randn(*shape, generator=generator, requires_grad=True) * scale
    return parametre


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parametres = []
    for depart in (W1, b1, W2, b2):
        copie = depart.clone()
        copie.requires_grad_(True)
        parametres.append(copie)
    P1, c1, P2, c2 = parametres

    pertes = []
    for etape in range(num_iterations):
        cachee = torch.relu(P1 @ X + c1)
        sortie = torch.sigmoid(P2 @ cachee + c2)
        perte = torch.mean((sortie - Y) ** 2)
        pertes.append(perte.item())
        perte.backward()
        with torch.no_grad():
            for parametre in parametres:
                parametre -= learning_rate * parametre.grad
                parametre.grad.zero_()
    return pertes


def gradient_flow(model, X, Y):
    model.zero_grad()
    perte = torch.nn.functional.binary_cross_entropy(model(X), Y)
    perte.backward()
    tailles = []
    for couche in model.modules():
        if isinstance(couche, torch.nn.Linear):
            tailles.append(couche.weight.grad.abs().mean().item())
    return tailles
