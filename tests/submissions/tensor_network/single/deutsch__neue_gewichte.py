# Netz mit einer verdeckten Schicht, nur Tensoren
import numpy as np
import torch


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    # Ableitung, ausgedrückt durch die Aktivierung
    a = sigmoid_output
    return a * (1 - a)


def forward_pass(X, W1, b1, W2, b2):
    netz1 = X @ W1 + b1
    verdeckt = sigmoid(netz1)
    netz2 = verdeckt @ W2 + b2
    ausgabe = sigmoid(netz2)
    return ausgabe, verdeckt, netz1, netz2


def compute_loss(y_pred, y):
    fehler = y_pred - y
    return (fehler ** 2).mean()


# --- Rückwärts: je Schicht eine Funktion ---

def ausgabeschicht(h, y_pred, y):
    anzahl = y.shape[0] * y.shape[1]
    delta = 2 / anzahl * (y_pred - y) * sigmoid_derivative(y_pred)
    return delta, h.T @ delta, delta.sum(0)


def verdeckte_schicht(X, h, delta_danach, W_danach):
    delta = (delta_danach @ W_danach.T) * sigmoid_derivative(h)
    return X.T @ delta, delta.sum(0)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    delta_aus, dW2, db2 = ausgabeschicht(h, y_pred, y)
    dW1, db1 = verdeckte_schicht(X, h, delta_aus, W2)
    return dW1, db1, dW2, db2


def schritt(p, dp, lernrate):
    return p - lernrate * dp


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return (schritt(W1, dW1, learning_rate), schritt(b1, db1, learning_rate),
            schritt(W2, dW2, learning_rate), schritt(b2, db2, learning_rate))


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verluste = []
    for epoche in range(n_epochs):
        y_pred, h, _, _ = forward_pass(X, W1, b1, W2, b2)
        verluste.append(compute_loss(y_pred, y).item())

        # von hinten nach vorn, Schicht für Schicht
        delta_aus, dW2, db2 = ausgabeschicht(h, y_pred, y)
        W2_neu = schritt(W2, dW2, learning_rate)
        b2_neu = schritt(b2, db2, learning_rate)

        dW1, db1 = verdeckte_schicht(X, h, delta_aus, W2_neu)
        W1 = schritt(W1, dW1, learning_rate)
        b1 = schritt(b1, db1, learning_rate)

        W2, b2 = W2_neu, b2_neu
    return W1, b1, W2, b2, verluste


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    parameter = [p.clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    verluste = []
    for epoche in range(n_epochs):
        y_pred = forward_pass(X, *parameter)[0]
        verlust = compute_loss(y_pred, y)
        verluste.append(verlust.item())
        verlust.backward()
        with torch.no_grad():
            for p in parameter:
                p.copy_(schritt(p, p.grad, learning_rate))
                p.grad = None
    W1, b1, W2, b2 = (p.detach() for p in parameter)
    return W1, b1, W2, b2, verluste


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_achse = np.linspace(x_range[0], x_range[1], num=n)
    y_achse = np.linspace(y_range[0], y_range[1], num=n)
    xx, yy = np.meshgrid(x_achse, y_achse)
    punkte = np.vstack([xx.flatten(), yy.flatten()]).T
    ausgabe, _, _, _ = forward_pass(torch.tensor(punkte).to(W1.dtype), W1, b1, W2, b2)
    return xx, yy, ausgabe.view(n, n)
