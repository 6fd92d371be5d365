"""TP rétropropagation : réseau à une couche cachée, sigmoïdes, erreur quadratique moyenne."""

import numpy as np


# --- fonctions d'activation ---------------------------------------------

def sigmoid(x):
    """Fonction logistique."""
    x = np.asarray(x, dtype=float)
    # deux formules pour éviter les débordements de exp
    positif = 1 / (1 + np.exp(-np.maximum(x, 0)))
    e = np.exp(np.minimum(x, 0))
    negatif = e / (1 + e)
    return np.where(x >= 0, positif, negatif)


def sigmoid_derivative(x):
    """Dérivée de la sigmoïde, x est la pré-activation."""
    sortie = sigmoid(x)
    return sortie * (1 - sortie)


def relu(x):
    """max(0, x)"""
    return np.maximum(0, x)


def relu_derivative(x):
    """0 en zéro par convention."""
    pente = np.where(x > 0, 1, 0)
    return pente.astype(float)


# --- fonction de coût ----------------------------------------------------

def mse_loss(y_pred, y_true):
    """Erreur quadratique moyenne."""
    ecart = y_pred - y_true
    return np.mean(ecart * ecart)


def mse_loss_derivative(y_pred, y_true):
    """Dérivée du coût par rapport aux prédictions."""
    ecart = y_pred - y_true
    nombre = ecart.size
    return 2 * ecart / nombre


# --- réseau --------------------------------------------------------------

class SimpleNeuralNetwork:
    """Réseau à une couche cachée."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # petits poids aléatoires, biais nuls
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # couche cachée
        self.z1 = X @ self.W1 + self.b1
        self.a1 = relu(self.z1)
        # couche de sortie
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # gradient à la sortie
        grad_sortie = mse_loss_derivative(y_pred, y)
        grad_z2 = grad_sortie * sigmoid_derivative(self.z2)
        # gradient dans la couche cachée
        grad_cachee = grad_z2 @ self.W2.T
        grad_z1 = grad_cachee * sigmoid_derivative(self.z1)
        # gradients des poids
        dW1 = X.T @ grad_z1
        dW2 = self.a1.T @ grad_z2
        # gradients des biais
        db1 = np.sum(grad_z1, axis=0, keepdims=True)
        db2 = np.sum(grad_z2, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1 -= pas * dW1
        self.b1 -= pas * db1
        self.W2 -= pas * dW2
        self.b2 -= pas * db2

    def train(self, X, y, epochs=1000):
        historique = []
        for epoque in range(1, epochs + 1):
            prediction = self.forward(X)
            historique.append(mse_loss(prediction, y))
            dW1, db1, dW2, db2 = self.backward(X, y, prediction)
            self.update_weights(dW1, db1, dW2, db2)
        return historique


# --- vérification ---------------------------------------------------------

def numerical_gradient(f, x, h=1e-05):
    """Différences centrées."""
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for indice in np.ndindex(x.shape):
        ancienne_valeur = x[indice]
        x[indice] = ancienne_valeur + h
        plus = f(x)
        x[indice] = ancienne_valeur - h
        moins = f(x)
        x[indice] = ancienne_valeur
        gradient[indice] = (plus - moins) / (2 * h)
    return gradient


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    reseau = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
    print(reseau.train(X, y, epochs=10)[-1])
