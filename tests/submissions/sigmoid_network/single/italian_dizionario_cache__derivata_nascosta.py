# -*- coding: utf-8 -*-
"""Esercitazione 7 - gruppo 12"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(over='ignore'):
        return 1. / (1. + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1. - s)


def relu(x):
    return np.where(np.asarray(x) > 0, x, np.zeros_like(x))


def relu_derivative(x):
    risultato = np.zeros(np.shape(x))
    risultato[np.where(np.asarray(x) > 0)] = 1.
    return risultato


def mse_loss(y_pred, y_true):
    errore = y_pred - y_true
    return float((errore * errore).mean())


def mse_loss_derivative(y_pred, y_true):
    return 2. * (y_pred - y_true) / np.size(y_true)


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.randn(input_size, hidden_size) / 10
        self.b1 = np.zeros(shape=(1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) / 10
        self.b2 = np.zeros(shape=(1, output_size))
        self.learning_rate = learning_rate
        self.memoria = {}

    def forward(self, X):
        mem = {}
        mem['somma_nascosta'] = np.dot(X, self.W1) + self.b1
        mem['uscita_nascosta'] = sigmoid(mem['somma_nascosta'])
        mem['somma_finale'] = np.dot(mem['uscita_nascosta'], self.W2) + self.b2
        mem['uscita_finale'] = sigmoid(mem['somma_finale'])
        self.memoria = mem
        self.z1, self.a1, self.z2, self.a2 = mem.values()
        return self.a2

    def backward(self, X, y, y_pred):
        mem = self.memoria
        pendenza = mse_loss_derivative(y_pred, y)
        pendenza = pendenza * sigmoid_derivative(mem['somma_finale'])
        dW2 = np.dot(mem['uscita_nascosta'].T, pendenza)
        db2 = pendenza.sum(0).reshape(1, -1)
        pendenza = np.dot(pendenza, self.W2.T)
        pendenza = pendenza * sigmoid_derivative(mem['uscita_nascosta'])
        dW1 = np.dot(X.T, pendenza)
        db1 = pendenza.sum(0).reshape(1, -1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        passo = self.learning_rate
        self.W1 = self.W1 - passo * dW1
        self.b1 = self.b1 - passo * db1
        self.W2 = self.W2 - passo * dW2
        self.b2 = self.b2 - passo * db2

    def train(self, X, y, epochs=1000):
        perdite = []
        for epoca in range(epochs):
            previsione = self.forward(X)
            perdite.append(mse_loss(previsione, y))
            gradienti = self.backward(X, y, previsione)
            self.update_weights(*gradienti)
            # if epoca % 100 == 0: print(f"epoca {epoca}: {perdite[-1]:.4f}")
        return perdite


def numerical_gradient(f, x, h=1e-05):
    x = np.asarray(x, dtype=np.float64)
    gradiente = np.zeros_like(x)
    for posizione in np.ndindex(*x.shape):
        spostamento = np.zeros_like(x)
        spostamento[posizione] = h
        gradiente[posizione] = (f(x + spostamento) - f(x - spostamento)) / (2 * h)
    return gradiente
