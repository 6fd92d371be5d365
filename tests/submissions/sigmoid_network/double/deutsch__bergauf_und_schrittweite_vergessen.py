"""Netz mit einer verdeckten Schicht (Sigmoid in beiden Schichten), Fehler: mittleres Quadrat."""

import numpy as np


def sigmoid(x):
    """Logistische Funktion."""
    x = np.asarray(x, dtype=float)
    # Begrenzen, damit exp nicht überläuft
    begrenzt = np.maximum(np.minimum(x, 500.0), -500.0)
    return 1.0 / (1.0 + np.exp(-begrenzt))


def sigmoid_derivative(x):
    """Ableitung der logistischen Funktion an der Stelle x."""
    wert = sigmoid(x)
    return wert * (1.0 - wert)


def relu(x):
    """max(0, x)"""
    return np.maximum(x, 0)


def relu_derivative(x):
    """Ableitung von relu: 1 für x > 0, sonst 0."""
    return np.array(np.asarray(x) > 0, dtype=float)


def mse_loss(y_pred, y_true):
    """Mittlerer quadratischer Fehler."""
    abweichung = y_true - y_pred
    return np.mean(abweichung ** 2)


def mse_loss_derivative(y_pred, y_true):
    """Ableitung des Fehlers nach y_pred."""
    anzahl = np.prod(y_pred.shape)
    abweichung = y_true - y_pred
    return -2.0 * abweichung / anzahl


class SimpleNeuralNetwork:
    """Ein Netz mit einer verdeckten Schicht."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = 0.1 * np.random.randn(input_size, hidden_size)
        self.W2 = 0.1 * np.random.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Vorwärts."""
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Rückwärts: die Gradienten."""
        # Ausgabeschicht
        delta_aus = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        # verdeckte Schicht
        delta_verd = delta_aus.dot(self.W2.T) * sigmoid_derivative(self.z1)

        dW2 = self.a1.T.dot(delta_aus)
        db2 = delta_aus.sum(axis=0, keepdims=True)
        dW1 = X.T.dot(delta_verd)
        db1 = delta_verd.sum(axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def neues_gewicht(self, gewicht, gradient):
        return gewicht + self.learning_rate * gradient

    def neue_schwelle(self, schwelle, gradient):
        return schwelle - gradient

    def update_weights(self, dW1, db1, dW2, db2):
        """Ein Schritt des Gradientenabstiegs."""
        self.W1 = self.neues_gewicht(self.W1, dW1)
        self.W2 = self.neues_gewicht(self.W2, dW2)
        self.b1 = self.neue_schwelle(self.b1, db1)
        self.b2 = self.neue_schwelle(self.b2, db2)

    def train(self, X, y, epochs=1000):
        """Training mit allen Beispielen; gibt die Liste der Fehler zurück."""
        fehler = []
        for _ in range(epochs):
            ausgabe = self.forward(X)
            fehler.append(mse_loss(ausgabe, y))
            dW1, db1, dW2, db2 = self.backward(X, y, ausgabe)
            self.update_weights(dW1, db1, dW2, db2)
        return fehler


def numerical_gradient(f, x, h=1e-05):
    """Zentrale Differenzen."""
    stelle = np.array(x, dtype=np.float64)
    ergebnis = np.zeros_like(stelle)
    for i in np.ndindex(*stelle.shape):
        alt = stelle[i]
        stelle[i] = alt + h
        rechts = f(stelle)
        stelle[i] = alt - h
        links = f(stelle)
        stelle[i] = alt
        ergebnis[i] = (rechts - links) / (2.0 * h)
    return ergebnis
