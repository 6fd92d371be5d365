# Uebungsblatt 7, Aufgabe 2
import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):           # exp(grosse Zahl) = inf, 1/inf = 0, passt
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def relu(x):
    kopie = np.array(x)
    kopie[kopie < 0] = 0
    return kopie


def relu_derivative(x):
    steigung = np.zeros(np.shape(x))
    steigung[np.asarray(x) > 0] = 1.0
    return steigung


def mse_loss(y_pred, y_true):
    abweichung = np.ravel(y_pred) - np.ravel(y_true)
    return abweichung @ abweichung / abweichung.size


def mse_loss_derivative(y_pred, y_true):
    abweichung = np.subtract(y_pred, y_true)
    return abweichung * 2 / abweichung.size


class SimpleNeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.normal(scale=0.5, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.normal(scale=0.5, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def _schicht(self, nummer, eingabe):
        """Eine Schicht vorwaerts: gewichtete Summe, dann die Sigmoide. Merkt sich z und a."""
        gewichte = self.__dict__["W%d" % nummer]
        schwelle = self.__dict__["b%d" % nummer]
        z = np.dot(eingabe, gewichte) + schwelle
        a = sigmoid(z)
        self.__dict__["z%d" % nummer] = z
        self.__dict__["a%d" % nummer] = a
        return a

    def forward(self, X):
        verborgen = self._schicht(1, X)
        ausgabe = self._schicht(2, sigmoid(verborgen))
        return ausgabe

    def backward(self, X, y, y_pred):
        # von hinten nach vorne
        fehler_ausgabe = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        fehler_verborgen = np.dot(fehler_ausgabe, self.W2.T) * sigmoid_derivative(self.z1)

        dW2 = np.dot(self.a1.T, fehler_ausgabe)
        db2 = np.sum(fehler_ausgabe, axis=0).reshape(1, -1)
        dW1 = np.dot(np.transpose(X), fehler_verborgen)
        db1 = np.sum(fehler_verborgen, axis=0).reshape(1, -1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * dW1
        self.b1 = self.b1 - schritt * db1
        self.W2 = self.W2 - schritt * dW2
        self.b2 = self.b2 - schritt * db2

    def train(self, X, y, epochs=1000):
        verlauf = []
        for epoche in range(epochs):
            vorhersage = self.forward(X)
            verlauf.append(mse_loss(vorhersage, y))
            gradienten = self.backward(X, y, vorhersage)
            self.update_weights(*gradienten)
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)
    ergebnis = np.zeros(x.shape)
    for stelle in np.ndindex(x.shape):
        stoerung = np.zeros(x.shape)
        stoerung[stelle] = h
        ergebnis[stelle] = (f(x + stoerung) - f(x - stoerung)) / (2 * h)
    return ergebnis
