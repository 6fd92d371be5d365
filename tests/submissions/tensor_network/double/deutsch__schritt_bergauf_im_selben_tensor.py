# Netz mit einer verdeckten Schicht, Hausaufgabe
import numpy as np
import torch


def sigmoid(x):
    return torch.sigmoid(x)


def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)


def schicht(eingabe, gewichte, schwelle):
    """Eine Schicht: erst linear, dann Sigmoid. Gibt (Ausgabe, Voraktivierung) zurück."""
    z = eingabe @ gewichte + schwelle
    return sigmoid(z), z


def schritt(parameter, gradient, lernrate):
    """Ein Schritt des Gradientenverfahrens für einen einzelnen Parameter."""
    neu = parameter.detach()
    neu += lernrate * gradient
    return neu


def forward_pass(X, W1, b1, W2, b2):
    h, z1 = schicht(X, W1, b1)
    y_pred, z2 = schicht(h, W2, b2)
    return y_pred, h, z1, z2


def compute_loss(y_pred, y):
    return torch.mean(torch.square(y - y_pred))


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    anzahl = y_pred.numel()
    # Ausgabeschicht: Fehler (Ziel minus Vorhersage), daher das Minus davor
    fehler = y - y_pred
    delta_aus = -2.0 / anzahl * fehler * sigmoid_derivative(y_pred)
    # verdeckte Schicht
    delta_verd = torch.matmul(delta_aus, W2.T) * sigmoid_derivative(h)

    dW2 = torch.matmul(h.T, delta_aus)
    dW1 = torch.matmul(X.T, delta_verd)
    db2 = delta_aus.sum(dim=0)
    db1 = delta_verd.sum(dim=0)
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1_neu = schritt(W1, dW1, learning_rate)
    b1_neu = schritt(b1, db1, learning_rate)
    W2_neu = schritt(W2, dW2, learning_rate)
    b2_neu = schritt(b2, db2, learning_rate)
    return W1_neu, b1_neu, W2_neu, b2_neu


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verluste = []
    for _ in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        verluste.append(compute_loss(y_pred, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, verluste


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    verluste = []
    for _ in range(n_epochs):
        # in jeder Epoche neue Blätter, dann muss man nichts auf null setzen
        blaetter = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
        verlust = compute_loss(forward_pass(X, *blaetter)[0], y)
        verluste.append(verlust.item())
        verlust.backward()
        W1, b1, W2, b2 = [schritt(p, p.grad, learning_rate) for p in blaetter]
    return W1, b1, W2, b2, verluste


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_werte = np.linspace(x_range[0], x_range[1], num=n)
    y_werte = np.linspace(y_range[0], y_range[1], num=n)
    xx, yy = np.meshgrid(x_werte, y_werte)
    punkte = torch.tensor([[a, b] for a, b in zip(xx.flat, yy.flat)], dtype=W1.dtype)
    ausgabe = forward_pass(punkte, W1, b1, W2, b2)[0]
    return xx, yy, ausgabe.view(n, n).numpy()
