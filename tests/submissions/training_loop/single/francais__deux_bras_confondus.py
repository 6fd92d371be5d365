"""Rétropropagation du gradient.

Le concept le plus important : le gradient d'une couche se déduit de celui de la couche suivante.
Ma question : pourquoi une fonction de coût quadratique plutôt que l'entropie croisée ?
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    resultat = np.empty_like(x)
    positif = x >= 0
    resultat[positif] = 1 / (1 + np.exp(-x[positif]))
    exponentielle = np.exp(x[~positif])
    resultat[~positif] = exponentielle / (1 + exponentielle)
    return resultat


def sigmoid_derivative(x):
    valeur = sigmoid(x)
    return valeur * (1 - valeur)


def manual_forward(x, w1, b1, w2, b2):
    sortie = {}
    sortie["z1"] = w1 * x + b1
    sortie["a1"] = sigmoid(sortie["z1"])
    sortie["z2"] = w2 * sortie["a1"] + b2
    sortie["a2"] = sigmoid(sortie["z2"])
    return sortie


def manual_gradients(x, y, w1, b1, w2, b2):
    valeurs = manual_forward(x, w1, b1, w2, b2)
    # de la sortie vers l'entrée
    dL_da2 = valeurs["a2"] - y
    da2_dz2 = sigmoid_derivative(valeurs["z2"])
    dL_dz2 = da2_dz2 * dL_da2
    dL_da1 = w2 * dL_dz2
    da1_dz1 = sigmoid_derivative(valeurs["z1"])
    dL_dz1 = da1_dz1 * dL_da1
    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2,
            "dL_dw2": valeurs["a1"] * dL_dz2, "dL_db2": dL_dz2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1,
            "dL_dw1": x * dL_dz1, "dL_db1": dL_dz1}


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    pente = manual_gradients(x, y, w1, b1, w2, b2)
    anciens = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    return tuple(ancien - learning_rate * pente[f"dL_d{nom}"] for nom, ancien in anciens.items())


class NeuralNetwork:
    """Réseau à une couche cachée."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z_cachee = np.matmul(X, self.W1) + self.b1
        self.cachee = sigmoid(self.z_cachee)
        self.z_sortie = np.matmul(self.cachee, self.W2) + self.b2
        self.sortie = sigmoid(self.z_sortie)
        return self.sortie

    def backward(self, X, y):
        erreur = 2 * (self.sortie - y) / np.size(y)
        delta_sortie = erreur * sigmoid_derivative(self.z_sortie)
        delta_cachee = np.matmul(delta_sortie, self.W2.T) * sigmoid_derivative(self.z_cachee)
        self.gradients = {
            "dW1": np.matmul(X.T, delta_cachee),
            "db1": np.sum(delta_cachee, axis=0).reshape(1, -1),
            "dW2": np.matmul(self.cachee.T, delta_sortie),
            "db2": np.sum(delta_sortie, axis=0).reshape(1, -1),
        }
        return self.gradients

    def update_weights(self):
        pas = self.learning_rate
        self.W1 = self.W1 - pas * self.gradients["dW1"]
        self.b1 = self.b1 - pas * self.gradients["db1"]
        self.W2 = self.W2 - pas * self.gradients["dW2"]
        self.b2 = self.b2 - pas * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        return np.mean(np.square(y_true - y_pred))

    def train_step(self, X, y):
        prediction = self.forward(X)
        self.backward(X, y)
        self.update_weights()
        return self.compute_loss(y, prediction)


def train_xor(seed):
    np.random.seed(seed)
    entrees = np.array([[a, b] for a in (0, 1) for b in (0, 1)])
    cibles = np.array([[a ^ b] for a in (0, 1) for b in (0, 1)])
    reseau = NeuralNetwork(2, 8, 1, learning_rate=2)
    couts = []
    for _ in range(5000):
        couts.append(reseau.train_step(entrees, cibles))
    return reseau, couts


def bras(rayon, angle):
    return np.array([[r * np.cos(a), r * np.sin(a)] for r, a in zip(rayon, angle)])


def make_spiral_data(n_samples=300, noise=0.1):
    angle = np.linspace(0, 4 * np.pi, n_samples // 2)
    rayon = angle / (2 * np.pi)
    classe0 = bras(rayon, angle)
    classe1 = bras(-rayon, angle + np.pi)
    X = np.concatenate((classe0, classe1))
    X = X + np.random.normal(0, noise, X.shape)
    y = np.array([[0.0]] * len(classe0) + [[1.0]] * len(classe1))
    return X, y


def train_spiral(X, y):
    reseau = NeuralNetwork(2, 64, 1, learning_rate=3)
    reseau.W1 = np.random.normal(0, 5, (2, 64))
    reseau.b1 = np.random.normal(0, 5, (1, 64))
    reseau.W2 = np.random.normal(0, 0.5, (64, 1))
    for epoque in range(900):
        melange = np.random.permutation(len(X))
        for debut in range(0, len(X), 20):
            lot = melange[debut:debut + 20]
            reseau.train_step(X[lot], y[lot])
    return reseau


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    tableau = []
    for taille in hidden_sizes:
        for taux in learning_rates:
            np.random.seed(seed)
            reseau = NeuralNetwork(X.shape[1], taille, y.shape[1], taux)
            for _ in range(epochs):
                cout = reseau.train_step(X, y)
            tableau.append({"hidden_size": taille, "learning_rate": taux, "final_loss": cout})
    return tableau
