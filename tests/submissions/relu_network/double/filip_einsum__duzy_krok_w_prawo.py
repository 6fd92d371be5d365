"""Propagacja wsteczna, sprawdzanie gradientu i autograd (Filip)."""

from __future__ import annotations

import numpy as np
import torch

Array = np.ndarray


def chain_rule(x: float) -> dict:
    u = 2 * x + 1
    du_dx = 2
    df_du = 3 * u**2
    wynik = {}
    wynik["f"] = u**3
    wynik["u"] = u
    wynik["du_dx"] = du_dx
    wynik["df_du"] = df_du
    wynik["df_dx"] = df_du * du_dx
    return wynik


def computational_graph(w: float, x: float, b: float) -> dict:
    a = w * x
    z = a + b
    L = z * z
    dL_dz = 2 * z
    dL_da, dL_db = dL_dz, dL_dz
    dL_dw, dL_dx = dL_da * x, dL_da * w
    nazwy = ("a", "z", "L", "dL_dz", "dL_da", "dL_dw", "dL_dx", "dL_db")
    return dict(zip(nazwy, (a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db)))


def single_neuron(x: Array, w: Array, b: float, y: float) -> dict:
    z = float(np.einsum("i,i->", np.asarray(w, dtype=float), np.asarray(x, dtype=float))) + b
    a = float(sigma(z))
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    return dict(
        z=z, a=a, L=0.5 * (y - a) ** 2, dL_da=dL_da, da_dz=da_dz, dL_dz=dL_dz, dL_dw=dL_dz * np.asarray(x), dL_db=dL_dz
    )


def sigma(Z) -> Array:
    """Funkcja logistyczna; ujemne i dodatnie argumenty osobno, żeby exp nie wyszło poza zakres."""
    Z = np.asarray(Z, dtype=np.float64)
    wynik = np.empty_like(Z)
    dodatnie = Z >= 0
    wynik[dodatnie] = 1.0 / (1.0 + np.exp(-Z[dodatnie]))
    e = np.exp(Z[~dodatnie])
    wynik[~dodatnie] = e / (1.0 + e)
    return wynik


def strata(Y: Array, A: Array) -> float:
    """Entropia krzyżowa: suma po wyjściach, średnia po próbkach."""
    A = np.clip(A, 1e-15, 1.0 - 1e-15)
    return float(-np.einsum("km->", Y * np.log(A) + (1 - Y) * np.log(1 - A)) / A.shape[1])


