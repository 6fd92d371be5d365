"""Rückwärtspropagation - meine Abgabe (Variablen auf Deutsch, damit ich den Überblick behalte)."""
import numpy as np
import torch


def chain_rule(x):
    innen = 2 * x + 1
    aussen = innen ** 3
    ableitung_innen = 2
    ableitung_aussen = 3 * innen ** 2
    return {
        "f": aussen,
        "u": innen,
        "du_dx": ableitung_innen,
        "df_du": ableitung_aussen,
        "df_dx": ableitung_aussen * ableitung_innen,
    }


def computational_graph(w, x, b):
    produkt = w * x
    summe = produkt + b
    verlust = summe ** 2
    nach_z = 2 * summe
    nach_a = nach_z          # Summe reicht weiter
    return {
        "a": produkt, "z": summe, "L": verlust,
        "dL_dz": nach_z, "dL_da": nach_a, "dL_db": nach_z,
        "dL_dw": nach_a * x, "dL_dx": nach_a * w,
    }


def single_neuron(x, w, b, y):
    z = w @ x + b
    a = 1 / (1 + np.exp(-z))
    fehler = y - a
    dL_da = -fehler
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return {
        "z": z, "a": a, "L": fehler ** 2 / 2,
        "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz,
        "dL_dw": dL_dz * x, "dL_db": dL_dz,
    }


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        zufall = np.random.default_rng(42)
        self.learning_rate = learning_rate
        self.W1 = zufall.normal(0, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = zufall.normal(0, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return 1.0 * (Z > 0)

    def sigmoid(self, Z):
        begrenzt = np.clip(Z, -500, 500)
        return 1 / (1 + np.exp(-begrenzt))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s - s ** 2

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        speicher = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, speicher

    def compute_loss(self, Y, A2):
        anzahl = Y.shape[1]
        winzig = 1e-12
        P = np.clip(A2, winzig, 1 - winzig)
        summe = np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))
        return -summe / anzahl

    def backward(self, Y, cache):
        anzahl = Y.shape[1]

        # Ausgabeschicht
        delta_aus = (cache["A2"] - Y) / anzahl
        grad_W2 = delta_aus @ cache["A1"].T
        grad_b2 = delta_aus.sum(axis=1, keepdims=True)

        # versteckte Schicht
        zurueck = self.W2.T @ delta_aus
        delta_versteckt = zurueck * self.relu_derivative(zurueck)
        grad_W1 = delta_versteckt @ cache["X"].T
        grad_b1 = delta_versteckt.sum(axis=1, keepdims=True)

        return {"dW1": grad_W1, "db1": grad_b1, "dW2": grad_W2, "db2": grad_b2}

    def update_parameters(self, gradients):
        schritt = self.learning_rate
        self.W1 = self.W1 - schritt * gradients["dW1"]
        self.b1 = self.b1 - schritt * gradients["db1"]
        self.W2 = self.W2 - schritt * gradients["dW2"]
        self.b2 = self.b2 - schritt * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for durchgang in range(num_iterations):
            ausgabe, speicher = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verlauf.append(verlust)
            if durchgang % print_every == 0:
                print(f"Durchgang {durchgang}: Verlust {verlust:.6f}")
            self.update_parameters(self.backward(Y, speicher))
        return verlauf

    def predict(self, X):
        ausgabe, _ = self.forward(X)
        return (ausgabe > 0.5).astype(int)


def _verlust(nn, X, Y):
    ausgabe, _ = nn.forward(X)
    return nn.compute_loss(Y, ausgabe)


def _abweichung(analytisch, numerisch):
    zaehler = np.sqrt(np.sum((analytisch - numerisch) ** 2))
    nenner = np.sqrt(np.sum(analytisch ** 2)) + np.sqrt(np.sum(numerisch ** 2))
    if nenner == 0:
        return 0.0
    return zaehler / nenner


