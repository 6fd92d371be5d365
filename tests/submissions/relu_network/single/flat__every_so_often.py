"""Backpropagation, numerics style: all parameters live in one vector theta, the matrices are views into it."""

from __future__ import annotations

import numpy as np
import torch

TINY = 1e-13


def chain_rule(x):
    u = 2 * x + 1
    J = [3 * u ** 2, 2]                      # Jacobians from the outside in
    return {"f": u ** 3, "u": u, "df_du": J[0], "du_dx": J[1], "df_dx": J[0] * J[1]}


def computational_graph(w, x, b):
    tape = {}
    tape["a"] = w * x
    tape["z"] = tape["a"] + b
    tape["L"] = tape["z"] ** 2
    tape["dL_dz"] = 2 * tape["z"]
    tape["dL_da"] = tape["dL_db"] = tape["dL_dz"]
    tape["dL_dw"], tape["dL_dx"] = tape["dL_da"] * x, tape["dL_da"] * w
    return tape


def expit(Z):
    Z = np.asarray(Z, dtype=float)
    out = np.empty_like(Z)
    pos = Z >= 0
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    e = np.exp(Z[~pos])
    out[~pos] = e / (1 + e)
    return out if out.ndim else float(out)


def single_neuron(x, w, b, y):
    z = float(np.dot(w, x) + b)
    a = expit(z)
    residual = a - y
    curvature = a * (1 - a)
    dL_dtheta = residual * curvature * np.append(x, 1.0)     # weights, then bias
    return {
        "z": z, "a": a, "L": residual ** 2 / 2,
        "dL_da": residual, "da_dz": curvature, "dL_dz": residual * curvature,
        "dL_dw": dL_dtheta[:-1], "dL_db": dL_dtheta[-1],
    }


class Theta:
    """Where each parameter sits in the vector: name -> (slice, shape)."""

    def __init__(self, sizes):
        self.where, pos = {}, 0
        for l, (p, q) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            for name, shape in ((f"W{l}", (q, p)), (f"b{l}", (q, 1))):
                count = shape[0] * shape[1]
                self.where[name] = (slice(pos, pos + count), shape)
                pos += count
        self.size = pos

    def view(self, vector, name):
        where, shape = self.where[name]
        return vector[where].reshape(shape)

    def join(self, parts):
        return np.concatenate([np.ravel(parts[name]) for name in self.where])

    def split(self, vector):
        return {"d" + name: self.view(vector, name).copy() for name in self.where}


def _view_property(name):
    def getter(self):
        return self._layout.view(self.theta, name)

    def setter(self, value):
        self._layout.view(self.theta, name)[...] = value

    return property(getter, setter, doc=f"view of theta: {name}")


