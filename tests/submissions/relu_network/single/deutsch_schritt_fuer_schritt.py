# Hausaufgabe 7 – Rückwärtsrechnung
# Jana, Gruppe B
import numpy as np
import torch

KLEIN = 1e-15   # damit der Logarithmus nicht unendlich wird


def logistisch(t):
    """1/(1+e^-t) ohne Überlauf"""
    t = np.asarray(t, dtype=float)
    ergebnis = np.ones(t.shape)
    negativ = t < 0
    ergebnis[~negativ] = 1.0 / (1.0 + np.exp(-t[~negativ]))
    ergebnis[negativ] = np.exp(t[negativ]) / (1.0 + np.exp(t[negativ]))
    return ergebnis


def steigung(t):
    """Steigung der logistischen Funktion an der Stelle t"""
    s = logistisch(t)
    return s * (1 - s)


def chain_rule(x):
    innen = 2 * x + 1
    aussen = innen ** 3
    # äußere mal innere Ableitung
    aussen_ableitung = 3 * innen ** 2
    innen_ableitung = 2
    return {"u": innen, "f": aussen, "df_du": aussen_ableitung, "du_dx": innen_ableitung,
            "df_dx": aussen_ableitung * innen_ableitung}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    verlust = z ** 2
    nach_z = 2 * z
    nach_a = nach_z
    nach_b = nach_z
    return {"a": a, "z": z, "L": verlust, "dL_dz": nach_z, "dL_da": nach_a,
            "dL_dw": nach_a * x, "dL_dx": nach_a * w, "dL_db": nach_b}


def single_neuron(x, w, b, y):
    z = float(np.sum(np.asarray(w) * np.asarray(x))) + b
    a = float(logistisch(z))
    verlust = 0.5 * (y - a) ** 2
    nach_a = -(y - a)
    a_nach_z = float(steigung(a))
    nach_z = nach_a * a_nach_z
    nach_w = nach_z * np.asarray(x)
    nach_b = nach_z
    return {"z": z, "a": a, "L": verlust, "dL_da": nach_a, "da_dz": a_nach_z,
            "dL_dz": nach_z, "dL_dw": nach_w, "dL_db": nach_b}


