"""
Mein erstes richtiges Netz :)

Most important concept: that the error of the hidden units is just the error of the output sent back
through the same weights. What surprised me: that with small random weights XOR sits at 0.25 for ages.
"""
import numpy as np


def sigmoid(x):
    # 0.5*(1+tanh(x/2)) ist dasselbe, aber ohne overflow
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=float)))


def sigmoid_derivative(x):
    # abgeleitet: s' = s * (1 - s)
    wert = np.asarray(x, dtype=float)
    steigung = wert * (1.0 - wert)
    return steigung


def manual_forward(x, w1, b1, w2, b2):
    netz1 = w1 * x + b1
    aus1 = sigmoid(netz1)
    netz2 = w2 * aus1 + b2
    aus2 = sigmoid(netz2)
    return {"z1": netz1, "a1": aus1, "z2": netz2, "a2": aus2}


def manual_gradients(x, y, w1, b1, w2, b2):
    werte = manual_forward(x, w1, b1, w2, b2)
    aus1 = werte["a1"]
    aus2 = werte["a2"]

    # Ausgabe
    dL_da2 = -(y - aus2)
    da2_dz2 = aus2 * (1 - aus2)
    dL_dz2 = dL_da2 * da2_dz2
    # versteckt
    dL_da1 = dL_dz2 * w2
    da1_dz1 = aus1 * (1 - aus1)
    dL_dz1 = dL_da1 * da1_dz1

    ergebnis = {}
    ergebnis["dL_da2"] = dL_da2
    ergebnis["da2_dz2"] = da2_dz2
    ergebnis["dL_dz2"] = dL_dz2
    ergebnis["dL_dw2"] = dL_dz2 * aus1
    ergebnis["dL_db2"] = dL_dz2
    ergebnis["dL_da1"] = dL_da1
    ergebnis["da1_dz1"] = da1_dz1
    ergebnis["dL_dz1"] = dL_dz1
    ergebnis["dL_dw1"] = dL_dz1 * x
    ergebnis["dL_db1"] = dL_dz1
    return ergebnis


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    steig = manual_gradients(x, y, w1, b1, w2, b2)
    w1_neu = w1 - learning_rate * steig["dL_dw1"]
    b1_neu = b1 - learning_rate * steig["dL_db1"]
    w2_neu = w2 - learning_rate * steig["dL_dw2"]
    b2_neu = b2 - learning_rate * steig["dL_db2"]
    return w1_neu, b1_neu, w2_neu, b2_neu


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.versteckt = sigmoid(np.dot(X, self.W1) + self.b1)
        self.ausgabe = sigmoid(np.dot(self.versteckt, self.W2) + self.b2)
        return self.ausgabe

    def backward(self, X, y):
        X = np.asarray(X)
        anzahl = self.ausgabe.size                  # m * k
        fehler = self.ausgabe - y
        delta_aus = (2.0 / anzahl) * fehler * self.ausgabe * (1 - self.ausgabe)
        fehler_versteckt = np.dot(delta_aus, self.W2.T)
        delta_versteckt = fehler_versteckt * self.versteckt * (1 - self.versteckt)
        self.gradients = {
            "dW1": np.dot(X.T, delta_versteckt),
            "db1": np.sum(delta_versteckt, axis=0, keepdims=True),
            "dW2": np.dot(self.versteckt.T, delta_aus),
            "db2": np.sum(delta_aus, axis=0, keepdims=True),
        }
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        abstand = np.asarray(y_true) - np.asarray(y_pred)
        return np.mean(abstand ** 2)

    def train_step(self, X, y):
        vorhersage = self.forward(X)
        verlust = self.compute_loss(y, vorhersage)
        self.backward(X, y)
        self.update_weights()
        return verlust


def train_xor(seed):
    np.random.seed(seed)
    eingabe = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    ziel = np.array([[0], [1], [1], [0]], dtype=float)
    netz = NeuralNetwork(2, 8, 1, 5.0)
    verluste = []
    for epoche in range(5000):
        verluste.append(netz.train_step(eingabe, ziel))
    return netz, verluste


def make_spiral_data(n_samples=300, noise=0.1):
    haelfte = n_samples // 2
    winkel = np.linspace(0, 4 * np.pi, haelfte)
    radius = winkel / (2 * np.pi)
    arm0 = np.column_stack((radius * np.cos(winkel), radius * np.sin(winkel)))
    arm1 = np.column_stack((radius * np.cos(winkel + np.pi), radius * np.sin(winkel + np.pi)))
    punkte = np.vstack((arm0, arm1))
    punkte = punkte + noise * np.random.randn(*punkte.shape)
    klassen = np.vstack((np.zeros((haelfte, 1)), np.ones((haelfte, 1))))
    return punkte, klassen


def train_spiral(X, y):
    netz = NeuralNetwork(2, 64, 1, 3.0)
    # mit kleinen Gewichten sieht jede Einheit fast eine Gerade -> groesser machen
    netz.W1 *= 5
    netz.b1 = 5 * np.random.randn(1, 64)
    for schritt in range(16000):
        auswahl = np.random.randint(0, len(X), 32)
        netz.train_step(X[auswahl], y[auswahl])
        if schritt % 1000 == 999:
            treffer = np.mean((netz.forward(X) > 0.5) == (y > 0.5))
            if treffer > 0.98:
                break
    return netz


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    tabelle = []
    for groesse in hidden_sizes:
        for rate in learning_rates:
            np.random.seed(seed)
            netz = NeuralNetwork(X.shape[1], groesse, y.shape[1], rate)
            for _ in range(epochs):
                verlust = netz.train_step(X, y)
            tabelle.append({"hidden_size": groesse, "learning_rate": rate, "final_loss": verlust})
    return tabelle
