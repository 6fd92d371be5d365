"""
Backpropagation from scratch
============================

Complete solution: chain rule, computational graph, a two-layer and a three-layer network,
gradient checking and the PyTorch counterparts.
"""
from __future__ import annotations

from typing import Dict, List, Tuple

import numpy as np
import torch
import torch.nn.functional as F

Array = np.ndarray
_EPS = 1e-12


def chain_rule(x: float) -> Dict[str, float]:
    """f(x) = (2x + 1)^3 and its derivative via the chain rule."""
    # Forward
    u = 2 * x + 1
    f = u**3

    # Backward
    du_dx = 2.0
    df_du = 3 * u**2
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du * du_dx)


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    """Forward and backward pass through a = w*x, z = a + b, L = z^2."""
    # Forward pass
    a = w * x
    z = a + b
    L = z**2

    # Backward pass (reverse order)
    dL_dz = 2 * z
    dL_da = dL_dz          # dz/da = 1
    dL_db = dL_dz          # dz/db = 1
    dL_dw = dL_da * x      # da/dw = x
    dL_dx = dL_da * w      # da/dx = w
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def single_neuron(x: Array, w: Array, b: float, y: float) -> Dict[str, object]:
    """A single sigmoid neuron with squared loss."""
    # Forward pass
    z = float(np.dot(w, x)) + b
    a = float(1.0 / (1.0 + np.exp(-z)))
    L = 0.5 * (y - a) ** 2

    # Backward pass
    dL_da = a - y
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": L,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dz * np.asarray(x),
        "dL_db": dL_dz,
    }


class NeuralNetworkWithBackprop:
    """Two-layer network (ReLU hidden layer, sigmoid output) trained by gradient descent."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        # He initialisation for the ReLU layer, Xavier for the sigmoid layer
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size) * 0.5
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(1.0 / hidden_size) * 0.5
        self.b2 = np.zeros((output_size, 1))

    # ------------------------------------------------------------------ activations
    def relu(self, Z: Array) -> Array:
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z: Array) -> Array:
        return np.where(Z > 0, 1.0, 0.0)

    def sigmoid(self, Z: Array) -> Array:
        Z = np.clip(Z, -500, 500)  # avoid overflow in exp
        return 1.0 / (1.0 + np.exp(-Z))

    def sigmoid_derivative(self, Z: Array) -> Array:
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    # ------------------------------------------------------------------ passes
    def forward(self, X: Array) -> Tuple[Array, Dict[str, Array]]:
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y: Array, A2: Array) -> float:
        m = Y.shape[1]
        A2 = np.clip(A2, _EPS, 1 - _EPS)  # avoid log(0)
        loss = -(1.0 / m) * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        return float(loss)

    def backward(self, Y: Array, cache: Dict[str, Array]) -> Dict[str, Array]:
        m = Y.shape[1]

        # Output layer: for sigmoid + cross-entropy the gradient simplifies to A2 - Y
        error = cache["A2"] - Y
        dZ2 = error / m
        dW2 = np.dot(dZ2, cache["A1"].T)
        db2 = np.sum(dZ2, axis=1, keepdims=True)

        # Hidden layer: propagate the error back through W2 and the ReLU
        dA1 = np.dot(self.W2.T, error)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1 = np.dot(dZ1, cache["X"].T)
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients: Dict[str, Array]) -> None:
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    # ------------------------------------------------------------------ training
    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        history: List[float] = []
        for iteration in range(num_iterations):
            # 1. forward   2. loss   3. backward   4. update
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            history.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)

            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {loss:.6f}")
        return history

    def predict(self, X: Array) -> Array:
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


# ---------------------------------------------------------------------- gradient checking
def _loss(nn, X: Array, Y: Array) -> float:
    A2, _ = nn.forward(X)
    return nn.compute_loss(Y, A2)


def _central_difference(nn, X: Array, Y: Array, param: Array, idx: tuple, epsilon: float) -> float:
    """(J(theta + eps) - J(theta - eps)) / (2 eps) for a single entry."""
    original = param[idx]
    param[idx] = original + epsilon
    loss_plus = _loss(nn, X, Y)
    param[idx] = original - epsilon
    loss_minus = _loss(nn, X, Y)
    param[idx] = original  # restore
    return (loss_plus - loss_minus) / (2 * epsilon)


def _relative_error(analytic: Array, numeric: Array) -> float:
    numerator = np.linalg.norm(analytic - numeric)
    denominator = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    return float(numerator / denominator) if denominator > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Spot check: up to ten randomly chosen entries of every parameter."""
    rng = np.random.default_rng(0)
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        chosen = rng.choice(param.size, size=min(10, param.size), replace=False)
        indices = [np.unravel_index(c, param.shape) for c in chosen]
        numeric = np.array([_central_difference(nn, X, Y, param, idx, epsilon) for idx in indices])
        analytic = np.array([grads[f"d{name}"][idx] for idx in indices])
        errors[name] = _relative_error(analytic, numeric)
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Full check: every entry of every parameter."""
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        numeric = np.zeros_like(param)
        for idx in np.ndindex(*param.shape):
            numeric[idx] = _central_difference(nn, X, Y, param, idx, epsilon)
        errors[name] = _relative_error(grads[f"d{name}"], numeric)
    return errors


class ThreeLayerNetwork:
    """Three-layer network (two ReLU hidden layers, sigmoid output)."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        A3 = np.clip(A3, _EPS, 1 - _EPS)
        return float(-(1.0 / m) * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)))

    def backward(self, Y, cache):
        m = Y.shape[1]

        # Layer 3 (output)
        dZ3 = (cache["A3"] - Y) / m
        dW3 = np.dot(dZ3, cache["A2"].T)
        db3 = np.sum(dZ3, axis=1, keepdims=True)

        # Layer 2
        dZ2 = np.dot(self.W3.T, dZ3) * np.where(cache["Z2"] > 0, 1.0, 0.0)
        dW2 = np.dot(dZ2, cache["A1"].T)
        db2 = np.sum(dZ2, axis=1, keepdims=True)

        # Layer 1
        dZ1 = np.dot(self.W2.T, dZ2) * np.where(cache["Z1"] > 0, 1.0, 0.0)
        dW1 = np.dot(dZ1, cache["X"].T)
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for layer in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{layer}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            history.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {loss:.6f}")
        return history

    def predict(self, X):
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


# ---------------------------------------------------------------------- PyTorch
def two_squares(w1, w2, x1, x2):
    """Expanding gives L = 2 w1^2 x1^2 + 2 w2^2 x2^2, hence dL/dw_i = 4 w_i x_i^2."""
    return 4 * w1 * x1**2, 4 * w2 * x2**2


def two_squares_autograd(w1, w2, x1, x2):
    w1_t = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2_t = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    loss = (w1_t * x1 + w2_t * x2) ** 2 + (w1_t * x1 - w2_t * x2) ** 2
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x, w, b):
    x_t = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w_t = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b_t = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w_t * x_t + b_t
    y.backward()
    return x_t.grad.item(), w_t.grad.item(), b_t.grad.item()


def leaf_parameters(shape, scale, generator):
    # Scale first, then mark as a leaf that requires a gradient
    return (torch.randn(*shape, generator=generator) * scale).detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(params, lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        hidden = torch.relu(params[0] @ X + params[1])
        output = torch.sigmoid(params[2] @ hidden + params[3])
        loss = F.mse_loss(output, Y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    F.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]


if __name__ == "__main__":
    net = NeuralNetworkWithBackprop(2, 4, 1)
    demo_X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], dtype=float)
    print(gradient_check(net, demo_X, np.array([[0, 1, 1, 0]])))
