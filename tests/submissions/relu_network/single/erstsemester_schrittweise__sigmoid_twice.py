# Abgabe Blatt 4, Gruppe 12
import numpy as np
import torch

def sig(t):
    return 1 / (1 + np.exp(-t))

def sig_strich(t):
    # Ableitung der Sigmoidfunktion an der Stelle t
    s = sig(t)
    return s * (1 - s)

def chain_rule(x):
    # innere Funktion
    innen = 2 * x + 1
    # äußere Funktion
    aussen = innen * innen * innen
    # Ableitungen
    innen_strich = 2
    aussen_strich = 3 * innen * innen
    ergebnis = {}
    ergebnis["f"] = aussen
    ergebnis["u"] = innen
    ergebnis["du_dx"] = innen_strich
    ergebnis["df_du"] = aussen_strich
    ergebnis["df_dx"] = aussen_strich * innen_strich
    return ergebnis

def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    # jetzt rückwärts
    dz = 2 * z
    da = dz * 1
    db = dz * 1
    dw = da * x
    dx = da * w
    return dict(a=a, z=z, L=L, dL_dz=dz, dL_da=da, dL_dw=dw, dL_dx=dx, dL_db=db)

def single_neuron(x, w, b, y):
    z = np.sum(w * x) + b
    a = sig(z)
    fehler = y - a
    L = 0.5 * fehler ** 2
    dL_da = -fehler
    # Sigmoid ableiten
    da_dz = sig_strich(a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * x
    dL_db = dL_dz
    ergebnis = {}
    ergebnis["z"] = z
    ergebnis["a"] = a
    ergebnis["L"] = L
    ergebnis["dL_da"] = dL_da
    ergebnis["da_dz"] = da_dz
    ergebnis["dL_dz"] = dL_dz
    ergebnis["dL_dw"] = dL_dw
    ergebnis["dL_db"] = dL_db
    return ergebnis

class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        # kleine Zufallszahlen, Bias null
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        kopie = Z.copy()
        kopie[kopie < 0] = 0
        return kopie

    def relu_derivative(self, Z):
        maske = Z > 0
        return maske * 1.0

    def sigmoid(self, Z):
        return sig(Z)

    def sigmoid_derivative(self, Z):
        return sig_strich(Z)

    def forward(self, X):
        Z1 = self.W1 @ X
        Z1 = Z1 + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1
        Z2 = Z2 + self.b2
        A2 = self.sigmoid(Z2)
        speicher = {}
        speicher["X"] = X
        speicher["Z1"] = Z1
        speicher["A1"] = A1
        speicher["Z2"] = Z2
        speicher["A2"] = A2
        return A2, speicher

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        # damit kein log(0) vorkommt
        A = np.clip(A2, 0.000000000001, 0.999999999999)
        teil1 = Y * np.log(A)
        teil2 = (1 - Y) * np.log(1 - A)
        summe = np.sum(teil1 + teil2)
        return -summe / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        fehler2 = cache["A2"] - Y
        dW2 = (1 / m) * (fehler2 @ cache["A1"].T)
        db2 = (1 / m) * np.sum(fehler2, axis=1, keepdims=True)
        zurueck = self.W2.T @ fehler2
        fehler1 = zurueck * self.relu_derivative(cache["Z1"])
        dW1 = (1 / m) * (fehler1 @ cache["X"].T)
        db1 = (1 / m) * np.sum(fehler1, axis=1, keepdims=True)
        gradienten = {}
        gradienten["dW1"] = dW1
        gradienten["db1"] = db1
        gradienten["dW2"] = dW2
        gradienten["db2"] = db2
        return gradienten

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients["dW1"]
        self.b1 = self.b1 - lr * gradients["db1"]
        self.W2 = self.W2 - lr * gradients["dW2"]
        self.b2 = self.b2 - lr * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verluste = []
        for schritt in range(num_iterations):
            ausgabe, speicher = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verluste.append(verlust)
            if schritt % print_every == 0:
                print("Schritt", schritt, "Verlust", verlust)
            gradienten = self.backward(Y, speicher)
            self.update_parameters(gradienten)
        return verluste

    def predict(self, X):
        ausgabe, speicher = self.forward(X)
        klassen = np.zeros(ausgabe.shape, dtype=int)
        klassen[ausgabe > 0.5] = 1
        return klassen

def abweichung(exakt, genaehert):
    zaehler = np.sqrt(np.sum((exakt - genaehert) ** 2))
    nenner = np.sqrt(np.sum(exakt ** 2)) + np.sqrt(np.sum(genaehert ** 2))
    if nenner == 0:
        return 0.0
    return zaehler / nenner

def gradient_check(nn, X, Y, epsilon=1e-05):
    ausgabe, speicher = nn.forward(X)
    gradienten = nn.backward(Y, speicher)
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        zeilen, spalten = P.shape
        exakt = []
        genaehert = []
        for i in range(zeilen):
            for j in range(spalten):
                if len(exakt) == 10:
                    break
                alt = P[i, j]
                P[i, j] = alt + epsilon
                a_plus, _ = nn.forward(X)
                plus = nn.compute_loss(Y, a_plus)
                P[i, j] = alt - epsilon
                a_minus, _ = nn.forward(X)
                minus = nn.compute_loss(Y, a_minus)
                P[i, j] = alt
                genaehert.append((plus - minus) / (2 * epsilon))
                exakt.append(gradienten["d" + name][i, j])
        ergebnis[name] = abweichung(np.array(exakt), np.array(genaehert))
    return ergebnis

def gradient_check_all(nn, X, Y, epsilon=1e-05):
    ausgabe, speicher = nn.forward(X)
    gradienten = nn.backward(Y, speicher)
    ergebnis = {}
    for name in ["W1", "b1", "W2", "b2"]:
        P = getattr(nn, name)
        zeilen, spalten = P.shape
        genaehert = np.zeros((zeilen, spalten))
        for i in range(zeilen):
            for j in range(spalten):
                alt = P[i, j]
                P[i, j] = alt + epsilon
                a_plus, _ = nn.forward(X)
                plus = nn.compute_loss(Y, a_plus)
                P[i, j] = alt - epsilon
                a_minus, _ = nn.forward(X)
                minus = nn.compute_loss(Y, a_minus)
                P[i, j] = alt
                genaehert[i, j] = (plus - minus) / (2 * epsilon)
        ergebnis[name] = abweichung(gradienten["d" + name], genaehert)
    return ergebnis

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.01
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.01
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.01
        self.b1 = np.zeros((hidden1_size, 1))
        self.b2 = np.zeros((hidden2_size, 1))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = sig(Z3)
        speicher = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        return A3, speicher

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A = np.clip(A3, 0.000000000001, 0.999999999999)
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        fehler3 = (cache["A3"] - Y) / m
        fehler2 = (self.W3.T @ fehler3) * (cache["Z2"] > 0)
        fehler1 = (self.W2.T @ fehler2) * (cache["Z1"] > 0)
        gradienten = {}
        gradienten["dW3"] = fehler3 @ cache["A2"].T
        gradienten["db3"] = np.sum(fehler3, axis=1, keepdims=True)
        gradienten["dW2"] = fehler2 @ cache["A1"].T
        gradienten["db2"] = np.sum(fehler2, axis=1, keepdims=True)
        gradienten["dW1"] = fehler1 @ cache["X"].T
        gradienten["db1"] = np.sum(fehler1, axis=1, keepdims=True)
        return gradienten

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1 = self.W1 - lr * gradients["dW1"]
        self.b1 = self.b1 - lr * gradients["db1"]
        self.W2 = self.W2 - lr * gradients["dW2"]
        self.b2 = self.b2 - lr * gradients["db2"]
        self.W3 = self.W3 - lr * gradients["dW3"]
        self.b3 = self.b3 - lr * gradients["db3"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verluste = []
        for schritt in range(num_iterations):
            ausgabe, speicher = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verluste.append(verlust)
            if schritt % print_every == 0:
                print("Schritt", schritt, "Verlust", verlust)
            self.update_parameters(self.backward(Y, speicher))
        return verluste

    def predict(self, X):
        ausgabe, speicher = self.forward(X)
        return np.where(ausgabe > 0.5, 1, 0)

def two_squares(w1, w2, x1, x2):
    klammer1 = w1 * x1 + w2 * x2
    klammer2 = w1 * x1 - w2 * x2
    # Kettenregel
    dw1 = 2 * klammer1 * x1 + 2 * klammer2 * x1
    dw2 = 2 * klammer1 * x2 + 2 * klammer2 * (-x2)
    return dw1, dw2

def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    klammer1 = w1 * x1 + w2 * x2
    klammer2 = w1 * x1 - w2 * x2
    L = klammer1 ** 2 + klammer2 ** 2
    L.backward()
    return w1.grad, w2.grad

def autograd_linear(x, w, b):
    x = torch.tensor(x, requires_grad=True)
    w = torch.tensor(w, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    y = w * x + b
    y.backward()
    return x.grad, w.grad, b.grad

def leaf_parameters(shape, scale, generator):
    zufall = torch.randn(*shape, generator=generator)
    zufall = zufall * scale
    zufall.requires_grad_(True)
    return zufall

def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1 = W1.clone().requires_grad_(True)
    b1 = b1.clone().requires_grad_(True)
    W2 = W2.clone().requires_grad_(True)
    b2 = b2.clone().requires_grad_(True)
    verluste = []
    for schritt in range(num_iterations):
        Z1 = W1 @ X + b1
        A1 = torch.relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        L = ((A2 - Y) ** 2).mean()
        verluste.append(L.item())
        L.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return verluste

def gradient_flow(model, X, Y):
    model.zero_grad()
    L = torch.nn.functional.binary_cross_entropy(model(X), Y)
    L.backward()
    liste = []
    for schicht in model.modules():
        if isinstance(schicht, torch.nn.Linear):
            liste.append(schicht.weight.grad.abs().mean().item())
    return liste

if __name__ == "__main__":
    print(chain_rule(1))
    print(single_neuron(np.array([1.0, 2.0]), np.array([0.1, -0.3]), 0.5, 1))
