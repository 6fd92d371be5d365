"""Netz mit einer verborgenen Schicht, jede Schicht als Objekt."""

import numpy as np
import torch


def sigmoid(x):
    return torch.exp(torch.nn.functional.logsigmoid(x))


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


class Schicht:
    """Eine voll verbundene Schicht samt Aktivierung."""

    def __init__(self, gewichte, schwelle):
        self.gewichte = gewichte
        self.schwelle = schwelle
        self.netto = None
        self.aktivierung = None

    def vorwaerts(self, eingabe):
        self.netto = eingabe @ self.gewichte + self.schwelle
        self.aktivierung = sigmoid(self.netto)
        return self.aktivierung

    @staticmethod
    def rueckwaerts(eingabe, fehlersignal):
        """Gradienten von Gewichten und Schwelle."""
        return eingabe.T @ fehlersignal, fehlersignal.sum(dim=0)


def forward_pass(X, W1, b1, W2, b2):
    verborgen = Schicht(W1, b1)
    ausgabe = Schicht(W2, b2)
    h = verborgen.vorwaerts(X)
    y_pred = sigmoid(ausgabe.vorwaerts(h))
    return y_pred, h, verborgen.netto, ausgabe.netto


def compute_loss(y_pred, y):
    abweichung = (y_pred - y).flatten()
    return torch.dot(abweichung, abweichung) / len(abweichung)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    anzahl = y.numel()
    fehler = (y_pred - y) * 2 / anzahl
    signal_aus = fehler * sigmoid_derivative(y_pred)
    signal_verb = signal_aus @ W2.T * sigmoid_derivative(h)
    dW2, db2 = Schicht.rueckwaerts(h, signal_aus)
    dW1, db1 = Schicht.rueckwaerts(X, signal_verb)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    alt = dict(W1=W1, b1=b1, W2=W2, b2=b2)
    steigung = dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
    neu = {name: alt[name] - learning_rate * steigung[name] for name in alt}
    return neu["W1"], neu["b1"], neu["W2"], neu["b2"]


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verlauf = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        verlauf.append(compute_loss(y_pred, y).item())
        grad = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grad, learning_rate)
    return W1, b1, W2, b2, verlauf


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    blaetter = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    verlauf = []
    for _ in range(n_epochs):
        verlust = compute_loss(forward_pass(X, *blaetter)[0], y)
        verlauf.append(verlust.item())
        steigungen = torch.autograd.grad(verlust, blaetter)
        with torch.no_grad():
            for blatt, steigung in zip(blaetter, steigungen):
                blatt.copy_(blatt - learning_rate * steigung)
    return tuple(b.detach() for b in blaetter) + (verlauf,)


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    gitter = torch.tensor(np.stack((xx, yy), axis=2), dtype=W1.dtype).reshape(n * n, 2)
    vorhersage = forward_pass(gitter, W1, b1, W2, b2)[0]
    return xx, yy, vorhersage.reshape(n, n).numpy()
