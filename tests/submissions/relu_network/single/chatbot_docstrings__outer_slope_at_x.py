"""Backpropagation assignment solution.

This module provides a clean, well-documented implementation of all required components.
"""
from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy as np
import torch
import torch.nn as tnn

Array = np.ndarray
_CLIP: float = 1e-15


def chain_rule(x: float) -> Dict[str, float]:
    """Compute f(x) = (2x + 1)^3 and its derivative via the chain rule."""
    # Step 1: Inner function
    inner = 2 * x + 1
    # Step 2: Outer function
    outer = inner ** 3
    # Step 3: Local derivatives
    d_inner = 2
    d_outer = 3 * x ** 2
    # Step 4: Combine them
    return {"f": outer, "u": inner, "du_dx": d_inner, "df_du": d_outer, "df_dx": d_outer * d_inner}


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    """Forward and backward through a tiny graph."""
    # Forward pass
    product = w * x
    total = product + b
    loss = total ** 2
    # Backward pass
    d_total = 2.0 * total
    d_product = d_total
    return {
        "a": product, "z": total, "L": loss,
        "dL_dz": d_total, "dL_da": d_product, "dL_dw": d_product * x, "dL_dx": d_product * w, "dL_db": d_total,
    }


def single_neuron(x: Array, w: Array, b: float, y: float) -> Dict[str, Any]:
    """A single sigmoid neuron with squared loss."""
    pre_activation = np.dot(w, x) + b
    activation = 1.0 / (1.0 + np.exp(-pre_activation))
    loss_value = 0.5 * (y - activation) ** 2
    grad_activation = activation - y
    local_sigmoid = activation * (1.0 - activation)
    grad_pre = grad_activation * local_sigmoid
    return {
        "z": pre_activation, "a": activation, "L": loss_value, "dL_da": grad_activation,
        "da_dz": local_sigmoid, "dL_dz": grad_pre, "dL_db": grad_pre, "dL_dw": grad_pre * x,
    }


class NeuralNetworkWithBackprop:
    """Two-layer perceptron: ReLU hidden layer, sigmoid output layer."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        """Initialise parameters with He-style scaling."""
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(2.0 / hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z: Array) -> Array:
        """Apply ReLU element-wise."""
        return np.maximum(0, Z)

    def relu_derivative(self, Z: Array) -> Array:
        """Return 1.0 where Z > 0 and 0.0 elsewhere."""
        return (Z > 0).astype(float)

    def sigmoid(self, Z: Array) -> Array:
        """Numerically robust sigmoid (input clipped to avoid overflow)."""
        Z = np.clip(Z, -500, 500)
        return 1.0 / (1.0 + np.exp(-Z))

    def sigmoid_derivative(self, Z: Array) -> Array:
        """Derivative of the sigmoid."""
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X: Array) -> Tuple[Array, Dict[str, Array]]:
        """Run the forward pass and store intermediates."""
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y: Array, A2: Array) -> float:
        """Binary cross-entropy."""
        num_samples = Y.shape[1]
        A2_safe = np.clip(A2, _CLIP, 1.0 - _CLIP)
        log_probs = Y * np.log(A2_safe) + (1.0 - Y) * np.log(1.0 - A2_safe)
        return float(-np.sum(log_probs) / num_samples)

    def backward(self, Y: Array, cache: Dict[str, Array]) -> Dict[str, Array]:
        """Backpropagate the loss."""
        num_samples = Y.shape[1]
        # Output layer
        dZ2 = cache["A2"] - Y
        dW2 = np.dot(dZ2, cache["A1"].T) / num_samples
        db2 = np.sum(dZ2, axis=1, keepdims=True) / num_samples
        # Hidden layer
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = dA1 * self.relu_derivative(cache["Z1"])
        dW1 = np.dot(dZ1, cache["X"].T) / num_samples
        db1 = np.sum(dZ1, axis=1, keepdims=True) / num_samples
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients: Dict[str, Array]) -> None:
        """Vanilla gradient descent."""
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        """Training loop."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if iteration % print_every == 0:
                print(f"Iteration {iteration}: loss = {loss:.4f} 🚀")
        return losses

    def predict(self, X: Array) -> Array:
        """Threshold probabilities at 0.5."""
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def _numerical_vs_analytical(nn, X, Y, epsilon, max_elements=None) -> Dict[str, float]:
    """Shared implementation of both checks."""
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    results: Dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        flat_indices = np.arange(param.size)
        if max_elements is not None and param.size > max_elements:
            flat_indices = np.random.default_rng(42).choice(param.size, max_elements, replace=False)
        analytical, numerical = [], []
        for flat in flat_indices:
            idx = np.unravel_index(flat, param.shape)
            original = param[idx]
            param[idx] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            param[idx] = original  # restore
            numerical.append((loss_plus - loss_minus) / (2 * epsilon))
            analytical.append(gradients[f"d{name}"][idx])
        analytical, numerical = np.array(analytical), np.array(numerical)
        numerator = np.linalg.norm(analytical - numerical)
        denominator = np.linalg.norm(analytical) + np.linalg.norm(numerical)
        results[name] = float(numerator / max(denominator, 1e-30))
    return results


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Check a subset of the parameters."""
    return _numerical_vs_analytical(nn, X, Y, epsilon, max_elements=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Check every parameter."""
    return _numerical_vs_analytical(nn, X, Y, epsilon)


