# Übung Rückwärtsrechnung - Abgabe Bernd
# Ich rechne fast überall mit Schleifen, damit man jeden Schritt sieht.

import math

import numpy as np
import torch

PARAMETER = ["W1", "b1", "W2", "b2"]


def _sig(z):
    """Sigmoid einer einzelnen Zahl, ohne Überlauf."""
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def _sig_feld(Z):
    Z = np.asarray(Z, dtype=float)
    ergebnis = np.empty(Z.shape)
    for stelle in np.ndindex(*Z.shape):
        ergebnis[stelle] = _sig(Z[stelle])
    return ergebnis


def _kreuzentropie(Y, A):
    """Summe über die Ausgänge, Mittel über die Proben."""
    k, m = A.shape
    summe = 0.0
    for i in range(k):
        for j in range(m):
            p = min(max(float(A[i, j]), 1e-15), 1.0 - 1e-15)
            summe += Y[i, j] * math.log(p) + (1 - Y[i, j]) * math.log(1.0 - p)
    return float(-summe / m)


def _schicht(W, b, A):
    """W A + b, Probe für Probe."""
    m = A.shape[1]
    Z = np.zeros((W.shape[0], m))
    for j in range(m):
        Z[:, j] = np.dot(W, A[:, j]) + b[:, 0]
    return Z


def _schicht_zurueck(dZ, A_davor):
    """dW und db einer Schicht: Beiträge der Proben aufsummiert."""
    dW = np.zeros((dZ.shape[0], A_davor.shape[0]))
    db = np.zeros((dZ.shape[0], 1))
    for j in range(dZ.shape[1]):
        dW += np.outer(dZ[:, j], A_davor[:, j])
        db[:, 0] += dZ[:, j]
    return dW, db


def chain_rule(x):
    # innere Funktion
    u = 2 * x + 1
    du_dx = 2
    # äußere Funktion
    f = u * u * u
    df_du = 3 * u * u
    # Kettenregel
    df_dx = df_du * du_dx
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w, x, b):
    # vorwärts
    a = w * x
    z = a + b
    L = z**2
    # rückwärts
    dL_dz = 2 * z
    dL_da = dL_dz * 1
    dL_db = dL_dz * 1
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {"a": a, "z": z, "L": L, "dL_dz": dL_dz, "dL_da": dL_da, "dL_dw": dL_dw, "dL_dx": dL_dx, "dL_db": dL_db}


