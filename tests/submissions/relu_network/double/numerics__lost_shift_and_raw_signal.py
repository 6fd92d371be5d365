"""Reverse-mode differentiation of small ReLU networks.

Numerical remarks
-----------------
* sigmoid: evaluated through exp(-|z|) so that no intermediate result overflows;
* cross-entropy: probabilities are kept one unit of round-off away from 0 and 1;
* gradient check: relative error in the 2-norm, with the usual 0/0 := 0.
"""

import numpy as np
import torch

_EPS = np.finfo(np.float64).eps


def _logistic(z):
    z = np.asarray(z, dtype=np.float64)
    t = np.exp(-np.abs(z))
    return np.where(z < 0, t, 1.0) / (1.0 + t)


def _bce(y, p):
    p = np.clip(p, _EPS, 1.0 - _EPS)
    return -float(np.sum(y * np.log(p) + (1.0 - y) * np.log1p(-p))) / y.shape[1]


def chain_rule(x):
    u = 2 * x + 1
    u2 = u * u
    df_du = 3 * u2
    return {"f": u2 * u, "u": u, "du_dx": 2, "df_du": df_du, "df_dx": 2 * df_du}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    zbar = 2 * z  # adjoint of z
    abar = bbar = zbar
    return {"a": a, "z": z, "L": z * z, "dL_dz": zbar, "dL_da": abar, "dL_dw": abar * x, "dL_dx": abar * w,
            "dL_db": bbar}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = float(_logistic(z))
    abar = a - y
    slope = a * (1.0 - a)
    zbar = abar * slope
    return {"z": z, "a": a, "L": 0.5 * abar * abar, "dL_da": abar, "da_dz": slope, "dL_dz": zbar,
            "dL_dw": zbar * x, "dL_db": zbar}


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng(20240501)
        self.learning_rate = learning_rate
        self.W1 = rng.standard_normal((hidden_size, input_size)) / np.sqrt(input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.standard_normal((output_size, hidden_size)) / np.sqrt(hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return np.asarray(np.asarray(Z) > 0, dtype=np.float64)

    def sigmoid(self, Z):
        return _logistic(Z)

    def sigmoid_derivative(self, Z):
        # s(z) s(-z) does not cancel for large z, unlike s (1 - s)
        Z = np.asarray(Z, dtype=np.float64)
        return _logistic(Z) * _logistic(-Z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return _bce(Y, A2)

    def backward(self, Y, cache):
        r = (cache["A2"] - Y) / Y.shape[1]
        s = np.where(cache["Z1"] > 0, self.W2.T @ r, 0.0)
        return {"dW2": r @ cache["A1"].T, "db2": r.sum(axis=1, keepdims=True),
                "dW1": s @ cache["X"].T, "db1": s.sum(axis=1, keepdims=True)}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2"):
            getattr(self, name)[...] -= self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for k in range(num_iterations):
            P, cache = self.forward(X)
            losses[k] = self.compute_loss(Y, P)
            if k % print_every == 0:
                print(f"{k:6d}  {losses[k]:.6e}")
            self.update_parameters(self.backward(Y, cache))
        return losses.tolist()

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def _numeric(nn, name, flat_indices, X, Y, h):
    theta = getattr(nn, name)
    view = theta.reshape(-1)
    if not np.shares_memory(view, theta):
        theta = np.ascontiguousarray(theta)
        setattr(nn, name, theta)
        view = theta.reshape(-1)

    def J(value, i):
        keep, view[i] = view[i], value
        try:
            return nn.compute_loss(Y, nn.forward(X)[0])
        finally:
            view[i] = keep

    out = np.empty(len(flat_indices))
    for k, i in enumerate(flat_indices):
        up, down = view[i] + h, view[i] - h
        out[k] = (J(up, i) - J(down, i)) / (up - down)   # the step as it is in floating point
    return out


def _relerr(a, b):
    scale = np.hypot(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / scale) if scale > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(1)
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        size = getattr(nn, name).size
        idx = rng.permutation(size)[:10]
        out[name] = _relerr(np.ravel(g["d" + name])[idx], _numeric(nn, name, idx, X, Y, epsilon))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    g = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        idx = np.arange(getattr(nn, name).size)
        out[name] = _relerr(np.ravel(g["d" + name]), _numeric(nn, name, idx, X, Y, epsilon))
    return out


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng(20240502)
        self.learning_rate = learning_rate
        self.W1 = rng.standard_normal((hidden1_size, input_size)) / np.sqrt(input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.standard_normal((hidden2_size, hidden1_size)) / np.sqrt(hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.standard_normal((output_size, hidden2_size)) / np.sqrt(hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.fmax(Z1, 0)
        Z2 = self.W2 @ A1
        A2 = np.fmax(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return _bce(Y, A3)

    def backward(self, Y, cache):
        r = (cache["A3"] - Y) / Y.shape[1]
        s = np.where(cache["Z2"] > 0, self.W3.T @ r, 0.0)
        t = np.where(cache["Z1"] > 0, self.W2.T @ s, 0.0)
        return {
            "dW1": t @ cache["X"].T,
            "db1": t.sum(axis=1, keepdims=True),
            "dW2": s @ cache["A1"].T,
            "db2": s.sum(axis=1, keepdims=True),
            "dW3": r @ cache["Z2"].T,
            "db3": r.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            getattr(self, name)[...] -= self.learning_rate * gradients["d" + name]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for k in range(num_iterations):
            P, cache = self.forward(X)
            losses[k] = self.compute_loss(Y, P)
            if k % print_every == 0:
                print(f"{k:6d}  {losses[k]:.6e}")
            self.update_parameters(self.backward(Y, cache))
        return losses.tolist()

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * (s * x1 + d * x1), 2 * (s * x2 - d * x2)


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2)]
    L = torch.square(w[0] * x1 + w[1] * x2) + torch.square(w[0] * x1 - w[1] * x2)
    L.backward()
    return w[0].grad.item(), w[1].grad.item()


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    torch.addcmul(b, w, x).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        t = torch.randn(*shape, generator=generator) * scale
    return t.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_() for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        P = torch.sigmoid(theta[2] @ torch.relu(theta[0] @ X + theta[1]) + theta[3])
        loss = torch.mean(torch.square(P - Y))
        losses.append(loss.item())
        g = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            for t, gt in zip(theta, g):
                t.add_(gt, alpha=-learning_rate)
    return losses


def gradient_flow(model, X, Y):
    layers = [l for l in model.modules() if isinstance(l, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="mean")
    grads = torch.autograd.grad(loss, [l.weight for l in layers])
    return [torch.linalg.vector_norm(g, ord=1).item() / g.numel() for g in grads]
