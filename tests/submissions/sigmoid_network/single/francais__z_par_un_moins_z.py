"""Réseau à une couche cachée (sigmoïdes), erreur quadratique moyenne."""

import numpy as np


def sigmoid(x):
    """La fonction logistique, stable pour les grands |x|."""
    valeurs = np.asarray(x, dtype=float)
    petit = np.exp(-np.abs(valeurs))          # toujours entre 0 et 1
    resultat = np.where(valeurs < 0, petit, 1.0) / (1.0 + petit)
    return resultat


def sigmoid_derivative(x):
    """Dérivée au point x (pré-activation)."""
    sortie = sigmoid(x)
    return sortie * (1.0 - sortie)


def relu(x):
    return np.clip(x, 0, None)


def relu_derivative(x):
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    ecart = y_pred - y_true
    return np.sum(ecart * ecart) / ecart.size


def mse_loss_derivative(y_pred, y_true):
    ecart = y_pred - y_true
    return 2.0 * ecart / ecart.size


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # poids petits et aléatoires, biais nuls
        hasard = np.random.RandomState(0)
        self.W1 = 0.2 * hasard.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.2 * hasard.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # couche cachée
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        # couche de sortie
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # delta de la sortie : dL/dz2, avec a2 = y_pred
        delta_sortie = mse_loss_derivative(y_pred, y) * y_pred * (1 - y_pred)

        # on remonte vers la couche cachée : dL/dz1
        retour = delta_sortie @ self.W2.T
        delta_cachee = retour * self.z1 * (1 - self.z1)

        # gradients des poids
        grad_W1 = X.T @ delta_cachee
        grad_W2 = self.a1.T @ delta_sortie

        # gradients des biais : somme sur les exemples
        grad_b1 = delta_cachee.sum(axis=0, keepdims=True)
        grad_b2 = delta_sortie.sum(axis=0, keepdims=True)

        return grad_W1, grad_b1, grad_W2, grad_b2

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1 -= pas * dW1
        self.b1 -= pas * db1
        self.W2 -= pas * dW2
        self.b2 -= pas * db2

    def train(self, X, y, epochs=1000):
        historique = []
        for epoque in range(epochs):
            prediction = self.forward(X)
            perte = mse_loss(prediction, y)
            historique.append(perte)
            gradients = self.backward(X, y, prediction)
            self.update_weights(*gradients)
        return historique


def numerical_gradient(f, x, h=1e-05):
    point = np.array(x, dtype=np.float64)
    pente = np.zeros(point.shape, dtype=np.float64)
    parcours = np.nditer(pente, flags=["multi_index"])
    for _ in parcours:
        i = parcours.multi_index
        garde = point[i]
        point[i] = garde + h
        droite = f(point)
        point[i] = garde - h
        gauche = f(point)
        pente[i] = (droite - gauche) / (2 * h)
        point[i] = garde                      # remettre la valeur
    return pente


if __name__ == "__main__":
    entrees = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    cibles = np.array([[0.0], [1.0], [1.0], [0.0]])
    reseau = SimpleNeuralNetwork(2, 3, 1)
    print("pertes :", reseau.train(entrees, cibles, epochs=5))