class _FlatNetwork:
    def _setup(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        self._layout = Theta(sizes)
        self.depth = len(sizes) - 1
        self.theta = np.zeros(self._layout.size)
        for l in range(1, self.depth + 1):
            W = self._layout.view(self.theta, f"W{l}")
            W[...] = np.random.standard_normal(W.shape) * 0.1

    def forward(self, X):
        cache, A = {"X": X}, X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = expit(Z) if l == self.depth else np.maximum(Z, 0.0)
            cache.update({f"Z{l}": Z, f"A{l}": A})
        return A, cache

    def compute_loss(self, Y, A):
        p = np.minimum(np.maximum(A, TINY), 1 - TINY)
        return float(-np.sum(Y * np.log(p) + (1 - Y) * np.log1p(-p)) / Y.shape[1])

    def backward(self, Y, cache):
        grad = np.empty_like(self.theta)
        delta = (cache[f"A{self.depth}"] - Y) / Y.shape[1]
        for l in range(self.depth, 0, -1):
            below = cache["X"] if l == 1 else cache[f"A{l - 1}"]
            np.matmul(delta, below.T, out=self._layout.view(grad, f"W{l}"))
            np.sum(delta, axis=1, keepdims=True, out=self._layout.view(grad, f"b{l}"))
            if l > 1:
                delta = np.where(cache[f"Z{l - 1}"] > 0, getattr(self, f"W{l}").T @ delta, 0.0)
        return self._layout.split(grad)

    def update_parameters(self, gradients):
        step = self._layout.join({name[1:]: g for name, g in gradients.items()})
        self.theta -= self.learning_rate * step

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = np.full(num_iterations, np.nan)
        for n in range(num_iterations):
            A, cache = self.forward(X)
            history[n] = self.compute_loss(Y, A)
            if n % print_every == 0:
                print(f"{n:>8d} {history[n]:.6e}")
            self.update_parameters(self.backward(Y, cache))
        return list(history)

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


class NeuralNetworkWithBackprop(_FlatNetwork):
    W1, b1, W2, b2 = map(_view_property, ("W1", "b1", "W2", "b2"))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._setup((input_size, hidden_size, output_size), learning_rate)

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.greater(Z, 0).astype(float)

    def sigmoid(self, Z):
        return expit(Z)

    def sigmoid_derivative(self, Z):
        return expit(Z) * (1 - expit(Z))


class ThreeLayerNetwork(_FlatNetwork):
    W1, b1, W2, b2, W3, b3 = map(_view_property, ("W1", "b1", "W2", "b2", "W3", "b3"))

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._setup((input_size, hidden1_size, hidden2_size, output_size), learning_rate)


def _central(f, P, flat_indices, h):
    """Central differences of f() with respect to P.flat[i]; P is changed in place and put back."""
    slopes = np.empty(len(flat_indices))
    for n, i in enumerate(flat_indices):
        idx = np.unravel_index(i, P.shape)
        saved = P[idx]
        try:
            P[idx] = saved + h
            slopes[n] = f()
            P[idx] = saved - h
            slopes[n] -= f()
        finally:
            P[idx] = saved
    return slopes / (2 * h)


def _mismatch(g, d):
    top = np.linalg.norm(g - d)
    return 0.0 if top == 0 else float(top / (np.linalg.norm(g) + np.linalg.norm(d)))


def gradient_check(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    G = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(123)
    out = dict.fromkeys(("W1", "b1", "W2", "b2"))
    for name in out:
        P = getattr(nn, name)
        pick = rng.choice(P.size, min(10, P.size), replace=False)
        out[name] = _mismatch(np.ravel(G["d" + name])[pick], _central(loss, P, pick, epsilon))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    G = nn.backward(Y, nn.forward(X)[1])
    out = dict.fromkeys(("W1", "b1", "W2", "b2"))
    for name in out:
        P = getattr(nn, name)
        every = np.arange(0, P.size, max(1, P.size // 10))
        out[name] = _mismatch(np.ravel(G["d" + name])[every], _central(loss, P, every, epsilon))
    return out


def two_squares(w1, w2, x1, x2):
    w = np.array([w1, w2], dtype=float)
    M = np.array([[x1, x2], [x1, -x2]], dtype=float)        # L = |M w|^2
    g = 2 * M.T @ (M @ w)
    return float(g[0]), float(g[1])


def two_squares_autograd(w1, w2, x1, x2):
    def L(u, v):
        return (u * x1 + v * x2) ** 2 + (u * x1 - v * x2) ** 2

    at = tuple(torch.tensor(q, dtype=torch.float64) for q in (w1, w2))
    return torch.autograd.functional.jacobian(L, at)


def autograd_linear(x, w, b):
    at = tuple(torch.tensor(q, dtype=torch.float64) for q in (x, w, b))
    return torch.autograd.functional.jacobian(lambda x, w, b: w * x + b, at)


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        P = scale * torch.randn(*shape, generator=generator)
    P.requires_grad_(True)
    return P


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    start = [W1, b1, W2, b2]
    sizes = [p.numel() for p in start]
    theta = torch.cat([p.reshape(-1) for p in start]).clone().requires_grad_(True)

    def model(theta):
        w1, c1, w2, c2 = (v.reshape(p.shape) for v, p in zip(theta.split(sizes), start))
        return torch.sigmoid(w2 @ torch.relu(w1 @ X + c1) + c2)

    history = []
    for _ in range(num_iterations):
        loss = torch.mean((model(theta) - Y) ** 2)
        history.append(loss.item())
        theta.grad = None
        loss.backward()
        with torch.no_grad():
            theta -= learning_rate * theta.grad
    return history


def gradient_flow(model, X, Y):
    for p in model.parameters():
        p.grad = None
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [torch.linalg.vector_norm(m.weight.grad, 1).item() / m.weight.numel()
            for m in model.modules() if isinstance(m, torch.nn.Linear)]
