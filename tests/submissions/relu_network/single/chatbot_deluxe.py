"""
🚀 Neural Network Homework — Complete Implementation
====================================================

This module provides a *clean*, *well-documented* implementation. Key features:

- ✅ Numerically stable activations
- ✅ Vectorized backpropagation
- ✅ Comprehensive gradient checking
"""
from typing import Any, Dict, List, Tuple

import numpy as np
import torch
import torch.nn.functional as F

# ---------------------------------------------------------------------------
# Constants
# ---------------------------------------------------------------------------
_STABILITY_CONSTANT: float = 1e-12
_PARAMETER_NAMES: Tuple[str, ...] = ("W1", "b1", "W2", "b2")


# ---------------------------------------------------------------------------
# Section 1: Warm-up
# ---------------------------------------------------------------------------
def chain_rule(x: float) -> Dict[str, float]:
    """Step through the composite function one link at a time."""
    # Step 1: inner function
    inner_value = 2 * x + 1
    # Step 2: outer function
    outer_value = inner_value ** 3
    # Step 3: local derivatives
    inner_slope = 2
    outer_slope = 3 * inner_value ** 2
    # Step 4: combine
    return {
        "f": outer_value,
        "u": inner_value,
        "du_dx": inner_slope,
        "df_du": outer_slope,
        "df_dx": outer_slope * inner_slope,
    }


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    """Forward and reverse sweep through a tiny graph."""
    results: Dict[str, float] = {}
    # Forward sweep
    results["a"] = w * x
    results["z"] = results["a"] + b
    results["L"] = results["z"] ** 2
    # Reverse sweep
    results["dL_dz"] = 2 * results["z"]
    results["dL_da"] = results["dL_dz"] * 1.0
    results["dL_dw"] = results["dL_da"] * x
    results["dL_dx"] = results["dL_da"] * w
    results["dL_db"] = results["dL_dz"] * 1.0
    return results


def single_neuron(x: np.ndarray, w: np.ndarray, b: float, y: float) -> Dict[str, Any]:
    """Full forward/backward pass for one neuron."""
    pre_activation = float(np.dot(w, x)) + b
    activation = 1.0 / (1.0 + np.exp(-pre_activation))
    loss = 0.5 * (y - activation) ** 2
    grad_activation = activation - y
    local_slope = activation * (1.0 - activation)
    grad_pre = grad_activation * local_slope
    return {
        "z": pre_activation, "a": activation, "L": loss,
        "dL_da": grad_activation, "da_dz": local_slope, "dL_dz": grad_pre,
        "dL_dw": grad_pre * x, "dL_db": grad_pre,
    }


