"""
Backpropagation from scratch
============================

A complete, well-documented implementation of the exercise:

* Scalar chain-rule warm-ups
* A two-layer network (ReLU hidden layer, sigmoid output) in NumPy
* Numerical gradient checking
* A three-layer extension
* The PyTorch autograd counterparts
"""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

EPS = 1e-12  # keeps the logarithms finite


# ---------------------------------------------------------------------------
# Warm-up
# ---------------------------------------------------------------------------
def chain_rule(x: float) -> Dict[str, float]:
    """Differentiate f(x) = (2x + 1)^3 using the chain rule."""
    # Step 1: Forward pass
    u = 2 * x + 1
    f = u ** 3

    # Step 2: Local derivatives
    du_dx = 2.0
    df_du = 3 * u ** 2

    # Step 3: Chain rule
    df_dx = df_du * du_dx

    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_dx}


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    """Forward and backward pass through a = w x, z = a + b, L = z^2."""
    # Forward pass
    a = w * x
    z = a + b
    L = z ** 2

    # Backward pass (reverse order)
    dL_dz = 2 * z
    dL_da = dL_dz * 1.0
    dL_db = dL_dz * 1.0
    dL_dw = dL_da * x
    dL_dx = dL_da * w

    return {
        "a": a,
        "z": z,
        "L": L,
        "dL_dz": dL_dz,
        "dL_da": dL_da,
        "dL_dw": dL_dw,
        "dL_dx": dL_dx,
        "dL_db": dL_db,
    }


def _stable_sigmoid(Z) -> np.ndarray:
    """Numerically stable sigmoid."""
    Z = np.asarray(Z, dtype=np.float64)
    out = np.empty_like(Z)
    positive = Z >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-Z[positive]))
    exp_z = np.exp(Z[~positive])
    out[~positive] = exp_z / (1.0 + exp_z)
    return out


def single_neuron(x: np.ndarray, w: np.ndarray, b: float, y: float) -> Dict[str, object]:
    """Forward and backward pass of one sigmoid neuron with a halved squared error."""
    # Forward pass
    z = float(np.dot(w, x) + b)
    a = float(_stable_sigmoid(z))
    L = 0.5 * (y - a) ** 2

    # Backward pass
    dL_da = -(y - a)
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz
    dL_dw = dL_dz * np.asarray(x)
    dL_db = dL_dz

    return {
        "z": z,
        "a": a,
        "L": L,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dw,
        "dL_db": dL_db,
    }


