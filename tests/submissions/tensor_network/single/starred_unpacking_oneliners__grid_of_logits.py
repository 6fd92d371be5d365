import numpy as np, torch

# --- small stuff -------------------------------------------------------------
def sigmoid(x): return torch.sigmoid(x)
def sigmoid_derivative(sigmoid_output): return (s := sigmoid_output) * (1 - s)
def compute_loss(y_pred, y): return ((y_pred - y) ** 2).mean()

# --- the net -----------------------------------------------------------------
def forward_pass(X, W1, b1, W2, b2):
    h = sigmoid(z1 := X @ W1 + b1)
    y_pred = sigmoid(z2 := h @ W2 + b2)
    return y_pred, h, z1, z2

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d2 = 2 * (y_pred - y) / y_pred.nelement() * sigmoid_derivative(y_pred)
    d1 = d2 @ W2.mT * sigmoid_derivative(h)
    return X.mT @ d1, d1.sum(0), h.mT @ d2, d2.sum(0)

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    return *[p - learning_rate * g for p, g in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2))],

# --- training ----------------------------------------------------------------
def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    ps, losses = (W1, b1, W2, b2), []
    for _ in range(n_epochs):
        fwd = forward_pass(X, *ps)
        losses.append(compute_loss(fwd[0], y).item())
        ps = update_parameters(*ps, *backward_pass(X, y, *fwd, ps[2]), learning_rate)
    return *ps, losses

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    ps, losses = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)], []
    opt = torch.optim.SGD(ps, lr=learning_rate)
    for _ in range(n_epochs):
        loss = compute_loss(forward_pass(X, *ps)[0], y)
        losses.append(loss.item()); opt.zero_grad(); loss.backward(); opt.step()
    return *[p.detach() for p in ps], losses

# --- picture -----------------------------------------------------------------
def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    pts = torch.tensor(np.dstack([xx, yy]).reshape(-1, 2), dtype=W1.dtype)
    *_, out = forward_pass(pts, W1, b1, W2, b2)
    return xx, yy, out.reshape(n, n).numpy()
