# -*- coding: utf-8 -*-
# TP 3 : rétropropagation
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(
        x >= 0,
        1 / (1 + e),
        e / (1 + e),
    )


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.multiply(
        s,
        1 - s,
    )


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    positif = np.asarray(x) > 0
    return positif.astype(float)


def mse_loss(y_pred, y_true):
    ecart = y_pred - y_true
    return np.mean(a=ecart ** 2)


def mse_loss_derivative(y_pred, y_true):
    ecart = y_pred - y_true
    return (
        2
        * ecart
        / ecart.size
    )


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(loc=0.0, scale=0.1, size=(input_size, hidden_size))
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.normal(loc=0.0, scale=0.1, size=(hidden_size, output_size))
        self.b2 = np.zeros(shape=(1, output_size))

    def forward(self, X):
        self.z1 = np.dot(a=X, b=self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(a=self.a1, b=self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # couche de sortie
        erreur_sortie = (
            mse_loss_derivative(y_pred, y)
            * sigmoid_derivative(self.z2)
        )
        grad_poids_sortie = np.dot(
            a=self.a1.T,
            b=erreur_sortie,
        )
        grad_biais_sortie = erreur_sortie.sum(
            axis=0,
            keepdims=True,
        )

        # couche cachée
        erreur_cachee = (
            np.dot(
                a=erreur_sortie,
                b=grad_poids_sortie.T,
            )
            * sigmoid_derivative(self.z1)
        )
        grad_poids_cachee = np.dot(
            a=X.T,
            b=erreur_cachee,
        )
        grad_biais_cachee = erreur_cachee[:1]

        return (
            grad_poids_cachee,
            grad_biais_cachee,
            grad_poids_sortie,
            grad_biais_sortie,
        )

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1, self.b1 = self.W1 - pas * dW1, self.b1 - pas * db1
        self.W2, self.b2 = self.W2 - pas * dW2, self.b2 - pas * db2

    def train(self, X, y, epochs=1000):
        pertes = []
        for epoque in range(epochs):
            prediction = self.forward(X)
            pertes.append(mse_loss(prediction, y))
            self.update_weights(
                *self.backward(X, y, prediction)
            )
        return pertes


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for indice in np.ndindex(x.shape):
        decalage = np.zeros_like(x)
        decalage[indice] = h
        gradient[indice] = (
            f(x + decalage)
            - f(x - decalage)
        ) / (
            2 * h
        )
    return gradient
