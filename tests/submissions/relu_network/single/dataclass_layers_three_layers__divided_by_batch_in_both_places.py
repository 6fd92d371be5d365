"""Uebung 7 - Kettenregel, Backprop, Autograd."""
import numpy as np
import torch
from torch import nn as tnn

WINZIG = 1e-12


def bce(ziel, wahrscheinlichkeit):
    """Binary cross-entropy: summed over the outputs, averaged over the samples."""
    q = np.minimum(np.maximum(wahrscheinlichkeit, WINZIG), 1 - WINZIG)
    return float(np.mean(np.sum(-ziel * np.log(q) - (1 - ziel) * np.log(1 - q), axis=0)))


def schicht_vor(W, b, ein):
    return W @ ein + b


def schicht_rueck(W, ein, dZ):
    """Returns (dW, db, d_ein)."""
    return dZ @ ein.T, dZ @ np.ones((dZ.shape[1], 1)), W.T @ dZ


from dataclasses import dataclass


@dataclass
class AffineTape:
    """What an affine layer remembers of its forward pass."""

    weights: np.ndarray
    inputs: np.ndarray

    def pull_back(self, error):
        """error is per sample; the parameters' gradients are averaged over the batch here."""
        batch = error.shape[1]
        grad_w = np.einsum("om,im->oi", error, self.inputs) / batch
        grad_b = np.einsum("om->o", error).reshape(-1, 1) / batch
        return grad_w, grad_b, np.einsum("oi,om->im", self.weights, error)


def chain_rule(x):
    innen = lambda t: 2 * t + 1
    aussen_strich = lambda t: 3 * t**2
    u = innen(x)
    return {"f": u**3, "u": u, "du_dx": 2, "df_du": aussen_strich(u), "df_dx": aussen_strich(u) * 2}


def computational_graph(w, x, b):
    a = w * x; z = a + b; L = z * z
    gz = 2 * z; ga = gz; gb = gz
    gw = ga * x; gx = ga * w
    return {"a": a, "z": z, "L": L, "dL_dz": gz, "dL_da": ga, "dL_dw": gw, "dL_dx": gx, "dL_db": gb}


