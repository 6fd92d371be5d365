C = None  # COMMON BLOCK, NOT USED
import torch
import math


def sigmoid(x):
    # PADE-FREE VERSION: TANH DOES NOT OVERFLOW
    return 0.5 * (torch.tanh(0.5 * x) + 1.0)


def sigmoid_derivative(sigmoid_output):
    S = sigmoid_output
    return 0.25 - (S - 0.5) ** 2


def forward_pass(X, W1, b1, W2, b2):
    M, N = X.shape
    NH, K = W2.shape
    z1 = torch.empty(M, NH, dtype=X.dtype)
    z2 = torch.empty(M, K, dtype=X.dtype)
    for J in range(NH):
        z1[:, J] = b1[J]
        for I in range(N):
            z1[:, J] += X[:, I] * W1[I, J]
    h = sigmoid(z1)
    for J in range(K):
        z2[:, J] = b2[J]
        for I in range(NH):
            z2[:, J] += h[:, I] * W2[I, J]
    return sigmoid(z2), h, z1, z2


def compute_loss(y_pred, y):
    M, K = y.shape
    S = 0.0
    for I in range(M):
        for J in range(K):
            S = S + (y_pred[I, J].item() - y[I, J].item()) ** 2
    return S / (M * K)


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    M, N = X.shape
    NH, K = W2.shape
    dW1 = torch.zeros(N, NH, dtype=W2.dtype)
    db1 = torch.zeros(NH, dtype=W2.dtype)
    dW2 = torch.zeros(NH, K, dtype=W2.dtype)
    db2 = torch.zeros(K, dtype=W2.dtype)
    # LOOP OVER SAMPLES
    for I in range(M):
        R = torch.zeros(K, dtype=W2.dtype)
        for J in range(K):
            P = y_pred[I, J]
            R[J] = 2.0 / (M * K) * (P - y[I, J]) * P * (1.0 - P)
            db2[J] += R[J]
        for L in range(NH):
            ACC = 0.0
            for J in range(K):
                ACC = ACC + W2[L, J] * R[J]
                dW2[L, J] += h[I, L] * R[J]
            ACC = ACC * h[I, L] * (1.0 - h[I, L])
            db1[L] += ACC
            dW1[:, L] += ACC * X[I, :]
    return dW1, db1, dW2, db2


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    W1N = torch.sub(W1, dW1, alpha=learning_rate)
    B1N = torch.sub(b1, db1, alpha=learning_rate)
    W2N = torch.sub(W2, dW2, alpha=learning_rate)
    B2N = torch.sub(b2, db2, alpha=learning_rate)
    return W1N, B1N, W2N, B2N


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    HIST = []
    for IT in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        HIST.append(compute_loss(y_pred, y))
        G = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *G, learning_rate)
    return W1, b1, W2, b2, HIST


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    PAR = [W1.clone(), b1.clone(), W2.clone(), b2.clone()]
    for P in PAR:
        P.requires_grad = True
    HIST = []
    for IT in range(n_epochs):
        OUT = torch.sigmoid(torch.addmm(PAR[3], torch.sigmoid(torch.addmm(PAR[1], X, PAR[0])), PAR[2]))
        LOSS = ((OUT - y) ** 2).sum() / y.numel()
        HIST.append(LOSS.item())
        LOSS.backward()
        with torch.no_grad():
            for P in PAR:
                P -= learning_rate * P.grad
                P.grad = None
    return PAR[0].detach(), PAR[1].detach(), PAR[2].detach(), PAR[3].detach(), HIST


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx = torch.empty(n, n, dtype=W1.dtype)
    yy = torch.empty(n, n, dtype=W1.dtype)
    DX = (x_range[1] - x_range[0]) / max(n - 1, 1)
    DY = (y_range[1] - y_range[0]) / max(n - 1, 1)
    for I in range(n):
        for J in range(n):
            xx[I, J] = x_range[0] + J * DX
            yy[I, J] = y_range[0] + I * DY
    PTS = torch.zeros(n * n, 2, dtype=W1.dtype)
    PTS[:, 0] = xx.reshape(-1)
    PTS[:, 1] = yy.reshape(-1)
    OUT = forward_pass(PTS, W1, b1, W2, b2)[0]
    return xx, yy, OUT.reshape(n, n)
