# Übung: Netz mit einer verdeckten Schicht
# Mat.-Nr. steht im Dateinamen

import numpy as np
import torch

AUSGABE = False    # auf True setzen zum Debuggen


def sigmoid(x):
    # e hoch minus x
    e_hoch = torch.exp(-x)
    nenner = 1 + e_hoch
    ergebnis = 1 / nenner
    return ergebnis


def sigmoid_derivative(sigmoid_output):
    # Ableitung: s mal (1 minus s), s ist schon da
    eins_minus = 1 - sigmoid_output
    ergebnis = sigmoid_output * eins_minus
    return ergebnis


def forward_pass(X, W1, b1, W2, b2):
    # erste Schicht
    produkt1 = torch.matmul(X, W1)
    summe1 = produkt1 + b1
    aktivierung1 = sigmoid(summe1)
    if AUSGABE:
        print("Schicht 1:", aktivierung1.shape)
    # zweite Schicht (kopiert von oben)
    produkt2 = torch.matmul(aktivierung1, W2)
    summe2 = produkt2 + b2
    aktivierung2 = sigmoid(summe2)
    if AUSGABE:
        print("Schicht 2:", aktivierung2.shape)
    return aktivierung2, aktivierung1, summe1, summe2


def compute_loss(y_pred, y):
    abweichung = y_pred - y
    quadrat = abweichung * abweichung
    summe = torch.sum(quadrat)
    anzahl = quadrat.shape[0] * quadrat.shape[1]
    fehler = summe / anzahl
    return fehler


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    anzahl = y.shape[0] * y.shape[1]

    # Ausgabeschicht
    abweichung = y_pred - y
    ableitung_fehler = 2 * abweichung / anzahl
    ableitung_aktivierung2 = sigmoid_derivative(y_pred)
    delta2 = ableitung_fehler * ableitung_aktivierung2
    dW2 = torch.matmul(torch.transpose(h, 0, 1), delta2)
    db2 = torch.sum(delta2, 0)
    if AUSGABE:
        print("dW2:", dW2.shape, "db2:", db2.shape)

    # verdeckte Schicht
    fehler_versteckt = torch.matmul(delta2, torch.transpose(W2, 0, 1))
    ableitung_aktivierung1 = sigmoid_derivative(h)
    delta1 = fehler_versteckt * ableitung_aktivierung1
    dW1 = torch.matmul(torch.transpose(X, 0, 1), delta1)
    db1 = torch.sum(delta1, 0)
    if AUSGABE:
        print("dW1:", dW1.shape, "db1:", db1.shape)

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    # immer erst eine Kopie machen!
    neu_W1 = W1.clone()
    neu_W1 -= learning_rate * dW1
    neu_b1 = b1.clone()
    neu_b1 -= learning_rate * db1
    neu_W2 = W2.clone()
    neu_W2 -= learning_rate * dW2
    neu_b2 = b2
    neu_b2 -= learning_rate * db2
    return neu_W1, neu_b1, neu_W2, neu_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    liste = []
    epoche = 0
    while epoche < n_epochs:
        vorhersage, versteckt, s1, s2 = forward_pass(X, W1, b1, W2, b2)
        fehler = compute_loss(vorhersage, y)
        liste.append(fehler.item())
        if AUSGABE and epoche % 100 == 0:
            print("Epoche", epoche, "Fehler", fehler.item())
        dW1, db1, dW2, db2 = backward_pass(X, y, vorhersage, versteckt, s1, s2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
        epoche = epoche + 1
    return W1, b1, W2, b2, liste


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone().detach()
    W1.requires_grad = True
    b1 = b1.clone().detach()
    b1.requires_grad = True
    W2 = W2.clone().detach()
    W2.requires_grad = True
    b2 = b2.clone().detach()
    b2.requires_grad = True
    liste = []
    epoche = 0
    while epoche < n_epochs:
        vorhersage, versteckt, s1, s2 = forward_pass(X, W1, b1, W2, b2)
        fehler = compute_loss(vorhersage, y)
        liste.append(fehler.item())
        fehler.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
        epoche = epoche + 1
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), liste


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_werte = np.linspace(x_range[0], x_range[1], n)
    y_werte = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x_werte, y_werte)
    ergebnis = np.zeros((n, n))
    for zeile in range(n):
        for spalte in range(n):
            punkt = torch.tensor([[xx[zeile, spalte], yy[zeile, spalte]]], dtype=W1.dtype)
            vorhersage, versteckt, s1, s2 = forward_pass(punkt, W1, b1, W2, b2)
            ergebnis[zeile, spalte] = vorhersage[0, 0].item()
    return xx, yy, ergebnis


# def zeichnen(xx, yy, z):
#     import matplotlib.pyplot as plt
#     plt.contourf(xx, yy, z)
#     plt.show()
