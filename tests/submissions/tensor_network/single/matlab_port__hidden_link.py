import numpy as np
import torch
# function [A2, A1, Z1, Z2] = netforward(X, W1, b1, W2, b2)

def sigmoid(x):
    Y = torch.zeros_like(x);
    P = x >= 0;
    Y[P] = 1 / (1 + torch.exp(-x[P]));
    E = torch.exp(x[~P]);
    Y[~P] = E / (1 + E);
    return Y;

def sigmoid_derivative(sigmoid_output):
    A = sigmoid_output;
    return A * (1 - A);

def repmat(b, M):
    return b.reshape(1, -1).repeat(M, 1);

def forward_pass(X, W1, b1, W2, b2):
    M = X.shape[0];
    Z1 = X @ W1 + repmat(b1, M);
    A1 = sigmoid(Z1);
    Z2 = A1 @ W2 + repmat(b2, M);
    A2 = sigmoid(Z2);
    return A2, A1, Z1, Z2;

def compute_loss(y_pred, y):
    D = y_pred - y;
    return torch.mean(torch.mean(D ** 2, 0));

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    [M, K] = y.shape;
    E2 = 2 * (y_pred - y) / (M * K);
    D2 = E2 * sigmoid_derivative(y_pred);
    D1 = D2 @ W2.T;
    G2 = h.T @ D2;
    G1 = X.T @ D1;
    g2 = torch.sum(D2, 0);
    g1 = torch.sum(D1, 0);
    return G1, g1, G2, g2;

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = learning_rate;
    return W1 - eta * dW1, b1 - eta * db1, W2 - eta * dW2, b2 - eta * db2;

def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    J = [0.0] * n_epochs;
    for it in range(1, n_epochs + 1):
        [A2, A1, Z1, Z2] = forward_pass(X, W1, b1, W2, b2);
        J[it - 1] = compute_loss(A2, y).item();
        [G1, g1, G2, g2] = backward_pass(X, y, A2, A1, Z1, Z2, W2);
        [W1, b1, W2, b2] = update_parameters(W1, b1, W2, b2, G1, g1, G2, g2, learning_rate);
    # end
    return W1, b1, W2, b2, J;

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    J = [0.0] * n_epochs;
    P1 = W1.clone().requires_grad_(); p1 = b1.clone().requires_grad_();
    P2 = W2.clone().requires_grad_(); p2 = b2.clone().requires_grad_();
    for it in range(1, n_epochs + 1):
        [A2, A1, Z1, Z2] = forward_pass(X, P1, p1, P2, p2);
        L = compute_loss(A2, y);
        J[it - 1] = L.item();
        [G1, g1, G2, g2] = torch.autograd.grad(L, [P1, p1, P2, p2]);
        with torch.no_grad():
            P1 -= learning_rate * G1; p1 -= learning_rate * g1;
            P2 -= learning_rate * G2; p2 -= learning_rate * g2;
        # end
    # end
    return P1.detach(), p1.detach(), P2.detach(), p2.detach(), J;

def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    [XX, YY] = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n));
    XY = torch.tensor(np.hstack([XX.reshape(-1, 1), YY.reshape(-1, 1)])).to(W1.dtype);
    [A2, A1, Z1, Z2] = forward_pass(XY, W1, b1, W2, b2);
    return XX, YY, A2.numpy().reshape(n, n);
