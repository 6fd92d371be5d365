import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * (np.tanh(x / 2.0) + 1.0)


def sigmoid_derivative(x):
    wert = sigmoid(x)
    return wert * (1.0 - wert)


def relu(x):
    positiv = np.asarray(x) > 0
    return x * positiv


def relu_derivative(x):
    # Die Ableitung der Rampe ist die Sprungfunktion (Heaviside)
    stufe = np.heaviside(np.asarray(x, dtype=float), 0.5)
    return stufe


def mse_loss(y_pred, y_true):
    fehler = y_pred - y_true
    anzahl = np.size(fehler)
    return np.sum(fehler * fehler) / anzahl


def mse_loss_derivative(y_pred, y_true):
    fehler = y_pred - y_true
    anzahl = np.size(fehler)
    return fehler * 2.0 / anzahl


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        zufall = np.random.default_rng(42)
        self.learning_rate = learning_rate
        self.W1 = zufall.uniform(-0.5, 0.5, size=(input_size, hidden_size))
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = zufall.uniform(-0.5, 0.5, size=(hidden_size, output_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # Eingang -> verdeckte Schicht
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        # verdeckte Schicht -> Ausgang
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # Ausgangsschicht
        verlust_nach_ausgang = mse_loss_derivative(y_pred, y)
        ausgang_nach_netz = sigmoid_derivative(self.z2)
        delta_ausgang = verlust_nach_ausgang * ausgang_nach_netz

        # verdeckte Schicht
        verlust_nach_verdeckt = delta_ausgang.dot(self.W2.T)
        verdeckt_nach_netz = sigmoid_derivative(self.z1)
        delta_verdeckt = verlust_nach_verdeckt * verdeckt_nach_netz

        # Gewichte und Schwellen
        dW2 = self.a1.T.dot(delta_ausgang)
        db2 = delta_ausgang.sum(axis=0).reshape(1, -1)
        dW1 = X.T.dot(delta_verdeckt)
        db1 = delta_verdeckt.sum(axis=0).reshape(1, -1)
        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        lernrate = self.learning_rate
        self.W1 = self.W1 - lernrate * dW1
        self.b1 = self.b1 - lernrate * db1
        self.W2 = self.W2 - lernrate * dW2
        self.b2 = self.b2 - lernrate * db2

    def train(self, X, y, epochs=1000):
        verlauf = []
        for durchgang in range(epochs):
            vorhersage = self.forward(X)
            verlauf.append(mse_loss(vorhersage, y))
            gradienten = self.backward(X, y, vorhersage)
            self.update_weights(*gradienten)
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    stelle = np.array(x, dtype=np.float64)
    steigung = np.zeros(stelle.shape)
    for ort, wert in np.ndenumerate(stelle.copy()):
        stelle[ort] = wert + h
        oben = f(stelle)
        stelle[ort] = wert - h
        unten = f(stelle)
        stelle[ort] = wert
        steigung[ort] = (oben - unten) / (2.0 * h)
    return steigung
