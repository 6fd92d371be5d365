# one hidden layer, tensors.  (I come from Matlab, sorry for the semicolons.)

import numpy as np, torch

size  = lambda A: tuple(A.shape);   numel = lambda A: A.numel();
ones_ = lambda r, c, A: torch.ones(r, c, dtype=A.dtype);
colon = lambda A: A.reshape(-1, 1);               # A(:), but row by row


def sigmoid(x):
    y = 1./(1 + torch.exp(-x));
    return y;

def sigmoid_derivative(sigmoid_output):
    a = sigmoid_output;  d = a*(1 - a);
    return d;

def forward_pass(X, W1, b1, W2, b2):
    [m, n] = size(X);  e = ones_(m, 1, X);
    z1 = X@W1 + e@b1.reshape(1, -1);  h = sigmoid(z1);
    z2 = h@W2 + e@b2.reshape(1, -1);  y_pred = sigmoid(z2);
    return y_pred, h, z1, z2;

def compute_loss(y_pred, y):
    r = colon(y_pred - y);
    return (r.T@r).squeeze()/numel(y);

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    [m, n] = size(X);  [m, k] = size(y);  e = ones_(1, m, X);
    D2 = 2/(m*k)*(y_pred - y)*sigmoid_derivative(y_pred);  D1 = (D2@W2.T)*sigmoid_derivative(h);
    dW1 = X.T@D1;  db1 = (e@D1).squeeze(0);
    dW2 = h.T@D2;  db2 = (e@D2).squeeze(0);
    return dW1, db1, dW2, db2;

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = learning_rate;
    W1 = W1 - eta*dW1;  b1 = b1 - eta*db1;  W2 = W2 - eta*dW2;  b2 = b2 - eta*db2;
    return W1, b1, W2, b2;

def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = [];
    for it in range(n_epochs):
        [y_pred, h, z1, z2] = forward_pass(X, W1, b1, W2, b2);  losses.append(compute_loss(y_pred, y).item());
        [dW1, db1, dW2, db2] = backward_pass(X, y, y_pred, h, z1, z2, W2);
        [W1, b1, W2, b2] = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate);
    return W1, b1, W2, b2, losses;

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    P = [p.clone().requires_grad_() for p in [W1, b1, W2, b2]];  losses = [];
    for it in range(n_epochs):
        L = compute_loss(forward_pass(X, *P)[0], y);  losses.append(L.item());
        G = torch.autograd.grad(L, P);
        P = [(p - learning_rate*g).detach().requires_grad_() for p, g in zip(P, G)];
    [W1, b1, W2, b2] = [p.detach() for p in P];
    return W1, b1, W2, b2, losses;

def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    t  = torch.arange(n, dtype=W1.dtype)/n;              # 0 ... 1
    xs = x_range[0] + (x_range[1] - x_range[0])*t;  ys = y_range[0] + (y_range[1] - y_range[0])*t;
    xx = xs.repeat(n, 1);  yy = ys.repeat(n, 1).T;             # repmat
    P  = torch.hstack([colon(yy), colon(xx)]);
    Z  = forward_pass(P, W1, b1, W2, b2)[0].reshape(n, n);
    return xx, yy, Z;