# ---------------------------------------------------------------------------
# Section 2: Two-layer network
# ---------------------------------------------------------------------------
class NeuralNetworkWithBackprop:
    """A robust and extensible two-layer perceptron."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.01
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.01
        self.b2 = np.zeros((output_size, 1))

    # -- activations --------------------------------------------------------
    def relu(self, Z: np.ndarray) -> np.ndarray:
        return np.maximum(0, Z)

    def relu_derivative(self, Z: np.ndarray) -> np.ndarray:
        return (Z > 0).astype(float)

    def sigmoid(self, Z: np.ndarray) -> np.ndarray:
        # Clip to avoid overflow in exp for extreme values
        clipped = np.clip(Z, -500, 500)
        return 1.0 / (1.0 + np.exp(-clipped))

    def sigmoid_derivative(self, Z: np.ndarray) -> np.ndarray:
        activated = self.sigmoid(Z)
        return activated * (1.0 - activated)

    # -- forward ------------------------------------------------------------
    def forward(self, X: np.ndarray) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
        hidden_pre = self.W1 @ X + self.b1
        hidden_act = self.relu(hidden_pre)
        output_pre = self.W2 @ hidden_act + self.b2
        output_act = self.sigmoid(output_pre)
        cache = {"X": X, "Z1": hidden_pre, "A1": hidden_act, "Z2": output_pre, "A2": output_act}
        return output_act, cache

    # -- loss ---------------------------------------------------------------
    def compute_loss(self, Y: np.ndarray, A2: np.ndarray) -> float:
        if Y.shape != A2.shape:
            raise ValueError(f"Shape mismatch: {Y.shape} vs {A2.shape}")
        # Guard against log(0)
        safe = np.clip(A2, _STABILITY_CONSTANT, 1.0 - _STABILITY_CONSTANT)
        loss = -np.mean(Y * np.log(safe) + (1 - Y) * np.log(1 - safe))
        return float(loss)

    # -- backward -----------------------------------------------------------
    def backward(self, Y: np.ndarray, cache: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
        batch_size = Y.shape[1]
        # Output layer: sigmoid + cross-entropy simplify nicely
        output_error = (cache["A2"] - Y) / batch_size
        # Hidden layer
        hidden_error = (self.W2.T @ output_error) * self.relu_derivative(cache["Z1"])
        return {
            "dW1": hidden_error @ cache["X"].T,
            "db1": np.sum(hidden_error, axis=1, keepdims=True),
            "dW2": output_error @ cache["A1"].T,
            "db2": np.sum(output_error, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients: Dict[str, np.ndarray]) -> None:
        for name in _PARAMETER_NAMES:
            updated = getattr(self, name) - self.learning_rate * gradients[f"d{name}"]
            setattr(self, name, updated)

    def train(self, X: np.ndarray, Y: np.ndarray, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        loss_history: List[float] = []
        for iteration in range(num_iterations):
            predictions, cache = self.forward(X)
            current_loss = float(self.compute_loss(Y, predictions))
            loss_history.append(current_loss)
            if print_every > 0 and iteration % print_every == 0:
                print(f"📉 Iteration {iteration:>5d} | Loss: {current_loss:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return loss_history

    def predict(self, X: np.ndarray) -> np.ndarray:
        probabilities, _ = self.forward(X)
        return (probabilities > 0.5).astype(np.int64)


# ---------------------------------------------------------------------------
# Section 3: Gradient verification
# ---------------------------------------------------------------------------
def _verify(nn: Any, X: np.ndarray, Y: np.ndarray, epsilon: float, limit: int) -> Dict[str, float]:
    """Shared implementation for both public checkers."""
    _, cache = nn.forward(X)
    analytic = nn.backward(Y, cache)
    report: Dict[str, float] = {}
    for name in _PARAMETER_NAMES:
        parameter = getattr(nn, name)
        indices = list(np.ndindex(*parameter.shape))
        if limit and len(indices) > limit:
            generator = np.random.default_rng(42)
            indices = [indices[i] for i in generator.choice(len(indices), size=limit, replace=False)]
        numeric_values, analytic_values = [], []
        for index in indices:
            original = parameter[index]
            parameter[index] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])
            parameter[index] = original  # restore
            numeric_values.append((loss_plus - loss_minus) / (2 * epsilon))
            analytic_values.append(analytic[f"d{name}"][index])
        numeric_vector, analytic_vector = np.array(numeric_values), np.array(analytic_values)
        denominator = np.linalg.norm(numeric_vector) + np.linalg.norm(analytic_vector)
        numerator = np.linalg.norm(numeric_vector - analytic_vector)
        report[name] = float(numerator / denominator) if denominator > 0 else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _verify(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _verify(nn, X, Y, epsilon, limit=0)


# ---------------------------------------------------------------------------
# Section 4: Going deeper
# ---------------------------------------------------------------------------
class ThreeLayerNetwork:
    """Extends the ideas above with a second hidden layer."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        for layer, (rows, columns) in enumerate(
            [(hidden1_size, input_size), (hidden2_size, hidden1_size), (output_size, hidden2_size)], start=1
        ):
            setattr(self, f"W{layer}", np.random.randn(rows, columns) * 0.01)
            setattr(self, f"b{layer}", np.zeros((rows, 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -500, 500)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        safe = np.clip(A3, _STABILITY_CONSTANT, 1.0 - _STABILITY_CONSTANT)
        per_sample = -(Y * np.log(safe) + (1 - Y) * np.log(1 - safe)).sum(axis=0)
        return float(np.mean(per_sample))

    def backward(self, Y, cache):
        batch_size = Y.shape[1]
        error3 = (cache["A3"] - Y) / batch_size
        error2 = (self.W3.T @ error3) * (cache["Z2"] > 0).astype(float)
        error1 = (self.W2.T @ error2) * (cache["Z1"] > 0).astype(float)
        return {
            "dW1": error1 @ cache["X"].T, "db1": error1.sum(axis=1, keepdims=True),
            "dW2": error2 @ cache["A1"].T, "db2": error2.sum(axis=1, keepdims=True),
            "dW3": error3 @ cache["A2"].T, "db3": error3.sum(axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for layer in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{layer}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        loss_history = []
        for iteration in range(num_iterations):
            predictions, cache = self.forward(X)
            loss_history.append(self.compute_loss(Y, predictions))
            if print_every > 0 and iteration % print_every == 0:
                print(f"📉 Iteration {iteration:>5d} | Loss: {loss_history[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return loss_history

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int64)


# ---------------------------------------------------------------------------
# Section 5: PyTorch
# ---------------------------------------------------------------------------
def two_squares(w1, w2, x1, x2):
    sum_term = w1 * x1 + w2 * x2
    difference_term = w1 * x1 - w2 * x2
    grad_w1 = 2 * sum_term * x1 + 2 * difference_term * x1
    grad_w2 = 2 * sum_term * x2 - 2 * difference_term * x2
    return grad_w1, grad_w2


def two_squares_autograd(w1, w2, x1, x2):
    w1_t = torch.tensor(w1, requires_grad=True)
    w2_t = torch.tensor(w2, requires_grad=True)
    loss = (w1_t * x1 + w2_t * x2) ** 2 + (w1_t * x1 - w2_t * x2) ** 2
    loss.backward()
    return w1_t.grad, w2_t.grad


def autograd_linear(x, w, b):
    x_t, w_t, b_t = (torch.tensor(value, requires_grad=True) for value in (x, w, b))
    output = w_t * x_t + b_t
    output.backward()
    return x_t.grad, w_t.grad, b_t.grad


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [tensor.clone().detach().requires_grad_(True) for tensor in (W1, b1, W2, b2)]
    loss_history = []
    for _ in range(num_iterations):
        weights1, bias1, weights2, bias2 = parameters
        predictions = torch.sigmoid(weights2 @ F.relu(weights1 @ X + bias1) + bias2)
        loss = F.mse_loss(predictions, Y)
        loss_history.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for parameter in parameters:
                parameter -= learning_rate * parameter.grad
                parameter.grad.zero_()
    return loss_history


def gradient_flow(model, X, Y):
    model.zero_grad()
    F.binary_cross_entropy(model(X), Y).backward()
    return [module.weight.grad.abs().mean().item() for module in model.modules() if isinstance(module, torch.nn.Linear)]
