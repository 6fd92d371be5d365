"""Opdracht backpropagation.

Wat vond ik het belangrijkst? Dat de gradiënt van een gewicht gewoon invoer maal delta is.
Wat was lastig? De som over de voorbeelden bij de bias.
"""
import numpy as np


def sigmoid(x):
    x = np.asarray(x) + 0.0
    return np.where(x < 0, np.exp(-np.logaddexp(0, -x)), 1 / (1 + np.exp(-np.abs(x))))


def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))


def manual_forward(x, w1, b1, w2, b2):
    u = {"z1": w1 * x + b1}
    u["a1"] = sigmoid(u["z1"])
    u["z2"] = w2 * u["a1"] + b2
    u["a2"] = sigmoid(u["z2"])
    return u


def manual_gradients(x, y, w1, b1, w2, b2):
    u = manual_forward(x, w1, b1, w2, b2)
    # uitvoer
    g = {"dL_da2": y - u["a2"]}
    g["da2_dz2"] = sigmoid_derivative(u["z2"])
    g["dL_dz2"] = g["dL_da2"] * g["da2_dz2"]
    g["dL_dw2"] = g["dL_dz2"] * u["a1"]
    g["dL_db2"] = g["dL_dz2"]
    # verborgen eenheid
    g["dL_da1"] = g["dL_dz2"] * w2
    g["da1_dz1"] = sigmoid_derivative(u["z1"])
    g["dL_dz1"] = g["dL_da1"] * g["da1_dz1"]
    g["dL_dw1"] = g["dL_dz1"]
    g["dL_db1"] = g["dL_dz1"]
    return g


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    # los van manual_gradients, met delta's
    u = manual_forward(x, w1, b1, w2, b2)
    delta2 = (u["a2"] - y) * u["a2"] * (1 - u["a2"])
    delta1 = delta2 * w2 * u["a1"] * (1 - u["a1"])
    stap = learning_rate
    return w1 - stap * delta1 * x, b1 - stap * delta1, w2 - stap * delta2 * u["a1"], b2 - stap * delta2


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros([1, hidden_size])
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros([1, output_size])
        self.gradients = {}

    def forward(self, X):
        self.verborgen = sigmoid(X.dot(self.W1) + self.b1)
        self.uitvoer = sigmoid(self.verborgen.dot(self.W2) + self.b2)
        return self.uitvoer

    def backward(self, X, y):
        m = len(X)
        k = self.uitvoer.shape[1]
        enen = np.ones((1, m))
        delta2 = 2 / m / k * (self.uitvoer - y) * self.uitvoer * (1 - self.uitvoer)
        delta1 = delta2.dot(self.W2.T) * self.verborgen * (1 - self.verborgen)
        self.gradients = {"dW1": X.T.dot(delta1), "db1": enen.dot(delta1),
                          "dW2": self.verborgen.T.dot(delta2), "db2": enen.dot(delta2)}
        return self.gradients

    def update_weights(self):
        self.W1 = self.W1 - self.learning_rate * self.gradients["dW1"]
        self.W2 = self.W2 - self.learning_rate * self.gradients["dW2"]
        self.b1 = self.b1 - self.learning_rate * self.gradients["db1"]
        self.b2 = self.b2 - self.learning_rate * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        verschil = y_pred - y_true
        return np.mean(verschil * verschil)

    def train_step(self, X, y):
        kosten = self.compute_loss(y, self.forward(X))
        self.backward(X, y)
        self.update_weights()
        return kosten


def train_xor(seed):
    np.random.seed(seed)
    invoer = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    doel = np.array([[0], [1], [1], [0]])
    netwerk = NeuralNetwork(2, 10, 1, 2.5)
    kosten = []
    for _ in range(4000):
        kosten.append(netwerk.train_step(invoer, doel))
    return netwerk, kosten


def make_spiral_data(n_samples=300, noise=0.1):
    helft = n_samples // 2
    hoek = np.linspace(0, 4 * np.pi, helft)
    straal = hoek / (2 * np.pi)
    x = straal * np.cos(hoek)
    y = straal * np.sin(hoek)
    punten = np.column_stack((np.append(x, -x), np.append(y, -y)))
    punten += noise * np.random.randn(*punten.shape)
    klasse = np.append(np.zeros(helft), np.ones(helft))[:, None]
    return punten, klasse


def train_spiral(X, y):
    netwerk = NeuralNetwork(2, 64, 1, 2.0)
    netwerk.W1 = 5 * np.random.randn(2, 64)
    netwerk.b1 = 5 * np.random.randn(1, 64)
    netwerk.W2 = np.random.randn(64, 1) / 2
    for ronde in range(900):
        volgorde = np.random.permutation(len(X))
        for i in range(0, len(X), 12):
            deel = volgorde[i:i + 12]
            netwerk.train_step(X[deel], y[deel])
    return netwerk


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    uitkomst = []
    for h in hidden_sizes:
        for tempo in learning_rates:
            np.random.seed(seed)
            netwerk = NeuralNetwork(X.shape[1], h, y.shape[1], tempo)
            for _ in range(epochs):
                kosten = netwerk.train_step(X, y)
            uitkomst.append({"hidden_size": h, "learning_rate": tempo, "final_loss": kosten})
    return uitkomst
