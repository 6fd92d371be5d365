"""TP rétropropagation — D. Morel. Une classe mère pour les deux réseaux, le reste s'en déduit."""

import copy
from dataclasses import dataclass

import numpy as np
import torch


def _sigmoide(Z):
    Z = np.asarray(Z, dtype=float)
    e = np.exp(-np.abs(Z))  # toujours entre 0 et 1
    return np.where(Z >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def chain_rule(x):
    u = 2 * x + 1
    f = u**3
    du_dx = 2
    df_du = 3 * u**2
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


@dataclass
class Noeud:
    """Un nœud du graphe : sa valeur et la dérivée de L par rapport à lui."""

    valeur: float
    grad: float = 0.0


def computational_graph(w, x, b):
    nw, nx, nb = Noeud(w), Noeud(x), Noeud(b)
    na = Noeud(nw.valeur * nx.valeur)
    nz = Noeud(na.valeur + nb.valeur)
    nL = Noeud(nz.valeur**2, grad=1.0)

    nz.grad += nL.grad * 2 * nz.valeur
    na.grad += nz.grad
    nb.grad += nz.grad
    nw.grad += na.grad * nx.valeur
    nx.grad += na.grad * nw.valeur
    return {
        "a": na.valeur, "z": nz.valeur, "L": nL.valeur,
        "dL_dz": nz.grad, "dL_da": na.grad, "dL_dw": nw.grad, "dL_dx": nx.grad, "dL_db": nb.grad,
    }


def single_neuron(x, w, b, y):
    x = np.array(x, dtype=float)
    w = np.array(w, dtype=float)
    z = float(np.sum(w * x) + b)
    a = float(_sigmoide(z))
    L = (y - a) ** 2 / 2
    dL_da = a - y
    da_dz = a - a**2
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": L, "dL_da": dL_da, "da_dz": da_dz, "dL_dz": dL_dz, "dL_db": dL_dz, "dL_dw": dL_dz * x}


class _Reseau:
    """Réseau dense : ReLU partout, sigmoïde à la sortie. Les sous-classes ne disent que les tailles."""

    def _initialiser(self, tailles, learning_rate):
        self.learning_rate = learning_rate
        self.profondeur = len(tailles) - 1
        for c in range(1, self.profondeur + 1):
            setattr(self, f"W{c}", np.random.randn(tailles[c], tailles[c - 1]) * 0.02)
            setattr(self, f"b{c}", np.zeros((tailles[c], 1)))

    def relu(self, Z):
        return (np.asarray(Z) + np.abs(Z)) / 2

    def relu_derivative(self, Z):
        return np.float64(1) * (np.asarray(Z) > 0)

    def sigmoid(self, Z):
        return _sigmoide(Z)

    def sigmoid_derivative(self, Z):
        S = _sigmoide(Z)
        return S * (1.0 - S)

    def forward(self, X):
        A, cache = X, {"X": X}
        for c in range(1, self.profondeur + 1):
            Z = getattr(self, f"W{c}").dot(A) + getattr(self, f"b{c}")
            A = self.sigmoid(Z) if c == self.profondeur else self.relu(Z)
            cache[f"Z{c}"], cache[f"A{c}"] = Z, A
        return A, cache

    def compute_loss(self, Y, A):
        A = np.clip(A, 1e-15, 1 - 1e-15)
        par_echantillon = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum(axis=0)
        return float(par_echantillon.mean())

    def backward(self, Y, cache):
        gradients = {}
        dZ = (cache[f"A{self.profondeur}"] - Y) / Y.shape[1]
        for c in range(self.profondeur, 0, -1):
            entree = cache["X"] if c == 1 else cache[f"A{c - 1}"]
            gradients[f"dW{c}"] = dZ.dot(entree.T)
            gradients[f"db{c}"] = dZ.sum(axis=1).reshape(-1, 1)
            if c > 1:
                dZ = getattr(self, f"W{c}").T.dot(dZ) * self.relu_derivative(cache[f"Z{c - 1}"])
        return gradients

    def update_parameters(self, gradients):
        for c in range(1, self.profondeur + 1):
            for lettre in "Wb":
                nom = f"{lettre}{c}"
                setattr(self, nom, getattr(self, nom) - self.learning_rate * gradients["d" + nom])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        pertes = []
        for t in range(num_iterations):
            sortie, cache = self.forward(X)
            perte = self.compute_loss(Y, sortie)
            pertes.append(perte)
            if print_every and t % print_every == 0:
                print(f"itération {t} : perte {perte:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return pertes

    def predict(self, X):
        sortie, _ = self.forward(X)
        return 1 * (sortie > 0.5)


class NeuralNetworkWithBackprop(_Reseau):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._initialiser((input_size, hidden_size, output_size), learning_rate)


class Verificateur:
    """Différences centrées sur une copie du réseau : l'original n'est jamais touché."""

    noms = ("W1", "b1", "W2", "b2")

    def __init__(self, reseau, X, Y, pas):
        self.X, self.Y, self.pas = X, Y, pas
        self.gradients = copy.deepcopy(reseau).backward(Y, copy.deepcopy(reseau).forward(X)[1])
        self.double = copy.deepcopy(reseau)

    def perte(self):
        return self.double.compute_loss(self.Y, self.double.forward(self.X)[0])

    def pente(self, nom, ou):
        theta = getattr(self.double, nom)
        garde = theta[ou]
        theta[ou] = garde + self.pas
        haut = self.perte()
        theta[ou] = garde - self.pas
        bas = self.perte()
        theta[ou] = garde
        return (haut - bas) / (2 * self.pas)

    def indices(self, nom):
        return list(np.ndindex(*getattr(self.double, nom).shape))

    def comparer(self, nom, indices):
        exact = np.array([self.gradients["d" + nom][ou] for ou in indices])
        mesure = np.array([self.pente(nom, ou) for ou in indices])
        return exact, mesure


def gradient_check(nn, X, Y, epsilon=1e-05):
    v = Verificateur(nn, X, Y, epsilon)
    ecarts = {}
    for nom in v.noms:
        exact, mesure = v.comparer(nom, v.indices(nom)[-10:])
        total = np.linalg.norm(exact) + np.linalg.norm(mesure)
        ecarts[nom] = float(np.linalg.norm(exact - mesure) / total) if total > 0 else 0.0
    return ecarts


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    v = Verificateur(nn, X, Y, epsilon)
    ecarts = {}
    for nom in v.noms:
        lignes = getattr(nn, nom).shape[0]
        exact, mesure = v.comparer(nom, [(i, 0) for i in range(lignes)])
        norme_exacte = np.sqrt(np.sum(exact**2))
        norme_mesuree = np.sqrt(np.sum(mesure**2))
        if norme_exacte + norme_mesuree == 0:
            ecarts[nom] = 0.0
            continue
        ecart = np.abs(norme_exacte - norme_mesuree)
        ecarts[nom] = float(ecart / (norme_exacte + norme_mesuree))
    return ecarts


class ThreeLayerNetwork(_Reseau):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._initialiser((input_size, hidden1_size, hidden2_size, output_size), learning_rate)


def two_squares(w1, w2, x1, x2):
    somme, ecart = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (somme + ecart), 2 * x2 * (somme - ecart)


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, dtype=torch.double).requires_grad_()
    w2 = torch.tensor(w2, dtype=torch.double).requires_grad_()
    L = torch.pow(w1 * x1 + w2 * x2, 2) + torch.pow(w1 * x1 - w2 * x2, 2)
    L.backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.double, requires_grad=True)
    y = v[1] * v[0] + v[2]
    y.backward()
    return tuple(v.grad.tolist())


def leaf_parameters(shape, scale, generator):
    tirage = torch.randn(*shape, generator=generator)
    return (tirage * scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    p = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    p = {nom: t.detach().clone().requires_grad_(True) for nom, t in p.items()}
    pertes = []
    for _ in range(num_iterations):
        for t in p.values():
            t.grad = None
        cachee = torch.clamp(p["W1"] @ X + p["b1"], min=0)
        sortie = torch.sigmoid(p["W2"] @ cachee + p["b2"])
        perte = (sortie - Y).pow(2).mean()
        perte.backward()
        pertes.append(perte.item())
        for t in p.values():
            t.data -= learning_rate * t.grad
    return pertes


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    P = model(X).clamp(1e-7, 1 - 1e-7)
    perte = -(Y * P.log() + (1 - Y) * (1 - P).log()).mean()
    perte.backward()
    return [c.weight.grad.abs().mean().item() for c in model.modules() if isinstance(c, torch.nn.Linear)]
