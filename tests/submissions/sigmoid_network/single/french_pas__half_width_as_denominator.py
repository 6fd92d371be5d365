# -*- coding: utf-8 -*-
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    borne = np.clip(x, -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-borne))


def sigmoid_derivative(x):
    s = sigmoid(x)
    complement = 1.0 - s
    return s * complement


def relu(x):
    # on garde x si x > 0, sinon zero
    return np.where(np.asarray(x) > 0, x, 0)


def relu_derivative(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def mse_loss(y_pred, y_true):
    ecart = y_pred - y_true
    nb_elements = ecart.size
    return (ecart ** 2).sum() / nb_elements


def mse_loss_derivative(y_pred, y_true):
    ecart = y_pred - y_true
    nb_elements = ecart.size
    return 2.0 * ecart / nb_elements


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # couche de sortie
        erreur_sortie = mse_loss_derivative(y_pred, y)
        terme_sortie = erreur_sortie * sigmoid_derivative(self.z2)
        # couche cachee
        erreur_cachee = np.dot(terme_sortie, self.W2.T)
        terme_cache = erreur_cachee * sigmoid_derivative(self.z1)
        # parametres
        dW2 = np.dot(self.a1.T, terme_sortie)
        db2 = np.sum(terme_sortie, axis=0, keepdims=True)
        dW1 = np.dot(X.T, terme_cache)
        db1 = np.sum(terme_cache, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        taux = self.learning_rate
        self.W1 = self.W1 - taux * dW1
        self.b1 = self.b1 - taux * db1
        self.W2 = self.W2 - taux * dW2
        self.b2 = self.b2 - taux * db2

    def train(self, X, y, epochs=1000):
        pertes = []
        for epoque in range(epochs):
            sortie = self.forward(X)
            pertes.append(mse_loss(sortie, y))
            dW1, db1, dW2, db2 = self.backward(X, y, sortie)
            self.update_weights(dW1, db1, dW2, db2)
        return pertes


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)

    def taux_accroissement(avant, apres, pas):
        return (apres - avant) / pas

    for indice in np.ndindex(x.shape):
        a_droite = x.copy()
        a_droite[indice] += h
        a_gauche = x.copy()
        a_gauche[indice] -= h
        grad[indice] = taux_accroissement(f(a_gauche), f(a_droite), h)
    return grad