def _pruefe(nn, X, Y, epsilon, hoechstens):
    gradienten = nn.backward(Y, nn.forward(X)[1])
    ergebnis = {}
    for name in ("W1", "b1", "W2", "b2"):
        vorher = getattr(nn, name)
        stellen = range(vorher.size)
        if hoechstens is not None:
            stellen = stellen[:hoechstens]
        numerisch = np.empty(len(stellen))
        for nr, stelle in enumerate(stellen):
            werte = []
            for vorzeichen in (+1, -1):
                verschoben = np.array(vorher, dtype=float)
                verschoben.flat[stelle] += vorzeichen * epsilon
                setattr(nn, name, verschoben)
                werte.append(_verlust(nn, X, Y))
            numerisch[nr] = (werte[0] - werte[1]) / (2 * epsilon)
        setattr(nn, name, vorher)
        analytisch = np.ravel(gradienten["d" + name])[list(stellen)]
        ergebnis[name] = _abweichung(analytisch, numerisch)
    return ergebnis


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _pruefe(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _pruefe(nn, X, Y, epsilon, None)


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        zufall = np.random.default_rng(42)
        self.learning_rate = learning_rate
        groessen = [input_size, hidden1_size, hidden2_size, output_size]
        for schicht in (1, 2, 3):
            setattr(self, f"W{schicht}", zufall.normal(0, 0.1, (groessen[schicht], groessen[schicht - 1])))
            setattr(self, f"b{schicht}", np.zeros((groessen[schicht], 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]

    def backward(self, Y, cache):
        anzahl = Y.shape[1]
        delta3 = (cache["A3"] - Y) / anzahl
        delta2 = (self.W3.T @ delta3) * (cache["Z2"] > 0)
        delta1 = (self.W2.T @ delta2) * (cache["Z1"] > 0)
        return {
            "dW3": delta3 @ cache["A2"].T, "db3": delta3.sum(axis=1, keepdims=True),
            "dW2": delta2 @ cache["A1"].T, "db2": delta2.sum(axis=1, keepdims=True),
            "dW1": delta1 @ cache["X"].T, "db1": delta1.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            neu = getattr(self, name) - self.learning_rate * gradients["d" + name]
            setattr(self, name, neu)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for durchgang in range(num_iterations):
            ausgabe, speicher = self.forward(X)
            verlust = self.compute_loss(Y, ausgabe)
            verlauf.append(verlust)
            if durchgang % print_every == 0:
                print(f"Durchgang {durchgang}: Verlust {verlust:.6f}")
            self.update_parameters(self.backward(Y, speicher))
        return verlauf

    def predict(self, X):
        ausgabe, _ = self.forward(X)
        return (ausgabe > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    erste = w1 * x1 + w2 * x2
    zweite = w1 * x1 - w2 * x2
    nach_w1 = 2 * erste * x1 + 2 * zweite * x1
    nach_w2 = 2 * erste * x2 + 2 * zweite * (-x2)
    return nach_w1, nach_w2


def two_squares_autograd(w1, w2, x1, x2):
    g1 = torch.tensor(w1, requires_grad=True)
    g2 = torch.tensor(w2, requires_grad=True)
    verlust = (g1 * x1 + g2 * x2) ** 2 + (g1 * x1 - g2 * x2) ** 2
    verlust.backward()
    return g1.grad, g2.grad


def autograd_linear(x, w, b):
    eingabe = torch.tensor(x, requires_grad=True)
    gewicht = torch.tensor(w, requires_grad=True)
    schwelle = torch.tensor(b, requires_grad=True)
    (gewicht * eingabe + schwelle).backward()
    return eingabe.grad, gewicht.grad, schwelle.grad


def leaf_parameters(shape, scale, generator):
    werte = torch.randn(*shape, generator=generator) * scale
    return werte.detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    blaetter = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    V1, c1, V2, c2 = blaetter
    verlauf = []
    for _ in range(num_iterations):
        ausgabe = torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2)
        verlust = torch.mean((ausgabe - Y) ** 2)
        verlust.backward()
        verlauf.append(verlust.item())
        with torch.no_grad():
            for blatt in blaetter:
                blatt -= learning_rate * blatt.grad
                blatt.grad = None
    return verlauf


def gradient_flow(model, X, Y):
    model.zero_grad()
    verlust = torch.nn.functional.binary_cross_entropy(model(X), Y)
    verlust.backward()
    schichten = [modul for modul in model.modules() if isinstance(modul, torch.nn.Linear)]
    return [torch.mean(torch.abs(schicht.weight.grad)).item() for schicht in schichten]
