import numpy as np

# Réseau à deux couches pour le OU exclusif


def sigmoid(x):
    """Sigmoïde, stable des deux côtés."""
    x = np.asarray(x, dtype=float)
    t = np.exp(-np.fabs(x))
    return np.where(x < 0, t, 1) / (t + 1)


def sigmoid_derivative(a):
    """Pente de la sigmoïde à partir de sa valeur."""
    return a * (1 - a)


def couche(entree, poids, biais):
    return sigmoid(entree @ poids + biais)


def erreur_quadratique(sortie, cible):
    ecarts = sortie - cible
    return float(np.sum(ecarts ** 2) / len(ecarts))


def un_pas(X, y, params, taux):
    W1, b1, W2, b2 = params
    cachee = couche(X, W1, b1)
    sortie = couche(cachee, W2, b2)
    # rétropropagation
    d_sortie = (sortie - y) * sigmoid_derivative(sortie)
    pente = sigmoid_derivative(sigmoid(cachee))
    d_cachee = d_sortie @ W2.T * pente
    nouveaux = (
        W1 - taux * (X.T @ d_cachee),
        b1 - taux * d_cachee.sum(axis=0, keepdims=True),
        W2 - taux * (cachee.T @ d_sortie),
        b2 - taux * d_sortie.sum(axis=0, keepdims=True),
    )
    return nouveaux, sortie


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    params, pertes = (W1, b1, W2, b2), []
    for tour in range(iterations):
        params, sortie = un_pas(X, y, params, learning_rate)   # sortie : celle d'avant le pas
        if tour % 1000 == 0:
            pertes.append(erreur_quadratique(sortie, y))
    return params + (pertes,)


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

losses = []
for tour in range(10000):
    (W1, b1, W2, b2), output_layer_output = un_pas(X, y, (W1, b1, W2, b2), 0.1)
    if tour % 1000 == 0:
        losses.append(erreur_quadratique(output_layer_output, y))
        print("tour", tour, "perte", losses[-1])
