"""Backpropagation. Remarks on floating point are in the comments where they matter."""

import numpy as np
import torch
from numpy.linalg import norm

TINY = np.finfo(np.float64).tiny
ULP = np.finfo(np.float64).eps


def expit(z):
    # exp is only ever taken of numbers <= 0, hence no overflow
    z = np.asarray(z, dtype=np.float64)
    t = np.exp(-np.abs(z))
    return np.where(z < 0, t, 1.0) / (1.0 + t)


def chain_rule(x):
    u = 2 * x + 1
    df_du = 3 * u * u
    return {"u": u, "f": u * u * u, "df_du": df_du, "du_dx": 2, "df_dx": 2 * df_du}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    adjoint = 2 * z
    return {"a": a, "z": z, "L": z * z,
            "dL_dz": adjoint, "dL_da": adjoint, "dL_db": adjoint,
            "dL_dw": adjoint * x, "dL_dx": adjoint * w}


def single_neuron(x, w, b, y):
    z = np.vdot(w, x) + b
    a = expit(z)
    residual = a - y
    da_dz = expit(z) * expit(-z)          # no cancellation in 1 - a
    dL_dz = residual * da_dz
    return {"z": z, "a": a, "L": 0.5 * residual ** 2, "dL_da": residual, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_dw": dL_dz * np.asarray(x), "dL_db": dL_dz}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng(20240501)
        self.W1 = rng.standard_normal((hidden_size, input_size)) / np.sqrt(4 * input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = rng.standard_normal((output_size, hidden_size)) / np.sqrt(4 * hidden_size)
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.fmax(Z, 0)

    def relu_derivative(self, Z):
        return np.heaviside(np.asarray(Z, dtype=np.float64), 0.0)

    def sigmoid(self, Z):
        return expit(Z)

    def sigmoid_derivative(self, Z):
        Z = np.asarray(Z, dtype=np.float64)
        return expit(Z) * expit(-Z)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        P = np.clip(A2, ULP, 1.0 - ULP)
        return float(-(Y * np.log(P) + (1.0 - Y) * np.log1p(-P)).sum() / Y.shape[1])

    def backward(self, Y, cache):
        scale = 1.0 / Y.shape[1]
        R2 = scale * (cache["A2"] - Y)
        R1 = self.relu_derivative(cache["Z1"]) * (self.W2.T @ R2)
        one = np.ones((Y.shape[1], 1))
        return {"dW1": R1 @ cache["X"].T, "db1": R1 @ one, "dW2": R2 @ cache["A1"].T, "db2": R2 @ one}

    def update_parameters(self, gradients):
        h = self.learning_rate
        self.W1 = self.W1 - h * gradients["dW1"]
        self.b1 = self.b1 - h * gradients["db1"]
        self.W2 = self.W2 - h * gradients["dW2"]
        self.b2 = self.b2 - h * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.full(num_iterations, np.nan)
        for n in range(num_iterations):
            A2, cache = self.forward(X)
            losses[n] = self.compute_loss(Y, A2)
            if n % print_every == 0:
                print(f"n = {n:6d}   loss = {losses[n]:.10e}")
            self.update_parameters(self.backward(Y, cache))
        return list(losses)

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def gradient_check(nn, X, Y, epsilon=1e-05):
    rng = np.random.default_rng(0)
    analytic = nn.backward(Y, nn.forward(X)[1])
    deviation = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        sample = rng.permutation(theta.size)[:10]
        g_a = np.empty(sample.size)
        g_n = np.empty(sample.size)
        for j, flat in enumerate(sample):
            at = np.unravel_index(flat, theta.shape)
            saved = theta[at]
            right_point = saved + epsilon
            left_point = saved - epsilon
            # the step that was really taken after rounding
            h = right_point - saved
            theta[at] = right_point
            f_right = nn.compute_loss(Y, nn.forward(X)[0])
            theta[at] = left_point
            f_left = nn.compute_loss(Y, nn.forward(X)[0])
            theta[at] = saved
            g_n[j] = (f_right - f_left) / h
            g_a[j] = analytic["d" + name][at]
        deviation[name] = norm(g_a - g_n) / max(norm(g_a) + norm(g_n), TINY)
    return deviation


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    analytic = nn.backward(Y, nn.forward(X)[1])
    deviation = {}
    for name in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, name)
        g_n = np.empty(theta.shape)
        for at in np.ndindex(theta.shape):
            saved = theta[at]
            right_point, left_point = saved + epsilon, saved - epsilon
            theta[at] = right_point
            f_right = nn.compute_loss(Y, nn.forward(X)[0])
            theta[at] = left_point
            f_left = nn.compute_loss(Y, nn.forward(X)[0])
            theta[at] = saved
            g_n[at] = (f_right - f_left) / (right_point - left_point)
        g_a = analytic["d" + name]
        deviation[name] = norm(g_a - g_n) / max(norm(g_a) + norm(g_n), TINY)
    return deviation


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng(20240502)
        self.W1 = rng.standard_normal((hidden1_size, input_size)) / np.sqrt(4 * input_size)
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = rng.standard_normal((hidden2_size, hidden1_size)) / np.sqrt(4 * hidden1_size)
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = rng.standard_normal((output_size, hidden2_size)) / np.sqrt(4 * hidden2_size)
        self.b3 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.fmax(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.fmax(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = expit(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        P = np.clip(A3, ULP, 1.0 - ULP)
        return float(-(Y * np.log(P) + (1.0 - Y) * np.log1p(-P)).sum() / Y.shape[1])

    def backward(self, Y, cache):
        one = np.ones((Y.shape[1], 1))
        R3 = (cache["A3"] - Y) / Y.shape[1]
        R2 = (self.W3.T @ R3) * np.heaviside(cache["Z2"], 0.0)
        R1 = (self.W2.T @ R2) * np.heaviside(cache["Z1"], 0.0)
        return {"dW3": R3 @ cache["A2"].T, "db3": R3 @ one,
                "dW2": R2 @ cache["A1"].T, "db2": R2 @ one,
                "dW1": R1 @ cache["X"].T, "db1": R1 @ one}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.full(num_iterations, np.nan)
        for n in range(num_iterations):
            A3, cache = self.forward(X)
            losses[n] = self.compute_loss(Y, A3)
            if n % print_every == 0:
                print(f"n = {n:6d}   loss = {losses[n]:.10e}")
            self.update_parameters(self.backward(Y, cache))
        return list(losses)

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    # (p + q)^2 + (p - q)^2 = 2 p^2 + 2 q^2: no cancellation this way
    return 4 * w1 * x1 * x1, 4 * w2 * x2 * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    p = w * x
    L = (p[0] + p[1]) ** 2 + (p[0] - p[1]) ** 2
    (g,) = torch.autograd.grad(L, w)
    return g[0].item(), g[1].item()


def autograd_linear(x, w, b):
    v = torch.tensor([x, w, b], dtype=torch.float64, requires_grad=True)
    (v[1] * v[0] + v[2]).backward()
    return tuple(v.grad.tolist())


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        theta = scale * torch.randn(*shape, generator=generator)
    return theta.requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [t.detach().clone().requires_grad_(True) for t in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        A1 = torch.relu(torch.addmm(theta[1].expand(-1, X.shape[1]), theta[0], X))
        A2 = torch.sigmoid(torch.addmm(theta[3].expand(-1, X.shape[1]), theta[2], A1))
        loss = torch.linalg.norm(A2 - Y) ** 2 / Y.numel()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in theta:
                t.add_(t.grad, alpha=-learning_rate)
                t.grad.zero_()
    return losses


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y, reduction="mean")
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
