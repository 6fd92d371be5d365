"""Netz mit einer verdeckten Schicht (Übung Backpropagation) -- erst von Hand, dann mit autograd.

Ich rechne im Rückwärtsgang Probe für Probe, so wie auf dem Übungsblatt.
"""

import numpy as np
import torch


def sigmoid(x):
    # stabil für große negative x: exp nur von nicht-positiven Zahlen
    e = torch.exp(-torch.abs(x))
    return torch.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(sigmoid_output):
    a = sigmoid_output
    return a - a * a


def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    anzahl = y.shape[0] * y.shape[1]
    abstand = y_pred - y
    return (abstand * abstand).sum() / anzahl


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    proben, eingaenge = X.shape
    verdeckt, ausgaenge = W2.shape

    dW1 = torch.zeros(eingaenge, verdeckt, dtype=W2.dtype)
    db1 = torch.zeros(verdeckt, dtype=W2.dtype)
    dW2 = torch.zeros(verdeckt, ausgaenge, dtype=W2.dtype)
    db2 = torch.zeros(ausgaenge, dtype=W2.dtype)

    # Ableitung des Mittelwerts der Quadrate: 2/(m*k) kommt ganz am Ende dazu
    faktor = 2.0 / (proben * ausgaenge)

    for p in range(proben):
        # Fehlersignal der Ausgangsschicht
        delta_aus = (y_pred[p] - y[p]) * sigmoid_derivative(y_pred[p])
        # Fehlersignal jeder verdeckten Einheit
        delta_verd = torch.zeros(verdeckt, dtype=W2.dtype)
        for j in range(verdeckt):
            rueck = torch.dot(W2[j], delta_aus)
            delta_verd[j] = rueck * sigmoid_derivative(h[p, j])

        dW2 += torch.outer(h[p], delta_aus)
        db2 += delta_aus
        dW1 += torch.outer(X[p], delta_verd)
        db1 += delta_verd

    for gradient in (dW1, db1):
        gradient *= faktor

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    neu = []
    for parameter, gradient in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)]:
        neu.append(parameter - learning_rate * gradient)
    return tuple(neu)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verluste = []
    for epoche in range(n_epochs):
        ausgabe, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        verluste.append(float(compute_loss(ausgabe, y)))
        gradienten = backward_pass(X, y, ausgabe, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *gradienten, learning_rate)
    return W1, b1, W2, b2, verluste


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    blaetter = []
    for parameter in (W1, b1, W2, b2):
        blatt = parameter.detach().clone()
        blatt.requires_grad = True
        blaetter.append(blatt)

    verluste = []
    for epoche in range(n_epochs):
        ausgabe = forward_pass(X, *blaetter)[0]
        verlust = compute_loss(ausgabe, y)
        verluste.append(float(verlust.detach()))
        verlust.backward()
        for blatt in blaetter:
            blatt.data = blatt.data - learning_rate * blatt.grad
            blatt.grad = None

    W1, b1, W2, b2 = [blatt.detach() for blatt in blaetter]
    return W1, b1, W2, b2, verluste


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_achse = np.linspace(x_range[0], x_range[1], n)
    y_achse = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_achse, y_achse)
    vorhersage = torch.zeros(n, n, dtype=W1.dtype)
    for zeile in range(n):
        punkte = torch.tensor(np.column_stack((xx[zeile], yy[zeile])), dtype=W1.dtype)
        vorhersage[zeile] = forward_pass(punkte, W1, b1, W2, b2)[0][:, 0]
    return xx, yy, vorhersage