def single_neuron(x, w, b, y):
    x, w = np.asarray(x, float), np.asarray(w, float)
    z = w @ x + b
    a = 0.5 * (1 + np.tanh(z / 2))
    da, steigung = a - y, a * (1 - a)
    dz = da * steigung
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": da, "da_dz": steigung, "dL_dz": dz, "dL_dw": dz * x, "dL_db": dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.W1, self.b1 = rng.uniform(-0.2, 0.2, (hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = rng.uniform(-0.2, 0.2, (output_size, hidden_size)), np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return (np.abs(Z) + Z) / 2

    def relu_derivative(self, Z):
        return np.heaviside(np.asarray(Z, float), 0.0)

    def sigmoid(self, Z):
        return 0.5 * (1 + np.tanh(np.asarray(Z, float) / 2))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s * (1 - s)

    def forward(self, X):
        Z1 = schicht_vor(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = schicht_vor(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return bce(Y, A2)

    def backward(self, Y, cache):
        dZ2 = (cache["A2"] - Y) / Y.shape[1]
        dW2, db2, dA1 = schicht_rueck(self.W2, cache["A1"], dZ2)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1, db1, _ = schicht_rueck(self.W1, cache["X"], dZ1)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        schritt = {k: -self.learning_rate * g for k, g in gradients.items()}
        self.W1 = self.W1 + schritt["dW1"]
        self.b1 = self.b1 + schritt["db1"]
        self.W2 = self.W2 + schritt["dW2"]
        self.b2 = self.b2 + schritt["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        verlauf = []
        for runde in range(num_iterations):
            ausgabe, zwischen = self.forward(X)
            verlauf.append(self.compute_loss(Y, ausgabe))
            if print_every and runde % print_every == 0:
                print(f"Runde {runde}: Verlust {verlauf[-1]:.5f}")
            self.update_parameters(self.backward(Y, zwischen))
        return verlauf

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def _numerisch(netz, name, stellen, X, Y, eps):
    heil = getattr(netz, name)
    ergebnis = []
    for i in stellen:
        werte = {}
        for vz in (+1, -1):
            versuch = np.array(heil, float)
            versuch.flat[i] += vz * eps
            setattr(netz, name, versuch)
            werte[vz] = netz.compute_loss(Y, netz.forward(X)[0])
        ergebnis.append((werte[+1] - werte[-1]) / (2 * eps))
    setattr(netz, name, heil)
    return np.array(ergebnis)


def _relativ(p, q):
    nenner = np.linalg.norm(p) + np.linalg.norm(q)
    return 0.0 if nenner == 0 else float(np.linalg.norm(p - q) / nenner)


def gradient_check(nn, X, Y, epsilon=1e-05):
    grad = {k: np.array(v, float) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}
    wuerfel = np.random.default_rng(42)
    bericht = {}
    for name in ("W1", "b1", "W2", "b2"):
        groesse = getattr(nn, name).size
        stellen = wuerfel.permutation(groesse)[:10]
        bericht[name] = _relativ(grad["d" + name].reshape(-1)[stellen], _numerisch(nn, name, stellen, X, Y, epsilon))
    return bericht


def _alle_ableitungen(netz, name, X, Y, eps):
    heil = getattr(netz, name)
    tabelle = np.zeros(heil.shape)
    for platz in np.ndindex(heil.shape):
        stoss = np.zeros(heil.shape)
        stoss[platz] = eps
        setattr(netz, name, heil + stoss)
        oben = netz.compute_loss(Y, netz.forward(X)[0])
        setattr(netz, name, heil - stoss)
        unten = netz.compute_loss(Y, netz.forward(X)[0])
        tabelle[platz] = (oben - unten) / (2 * eps)
    setattr(netz, name, heil)
    return tabelle


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grad = {k: np.array(v, float) for k, v in nn.backward(Y, nn.forward(X)[1]).items()}
    bericht = {}
    for name in ("W1", "b1", "W2", "b2"):
        a, n = grad["d" + name], _alle_ableitungen(nn, name, X, Y, epsilon)
        summe = np.linalg.norm(a) + np.linalg.norm(n)
        bericht[name] = float(np.linalg.norm(a - n) / summe) if summe else 0.0
    return bericht


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        def fresh(fan_in, fan_out):
            return np.random.normal(scale=0.1, size=(fan_out, fan_in)), np.zeros((fan_out, 1))

        self.W1, self.b1 = fresh(input_size, hidden1_size)
        self.W2, self.b2 = fresh(hidden1_size, hidden2_size)
        self.W3, self.b3 = fresh(hidden2_size, output_size)
        self.learning_rate = learning_rate

    @staticmethod
    def _ramp(z):
        return np.where(z > 0, z, 0.0)

    @staticmethod
    def _squash(z):
        return 0.5 + 0.5 * np.tanh(0.5 * z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        Z2 = self.W2 @ (A1 := self._ramp(Z1)) + self.b2
        Z3 = self.W3 @ (A2 := self._ramp(Z2)) + self.b3
        A3 = self._squash(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        safe = np.clip(A3, 1e-12, 1 - 1e-12)
        total = np.sum(Y * np.log(safe)) + np.sum((1 - Y) * np.log(1 - safe))
        return -float(total) / Y.shape[1]

    def backward(self, Y, cache):
        grads = {}
        error = (cache["A3"] - Y) / Y.shape[1]
        feeds = {3: "A2", 2: "A1", 1: "X"}
        for level, feed in feeds.items():
            tape = AffineTape(getattr(self, f"W{level}"), cache[feed])
            grads[f"dW{level}"], grads[f"db{level}"], error = tape.pull_back(error)
            if level > 1:
                error = error * (cache[f"Z{level - 1}"] > 0)
        return grads

    def update_parameters(self, gradients):
        lr = self.learning_rate
        self.W1, self.W2, self.W3 = (getattr(self, f"W{i}") - lr * gradients[f"dW{i}"] for i in (1, 2, 3))
        self.b1, self.b2, self.b3 = (getattr(self, f"b{i}") - lr * gradients[f"db{i}"] for i in (1, 2, 3))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        trace = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            trace.append(self.compute_loss(Y, out))
            if print_every and step % print_every == 0:
                print(f"[{step:5d}] loss = {trace[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return trace

    def predict(self, X):
        return np.rint(self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (s + d), 2 * x2 * (s - d)


def two_squares_autograd(w1, w2, x1, x2):
    g1, g2 = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2))
    verlust = (g1 * x1 + g2 * x2).square() + (g1 * x1 - g2 * x2).square()
    verlust.backward()
    return g1.grad, g2.grad


def autograd_linear(x, w, b):
    blaetter = {n: torch.tensor(v, dtype=torch.float64, requires_grad=True) for n, v in zip("xwb", (x, w, b))}
    (blaetter["w"] * blaetter["x"] + blaetter["b"]).backward()
    return blaetter["x"].grad, blaetter["w"].grad, blaetter["b"].grad


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        zahlen = torch.randn(*shape, generator=generator).mul(scale)
    zahlen.requires_grad_()
    return zahlen


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1, b1, W2, b2 = (t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2))
    optimierer = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    verlauf = []
    for _ in range(num_iterations):
        optimierer.zero_grad()
        verlust = torch.mean((torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2) - Y) ** 2)
        verlauf.append(float(verlust.detach()))
        verlust.backward()
        optimierer.step()
    return verlauf


def gradient_flow(model, X, Y):
    linear = [s for s in model.modules() if isinstance(s, tnn.Linear)]
    model.zero_grad(set_to_none=True)
    tnn.BCELoss()(model(X), Y).backward()
    return [float(s.weight.grad.abs().mean()) for s in linear]
