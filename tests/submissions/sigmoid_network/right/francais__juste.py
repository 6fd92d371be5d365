"""Réseau à une couche cachée. La passe arrière est récursive : on descend de couche en couche."""
import numpy as np


def sigmoid(x):
    return np.where((x := np.asarray(x, float)) < 0, (e := np.exp(-abs(x))) / (1 + e), 1 / (1 + e))


def sigmoid_derivative(x):
    return (s := sigmoid(x)) * (1 - s)


def relu(x):
    return (x := np.asarray(x)) * (x > 0).astype(x.dtype)


def relu_derivative(x):
    return (np.sign(x) + np.abs(np.sign(x))) / 2


def mse_loss(y_pred, y_true):
    return (ecart := (y_pred - y_true).ravel()) @ ecart / ecart.size


def mse_loss_derivative(y_pred, y_true):
    return 2 * (ecart := y_pred - y_true) / ecart.size


def descendre(couches, signal):
    """couches : liste de (entrée, poids, préactivation), de la première à la dernière ; signal : dL/d(sortie)."""
    if not couches:
        return []
    *reste, (entree, poids, z) = couches
    return [*descendre(reste, (delta := signal * sigmoid_derivative(z)) @ poids.T),
            entree.T @ delta, delta.sum(axis=0, keepdims=True)]


def monter(params, a):
    """Renvoie [(z1, a1), (z2, a2)]."""
    match params:
        case []:
            return []
        case [(W, b), *reste]:
            return [(z := a @ W + b, s := sigmoid(z)), *monter(reste, s)]


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate, self.b1, self.b2 = learning_rate, np.zeros((1, hidden_size)), np.zeros((1, output_size))
        self.W1, self.W2 = (np.random.normal(0, 0.3, t) for t in ((input_size, hidden_size), (hidden_size, output_size)))

    def forward(self, X):
        (self.z1, self.a1), (self.z2, self.a2) = monter([(self.W1, self.b1), (self.W2, self.b2)], X)
        return self.a2

    def backward(self, X, y, y_pred):
        return tuple(descendre([(X, self.W1, self.z1), (self.a1, self.W2, self.z2)], mse_loss_derivative(y_pred, y)))

    def update_weights(self, dW1, db1, dW2, db2):
        pas = self.learning_rate
        self.W1, self.b1, self.W2, self.b2 = (
            p - pas * g for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)))

    def train(self, X, y, epochs=1000):
        pertes = []
        while len(pertes) < epochs:
            pertes += mse_loss(sortie := self.forward(X), y),
            self.update_weights(*self.backward(X, y, sortie))
        return pertes


def numerical_gradient(f, x, h=1e-05):
    g = np.zeros((x := np.array(x, np.float64)).shape)
    for i in np.ndindex(g.shape):
        (haut := x.copy())[i] += h
        (bas := x.copy())[i] -= h
        g[i] = (f(haut) - f(bas)) / (2 * h)
    return g
