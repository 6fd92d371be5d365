"""Wsteczna propagacja, z domknięciami (closures)."""
import numpy as np
import torch


def warstwa_liniowa(W, b, wejscie):
    """Zwraca wynik i funkcję, która idzie z powrotem."""
    wynik = W @ wejscie + b

    def wstecz(grad):
        return W.T @ grad, grad @ wejscie.T, grad.sum(axis=1, keepdims=True)

    return wynik, wstecz


def warstwa_relu(wejscie):
    wynik = np.maximum(wejscie, 0)

    def wstecz(grad):
        return np.where(wejscie > 0, grad, 0.0)

    return wynik, wstecz


def logistyczna(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def entropia(cel, wyjscie):
    wyjscie = np.clip(wyjscie, 1e-14, 1 - 1e-14)
    kara = np.where(cel > 0.5, -np.log(wyjscie), -np.log(1 - wyjscie))
    return kara.sum() / cel.shape[1]


def chain_rule(x):
    u = 2 * x + 1

    def pochodna_zewnetrzna():
        return 3 * u ** 2

    return {"f": u ** 3, "u": u, "du_dx": 2, "df_du": pochodna_zewnetrzna(), "df_dx": pochodna_zewnetrzna() * 2}


def computational_graph(w, x, b):
    iloczyn = w * x
    suma = iloczyn + b
    kwadrat = suma ** 2
    d_suma = 2 * suma
    d_iloczyn = d_suma
    return {"a": iloczyn, "z": suma, "L": kwadrat, "dL_dz": d_suma, "dL_da": d_iloczyn, "dL_dw": d_iloczyn * x,
            "dL_dx": d_iloczyn * w, "dL_db": d_suma}


def single_neuron(x, w, b, y):
    z = w.dot(x) + b
    a = logistyczna(z)
    blad = a - y
    nachylenie = a * (1 - a)
    delta = blad * nachylenie
    return {"z": z, "a": a, "L": blad ** 2 / 2, "dL_da": blad, "da_dz": nachylenie, "dL_dz": delta,
            "dL_dw": delta * x, "dL_db": delta}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        losuj = lambda *ksztalt: np.random.standard_normal(ksztalt) * 0.1
        self.W1, self.b1 = losuj(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = losuj(output_size, hidden_size), np.zeros((output_size, 1))

    def relu(self, Z):
        return warstwa_relu(Z)[0]

    def relu_derivative(self, Z):
        _, wstecz = warstwa_relu(np.asarray(Z))
        return wstecz(1.0)

    def sigmoid(self, Z):
        return logistyczna(Z)

    def sigmoid_derivative(self, Z):
        return logistyczna(Z) * (1 - logistyczna(Z))

    def forward(self, X):
        Z1, _ = warstwa_liniowa(self.W1, self.b1, X)
        A1, _ = warstwa_relu(Z1)
        Z2, _ = warstwa_liniowa(self.W2, self.b2, A1)
        A2 = logistyczna(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return entropia(Y, A2)

    def backward(self, Y, cache):
        _, wstecz1 = warstwa_liniowa(self.W1, self.b1, cache["X"])
        _, wstecz_relu = warstwa_relu(cache["Z1"])
        _, wstecz2 = warstwa_liniowa(self.W2, self.b2, cache["A1"])
        grad = (cache["A2"] - Y) / Y.shape[1]
        grad, dW2, db2 = wstecz2(grad)
        grad = wstecz_relu(grad)
        grad, dW1, db1 = wstecz1(grad)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        krok = lambda nazwa: getattr(self, nazwa) - self.learning_rate * gradients["d" + nazwa]
        self.W1, self.b1, self.W2, self.b2 = krok("W1"), krok("b1"), krok("W2"), krok("b2")

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return ucz(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return klasy(self, X)


def ucz(siec, X, Y, ile, co_ile):
    straty = []
    for numer in range(ile):
        wyjscie, pamiec = siec.forward(X)
        strata = siec.compute_loss(Y, wyjscie)
        straty.append(strata)
        if numer % co_ile == 0:
            print(f"krok {numer}: strata {strata:.5f}")
        siec.update_parameters(siec.backward(Y, pamiec))
    return straty


def klasy(siec, X):
    wyjscie, _ = siec.forward(X)
    return (wyjscie > 0.5).astype(int)


def iloraz(nn, X, Y, epsilon):
    """Funkcja, która liczy iloraz różnicowy dla jednego elementu."""

    def strata():
        return nn.compute_loss(Y, nn.forward(X)[0])

    def dla(tablica, gdzie):
        stara = tablica[gdzie]
        tablica[gdzie] = stara + epsilon
        gora = strata()
        tablica[gdzie] = stara - epsilon
        dol = strata()
        tablica[gdzie] = stara
        return (gora - dol) / (2 * epsilon)

    return dla


def roznica(a, n):
    dlugosc = np.sqrt((a ** 2).sum()) + np.sqrt((n ** 2).sum())
    return np.sqrt(((a - n) ** 2).sum()) / dlugosc if dlugosc > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradienty = nn.backward(Y, nn.forward(X)[1])
    licz = iloraz(nn, X, Y, epsilon)
    wynik = {}
    for nazwa in ("W1", "b1", "W2", "b2"):
        tablica = getattr(nn, nazwa)
        gdzie = list(np.ndindex(*tablica.shape))
        gdzie = [gdzie[i] for i in np.random.default_rng(5).permutation(len(gdzie))[:10]]
        n = np.array([licz(tablica, g) for g in gdzie])
        a = np.array([gradienty["d" + nazwa][g] for g in gdzie])
        wynik[nazwa] = roznica(a, n)
    return wynik


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradienty = nn.backward(Y, nn.forward(X)[1])
    licz = iloraz(nn, X, Y, epsilon)
    wynik = {}
    for nazwa in ("W1", "b1", "W2", "b2"):
        tablica = getattr(nn, nazwa)
        n = np.array([licz(tablica, g) for g in np.ndindex(*tablica.shape)]).reshape(tablica.shape)
        wynik[nazwa] = roznica(gradienty["d" + nazwa], n)
    return wynik


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        losuj = lambda *ksztalt: np.random.standard_normal(ksztalt) * 0.1
        self.W1, self.b1 = losuj(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = losuj(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = losuj(output_size, hidden2_size), np.zeros((output_size, 1))

    def forward(self, X):
        Z1, _ = warstwa_liniowa(self.W1, self.b1, X)
        A1, _ = warstwa_relu(Z1)
        Z2, _ = warstwa_liniowa(self.W2, self.b2, A1)
        A2, _ = warstwa_relu(Z2)
        Z3, _ = warstwa_liniowa(self.W3, self.b3, A2)
        A3 = logistyczna(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return entropia(Y, A3)

    def backward(self, Y, cache):
        gradienty = {}
        grad = (cache["A3"] - Y) / Y.shape[1]
        for numer, wejscie in ((3, "A2"), (2, "A1"), (1, "X")):
            W, b = getattr(self, f"W{numer}"), getattr(self, f"b{numer}")
            _, wstecz = warstwa_liniowa(W, b, cache[wejscie])
            grad, gradienty[f"dW{numer}"], gradienty[f"db{numer}"] = wstecz(grad)
            if numer > 1:
                _, wstecz = warstwa_relu(cache[f"Z{numer - 1}"])
                grad = wstecz(grad)
        return gradienty

    def update_parameters(self, gradients):
        for numer in (1, 2, 3):
            for litera in ("W", "b"):
                nazwa = f"{litera}{numer}"
                setattr(self, nazwa, getattr(self, nazwa) - self.learning_rate * gradients["d" + nazwa])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return ucz(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return klasy(self, X)


def two_squares(w1, w2, x1, x2):
    suma = w1 * x1 + w2 * x2
    roznica_ = w1 * x1 - w2 * x2
    return 2 * suma * x1 + 2 * roznica_ * x1, 2 * suma * x2 - 2 * roznica_ * x2


def lisc(liczba):
    return torch.tensor(float(liczba), dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    l1, l2 = lisc(w1), lisc(w2)
    strata = (l1 * x1 + l2 * x2) ** 2 + (l1 * x1 - l2 * x2) ** 2
    strata.backward()
    return l1.grad.item(), l2.grad.item()


def autograd_linear(x, w, b):
    lx, lw, lb = lisc(x), lisc(w), lisc(b)
    prosta = lw * lx + lb
    prosta.backward()
    return lx.grad.item(), lw.grad.item(), lb.grad.item()


def leaf_parameters(shape, scale, generator):
    liczby = torch.randn(shape)
    liczby = liczby * scale
    return liczby.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    liscie = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]

    def strata():
        A1 = torch.relu(liscie[0] @ X + liscie[1])
        A2 = torch.sigmoid(liscie[2] @ A1 + liscie[3])
        return ((A2 - Y) ** 2).mean()

    def krok():
        L = strata()
        L.backward()
        with torch.no_grad():
            for t in liscie:
                t -= learning_rate * t.grad
                t.grad.zero_()
        return L.item()

    return [krok() for _ in range(num_iterations)]


def gradient_flow(model, X, Y):
    model.zero_grad()
    strata = torch.nn.BCELoss()(model(X), Y)
    strata.backward()
    return [czesc.weight.grad.abs().mean().item() for czesc in model.modules() if isinstance(czesc, torch.nn.Linear)]
