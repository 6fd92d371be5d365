"""Netz mit einer verdeckten Schicht, Sigmoid in beiden Schichten, mittlerer quadratischer Fehler."""

import numpy as np


def sigmoid(x):
    """Logistische Funktion; exp bekommt nie etwas Positives."""
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(np.minimum(x, -x))
    zaehler = np.where(x > 0, np.ones_like(e), e)
    return zaehler / (1 + e)


def sigmoid_derivative(x):
    wert = sigmoid(x)
    return (1 - wert) * wert


def relu(x):
    """Positiver Teil, ohne x zu verändern."""
    ergebnis = np.copy(x)
    ergebnis[ergebnis < 0] = 0
    return ergebnis


def relu_derivative(x):
    steigung = np.zeros(np.shape(x))
    steigung[x > 0] = 1.0
    return steigung


def mse_loss(y_pred, y_true):
    abweichung = y_pred - y_true
    return np.mean(abweichung**2)


def mse_loss_derivative(y_pred, y_true):
    anzahl = y_true.size
    return 2 / anzahl * (y_pred - y_true)


class SimpleNeuralNetwork:
    """sigmoid(sigmoid(X W1 + b1) W2 + b2)"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        zufall = np.random.default_rng()
        self.W1 = zufall.uniform(-0.3, 0.3, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = zufall.uniform(-0.3, 0.3, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # Ausgabeschicht
        delta_aus = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        # verdeckte Schicht
        delta_verdeckt = delta_aus @ self.W2.T * sigmoid_derivative(self.z1)

        dW1 = X.T @ delta_verdeckt
        db1 = np.sum(delta_verdeckt, axis=0, keepdims=True)
        dW2 = self.a1.T @ delta_aus
        db2 = np.sum(delta_aus, axis=0, keepdims=True)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        schritt = self.learning_rate
        self.W1 -= schritt * dW1
        self.b1 -= schritt * db1
        self.W2 -= schritt * dW2
        self.b2 -= schritt * db2

    def train(self, X, y, epochs=1000):
        verluste = []
        for _ in range(epochs):
            ausgabe = self.forward(X)
            verluste.append(mse_loss(ausgabe, y))
            dW1, db1, dW2, db2 = self.backward(X, y, ausgabe)
            self.update_weights(dW1, db1, dW2, db2)
        return verluste


def numerical_gradient(f, x, h=1e-05):
    """Zentrale Differenzen, ein Element nach dem anderen."""
    stelle = np.array(x)  # Kopie, damit x bleibt, wie es war
    gradient = np.zeros(stelle.shape, dtype=np.float64)
    lauf = np.nditer(gradient, flags=["multi_index"], op_flags=["writeonly"])
    for element in lauf:
        i = lauf.multi_index
        alt = stelle[i]
        stelle[i] = alt + h
        oben = f(stelle)
        stelle[i] = alt - h
        unten = f(stelle)
        stelle[i] = alt
        element[...] = (oben - unten) / (2 * h)
    return gradient