def kreuzentropie(soll, ist):
    anzahl = ist.shape[1]
    ist = np.where(ist < KLEIN, KLEIN, ist)
    ist = np.where(ist > 1 - KLEIN, 1 - KLEIN, ist)
    summe = 0.0
    for zeile_soll, zeile_ist in zip(soll, ist):
        summe -= np.dot(zeile_soll, np.log(zeile_ist))
        summe -= np.dot(1 - zeile_soll, np.log(1 - zeile_ist))
    return summe / anzahl


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.01, size=(hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.01, size=(output_size, hidden_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(Z < 0, 0, Z)

    def relu_derivative(self, Z):
        return np.where(Z <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return logistisch(Z)

    def sigmoid_derivative(self, Z):
        return steigung(Z)

    def forward(self, X):
        zwischen = {"X": X}
        zwischen["Z1"] = self.W1 @ X + self.b1
        zwischen["A1"] = self.relu(zwischen["Z1"])
        zwischen["Z2"] = self.W2 @ zwischen["A1"] + self.b2
        zwischen["A2"] = self.sigmoid(zwischen["Z2"])
        return zwischen["A2"], zwischen

    def compute_loss(self, Y, A2):
        return kreuzentropie(Y, A2)

    def backward(self, Y, cache):
        anzahl = cache["X"].shape[1]
        # Ausgabeschicht
        fehler2 = cache["A2"] - Y
        dW2 = fehler2 @ cache["A1"].T / anzahl
        db2 = fehler2.sum(axis=1, keepdims=True) / anzahl
        # verdeckte Schicht
        fehler1 = self.W2.T @ fehler2
        fehler1 = fehler1 * self.relu_derivative(cache["Z1"])
        dW1 = fehler1 @ cache["X"].T / anzahl
        db1 = fehler1.sum(axis=1, keepdims=True) / anzahl
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        for was in ("W1", "b1", "W2", "b2"):
            neu = getattr(self, was) - self.learning_rate * gradients["d" + was]
            setattr(self, was, neu)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for schritt in range(num_iterations):
            ausgabe, zwischen = self.forward(X)
            verlauf.append(self.compute_loss(Y, ausgabe))
            if schritt % print_every == 0:
                print("Schritt", schritt, "Verlust", round(verlauf[-1], 4))
            self.update_parameters(self.backward(Y, zwischen))
        return verlauf

    def predict(self, X):
        ausgabe, _ = self.forward(X)
        return np.array([[1 if p > 0.5 else 0 for p in zeile] for zeile in ausgabe])


def _pruefe(nn, X, Y, schritt, auswahl):
    bericht = {}
    gerechnet = nn.backward(Y, nn.forward(X)[1])
    for was in ("W1", "b1", "W2", "b2"):
        werte = getattr(nn, was)
        stellen = auswahl([(i, j) for i in range(werte.shape[0]) for j in range(werte.shape[1])])
        unterschied, groesse = 0.0, 0.0
        for i, j in stellen:
            vorher = float(werte[i, j])
            werte[i, j] = vorher + schritt
            oben = nn.compute_loss(Y, nn.forward(X)[0])
            werte[i, j] = vorher - schritt
            unten = nn.compute_loss(Y, nn.forward(X)[0])
            werte[i, j] = vorher
            sekante = (oben - unten) / (2 * schritt)
            unterschied = max(unterschied, abs(sekante - gerechnet["d" + was][i, j]))
            groesse = max(groesse, abs(sekante), abs(gerechnet["d" + was][i, j]))
        bericht[was] = unterschied / groesse if groesse > 0 else 0.0
    return bericht


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _pruefe(nn, X, Y, epsilon, lambda stellen: stellen[:: len(stellen) // 10 + 1])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _pruefe(nn, X, Y, epsilon, lambda stellen: stellen)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.normal(0, 0.01, size=(output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        zwischen = {"X": X}
        zwischen["Z1"] = self.W1 @ X + self.b1
        zwischen["A1"] = self.relu(zwischen["Z1"])
        zwischen["Z2"] = self.W2 @ zwischen["A1"] + self.b2
        zwischen["A2"] = self.relu(zwischen["Z2"])
        zwischen["Z3"] = self.W3 @ zwischen["A2"] + self.b3
        zwischen["A3"] = self.sigmoid(zwischen["Z3"])
        return zwischen["A3"], zwischen

    def compute_loss(self, Y, A3):
        return kreuzentropie(Y, A3)

    def backward(self, Y, cache):
        anzahl = cache["X"].shape[1]
        fehler3 = cache["A3"] - Y
        fehler2 = self.W3.T @ fehler3 * self.relu_derivative(cache["Z2"])
        fehler1 = self.W2.T @ fehler2 * self.relu_derivative(cache["Z1"])
        antwort = {}
        for nummer, fehler, eingang in ((1, fehler1, "X"), (2, fehler2, "A1"), (3, fehler3, "A2")):
            antwort[f"dW{nummer}"] = fehler @ cache[eingang].T / anzahl
            antwort[f"db{nummer}"] = fehler.sum(axis=1, keepdims=True) / anzahl
        return antwort

    def update_parameters(self, gradients):
        super().update_parameters(gradients)
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]


def two_squares(w1, w2, x1, x2):
    summe = w1 * x1 + w2 * x2
    differenz = w1 * x1 - w2 * x2
    return 2 * x1 * summe + 2 * x1 * differenz, 2 * x2 * summe - 2 * x2 * differenz


def two_squares_autograd(w1, w2, x1, x2):
    g1 = torch.tensor(float(w1), requires_grad=True)
    g2 = torch.tensor(float(w2), requires_grad=True)
    verlust = (g1 * x1 + g2 * x2) ** 2
    verlust = verlust + (g1 * x1 - g2 * x2) ** 2
    verlust.backward()
    return float(g1.grad), float(g2.grad)


def autograd_linear(x, w, b):
    blatt = {}
    for name, wert in zip("xwb", (x, w, b)):
        blatt[name] = torch.tensor(float(wert), requires_grad=True)
    gerade = blatt["w"] * blatt["x"] + blatt["b"]
    gerade.backward()
    return blatt["x"].grad, blatt["w"].grad, blatt["b"].grad


def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator)
    return (zufall * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    blaetter = [t.clone() for t in (W1, b1, W2, b2)]
    for t in blaetter:
        t.requires_grad_(True)
    verlauf = []
    for _ in range(num_iterations):
        w1, v1, w2, v2 = blaetter
        verdeckt = torch.clamp(w1 @ X + v1, min=0)
        ausgabe = torch.sigmoid(w2 @ verdeckt + v2)
        verlust = ((ausgabe - Y) ** 2).sum() / Y.numel()
        verlauf.append(verlust.item())
        for t in blaetter:
            t.grad = None
        verlust.backward()
        with torch.no_grad():
            for t in blaetter:
                t.sub_(learning_rate * t.grad)
    return verlauf


def gradient_flow(model, X, Y):
    model.zero_grad()
    wahrscheinlich = model(X)
    torch.nn.functional.binary_cross_entropy(wahrscheinlich, Y).backward()
    mittel = []
    for schicht in model.modules():
        if isinstance(schicht, torch.nn.Linear):
            mittel.append(schicht.weight.grad.abs().mean().item())
    return mittel
