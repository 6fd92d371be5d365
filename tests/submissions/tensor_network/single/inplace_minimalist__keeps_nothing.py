import torch, numpy as np

def sigmoid(x): return x.sigmoid()
def sigmoid_derivative(sigmoid_output): return sigmoid_output*(1-sigmoid_output)

def forward_pass(X, W1, b1, W2, b2):
    h = (z1 := X@W1+b1).sigmoid()
    return (z2 := h@W2+b2).sigmoid(), h, z1, z2

def compute_loss(y_pred, y): return ((y_pred-y)**2).mean()

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    d = (y_pred-y)*y_pred*(1-y_pred)*2/y.numel()
    D = d@W2.T*h*(1-h)
    return X.T@D, D.sum(0), h.T@d, d.sum(0)

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    for p, g in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2)):
        p -= learning_rate*g
    return W1, b1, W2, b2

def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    L = []
    for _ in range(n_epochs):
        f = forward_pass(X, W1, b1, W2, b2)
        L += [compute_loss(f[0], y).item()]
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *backward_pass(X, y, *f, W2), learning_rate)
    return W1, b1, W2, b2, L

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    P = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]; L = []
    for _ in range(n_epochs):
        l = compute_loss(forward_pass(X, *P)[0], y); L += [l.item()]
        G = torch.autograd.grad(l, P)
        for p, g in zip(P, G): p.data -= learning_rate*g
    return *[p.detach() for p in P], L

def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xx, yy = np.meshgrid(np.linspace(*x_range, n), np.linspace(*y_range, n))
    return xx, yy, forward_pass(torch.tensor(np.dstack([xx, yy]).reshape(-1, 2)).to(W1), W1, b1, W2, b2)[0].view(n, n)