# ---------------------------------------------------------------------------
# Two-layer network
# ---------------------------------------------------------------------------
class NeuralNetworkWithBackprop:
    """A two-layer network: ReLU hidden layer, sigmoid output layer."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        # He-style initialization, kept small
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size) * 0.5
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(1.0 / hidden_size) * 0.5
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z: np.ndarray) -> np.ndarray:
        """ReLU activation."""
        return np.maximum(0, Z)

    def relu_derivative(self, Z: np.ndarray) -> np.ndarray:
        """Derivative of ReLU (0 at 0)."""
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z: np.ndarray) -> np.ndarray:
        """Sigmoid activation."""
        return _stable_sigmoid(Z)

    def sigmoid_derivative(self, Z: np.ndarray) -> np.ndarray:
        """Derivative of the sigmoid with respect to its pre-activation."""
        s = _stable_sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X: np.ndarray) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
        """Forward pass; returns the output and everything backward needs."""
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y: np.ndarray, A2: np.ndarray) -> float:
        """Binary cross-entropy loss."""
        m = Y.shape[1]
        A2 = np.clip(A2, EPS, 1.0 - EPS)
        return float(-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m)

    def backward(self, Y: np.ndarray, cache: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
        """Backward pass."""
        m = Y.shape[1]

        # Output layer: sigmoid + cross-entropy simplify to A2 - Y
        dZ2 = (cache["A2"] - Y) / m
        dW2 = dZ2 @ cache["A1"].T
        db2 = np.sum(dZ2, axis=1, keepdims=True)

        # Hidden layer
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1 = dZ1 @ cache["X"].T
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients: Dict[str, np.ndarray]) -> None:
        """Vanilla gradient descent step."""
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X: np.ndarray, Y: np.ndarray, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        """Full-batch training loop."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if print_every and iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | Loss: {loss:.6f}")
        return losses

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Hard class predictions."""
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


# ---------------------------------------------------------------------------
# Gradient checking
# ---------------------------------------------------------------------------
def _relative_error(analytic: np.ndarray, numeric: np.ndarray) -> float:
    """||a - n|| / (||a|| + ||n||), with 0/0 := 0."""
    denominator = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    if denominator == 0.0:
        return 0.0
    return float(np.linalg.norm(analytic - numeric) / denominator)


def _run_gradient_check(network, X, Y, epsilon: float, max_elements: Optional[int]) -> Dict[str, float]:
    """Shared implementation of both gradient checks."""
    _, cache = network.forward(X)
    gradients = network.backward(Y, cache)

    errors: Dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(network, name)
        flat_indices = np.arange(param.size)
        if max_elements is not None and param.size > max_elements:
            flat_indices = np.random.default_rng(0).choice(param.size, size=max_elements, replace=False)

        numeric = np.zeros(len(flat_indices))
        analytic = np.zeros(len(flat_indices))
        for position, flat_index in enumerate(flat_indices):
            index = np.unravel_index(flat_index, param.shape)
            original = param[index]
            try:
                param[index] = original + epsilon
                loss_plus = network.compute_loss(Y, network.forward(X)[0])
                param[index] = original - epsilon
                loss_minus = network.compute_loss(Y, network.forward(X)[0])
            finally:
                param[index] = original  # always restore
            numeric[position] = (loss_plus - loss_minus) / (2.0 * epsilon)
            analytic[position] = gradients[f"d{name}"][index]

        errors[name] = _relative_error(analytic, numeric)
    return errors


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Gradient check on up to ten elements of each parameter."""
    return _run_gradient_check(nn, X, Y, epsilon, max_elements=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Gradient check on every element of each parameter."""
    return _run_gradient_check(nn, X, Y, epsilon, max_elements=None)


# ---------------------------------------------------------------------------
# Three-layer network
# ---------------------------------------------------------------------------
class ThreeLayerNetwork:
    """Two ReLU hidden layers and a sigmoid output layer."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * np.sqrt(2.0 / input_size) * 0.5
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * np.sqrt(2.0 / hidden1_size) * 0.5
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * np.sqrt(1.0 / hidden2_size) * 0.5
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X: np.ndarray) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
        """Forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _stable_sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y: np.ndarray, A3: np.ndarray) -> float:
        """Binary cross-entropy loss."""
        m = Y.shape[1]
        A3 = np.clip(A3, EPS, 1.0 - EPS)
        return float(-np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m)

    def backward(self, Y: np.ndarray, cache: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
        """Backward pass through all three layers."""
        m = Y.shape[1]

        # Layer 3 (output)
        dZ3 = (cache["A3"] - Y) / m
        dW3 = dZ3 @ cache["A2"].T
        db3 = np.sum(dZ3, axis=1, keepdims=True)

        # Layer 2
        dA2 = self.W3.T @ dZ3
        dZ2 = dA2 * (cache["Z2"] > 0)
        dW2 = dZ2 @ cache["A1"].T
        db2 = np.sum(dZ2, axis=1, keepdims=True)

        # Layer 1
        dA1 = self.W2.T @ dA2
        dZ1 = dA1 * (cache["Z1"] > 0)
        dW1 = dZ1 @ cache["X"].T
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients: Dict[str, np.ndarray]) -> None:
        """Vanilla gradient descent step."""
        for layer in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{layer}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X, Y, num_iterations=1000, print_every=100) -> List[float]:
        """Full-batch training loop."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            self.update_parameters(self.backward(Y, cache))
            if print_every and iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | Loss: {loss:.6f}")
        return losses

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Hard class predictions."""
        A3, _ = self.forward(X)
        return (A3 > 0.5).astype(int)


# ---------------------------------------------------------------------------
# Autograd
# ---------------------------------------------------------------------------
def two_squares(w1, w2, x1, x2):
    """Hand-derived gradient."""
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    """Autograd gradient."""
    w1_t = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2_t = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    s = w1_t * x1 + w2_t * x2
    d = w1_t * x1 - w2_t * x2
    loss = s ** 2 + d ** 2
    loss.backward()
    return w1_t.grad, w2_t.grad


def autograd_linear(x, w, b):
    """Autograd gradient of y = w x + b."""
    x_t = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w_t = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b_t = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = w_t * x_t + b_t
    y.backward()
    return x_t.grad, w_t.grad, b_t.grad


def leaf_parameters(shape, scale, generator):
    """Random leaf tensor."""
    data = torch.randn(*shape, generator=generator) * scale
    return data.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Train with autograd on the mean squared error."""
    params = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    W1, b1, W2, b2 = params
    losses: List[float] = []
    for _ in range(num_iterations):
        # Forward
        A1 = F.relu(W1 @ X + b1)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        loss = F.mse_loss(A2, Y)
        losses.append(loss.item())

        # Backward
        for p in params:
            p.grad = None
        loss.backward()

        # Update
        with torch.no_grad():
            for p in params:
                p.sub_(learning_rate * p.grad)
    return losses


def gradient_flow(model: nn.Module, X: torch.Tensor, Y: torch.Tensor) -> List[float]:
    """Mean absolute weight gradient of each linear layer."""
    model.zero_grad(set_to_none=True)
    loss = F.binary_cross_entropy(model(X), Y)
    loss.backward()
    return [
        module.weight.grad.abs().mean().item()
        for module in model.modules()
        if isinstance(module, nn.Linear)
    ]
