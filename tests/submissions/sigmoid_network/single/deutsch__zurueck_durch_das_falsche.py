import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def sigmoid_derivative(x):
    wert = sigmoid(x)
    return wert - wert**2


def relu(x):
    ergebnis = np.array(x)
    ergebnis[ergebnis < 0] = 0
    return ergebnis


def relu_derivative(x):
    return np.greater(x, 0).astype(np.float64)


def mse_loss(y_pred, y_true):
    abweichung = y_pred - y_true
    return np.average(abweichung * abweichung)


def mse_loss_derivative(y_pred, y_true):
    anzahl = np.size(y_true)
    return (2.0 / anzahl) * (y_pred - y_true)


class SimpleNeuralNetwork:
    """Netz mit einer verdeckten Schicht."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        zufall = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = zufall.uniform(-0.5, 0.5, size=(input_size, hidden_size))
        self.W2 = zufall.uniform(-0.5, 0.5, size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        # verdeckte Schicht
        self.z1 = X @ self.W1 + self.b1
        self.a1 = sigmoid(self.z1)
        # Ausgabeschicht
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y, y_pred):
        # Ausgabeschicht
        fehler = mse_loss_derivative(y_pred, y)
        delta_aus = fehler * sigmoid_derivative(self.z2)
        dW2 = self.a1.T @ delta_aus
        db2 = delta_aus.sum(axis=0, keepdims=True)

        # verdeckte Schicht
        rueckfluss = delta_aus @ dW2.T
        delta_verdeckt = rueckfluss * sigmoid_derivative(self.z1)
        dW1 = X.T @ delta_verdeckt
        db1 = delta_verdeckt.sum(axis=0, keepdims=True)

        return dW1, db1, dW2, db2

    def update_weights(self, dW1, db1, dW2, db2):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * dW1
        self.b1 = self.b1 - schritt * db1
        self.W2 = self.W2 - schritt * dW2
        self.b2 = self.b2 - schritt * db2

    def train(self, X, y, epochs=1000):
        verlauf = []
        for _ in range(epochs):
            vorhersage = self.forward(X)
            verlauf.append(mse_loss(vorhersage, y))
            gradienten = self.backward(X, y, vorhersage)
            self.update_weights(*gradienten)
        return verlauf


def numerical_gradient(f, x, h=1e-05):
    stelle = np.array(x, dtype=np.float64, copy=True)
    gradient = np.empty(stelle.shape)
    for index, wert in np.ndenumerate(stelle.copy()):
        stelle[index] = wert + h
        oben = f(stelle)
        stelle[index] = wert - h
        unten = f(stelle)
        stelle[index] = wert
        gradient[index] = (oben - unten) / (2 * h)
    return gradient
