# OU exclusif - reseau a une couche cachee
import numpy as np


def sigmoid(x):
    # on borne x, sinon exp deborde
    borne = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1 / (1 + np.exp(-borne))


def sigmoid_derivative(a):
    a = np.asarray(a, dtype=float)
    return 1 - a * a


def propagation(entrees, poids_1, biais_1, poids_2, biais_2):
    cachee = sigmoid(np.dot(entrees, poids_1) + biais_1)
    sortie = sigmoid(np.dot(cachee, poids_2) + biais_2)
    return cachee, sortie


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    pertes = []
    for tour in range(iterations):
        cachee, sortie = propagation(X, W1, b1, W2, b2)
        ecart = sortie - y
        if tour % 1000 == 0:
            perte = np.mean(np.square(ecart))
            pertes.append(perte)

        # retropropagation
        erreur_sortie = ecart * sigmoid_derivative(sortie)
        erreur_cachee = np.dot(erreur_sortie, W2.T) * sigmoid_derivative(cachee)

        gradient_W2 = np.dot(cachee.T, erreur_sortie)
        gradient_b2 = np.sum(erreur_sortie, axis=0, keepdims=True)
        gradient_W1 = np.dot(X.T, erreur_cachee)
        gradient_b1 = np.sum(erreur_cachee, axis=0, keepdims=True)

        # descente
        W1 = W1 - learning_rate * gradient_W1
        b1 = b1 - learning_rate * gradient_b1
        W2 = W2 - learning_rate * gradient_W2
        b2 = b2 - learning_rate * gradient_b2
    return W1, b1, W2, b2, pertes


# --- le programme ---
np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1],
              [1, 0, 1],
              [0, 1, 1],
              [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T

W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, learning_rate=0.1, iterations=10000)
couche_cachee, output_layer_output = propagation(X, W1, b1, W2, b2)

for entree, valeur in zip(X, output_layer_output):
    print(entree, "->", round(float(valeur[0]), 3))
