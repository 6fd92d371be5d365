"""Rete con uno strato nascosto, scritta con i tensori.

m campioni (righe), n ingressi, h unità nascoste, k uscite.
"""

import numpy as np
import torch


def sigmoid(x):
    """Funzione logistica, elemento per elemento."""
    return 1 / (1 + (-x).exp())


def sigmoid_derivative(sigmoid_output):
    """Derivata della sigmoide, data l'uscita della sigmoide stessa."""
    a = sigmoid_output
    return a * (1 - a)


def forward_pass(X, W1, b1, W2, b2):
    """Passo in avanti."""
    z1 = X.mm(W1) + b1
    nascosto = sigmoid(z1)
    z2 = nascosto.mm(W2) + b2
    uscita = sigmoid(z2)
    return uscita, nascosto, z1, z2


def compute_loss(y_pred, y):
    """Errore quadratico medio."""
    scarto = y_pred - y
    return (scarto ** 2).mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    """Gradiente a mano, con la regola della catena."""
    quanti = y.shape[0] * y.shape[1]

    # strato di uscita
    d_uscita = (y_pred - y) * 2 / quanti
    delta_uscita = d_uscita * sigmoid_derivative(y_pred)
    dW2 = h.t().mm(delta_uscita)
    db2 = delta_uscita.sum(0)

    # strato nascosto
    d_nascosto = delta_uscita.mm(W2.t())
    delta_nascosto = d_nascosto * sigmoid_derivative(h)
    dW1 = X.t().mm(delta_nascosto)
    db1 = delta_nascosto.sum(0)

    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    """Un passo di discesa del gradiente."""
    parametri = (W1, b1, W2, b2)
    gradienti = (dW1, db1, dW2, db2)
    nuovi = []
    for parametro, gradiente in zip(parametri, gradienti):
        nuovi.append(parametro - learning_rate * gradiente)
    return tuple(nuovi)


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Addestramento senza autograd."""
    perdite = []
    epoca = 0
    while epoca < n_epochs:
        uscita, nascosto, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        perdite.append(compute_loss(uscita, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, uscita, nascosto, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2,
                                           dW1, db1, dW2, db2,
                                           learning_rate)
        epoca += 1
    return W1, b1, W2, b2, perdite


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    """Lo stesso addestramento, ma il gradiente lo calcola PyTorch."""
    # foglie nuove
    pesi1 = W1.detach().clone().requires_grad_(True)
    soglie1 = b1.detach().clone().requires_grad_(True)
    pesi2 = W2.detach().clone().requires_grad_(True)
    soglie2 = b2.detach().clone().requires_grad_(True)

    perdite = []
    for _ in range(n_epochs):
        # avanti
        attivazione = sigmoid(X.mm(pesi1) + soglie1)
        uscita = sigmoid(attivazione.mm(pesi2) + soglie2)
        perdita = 0.5 * torch.mean(torch.pow(uscita - y, 2))
        perdite.append(perdita.item())

        # indietro
        perdita.backward()

        # discesa, fuori dal grafo
        with torch.no_grad():
            for parametro in (pesi1, pesi2):
                parametro -= learning_rate * parametro.grad
        for foglia in (pesi1, soglie1, pesi2, soglie2):
            foglia.grad = None

    return pesi1.detach(), soglie1.detach(), pesi2.detach(), soglie2.detach(), perdite


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    """Previsioni della rete sui punti di una griglia."""
    ascisse = np.linspace(x_range[0], x_range[1], n)
    ordinate = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(ascisse, ordinate)

    punti = np.zeros((n * n, 2))
    punti[:, 0] = xx.reshape(-1)
    punti[:, 1] = yy.reshape(-1)
    punti = torch.as_tensor(punti, dtype=W1.dtype)

    uscita, _, _, _ = forward_pass(punti, W1, b1, W2, b2)
    return xx, yy, uscita.reshape(n, n)
