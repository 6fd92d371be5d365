"""Le ou exclusif en un seul script."""

import numpy as np


def sigmoid(x):
    """Fonction logistique."""
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    """Dérivée de la sigmoïde, à partir de sa sortie."""
    return a * (1 - np.asarray(a, dtype=float))


def propager(X, parametres):
    W1, b1, W2, b2 = parametres
    cachee = sigmoid(X @ W1 + b1)
    sortie = sigmoid(cachee @ W2 + b2)
    return cachee, sortie


def retropropager(X, y, cachee, sortie, parametres):
    W1, b1, W2, b2 = parametres
    delta_sortie = (sortie - y) * sigmoid_derivative(sortie)
    delta_cachee = delta_sortie @ W2.T * sigmoid_derivative(cachee)
    return [
        X.T @ delta_cachee,
        np.sum(delta_cachee, axis=0, keepdims=True),
        cachee.T @ delta_sortie,
        np.sum(delta_sortie, axis=0, keepdims=True),
    ]


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    """Descente de gradient sur tous les exemples à la fois."""
    parametres = [W1, b1, W2, b2]
    pertes = []
    for tour in range(iterations):
        cachee, sortie = propager(X, parametres)
        if tour % 1000 == 0:
            pertes.append(np.mean(np.square(sortie - y)))
        gradients = retropropager(X, y, cachee, sortie, parametres)
        parametres = [p - learning_rate * g for p, g in zip(parametres, gradients)]
    W1, b1, W2, b2 = parametres
    return W1, b1, W2, b2, pertes


# les exemples
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([0, 1, 1, 0]).reshape(4, 1)

# les paramètres de départ
np.random.seed(1)
tailles = [3, 4, 1]
depart = []
for entree, sortie in zip(tailles[:-1], tailles[1:]):
    depart.append(np.random.rand(entree, sortie))
    depart.append(np.zeros((1, sortie)))

# l'apprentissage
taux = 0.5
tours = 10000
W1, b1, W2, b2, losses = train(X, y, *depart, taux, tours)

_, output_layer_output = propager(X, (W1, b1, W2, b2))
print("sorties :", output_layer_output.ravel())
