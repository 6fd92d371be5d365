import torch
import numpy as np

# --- activation -------------------------------------------------

def sigmoid(x):
    return 0.5 + 0.5 * torch.tanh(0.5 * x)

def sigmoid_derivative(sigmoid_output):
    s = sigmoid_output
    return s * (1 - s)

# --- forward ----------------------------------------------------

def forward_pass(X, W1, b1, W2, b2):
    z1 = torch.mm(X, W1) + b1
    h = sigmoid(z1)
    z2 = torch.mm(h, W2) + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2

def compute_loss(y_pred, y):
    return torch.sum((y_pred - y) ** 2) / torch.numel(y)

# --- backward ---------------------------------------------------

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    m, k = y.shape
    acc = [0, 0, 0, 0]
    for x_i, y_i, p_i, h_i in zip(X, y, y_pred, h):
        err = 2 * (p_i - y_i) / (m * k)
        delta_o = err * sigmoid_derivative(p_i)
        delta_h = (W2 @ delta_o) * sigmoid_derivative(h_i)
        one = (torch.outer(x_i, delta_h), delta_h, torch.outer(h_i, delta_o), delta_o)
        acc = [total + g for total, g in zip(acc, one)]
    return tuple(total / m for total in acc)

# --- optimiser --------------------------------------------------

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    eta = learning_rate
    W1n, b1n = W1 - eta * dW1, b1 - eta * db1
    W2n, b2n = W2 - eta * dW2, b2 - eta * db2
    return W1n, b1n, W2n, b2n

def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for t in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        dW1, db1, dW2, db2 = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate)
        if t % 1000 == 999:
            print(t, losses[-1])
    return W1, b1, W2, b2, losses

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    W1 = W1.clone(); W1.requires_grad = True
    b1 = b1.clone(); b1.requires_grad = True
    W2 = W2.clone(); W2.requires_grad = True
    b2 = b2.clone(); b2.requires_grad = True
    losses = []
    for t in range(n_epochs):
        y_pred = forward_pass(X, W1, b1, W2, b2)[0]
        loss = compute_loss(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        for p in (W1, b1, W2, b2):
            with torch.no_grad():
                p.copy_(p - learning_rate * p.grad)
            p.grad = None
    return W1.detach(), b1.detach(), W2.detach(), b2.detach(), losses

# --- plot -------------------------------------------------------

def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(x_range[0], x_range[1], n), np.linspace(y_range[0], y_range[1], n))
    preds = []
    for row_x, row_y in zip(xx, yy):
        row = torch.tensor(np.array([row_x, row_y]).T, dtype=W1.dtype)
        preds.append(forward_pass(row, W1, b1, W2, b2)[0].flatten())
    return xx, yy, torch.stack(preds)
