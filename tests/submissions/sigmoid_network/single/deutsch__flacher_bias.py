"""Aufgabe 4: Backpropagation mit zwei Sigmoid-Schichten (MSE)."""
import numpy as np


def sigmoid(x):
    """Logistische Funktion."""
    x = np.asarray(x, dtype=float)
    ergebnis = np.empty_like(x)
    positiv = x >= 0
    ergebnis[positiv] = 1 / (1 + np.exp(-x[positiv]))
    hilf = np.exp(x[~positiv])
    ergebnis[~positiv] = hilf / (1 + hilf)
    return ergebnis


def sigmoid_derivative(x):
    """Ableitung an der Stelle x (Voraktivierung)."""
    s = sigmoid(x)
    return s * (1 - s)


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    """1 rechts von null, sonst 0."""
    return np.array(x > 0, dtype=float)


def mse_loss(y_pred, y_true):
    abweichung = y_pred - y_true
    return np.sum(abweichung ** 2) / abweichung.size


def mse_loss_derivative(y_pred, y_true):
    abweichung = y_pred - y_true
    return 2 * abweichung / abweichung.size


class SimpleNeuralNetwork:
    """Netz mit einer verdeckten Schicht."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        zufall = np.random.RandomState(7)
        # kleine Gewichte, Schwellen null
        self.W1 = 0.2 * zufall.randn(input_size, hidden_size)
        self.W2 = 0.2 * zufall.randn(hidden_size, output_size)
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        """Vorwärtslauf."""
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        """Rückwärtslauf: Gradient des Fehlers nach allen Parametern."""
        # Ausgabeschicht
        fehler = mse_loss_derivative(y_pred, y)
        delta_aus = fehler * sigmoid_derivative(self.z2)
        grad_W2 = self.a1.T.dot(delta_aus)
        grad_b2 = delta_aus.sum(axis=0)

        # verdeckte Schicht
        delta_verd = delta_aus.dot(self.W2.T) * sigmoid_derivative(self.z1)
        grad_W1 = X.T.dot(delta_verd)
        grad_b1 = delta_verd.sum(axis=0, keepdims=True)

        return grad_W1, grad_b1, grad_W2, grad_b2

    def update_weights(self, dW1, db1, dW2, db2):
        """Ein Schritt des Gradientenabstiegs."""
        rate = self.learning_rate
        self.W1 -= rate * dW1
        self.b1 -= rate * db1
        self.W2 -= rate * dW2
        self.b2 -= rate * db2

    def train(self, X, y, epochs=1000):
        verlauf = []
        for schritt in range(epochs):
            ausgabe = self.forward(X)
            verlauf.append(mse_loss(ausgabe, y))
            gradienten = self.backward(X, y, ausgabe)
            self.update_weights(*gradienten)
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    """Zentrale Differenzen."""
    stelle = np.array(x, dtype=np.float64)
    steigung = np.zeros(stelle.shape, dtype=np.float64)
    for index in np.ndindex(stelle.shape):
        alt = stelle[index]
        stelle[index] = alt + h
        oben = f(stelle)
        stelle[index] = alt - h
        unten = f(stelle)
        stelle[index] = alt
        steigung[index] = (oben - unten) / (2 * h)
    return steigung
