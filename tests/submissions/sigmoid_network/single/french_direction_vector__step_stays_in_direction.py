"""TP reseaux de neurones. Notations du cours : u = somme ponderee, phi = sigmoide."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x < 0, np.exp(np.minimum(x, 0)), 1.0) / (1.0 + np.exp(-np.abs(x)))


phi = sigmoid


def sigmoid_derivative(x):
    valeur = phi(x)
    complement = 1.0 - valeur
    return valeur * complement


def relu(x):
    x = np.asarray(x)
    return (np.abs(x) + x) / 2


def relu_derivative(x):
    x = np.asarray(x)
    return np.array(x > 0, dtype=float)


def mse_loss(y_pred, y_true):
    ecart = y_pred - y_true
    carres = ecart * ecart
    return carres.mean()


def mse_loss_derivative(y_pred, y_true):
    ecart = y_pred - y_true
    lignes, colonnes = ecart.shape
    return 2 * ecart / (lignes * colonnes)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        alea = np.random.RandomState()
        self.learning_rate = learning_rate
        self.W1 = alea.uniform(-1, 1, (input_size, hidden_size)) / 2
        self.W2 = alea.uniform(-1, 1, (hidden_size, output_size)) / 2
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = phi(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = phi(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # couche de sortie
        dJ_da2 = mse_loss_derivative(y_pred, y)
        da2_du2 = sigmoid_derivative(self.z2)
        dJ_du2 = dJ_da2 * da2_du2
        # couche cachee
        dJ_da1 = dJ_du2.dot(self.W2.T)
        da1_du1 = sigmoid_derivative(self.z1)
        dJ_du1 = dJ_da1 * da1_du1
        # un biais voit une entree constante egale a 1
        uns = np.ones((1, len(X)))
        return X.T.dot(dJ_du1), uns.dot(dJ_du1), self.a1.T.dot(dJ_du2), uns.dot(dJ_du2)

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1 = self.W1 - pas * dW1
        self.b1 = self.b1 - pas * db1
        self.W2 = self.W2 - pas * dW2
        self.b2 = self.b2 - pas * db2

    def train(self, X, y, epochs=1000):
        historique = []
        for _ in range(epochs):
            sortie = self.forward(X)
            historique += [mse_loss(sortie, y)]
            dW1, db1, dW2, db2 = self.backward(X, y, sortie)
            self.update_weights(dW1, db1, dW2, db2)
        return historique


def numerical_gradient(f, x, h=1e-05):
    point = np.asarray(x, dtype=np.float64)
    direction = np.zeros(point.shape)
    pente = np.zeros(point.shape)
    for indice in np.ndindex(*point.shape):
        direction[indice] = h
        devant = f(point + direction)
        derriere = f(point - direction)
        pente[indice] = (devant - derriere) / (2 * h)
    return pente
