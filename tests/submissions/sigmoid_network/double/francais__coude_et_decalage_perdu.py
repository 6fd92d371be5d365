# TP 3 - Rétropropagation
import numpy as np


# --- Fonctions d'activation ---

def sigmoid(x):
    """Fonction logistique."""
    x = np.clip(np.asarray(x, dtype=float), -700, 700)
    expo = np.exp(-x)
    return 1 / (1 + expo)


def sigmoid_derivative(x):
    """Dérivée de la fonction logistique."""
    sortie = sigmoid(x)
    return sortie * (1 - sortie)


def relu(x):
    """Unité linéaire rectifiée."""
    return np.where(np.asarray(x) < 0, 0, x)


def relu_derivative(x):
    """Dérivée de relu, 0 en 0."""
    return np.where(np.asarray(x) <= 0, 0.0, 1.0)


# --- Fonction de coût ---

def mse_loss(y_pred, y_true):
    """Erreur quadratique moyenne."""
    ecart = y_pred - y_true
    return (ecart ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    """Dérivée de l'erreur quadratique moyenne."""
    ecart = y_pred - y_true
    nb_lignes, nb_colonnes = ecart.shape
    return 2 * ecart / (nb_lignes * nb_colonnes)


# --- Réseau ---

class SimpleNeuralNetwork:
    """Réseau à une couche cachée."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        # poids : petites valeurs aléatoires ; biais : zéro
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Passe avant."""
        # couche cachée
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = relu(self.z1)
        # couche de sortie
        self.z2 = np.dot(self.a1, self.W2)
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Passe arrière."""
        # couche de sortie
        grad_perte = mse_loss_derivative(y_pred, y)
        grad_z2 = grad_perte * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, grad_z2)
        db2 = grad_z2.sum(axis=0, keepdims=True)
        # couche cachée
        grad_a1 = np.dot(grad_z2, self.W2.T)
        grad_z1 = grad_a1 * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, grad_z1)
        db1 = grad_z1.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """Descente de gradient."""
        pas = self.learning_rate
        self.W1 -= pas * dW1
        self.b1 -= pas * db1
        self.W2 -= pas * dW2
        self.b2 -= pas * db2

    def train(self, X, y, epochs=1000):
        """Apprentissage sur tous les exemples à la fois."""
        pertes = []
        for epoque in range(epochs):
            sortie = self.forward(X)
            pertes.append(mse_loss(sortie, y))
            gradients = self.backward(X, y, sortie)
            self.update_weights(*gradients)
        return pertes


# --- Vérification ---

def numerical_gradient(f, x, h=1e-05):
    """Gradient numérique par différences centrées."""
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(point)
    iterateur = np.nditer(point, flags=["multi_index"])
    while not iterateur.finished:
        position = iterateur.multi_index
        valeur = point[position]
        point[position] = valeur + h
        apres = f(point)
        point[position] = valeur - h
        avant = f(point)
        point[position] = valeur
        gradient[position] = (apres - avant) / (2 * h)
        iterateur.iternext()
    return gradient
