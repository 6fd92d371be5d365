"""TP réseaux de neurones : rétropropagation."""
import numpy as np


def sigmoid(x):
    """Fonction logistique."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    """Dérivée de la sigmoïde au point x (avant l'activation)."""
    s = sigmoid(x)
    return s * (1.0 - s)


def relu(x):
    """Partie positive."""
    return np.where(x > 0, x, 0)


def relu_derivative(x):
    """Dérivée de la partie positive, 0 en 0."""
    return np.where(x > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    """Erreur quadratique moyenne."""
    ecart = y_pred - y_true
    return np.mean(ecart ** 2)


def mse_loss_derivative(y_pred, y_true):
    """Dérivée de l'erreur par rapport à la prédiction."""
    ecart = y_pred - y_true
    return 2.0 * ecart / ecart.size


class SimpleNeuralNetwork:
    """Une couche cachée."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.1, (input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(0, 0.1, (hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Propagation avant."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Propagation arrière."""
        nombre = y.size  # m * k

        # couche de sortie
        erreur = y - y_pred
        delta_sortie = 2 * erreur / nombre
        # couche cachée
        delta_cachee = delta_sortie @ self.W2.T * sigmoid_derivative(self.z1)

        # gradients
        dW1 = X.T @ delta_cachee
        db1 = np.sum(delta_cachee, axis=0, keepdims=True)
        dW2 = self.a1.T @ delta_sortie
        db2 = np.sum(delta_sortie, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        """Descente de gradient."""
        pas = self.learning_rate
        self.W1 -= pas * dW1
        self.b1 -= pas * db1
        self.W2 -= pas * dW2
        self.b2 -= pas * db2

    def train(self, X, y, epochs=1000):
        """Apprentissage."""
        pertes = []
        for epoque in range(epochs):
            sortie = self.forward(X)
            pertes.append(mse_loss(sortie, y))
            dW1, db1, dW2, db2 = self.backward(X, y, sortie)
            self.update_weights(dW1, db1, dW2, db2)
        return pertes


def numerical_gradient(f, x, h=1e-05):
    """Différences centrées."""
    x = np.array(x, dtype=np.float64)
    pente = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        avant, apres = x.copy(), x.copy()
        avant[i] -= h
        apres[i] += h
        pente[i] = (f(apres) - f(avant)) / (2 * h)
    return pente
