# Übungsblatt 7: Backpropagation
# Abgabe in Zweiergruppe. Variablen auf Deutsch, damit wir sie nicht mit denen der Aufgabe verwechseln.

import numpy as np
import torch


# ------------------------------------------------------------------ Aufgabe 1
def chain_rule(x):
    innen = 2 * x + 1
    aussen = innen ** 3
    abl_innen = 2
    abl_aussen = 3 * innen ** 2
    return {"f": aussen, "u": innen, "du_dx": abl_innen, "df_du": abl_aussen, "df_dx": abl_aussen * abl_innen}


# ------------------------------------------------------------------ Aufgabe 2
def computational_graph(w, x, b):
    produkt = w * x
    summe = produkt + b
    quadrat = summe ** 2
    # rückwärts
    von_oben = 2 * summe
    return {"a": produkt, "z": summe, "L": quadrat,
            "dL_dz": von_oben, "dL_da": von_oben, "dL_db": von_oben,
            "dL_dw": von_oben * x, "dL_dx": von_oben * w}


# ------------------------------------------------------------------ Aufgabe 3
def single_neuron(x, w, b, y):
    z = sum(w[i] * x[i] for i in range(len(x))) + b
    a = 1 / (1 + np.exp(-z))
    fehler = a - y
    steigung = a * (1 - a)
    delta = fehler * steigung
    gewichte = np.zeros(len(x))
    for i in range(len(x)):
        gewichte[i] = delta * x[i]
    return {"z": z, "a": a, "L": 0.5 * fehler ** 2, "dL_da": fehler, "da_dz": steigung,
            "dL_dz": delta, "dL_dw": gewichte, "dL_db": delta}


