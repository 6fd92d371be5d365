# -*- coding: utf-8 -*-
# Rețea neuronală simplă - tema 2
import numpy as np
from numpy.linalg import norm


def sigmoid(x):
    x = np.asarray(x, float)
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def sigmoid_derivative(x):
    # derivata: s(x) * s(-x)
    x = np.asarray(x, float)
    return sigmoid(x) * sigmoid(-x)


def relu(x):
    y = x.copy()
    y[y <= 0] = 0
    return y


def relu_derivative(x):
    y = np.zeros(x.shape)
    y[x > 0] += 1
    return y


def mse_loss(y_pred, y_true):
    eroare = y_pred - y_true
    # norma = radacina din suma patratelor
    return norm(eroare) / np.sqrt(eroare.size)


def mse_loss_derivative(y_pred, y_true):
    eroare = y_pred - y_true
    return eroare * 2 / eroare.size


class Strat:
    """un strat: ponderi + prag + sigmoid"""

    __slots__ = ("W", "b", "x", "z", "a")

    def __init__(self, intrari, iesiri):
        self.W = np.random.randn(intrari, iesiri) * 0.1
        self.b = np.zeros((1, iesiri))
        self.x = self.z = self.a = None

    def inainte(self, x):
        self.x = x
        self.z = x.dot(self.W) + self.b
        self.a = sigmoid(self.z)
        return self.a

    def inapoi(self, g):
        g = g * sigmoid_derivative(self.z)
        return g.dot(self.W.T), self.x.T.dot(g), g.sum(axis=0, keepdims=True)


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.straturi = [Strat(input_size, hidden_size), Strat(hidden_size, output_size)]

    def __getattr__(self, nume):
        # W1 -> straturi[0].W  etc.
        if len(nume) == 2 and nume[0] in "Wbza" and nume[1] in "12" and "straturi" in self.__dict__:
            return getattr(self.straturi[int(nume[1]) - 1], nume[0])
        raise AttributeError(nume)

    def __setattr__(self, nume, valoare):
        if nume in ("W1", "b1", "W2", "b2", "z1", "a1", "z2", "a2"):
            setattr(self.straturi[int(nume[1]) - 1], nume[0], valoare)
        else:
            self.__dict__[nume] = valoare

    def forward(self, X):
        for strat in self.straturi:
            X = strat.inainte(X)
        return X

    def backward(self, X, y, y_pred):
        g = mse_loss_derivative(y_pred, y)
        rezultat = []
        for strat in reversed(self.straturi):
            g, dW, db = strat.inapoi(g)
            rezultat = [dW, db] + rezultat
        return tuple(rezultat)

    def update_weights(self, dW1, db1, dW2, db2):
        for strat, dW, db in zip(self.straturi, (dW1, dW2), (db1, db2)):
            strat.W = strat.W - self.learning_rate * dW
            strat.b = strat.b - self.learning_rate * db

    def train(self, X, y, epochs=1000):
        istoric = []
        for _ in range(epochs):
            p = self.forward(X)
            istoric.append(float(mse_loss(p, y)))
            self.update_weights(*self.backward(X, y, p))
        return istoric


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for poz in np.ndindex(x.shape):
        salvat = x[poz]
        x[poz] = salvat + h
        sus = f(x)
        x[poz] = salvat - h
        jos = f(x)
        x[poz] = salvat
        g[poz] = (sus - jos) / (2 * h)
    return g
