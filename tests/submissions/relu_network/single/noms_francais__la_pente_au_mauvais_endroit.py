# Devoir : la rétropropagation
import numpy as np
import torch


def sigmoide(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def pente_sigmoide(z):
    """Pente de la sigmoïde au point z."""
    s = sigmoide(z)
    return s * (1 - s)


def chain_rule(x):
    interieur = 2 * x + 1
    exterieur = interieur ** 3
    pente_int = 2
    pente_ext = 3 * interieur ** 2
    return {"f": exterieur, "u": interieur, "du_dx": pente_int, "df_du": pente_ext, "df_dx": pente_int * pente_ext}


def computational_graph(w, x, b):
    # aller
    produit = w * x
    somme = produit + b
    perte = somme ** 2
    # retour
    g_somme = 2 * somme
    g_produit = g_somme
    g_biais = g_somme
    g_poids = g_produit * x
    g_entree = g_produit * w
    return {"a": produit, "z": somme, "L": perte, "dL_dz": g_somme, "dL_da": g_produit,
            "dL_dw": g_poids, "dL_dx": g_entree, "dL_db": g_biais}


def single_neuron(x, w, b, y):
    # aller
    somme = np.dot(w, x) + b
    sortie = sigmoide(somme)
    perte = 0.5 * (y - sortie) ** 2
    # retour
    g_sortie = -(y - sortie)
    pente = pente_sigmoide(sortie)
    g_somme = g_sortie * pente
    g_poids = g_somme * x
    g_biais = g_somme
    return {"z": somme, "a": sortie, "L": perte, "dL_da": g_sortie, "da_dz": pente, "dL_dz": g_somme,
            "dL_dw": g_poids, "dL_db": g_biais}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        # petits poids au hasard, biais nuls
        self.W1 = np.random.normal(0, 0.1, size=(hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0, 0.1, size=(output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(Z < 0, 0, Z)

    def relu_derivative(self, Z):
        return np.where(Z <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return sigmoide(Z)

    def sigmoid_derivative(self, Z):
        return pente_sigmoide(Z)

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = np.matmul(self.W1, X) + self.b1
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = np.matmul(self.W2, cache["A1"]) + self.b2
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        nombre = Y.shape[1]
        sortie = np.minimum(np.maximum(A2, 1e-15), 1 - 1e-15)
        perte_un = -Y * np.log(sortie)
        perte_zero = -(1 - Y) * np.log(1 - sortie)
        return np.sum(perte_un + perte_zero) / nombre

    def backward(self, Y, cache):
        nombre = Y.shape[1]
        # couche de sortie
        ecart = cache["A2"] - Y
        dW2 = np.matmul(ecart, cache["A1"].T) / nombre
        db2 = np.sum(ecart, axis=1, keepdims=True) / nombre
        # couche cachée
        ecart_cache = np.matmul(self.W2.T, ecart)
        ecart_cache = np.where(cache["Z1"] > 0, ecart_cache, 0.0)
        dW1 = np.matmul(ecart_cache, cache["X"].T) / nombre
        db1 = np.sum(ecart_cache, axis=1, keepdims=True) / nombre
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        pas = self.learning_rate
        self.W1 = self.W1 - pas * gradients["dW1"]
        self.b1 = self.b1 - pas * gradients["db1"]
        self.W2 = self.W2 - pas * gradients["dW2"]
        self.b2 = self.b2 - pas * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for tour in range(num_iterations):
            sortie, cache = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            if tour % print_every == 0:
                print("tour", tour, "perte", perte)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return pertes

    def predict(self, X):
        sortie = self.forward(X)[0]
        return np.array(sortie > 0.5, dtype=int)


def perte_du_reseau(nn, X, Y):
    sortie, _ = nn.forward(X)
    return nn.compute_loss(Y, sortie)


def pente_numerique(nn, X, Y, tableau, ligne, colonne, epsilon):
    garde = tableau[ligne, colonne]
    tableau[ligne, colonne] = garde + epsilon
    droite = perte_du_reseau(nn, X, Y)
    tableau[ligne, colonne] = garde - epsilon
    gauche = perte_du_reseau(nn, X, Y)
    tableau[ligne, colonne] = garde
    return (droite - gauche) / (2 * epsilon)


def ecart_relatif(exact, approche):
    taille = np.linalg.norm(exact) + np.linalg.norm(approche)
    if taille == 0:
        return 0.0
    return np.linalg.norm(exact - approche) / taille


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    hasard = np.random.RandomState(3)
    ecarts = {}
    for nom in ["W1", "b1", "W2", "b2"]:
        tableau = getattr(nn, nom)
        choix = hasard.choice(tableau.size, min(10, tableau.size), replace=False)
        lignes, colonnes = np.unravel_index(choix, tableau.shape)
        approche = np.array([pente_numerique(nn, X, Y, tableau, l, c, epsilon) for l, c in zip(lignes, colonnes)])
        ecarts[nom] = ecart_relatif(gradients["d" + nom][lignes, colonnes], approche)
    return ecarts


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    ecarts = {}
    for nom in ["W1", "b1", "W2", "b2"]:
        tableau = getattr(nn, nom)
        approche = np.zeros(tableau.shape)
        for l in range(tableau.shape[0]):
            for c in range(tableau.shape[1]):
                approche[l, c] = pente_numerique(nn, X, Y, tableau, l, c, epsilon)
        ecarts[nom] = ecart_relatif(gradients["d" + nom], approche)
    return ecarts


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.1, size=(hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0, 0.1, size=(hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0, 0.1, size=(output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        cache = {"X": X}
        cache["Z1"] = np.matmul(self.W1, X) + self.b1
        cache["A1"] = np.where(cache["Z1"] < 0, 0, cache["Z1"])
        cache["Z2"] = np.matmul(self.W2, cache["A1"]) + self.b2
        cache["A2"] = np.where(cache["Z2"] < 0, 0, cache["Z2"])
        cache["Z3"] = np.matmul(self.W3, cache["A2"]) + self.b3
        cache["A3"] = sigmoide(cache["Z3"])
        return cache["A3"], cache

    def compute_loss(self, Y, A3):
        sortie = np.minimum(np.maximum(A3, 1e-15), 1 - 1e-15)
        return np.sum(-Y * np.log(sortie) - (1 - Y) * np.log(1 - sortie)) / Y.shape[1]

    def backward(self, Y, cache):
        nombre = Y.shape[1]
        ecart3 = cache["A3"] - Y
        ecart2 = np.where(cache["Z2"] > 0, np.matmul(self.W3.T, ecart3), 0.0)
        ecart1 = np.where(cache["Z1"] > 0, np.matmul(self.W2.T, ecart2), 0.0)
        gradients = {}
        gradients["dW3"] = np.matmul(ecart3, cache["A2"].T) / nombre
        gradients["dW2"] = np.matmul(ecart2, cache["A1"].T) / nombre
        gradients["dW1"] = np.matmul(ecart1, cache["X"].T) / nombre
        gradients["db3"] = np.sum(ecart3, axis=1, keepdims=True) / nombre
        gradients["db2"] = np.sum(ecart2, axis=1, keepdims=True) / nombre
        gradients["db1"] = np.sum(ecart1, axis=1, keepdims=True) / nombre
        return gradients

    def update_parameters(self, gradients):
        for couche in "123":
            for lettre in "Wb":
                nom = lettre + couche
                setattr(self, nom, getattr(self, nom) - self.learning_rate * gradients["d" + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for tour in range(num_iterations):
            sortie, cache = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            if tour % print_every == 0:
                print("tour", tour, "perte", perte)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
        return pertes

    def predict(self, X):
        sortie = self.forward(X)[0]
        return np.array(sortie > 0.5, dtype=int)


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
    droite = poids * entree + biais
    droite.backward()
    return entree.grad, poids.grad, biais.grad


def leaf_parameters(shape, scale, generator):
    nombres = torch.randn(*shape, generator=generator)
    nombres = scale * nombres
    return nombres.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    feuilles = [t.clone().detach().requires_grad_(True) for t in (W1, b1, W2, b2)]
    pertes = []
    for tour in range(num_iterations):
        cachee = torch.relu(feuilles[0] @ X + feuilles[1])
        sortie = torch.sigmoid(feuilles[2] @ cachee + feuilles[3])
        perte = torch.mean((sortie - Y) ** 2)
        perte.backward()
        pertes.append(perte.item())
        for t in feuilles:
            t.data = t.data - learning_rate * t.grad
            t.grad.zero_()
    return pertes


def gradient_flow(model, X, Y):
    for parametre in model.parameters():
        parametre.grad = None
    perte = torch.nn.BCELoss()(model(X), Y)
    perte.backward()
    moyennes = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            moyennes.append(torch.abs(module.weight.grad).mean().item())
    return moyennes