# ------------------------------------------------------------------ Aufgabe 4
class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.1, size=(hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.1, size=(output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(np.zeros_like(Z), Z)

    def relu_derivative(self, Z):
        ableitung = np.zeros_like(Z, dtype=float)
        ableitung[Z > 0] = 1.0
        return ableitung

    def sigmoid(self, Z):
        Z = np.clip(Z, -300, 300)
        return 1 / (1 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        wert = self.sigmoid(Z)
        return wert * (1 - wert)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        merkzettel = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, merkzettel

    def compute_loss(self, Y, A2):
        anzahl = Y.shape[1]
        gesamt = 0.0
        for j in range(anzahl):
            ziel = Y[:, j]
            wahrsch = A2[:, j]
            verlust = -(ziel * np.log(wahrsch) + (1 - ziel) * np.log(1 - wahrsch))
            gesamt += np.mean(verlust)
        return gesamt / anzahl

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        dW1 = np.zeros(self.W1.shape)
        db1 = np.zeros(self.b1.shape)
        dW2 = np.zeros(self.W2.shape)
        db2 = np.zeros(self.b2.shape)
        for j in range(anzahl):
            x, z1, a1 = cache["X"][:, j], cache["Z1"][:, j], cache["A1"][:, j]
            delta2 = cache["A2"][:, j] - Y[:, j]
            delta1 = (delta2 @ self.W2) * self.relu_derivative(z1)
            dW2 += np.outer(delta2, a1)
            db2[:, 0] += delta2
            dW1 += np.outer(delta1, x)
            db1[:, 0] += delta1
        return {"dW1": dW1 / anzahl, "db1": db1 / anzahl, "dW2": dW2 / anzahl, "db2": db2 / anzahl}

    def update_parameters(self, gradients):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * gradients["dW1"]
        self.W2 = self.W2 - schritt * gradients["dW2"]
        self.b1 = self.b1 - schritt * gradients["db1"]
        self.b2 = self.b2 - schritt * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for runde in range(num_iterations):
            ausgabe, merkzettel = self.forward(X)
            verlauf.append(self.compute_loss(Y, ausgabe))
            self.update_parameters(self.backward(Y, merkzettel))
            if runde % print_every == 0:
                print("Runde", runde, "Verlust", verlauf[-1])
        return verlauf

    def predict(self, X):
        ausgabe, _ = self.forward(X)
        return (ausgabe > 0.5).astype(int)


# ------------------------------------------------------------------ Aufgabe 5
def vergleich(analytisch, numerisch):
    abstand = np.sqrt(np.sum((analytisch - numerisch) ** 2))
    laenge = np.sqrt(np.sum(analytisch ** 2)) + np.sqrt(np.sum(numerisch ** 2))
    if laenge == 0:
        return 0.0
    return abstand / laenge


def numerische_ableitung(nn, X, Y, name, stelle, epsilon):
    feld = getattr(nn, name)
    alt = feld[stelle]
    werte = []
    for verschoben in (alt + epsilon, alt - epsilon):
        feld[stelle] = verschoben
        werte.append(nn.compute_loss(Y, nn.forward(X)[0]))
    feld[stelle] = alt
    return (werte[0] - werte[1]) / (2 * epsilon)


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradienten = nn.backward(Y, nn.forward(X)[1])
    ergebnis = {}
    for name in ("W1", "b1", "W2", "b2"):
        stellen = [(i, j) for i in range(getattr(nn, name).shape[0]) for j in range(getattr(nn, name).shape[1])]
        stellen = stellen[:10]
        analytisch = np.array([gradienten["d" + name][s] for s in stellen])
        numerisch = np.array([numerische_ableitung(nn, X, Y, name, s, epsilon) for s in stellen])
        ergebnis[name] = vergleich(analytisch, numerisch)
    return ergebnis


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradienten = nn.backward(Y, nn.forward(X)[1])
    ergebnis = {}
    for name in ("W1", "b1", "W2", "b2"):
        feld = getattr(nn, name)
        numerisch = np.zeros(feld.shape)
        for i in range(feld.shape[0]):
            for j in range(feld.shape[1]):
                numerisch[i, j] = numerische_ableitung(nn, X, Y, name, (i, j), epsilon)
        ergebnis[name] = vergleich(gradienten["d" + name], numerisch)
    return ergebnis


# ------------------------------------------------------------------ Aufgabe 6
class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.1, size=(hidden1_size, input_size))
        self.W2 = np.random.normal(0, 0.1, size=(hidden2_size, hidden1_size))
        self.W3 = np.random.normal(0, 0.1, size=(output_size, hidden2_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -300, 300)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        delta3 = (cache["A3"] - Y) / anzahl
        delta2 = (self.W3.T @ delta3) * (cache["Z2"] > 0)
        delta1 = (self.W2.T @ delta2) * (cache["Z1"] > 0)
        return {"dW1": delta1 @ cache["X"].T, "db1": delta1.sum(axis=1, keepdims=True),
                "dW2": delta2 @ cache["A1"].T, "db2": delta2.sum(axis=1, keepdims=True),
                "dW3": delta3 @ cache["A2"].T, "db3": delta3.sum(axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for name in ("W1", "W2", "W3", "b1", "b2", "b3"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for runde in range(num_iterations):
            ausgabe, merkzettel = self.forward(X)
            verlauf.append(self.compute_loss(Y, ausgabe))
            self.update_parameters(self.backward(Y, merkzettel))
            if runde % print_every == 0:
                print("Runde", runde, "Verlust", verlauf[-1])
        return verlauf

    def predict(self, X):
        ausgabe, _ = self.forward(X)
        return (ausgabe > 0.5).astype(int)


# ------------------------------------------------------------------ Aufgabe 7
def two_squares(w1, w2, x1, x2):
    erste = w1 * x1 + w2 * x2
    zweite = w1 * x1 - w2 * x2
    nach_w1 = 2 * erste * x1 + 2 * zweite * x1
    nach_w2 = 2 * erste * x2 - 2 * zweite * x2
    return nach_w1, nach_w2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    erste = w1 * x1 + w2 * x2
    zweite = w1 * x1 - w2 * x2
    verlust = erste ** 2 + zweite ** 2
    verlust.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    gerade = w * x + b
    gerade.backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator)
    blatt = (zufall * scale).detach()
    blatt.requires_grad_(True)
    return blatt


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    verlauf = []
    for runde in range(num_iterations):
        versteckt = torch.relu(W1 @ X + b1)
        ausgabe = torch.sigmoid(W2 @ versteckt + b2)
        verlust = ((ausgabe - Y) ** 2).mean()
        verlauf.append(verlust.item())
        verlust.backward()
        with torch.no_grad():
            for t in (W1, b1, W2, b2):
                t -= learning_rate * t.grad
                t.grad = None
    return verlauf


def gradient_flow(model, X, Y):
    model.zero_grad()
    verlust = torch.nn.BCELoss()(model(X), Y)
    verlust.backward()
    groessen = []
    for schicht in model.modules():
        if isinstance(schicht, torch.nn.Linear):
            groessen.append(float(schicht.weight.grad.abs().mean()))
    return groessen
