"""Vom einzelnen Gewicht zu zwei Spiralen.

Was war das Wichtigste? Die Kettenregel: äußere mal innere Ableitung, Glied für Glied von hinten nach vorn.
Was war schwierig? Bei Matrizen zu sehen, wo eine Summe steckt (Gewicht) und wo keine (Aktivierung).
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    positiv = x >= 0
    y[positiv] = 1 / (1 + np.exp(-x[positiv]))
    hoch = np.exp(x[~positiv])
    y[~positiv] = hoch / (1 + hoch)
    return y


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def _kette(x, y, w2, werte):
    """Alle Glieder der Kette, von der Ausgabe zurück zum ersten Gewicht."""
    glieder = {}
    # Ausgabe
    glieder["dL_da2"] = 2 * (werte["a2"] - y)
    glieder["da2_dz2"] = sigmoid_derivative(werte["z2"])
    glieder["dL_dz2"] = glieder["dL_da2"] * glieder["da2_dz2"]
    glieder["dL_dw2"] = glieder["dL_dz2"] * werte["a1"]
    glieder["dL_db2"] = glieder["dL_dz2"]
    # verdeckte Einheit
    glieder["dL_da1"] = glieder["dL_dz2"] * w2
    glieder["da1_dz1"] = sigmoid_derivative(werte["z1"])
    glieder["dL_dz1"] = glieder["dL_da1"] * glieder["da1_dz1"]
    glieder["dL_dw1"] = glieder["dL_dz1"]
    glieder["dL_db1"] = glieder["dL_dz1"]
    return glieder


def manual_gradients(x, y, w1, b1, w2, b2):
    werte = manual_forward(x, w1, b1, w2, b2)
    return _kette(x, y, w2, werte)


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = _kette(x, y, w2, manual_forward(x, w1, b1, w2, b2))
    w1 = w1 - learning_rate * g["dL_dw1"]
    b1 = b1 - learning_rate * g["dL_db1"]
    w2 = w2 - learning_rate * g["dL_dw2"]
    b2 = b2 - learning_rate * g["dL_db2"]
    return w1, b1, w2, b2


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.uniform(-1.5, 1.5, size=(input_size, hidden_size))
        self.W2 = np.random.uniform(-1.5, 1.5, size=(hidden_size, output_size))
        self.b1 = np.zeros((1, hidden_size))
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        anzahl = y.shape[0] * y.shape[1]
        fehler2 = 2 * (self.a2 - y) / anzahl * sigmoid_derivative(self.z2)
        fehler1 = fehler2.dot(self.W2.T) * sigmoid_derivative(self.z1)
        self.gradients = {
            "dW1": X.T.dot(fehler1),
            "db1": fehler1.sum(axis=0).reshape(1, -1),
            "dW2": self.a1.T.dot(fehler2),
            "db2": fehler2.sum(axis=0).reshape(1, -1),
        }
        return self.gradients

    def update_weights(self):
        schritt = {name: self.learning_rate * g for name, g in self.gradients.items()}
        self.W1 = self.W1 - schritt["dW1"]
        self.b1 = self.b1 - schritt["db1"]
        self.W2 = self.W2 - schritt["dW2"]
        self.b2 = self.b2 - schritt["db2"]

    def compute_loss(self, y_true, y_pred):
        abweichung = y_true - y_pred
        return np.average(abweichung ** 2)

    def train_step(self, X, y):
        vorhersage = self.forward(X)
        verlust = self.compute_loss(y, vorhersage)
        self.backward(X, y)
        self.update_weights()
        return verlust


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    netz = NeuralNetwork(2, 10, 1, learning_rate=4)
    verluste = []
    while len(verluste) < 6000:
        verluste.append(netz.train_step(X, y))
    return netz, verluste


def make_spiral_data(n_samples=300, noise=0.1):
    n = n_samples // 2
    winkel = np.linspace(0, 4 * np.pi, n)
    radius = winkel / (2 * np.pi)
    arm0 = np.array([radius * np.cos(winkel), radius * np.sin(winkel)]).T
    halbe_drehung = np.array([[-1, 0], [0, -1]])
    arm1 = arm0 @ halbe_drehung
    X = np.vstack([arm0, arm1]) + np.random.normal(0, noise, size=(2 * n, 2))
    y = np.hstack([np.zeros(n), np.ones(n)]).reshape(-1, 1)
    return X, y


def train_spiral(X, y):
    netz = NeuralNetwork(2, 80, 1, learning_rate=3)
    netz.W1 = np.random.randn(2, 80) * 4
    netz.b1 = np.random.randn(1, 80) * 4
    netz.W2 = np.random.randn(80, 1) * 0.3
    for epoche in range(2500):
        reihenfolge = np.random.permutation(len(X))
        for anfang in range(0, len(X), 50):
            stapel = reihenfolge[anfang:anfang + 50]
            netz.train_step(X[stapel], y[stapel])
    return netz


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    tabelle = []
    for h in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            netz = NeuralNetwork(X.shape[1], h, y.shape[1], rate)
            verlust = None
            for _ in range(epochs):
                verlust = netz.train_step(X, y)
            tabelle.append({"hidden_size": h, "learning_rate": rate, "final_loss": verlust})
    return tabelle