class ThreeLayerNetwork:
    """Three-layer perceptron."""

    def __init__(self, input_size: int, hidden1_size: int, hidden2_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden1_size, input_size) * 0.1
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.randn(hidden2_size, hidden1_size) * 0.1
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.randn(output_size, hidden2_size) * 0.1
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X: Array) -> Tuple[Array, Dict[str, Array]]:
        """Forward pass."""
        Z1 = np.dot(self.W1, X) + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(self.W2, A1) + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = np.dot(self.W3, A2) + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y: Array, A3: Array) -> float:
        """Binary cross-entropy."""
        A3_safe = np.clip(A3, _CLIP, 1.0 - _CLIP)
        return float(-np.sum(Y * np.log(A3_safe) + (1.0 - Y) * np.log(1.0 - A3_safe)) / Y.shape[1])

    def backward(self, Y: Array, cache: Dict[str, Array]) -> Dict[str, Array]:
        """Backward pass."""
        num_samples = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dZ2 = np.dot(self.W3.T, dZ3) * (cache["Z2"] > 0)
        dZ1 = np.dot(self.W2.T, dZ2) * (cache["Z1"] > 0)
        grads: Dict[str, Array] = {}
        for index, (dZ, previous) in enumerate([(dZ1, cache["X"]), (dZ2, cache["A1"]), (dZ3, cache["A2"])], start=1):
            grads[f"dW{index}"] = np.dot(dZ, previous.T) / num_samples
            grads[f"db{index}"] = np.sum(dZ, axis=1, keepdims=True) / num_samples
        return grads

    def update_parameters(self, gradients: Dict[str, Array]) -> None:
        """Vanilla gradient descent."""
        for index in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{index}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        """Training loop."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if iteration % print_every == 0:
                print(f"Iteration {iteration}: loss = {losses[-1]:.4f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X: Array) -> Array:
        """Threshold probabilities at 0.5."""
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> Tuple[float, float]:
    """Manual gradient."""
    sum_term = w1 * x1 + w2 * x2
    diff_term = w1 * x1 - w2 * x2
    grad_w1 = 2 * sum_term * x1 + 2 * diff_term * x1
    grad_w2 = 2 * sum_term * x2 - 2 * diff_term * x2
    return grad_w1, grad_w2


def two_squares_autograd(w1: float, w2: float, x1: float, x2: float):
    """Gradient via autograd."""
    w1_t = torch.tensor(w1, requires_grad=True, dtype=torch.float64)
    w2_t = torch.tensor(w2, requires_grad=True, dtype=torch.float64)
    loss = (w1_t * x1 + w2_t * x2) ** 2 + (w1_t * x1 - w2_t * x2) ** 2
    loss.backward()
    return w1_t.grad.item(), w2_t.grad.item()


def autograd_linear(x: float, w: float, b: float):
    """Gradient of a line via autograd."""
    x_t, w_t, b_t = (torch.tensor(v, requires_grad=True, dtype=torch.float64) for v in (x, w, b))
    y = w_t * x_t + b_t
    y.backward()
    return x_t.grad.item(), w_t.grad.item(), b_t.grad.item()


def leaf_parameters(shape, scale, generator) -> torch.Tensor:
    """Create a trainable leaf tensor."""
    data = torch.randn(*shape, generator=generator) * scale
    return data.clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations) -> List[float]:
    """Train with PyTorch autograd."""
    params = [p.clone().detach().requires_grad_(True) for p in (W1, b1, W2, b2)]
    losses: List[float] = []
    for _ in range(num_iterations):
        hidden = torch.relu(params[0] @ X + params[1])
        prediction = torch.sigmoid(params[2] @ hidden + params[3])
        loss = torch.mean((prediction - Y) ** 2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return losses


def gradient_flow(model: tnn.Module, X: torch.Tensor, Y: torch.Tensor) -> List[float]:
    """Mean absolute gradient per linear layer."""
    model.zero_grad()
    loss = tnn.BCELoss()(model(X), Y)
    loss.backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, tnn.Linear)]
