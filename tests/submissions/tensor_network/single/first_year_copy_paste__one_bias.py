import torch
import numpy as np

# AUFGABE 1
def sigmoid(x):
    x2 = torch.clamp(x, -80, 80)
    ergebnis = 1 / (1 + torch.exp(-x2))
    return ergebnis

# AUFGABE 2
def sigmoid_derivative(sigmoid_output):
    ergebnis = sigmoid_output * (1 - sigmoid_output)
    return ergebnis

# AUFGABE 3
def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.matmul(X, W1)
    z1 = z1 + b1
    h = sigmoid(z1)
    z2 = torch.matmul(h, W2)
    z2 = z2 + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2

# AUFGABE 4
def compute_loss(y_pred, y):
    fehler = y_pred - y
    fehler = fehler * fehler
    return fehler.mean()

# AUFGABE 5
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m = y.shape[0]
    k = y.shape[1]
    # ausgabeschicht
    fehler2 = 2 * (y_pred - y)
    fehler2 = fehler2 / m
    fehler2 = fehler2 / k
    delta2 = fehler2 * sigmoid_derivative(y_pred)
    dW2 = torch.matmul(h.T, delta2)
    db2 = torch.sum(delta2) * torch.ones(k, dtype=delta2.dtype)
    # versteckte schicht
    fehler1 = torch.matmul(delta2, W2.T)
    delta1 = fehler1 * sigmoid_derivative(h)
    dW1 = torch.matmul(X.T, delta1)
    db1 = torch.sum(delta1) * torch.ones(h.shape[1], dtype=delta1.dtype)
    return dW1, db1, dW2, db2

# AUFGABE 6
def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1neu = W1 - learning_rate * dW1
    b1neu = b1 - learning_rate * db1
    W2neu = W2 - learning_rate * dW2
    b2neu = b2 - learning_rate * db2
    return W1neu, b1neu, W2neu, b2neu

# AUFGABE 7
def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for i in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
    return W1, b1, W2, b2, losses

# AUFGABE 8
def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    W1 = W1.clone()
    b1 = b1.clone()
    W2 = W2.clone()
    b2 = b2.clone()
    W1.requires_grad = True
    b1.requires_grad = True
    W2.requires_grad = True
    b2.requires_grad = True
    for i in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            b1 -= learning_rate * b1.grad
            W2 -= learning_rate * W2.grad
            b2 -= learning_rate * b2.grad
        W1.grad.zero_()
        b1.grad.zero_()
        W2.grad.zero_()
        b2.grad.zero_()
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses

# AUFGABE 9
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x = np.linspace(x_range[0], x_range[1], n)
    y = np.linspace(y_range[0], y_range[1], n)
    xx, yy = np.meshgrid(x, y)
    punkte = []
    for i in range(n):
        for j in range(n):
            punkte.append([xx[i, j], yy[i, j]])
    punkte = torch.tensor(punkte, dtype=W1.dtype)
    y_pred, h, z1, z2 = forward_pass(punkte, W1, b1, W2, b2)
    return xx, yy, y_pred.reshape(n, n)
