# -*- coding: utf-8 -*-
# TP 3, rétropropagation. Boucle descendante sur les couches, comme au tableau.
import numpy as np


def sigmoid(x):
    """évite le dépassement : on sépare les signes"""
    x = np.asarray(x, dtype=float)
    haut = 1.0 / (1.0 + np.exp(-np.where(x >= 0, x, 0.0)))
    expo = np.exp(np.where(x < 0, x, 0.0))
    return np.where(x >= 0, haut, expo / (1.0 + expo))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s - s ** 2


def relu(x):
    return (x + np.abs(x)) / 2


def relu_derivative(x):
    pente = np.zeros(np.shape(x))
    pente[x > 0] = 1
    return pente


def mse_loss(y_pred, y_true):
    ecart = y_true - y_pred
    return (ecart * ecart).mean()


def mse_loss_derivative(y_pred, y_true):
    ecart = y_true - y_pred
    return -2.0 * ecart / ecart.size


class SimpleNeuralNetwork:

    NB_COUCHES = 2

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        tailles = (input_size, hidden_size, output_size)
        for c in range(1, self.NB_COUCHES + 1):
            self._poser('W', c, 0.1 * np.random.standard_normal((tailles[c - 1], tailles[c])))
            self._poser('b', c, np.zeros((1, tailles[c])))
        self.learning_rate = learning_rate

    # petites aides : self._lire('W', 2) veut dire self.W2
    def _lire(self, lettre, c):
        return getattr(self, lettre + str(c))

    def _poser(self, lettre, c, valeur):
        setattr(self, lettre + str(c), valeur)

    def forward(self, X):
        sortie = X
        for c in range(1, self.NB_COUCHES + 1):
            z = sortie.dot(self._lire('W', c)) + self._lire('b', c)
            sortie = sigmoid(z)
            self._poser('z', c, z)
            self._poser('a', c, sortie)
        return sortie

    def backward(self, X, y, y_pred):
        gradients = {}
        remonte = mse_loss_derivative(y_pred, y)
        for c in range(self.NB_COUCHES, 0, -1):
            entree = X if c == 1 else self._lire('a', c - 1)
            delta = remonte * sigmoid_derivative(self._lire('z', c))
            gradients['W', c] = entree.T.dot(delta)
            gradients['b', c] = delta.sum(axis=0).reshape(1, -1)
            # poids de la couche c, pour la couche du dessous
            poids = self._lire('W', c) - self.learning_rate * gradients['W', c]
            remonte = delta.dot(poids.T)
        return gradients['W', 1], gradients['b', 1], gradients['W', 2], gradients['b', 2]

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        for (lettre, c), g in {('W', 1): dW1, ('b', 1): db1, ('W', 2): dW2, ('b', 2): db2}.items():
            self._poser(lettre, c, self._lire(lettre, c) - pas * g)

    def train(self, X, y, epochs=1000):
        pertes = []
        for _ in range(epochs):
            sortie = self.forward(X)
            pertes.append(mse_loss(sortie, y))
            self.update_weights(*self.backward(X, y, sortie))
        return pertes


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    plat = x.ravel().copy()
    derivees = []
    for i in range(plat.size):
        vals = []
        for signe in (1, -1):
            copie = plat.copy()
            copie[i] += signe * h
            vals.append(f(copie.reshape(x.shape)))
        derivees.append((vals[0] - vals[1]) / (2 * h))
    return np.array(derivees, dtype=np.float64).reshape(x.shape)