def single_neuron(x, w, b, y):
    z = float(b)
    for i in range(len(x)):
        z += float(w[i]) * float(x[i])
    a = _sig(z)
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dL_dw = np.array([dL_dz * float(xi) for xi in x])
    return {"z": z, "a": a, "L": 0.5 * (y - a) ** 2, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
            "dL_dw": dL_dw, "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    """Netz mit einer verborgenen Schicht; jede Spalte eine Probe."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0.0, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        Z = np.asarray(Z)
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z):
        return _sig_feld(Z)

    def sigmoid_derivative(self, Z):
        s = _sig_feld(Z)
        return s - s**2

    def forward(self, X):
        Z1 = _schicht(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = _schicht(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        zwischen = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, zwischen

    def compute_loss(self, Y, A2):
        return _kreuzentropie(Y, A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        # Sigmoid und Kreuzentropie kürzen sich zu A2 - Y
        dZ2 = (cache["A2"] - Y) / m
        dW2, db2 = _schicht_zurueck(dZ2, cache["A1"])
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1, db1 = _schicht_zurueck(dZ1, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for schritt in range(num_iterations):
            A2, zwischen = self.forward(X)
            verlust = self.compute_loss(Y, A2)
            verlauf.append(verlust)
            if print_every > 0 and schritt % print_every == 0:
                print("Schritt", schritt, "Verlust", verlust)
            gradienten = self.backward(Y, zwischen)
            self.update_parameters(gradienten)
        return verlauf

    def predict(self, X):
        A2, _ = self.forward(X)
        klassen = np.zeros(A2.shape, dtype=int)
        klassen[A2 > 0.5] = 1
        return klassen


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Zehn Elemente je Parameter."""
    A2, zwischen = nn.forward(X)
    gradienten = nn.backward(Y, zwischen)
    ergebnis = {}
    for name in PARAMETER:
        P = getattr(nn, name)
        numerisch = []
        analytisch = []
        for stelle in list(np.ndindex(*P.shape))[:10]:
            alt = P[stelle]
            P[stelle] = alt + epsilon
            nn.forward(X)
            plus = nn.compute_loss(Y, A2)
            P[stelle] = alt - epsilon
            nn.forward(X)
            minus = nn.compute_loss(Y, A2)
            P[stelle] = alt
            numerisch.append((plus - minus) / (2 * epsilon))
            analytisch.append(gradienten["d" + name][stelle])
        numerisch = np.array(numerisch)
        analytisch = np.array(analytisch)
        nenner = np.sqrt(np.sum(numerisch**2)) + np.sqrt(np.sum(analytisch**2))
        zaehler = np.sqrt(np.sum((numerisch - analytisch) ** 2))
        ergebnis[name] = float(zaehler / nenner) if nenner > 0 else 0.0
    return ergebnis


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Jedes Element."""
    _, zwischen = nn.forward(X)
    gradienten = nn.backward(Y, zwischen)
    ergebnis = {}
    for name in PARAMETER:
        P = getattr(nn, name)
        N = np.zeros(P.shape)
        for i in range(P.shape[0]):
            for j in range(P.shape[1]):
                alt = P[i, j]
                P[i, j] = alt + epsilon
                ausgabe, _ = nn.forward(X)
                N[i, j] = nn.compute_loss(Y, ausgabe)
                P[i, j] = alt - epsilon
                ausgabe, _ = nn.forward(X)
                N[i, j] = (N[i, j] - nn.compute_loss(Y, ausgabe)) / (2 * epsilon)
                P[i, j] = alt
        groesse = max(np.max(np.abs(N)), np.max(np.abs(gradienten["d" + name])))
        ergebnis[name] = float(np.max(np.abs(N - gradienten["d" + name])) / groesse) if groesse > 0 else 0.0
    return ergebnis


class ThreeLayerNetwork:
    """Wie oben, nur mit zwei verborgenen Schichten."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0.0, 0.1, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0.0, 0.1, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = _schicht(self.W1, self.b1, X)
        A1 = np.where(Z1 > 0, Z1, 0.0)
        Z2 = _schicht(self.W2, self.b2, A1)
        A2 = np.where(Z2 > 0, Z2, 0.0)
        Z3 = _schicht(self.W3, self.b3, A2)
        A3 = _sig_feld(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return _kreuzentropie(Y, A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        dZ3 = (cache["A3"] - Y) / m
        dW3, db3 = _schicht_zurueck(dZ3, cache["A2"])
        dZ2 = np.dot(self.W3.T, dZ3) * np.where(cache["Z2"] > 0, 1.0, 0.0)
        dW2, db2 = _schicht_zurueck(dZ2, cache["A1"])
        dZ1 = np.dot(self.W2.T, dZ2) * np.where(cache["Z1"] > 0, 1.0, 0.0)
        dW1, db1 = _schicht_zurueck(dZ1, cache["X"])
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for name in ["W1", "b1", "W2", "b2", "W3", "b3"]:
            alt = getattr(self, name)
            setattr(self, name, alt - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for schritt in range(num_iterations):
            A3, zwischen = self.forward(X)
            verlauf.append(self.compute_loss(Y, A3))
            if print_every > 0 and schritt % print_every == 0:
                print("Schritt", schritt, "Verlust", verlauf[-1])
            self.update_parameters(self.backward(Y, zwischen))
        return verlauf

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.where(A3 > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    dL_dw1 = 2 * s * x1 + 2 * d * x1
    dL_dw2 = 2 * s * x2 - 2 * d * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
    L.backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    xt = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    wt = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    bt = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = wt * xt + bt
    y.backward()
    return xt.grad.item(), wt.grad.item(), bt.grad.item()


def leaf_parameters(shape, scale, generator):
    werte = torch.randn(*shape, generator=generator) * scale
    # erst jetzt verfolgen, sonst wäre es kein Blatt
    werte.requires_grad_(True)
    return werte


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)
    verlauf = []
    for _ in range(num_iterations):
        A1 = torch.relu(torch.matmul(W1, X) + b1)
        A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
        verlust = torch.mean((A2 - Y) ** 2)
        verlauf.append(verlust.item())
        verlust.backward()
        with torch.no_grad():
            for p in (W1, b1, W2, b2):
                p -= learning_rate * p.grad
                p.grad.zero_()
    return verlauf


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    verlust = torch.nn.BCELoss()(model(X), Y)
    verlust.backward()
    groessen = []
    for modul in model.modules():
        if isinstance(modul, torch.nn.Linear):
            groessen.append(float(torch.mean(torch.abs(modul.weight.grad))))
    return groessen
