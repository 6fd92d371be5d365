"""Reverse-mode differentiation of small networks, verified by second-order finite differences.

Conventions: columns are samples; float64 throughout; log1p/expm1-style formulations where cancellation threatens.
"""
from __future__ import annotations

import numpy as np
import torch
from numpy.linalg import norm

TINY = np.finfo(np.float64).tiny
MARGIN = 4 * np.finfo(np.float64).eps      # distance that probabilities keep from 0 and 1
PARAMETERS = ("W1", "b1", "W2", "b2")


def expit(t):
    """Overflow-free logistic function."""
    t = np.asarray(t, dtype=np.float64)
    q = np.exp(-np.abs(t))
    return np.where(t < 0, q, 1.0) / (1.0 + q)


def chain_rule(x):
    u = 2 * x + 1
    u2 = u * u
    return {"f": u2 * u, "u": u, "du_dx": 2, "df_du": 3 * u2, "df_dx": 6 * u2}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    zbar = 2 * z
    abar = zbar
    bbar = zbar
    return {"a": a, "z": z, "L": z * z, "dL_dz": zbar, "dL_da": abar, "dL_dw": abar * x, "dL_dx": abar * w, "dL_db": bbar}


def single_neuron(x, w, b, y):
    z = float(np.dot(w, x)) + b
    a = float(expit(z))
    slope = a * float(expit(-z))             # 1 - a without cancellation
    r = a - y
    zbar = r * slope
    return {"z": z, "a": a, "L": 0.5 * r * r, "dL_da": r, "da_dz": slope, "dL_dz": zbar, "dL_dw": zbar * np.asarray(x), "dL_db": zbar}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.standard_normal((hidden_size, input_size)) / (10 * np.sqrt(input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.standard_normal((output_size, hidden_size)) / (10 * np.sqrt(hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        return expit(Z)

    def sigmoid_derivative(self, Z):
        return expit(Z) * expit(-np.asarray(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = expit(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, MARGIN, 1 - MARGIN)
        return -float(np.sum(Y * np.log(P) + (1 - Y) * np.log1p(-P))) / Y.shape[1]

    def backward(self, Y, cache):
        Z2bar = (cache["A2"] - Y) / Y.shape[1]
        A1bar = self.W2.T @ Z2bar
        Z1bar = np.where(cache["Z1"] > 0, A1bar, 0.0)
        return {
            "dW1": Z1bar @ cache["X"].T,
            "db1": Z1bar.sum(1, keepdims=True),
            "dW2": Z2bar @ cache["A1"].T,
            "db2": Z2bar.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for p in PARAMETERS:
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A2)
            if it % print_every == 0:
                print(f"it {it:6d}   loss {losses[it]:.8e}")
            self.update_parameters(self.backward(Y, cache))
        return losses.tolist()

    def predict(self, X):
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(np.int64)


# ---- finite differences ---------------------------------------------------------------------------------------------

def central_difference(phi, t0, h):
    """Second-order accurate approximation of phi'(t0)."""
    return (phi(t0 + h) - phi(t0 - h)) / h


def directional(nn, X, Y, theta, k):
    """The loss as a function of the k-th entry of theta; theta is put back after each evaluation."""
    flat = theta.reshape(-1)

    def phi(t):
        t0 = flat[k]
        flat[k] = t
        try:
            return nn.compute_loss(Y, nn.forward(X)[0])
        finally:
            flat[k] = t0

    return phi


def relative_residual(g, d):
    return norm(g - d) / max(norm(g) + norm(d), TINY)


def gradient_check(nn, X, Y, epsilon=1e-05):
    grad = nn.backward(Y, nn.forward(X)[1])
    rng = np.random.default_rng(2024)
    residuals = {}
    for p in PARAMETERS:
        theta = getattr(nn, p)
        ks = rng.permutation(theta.size)[:10]
        d = np.array([central_difference(directional(nn, X, Y, theta, k), theta.flat[k], epsilon) for k in ks])
        residuals[p] = relative_residual(grad["d" + p].ravel()[ks], d)
    return residuals


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grad = nn.backward(Y, nn.forward(X)[1])
    residuals = {}
    for p in PARAMETERS:
        theta = getattr(nn, p)
        d = np.empty(theta.size)
        for k in range(theta.size):
            d[k] = central_difference(directional(nn, X, Y, theta, k), theta.flat[k], epsilon)
        residuals[p] = relative_residual(grad["d" + p].ravel(), d)
    return residuals


# ---- two hidden layers ----------------------------------------------------------------------------------------------

class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1 = rng.standard_normal((hidden1_size, input_size)) / (10 * np.sqrt(input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.standard_normal((hidden2_size, hidden1_size)) / (10 * np.sqrt(hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.standard_normal((output_size, hidden2_size)) / (10 * np.sqrt(hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = expit(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, MARGIN, 1 - MARGIN)
        return -float(np.sum(Y * np.log(P) + (1 - Y) * np.log1p(-P))) / Y.shape[1]

    def backward(self, Y, cache):
        Z3bar = (cache["A3"] - Y) / Y.shape[1]
        Z2bar = np.where(cache["Z2"] > 0, self.W3.T @ Z3bar, 0.0)
        Z1bar = np.where(cache["Z1"] > 0, self.W2.T @ Z2bar, 0.0)
        return {
            "dW1": Z1bar @ cache["X"].T,
            "db1": Z1bar.sum(1, keepdims=True),
            "dW2": Z2bar @ cache["A1"].T,
            "db2": Z2bar.sum(1, keepdims=True),
            "dW3": Z3bar @ cache["A2"].T,
            "db3": Z3bar.sum(1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for p in PARAMETERS + ("W3", "b3"):
            setattr(self, p, getattr(self, p) - self.learning_rate * gradients["d" + p])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A3)
            if it % print_every == 0:
                print(f"it {it:6d}   loss {losses[it]:.8e}")
            self.update_parameters(self.backward(Y, cache))
        return losses.tolist()

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(np.int64)


# ---- automatic differentiation --------------------------------------------------------------------------------------

def two_squares(w1, w2, x1, x2):
    # (p + q)^2 + (p - q)^2 = 2 p^2 + 2 q^2
    return 4 * w1 * x1 * x1, 4 * w2 * x2 * x2


def two_squares_autograd(w1, w2, x1, x2):
    v1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    v2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    p, q = v1 * x1, v2 * x2
    L = (p + q).square() + (p - q).square()
    return torch.autograd.grad(L, (v1, v2))


def autograd_linear(x, w, b):
    inputs = tuple(torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = inputs[1] * inputs[0] + inputs[2]
    return torch.autograd.grad(y, inputs)


def leaf_parameters(shape, scale, generator):
    sample = torch.randn(*shape, generator=generator)
    return sample.mul(scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = tuple(t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2))
    losses = []
    for _ in range(num_iterations):
        hidden = torch.relu(torch.addmm(theta[1].expand(-1, X.shape[1]), theta[0], X))
        output = torch.sigmoid(torch.addmm(theta[3].expand(-1, X.shape[1]), theta[2], hidden))
        loss = (output - Y).square().mean()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            for t, g in zip(theta, grads):
                t.add_(g, alpha=-learning_rate)
    return losses


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [float(g.abs().mean()) for g in torch.autograd.grad(loss, weights)]