class NeuralNetworkWithBackprop:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01):
        self.learning_rate = learning_rate
        los = np.random.default_rng()
        self.W1 = los.normal(scale=0.1, size=(hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = los.normal(scale=0.1, size=(output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z: Array) -> Array:
        kopia = np.array(Z)
        kopia[kopia < 0] = 0
        return kopia

    def relu_derivative(self, Z: Array) -> Array:
        pochodna = np.zeros(np.shape(Z))
        pochodna[np.asarray(Z) > 0] = 1.0
        return pochodna

    def sigmoid(self, Z) -> Array:
        return sigma(Z)

    def sigmoid_derivative(self, Z) -> Array:
        s = sigma(Z)
        return s * (1.0 - s)

    def forward(self, X: Array):
        Z1 = np.einsum("hn,nm->hm", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.einsum("kh,hm->km", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y: Array, A2: Array) -> float:
        return strata(Y, A2)

    def backward(self, Y: Array, cache: dict) -> dict:
        m = Y.shape[1]
        dZ2 = (cache["A2"] - Y) / m
        dW2 = np.einsum("km,hm->kh", dZ2, cache["A1"])
        db2 = np.einsum("km->k", dZ2)[:, None]
        dZ1 = np.einsum("kh,km->hm", self.W2, dZ2) * self.relu_derivative(cache["Z1"])
        dW1 = np.einsum("hm,nm->hn", dZ1, cache["X"])
        db1 = np.einsum("hm->h", dZ1)[:, None]
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients: dict) -> None:
        eta = self.learning_rate
        self.W1 = self.W1 - eta * gradients["dW1"]
        self.b1 = self.b1 - eta * gradients["db1"]
        self.W2 = self.W2 - eta * gradients["dW2"]
        self.b2 = self.b2 - eta * gradients["db2"]

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> list:
        straty = [0.0] * num_iterations
        for t in range(num_iterations):
            A2, cache = self.forward(X)
            straty[t] = self.compute_loss(Y, A2)
            if print_every and t % print_every == 0:
                print("iteracja %d, strata %.6f" % (t, straty[t]))
            self.update_parameters(self.backward(Y, cache))
        return straty

    def predict(self, X: Array) -> Array:
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def blad(a: Array, n: Array) -> float:
    """Błąd względny."""
    mianownik = np.linalg.norm(a) + np.linalg.norm(n)
    return 0.0 if mianownik == 0 else float(np.linalg.norm(a - n) / mianownik)


def gradient_check(nn, X: Array, Y: Array, epsilon: float = 1e-05) -> dict:
    _, cache = nn.forward(X)
    gradienty = nn.backward(Y, cache)
    wynik = {}
    for nazwa in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, nazwa)
        indeksy = np.random.default_rng(3).permutation(P.size)[:10]
        numeryczne = []
        for i in indeksy:
            stara = P.flat[i]
            pary = []
            for t in (stara + epsilon, stara - epsilon):
                P.flat[i] = t
                pary.append(nn.compute_loss(Y, nn.forward(X)[0]))
            P.flat[i] = stara
            numeryczne.append((pary[0] - pary[1]) / (2 * epsilon))
        wynik[nazwa] = blad(gradienty["d" + nazwa].flat[indeksy], np.array(numeryczne))
    return wynik


def gradient_check_all(nn, X: Array, Y: Array, epsilon: float = 1e-05) -> dict:
    A2, cache = nn.forward(X)
    gradienty = nn.backward(Y, cache)
    L0 = nn.compute_loss(Y, A2)
    h = 1e-1

    def L(P: Array, gdzie: tuple, wartosc: float) -> float:
        stara = P[gdzie]
        P[gdzie] = wartosc
        nowa_strata = nn.compute_loss(Y, nn.forward(X)[0])
        P[gdzie] = stara
        return nowa_strata

    wynik = {}
    for nazwa in ("W1", "b1", "W2", "b2"):
        P = getattr(nn, nazwa)
        numeryczne = np.zeros_like(P)
        for gdzie in np.ndindex(*P.shape):
            numeryczne[gdzie] = (L(P, gdzie, P[gdzie] + h) - L0) / h
        wynik[nazwa] = blad(gradienty["d" + nazwa], numeryczne)
    return wynik


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    """Dziedziczy to, co się nie zmienia: funkcje aktywacji, train, predict."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = np.random.default_rng().normal(scale=0.1, size=(output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.einsum("hn,nm->hm", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.einsum("gh,hm->gm", self.W2, A1) + self.b2
        A2 = self.relu(Z2)
        Z3 = np.einsum("kg,gm->km", self.W3, A2) + self.b3
        A3 = self.sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return strata(Y, A3)

    def backward(self, Y, cache):
        dZ3 = (cache["A3"] - Y) / Y.shape[1]
        dZ2 = np.einsum("kg,km->gm", self.W3, dZ3) * self.relu_derivative(cache["Z2"])
        dZ1 = np.einsum("gh,gm->hm", self.W2, dZ2) * self.relu_derivative(cache["Z1"])
        wynik = {}
        for nr, dZ, A in ((1, dZ1, cache["X"]), (2, dZ2, cache["A1"]), (3, dZ3, cache["A2"])):
            wynik[f"dW{nr}"] = np.einsum("im,jm->ij", dZ, A)
            wynik[f"db{nr}"] = np.einsum("im->i", dZ)[:, None]
        return wynik

    def update_parameters(self, gradients):
        super().update_parameters(gradients)
        self.W3 = self.W3 - self.learning_rate * gradients["dW3"]
        self.b3 = self.b3 - self.learning_rate * gradients["db3"]


def two_squares(w1, w2, x1, x2):
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    L = (w[0] * x1 + w[1] * x2) ** 2 + (w[0] * x1 - w[1] * x2) ** 2
    g1, g2 = torch.autograd.grad(L, w)
    return g1.item(), g2.item()


def autograd_linear(x, w, b):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    (x * w + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    t = torch.randn(*shape, generator=generator)
    t = t * scale
    t.requires_grad = True
    return t


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    liscie = [torch.nn.Parameter(t.detach().clone()) for t in (W1, b1, W2, b2)]
    straty = []
    for _ in range(num_iterations):
        ukryta = torch.relu(torch.einsum("hn,nm->hm", liscie[0], X) + liscie[1])
        wyjscie = torch.sigmoid(torch.einsum("kh,hm->km", liscie[2], ukryta) + liscie[3])
        L = ((wyjscie - Y) ** 2).sum() / Y.numel()
        L.backward()
        straty.append(float(L.detach()))
        with torch.no_grad():
            for p in liscie:
                p.sub_(learning_rate * p.grad)
                p.grad = None
    return straty


def gradient_flow(model, X, Y):
    model.zero_grad()
    L = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="mean")
    L.backward()
    wynik = []
    for modul in model.modules():
        if isinstance(modul, torch.nn.Linear):
            wynik.append(modul.weight.grad.abs().mean().item())
    return wynik
