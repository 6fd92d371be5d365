"""
Backpropagation from scratch
============================

Complete implementation of the exercise:

* chain rule and computational graphs,
* a two-layer and a three-layer network (NumPy),
* numerical gradient checking,
* the same ideas with PyTorch's autograd.
"""
from __future__ import annotations

from typing import Any, Dict, List, Tuple

import numpy as np
import torch
import torch.nn.functional as F

Array = np.ndarray
EPS = 1e-15


def chain_rule(x: float) -> Dict[str, float]:
    """Evaluate f(x) = (2x + 1)^3 and its derivative via the chain rule."""
    u = 2 * x + 1          # inner function
    f = u ** 3             # outer function
    du_dx = 2              # derivative of the inner function
    df_du = 3 * u ** 2     # derivative of the outer function
    return {"f": f, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w: float, x: float, b: float) -> Dict[str, float]:
    """Forward and backward pass of L = (w x + b)^2."""
    # ---- forward ----
    a = w * x
    z = a + b
    loss = z ** 2

    # ---- backward ----
    dL_dz = 2 * z
    dL_da = dL_dz          # dz/da = 1
    dL_db = dL_dz          # dz/db = 1
    dL_dw = dL_da * x      # da/dw = x
    dL_dx = dL_da * w      # da/dx = w

    return {
        "a": a,
        "z": z,
        "L": loss,
        "dL_dz": dL_dz,
        "dL_da": dL_da,
        "dL_dw": dL_dw,
        "dL_dx": dL_dx,
        "dL_db": dL_db,
    }


def single_neuron(x: Array, w: Array, b: float, y: float) -> Dict[str, Any]:
    """A sigmoid neuron with a squared-error loss."""
    z = float(np.dot(w, x) + b)
    a = 1.0 / (1.0 + np.exp(-z))
    loss = 0.5 * (y - a) ** 2

    dL_da = a - y
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz

    return {
        "z": z,
        "a": a,
        "L": loss,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_dw": dL_dz * np.asarray(x),
        "dL_db": dL_dz,
    }


class NeuralNetworkWithBackprop:
    """A two-layer neural network: ReLU hidden layer, sigmoid output layer."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01) -> None:
        """Initialise the parameters (He initialisation for the hidden layer)."""
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2.0 / input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(1.0 / hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z: Array) -> Array:
        """ReLU activation."""
        return np.maximum(Z, 0)

    def relu_derivative(self, Z: Array) -> Array:
        """Derivative of ReLU (0 at Z = 0)."""
        return np.where(np.asarray(Z) > 0, 1.0, 0.0)

    def sigmoid(self, Z: Array) -> Array:
        """Numerically stable sigmoid."""
        Z = np.asarray(Z, dtype=float)
        return 0.5 * (1.0 + np.tanh(0.5 * Z))

    def sigmoid_derivative(self, Z: Array) -> Array:
        """Derivative of the sigmoid at the pre-activation Z."""
        s = self.sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X: Array) -> Tuple[Array, Dict[str, Array]]:
        """Forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y: Array, A2: Array) -> float:
        """Binary cross-entropy, summed over outputs, averaged over samples."""
        m = Y.shape[1]
        A2 = np.clip(A2, EPS, 1.0 - EPS)
        return float(-np.sum(Y * np.log(A2) + (1.0 - Y) * np.log(1.0 - A2)) / m)

    def backward(self, Y: Array, cache: Dict[str, Array]) -> Dict[str, Array]:
        """Backward pass.

        Steps:
            1. error at the output layer,
            2. gradients of W2 and b2,
            3. propagate the error to the hidden layer,
            4. gradients of W1 and b1.
        """
        X, Z1, A1, Z2, A2 = (cache[key] for key in ("X", "Z1", "A1", "Z2", "A2"))
        m = X.shape[1]

        # Step 1: error at the output layer
        dZ2 = (A2 - Y) * self.sigmoid_derivative(Z2)

        # Step 2: gradients of the output layer
        dW2 = (dZ2 @ A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m

        # Step 3: propagate the error back through W2 and the ReLU
        dA1 = self.W2.T @ dZ2
        dZ1 = dA1 * self.relu_derivative(Z1)

        # Step 4: gradients of the hidden layer
        dW1 = (dZ1 @ X.T) / m
        db1 = np.sum(dZ1) / m

        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients: Dict[str, Array]) -> None:
        """Gradient-descent step."""
        self.W1 -= self.learning_rate * gradients["dW1"]
        self.b1 -= self.learning_rate * gradients["db1"]
        self.W2 -= self.learning_rate * gradients["dW2"]
        self.b2 -= self.learning_rate * gradients["db2"]

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        """Full-batch gradient descent."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)

            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)

            if print_every and iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {loss:.6f}")
        return losses

    def predict(self, X: Array) -> Array:
        """Class predictions (0 or 1)."""
        A2, _ = self.forward(X)
        return (A2 > 0.5).astype(int)


def _relative_error(analytic: Array, numeric: Array) -> float:
    """Norm of the difference relative to the sum of the norms."""
    denominator = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    if denominator == 0.0:
        return 0.0
    return float(np.linalg.norm(analytic - numeric) / denominator)


def _check(nn: Any, X: Array, Y: Array, epsilon: float, limit: int | None) -> Dict[str, float]:
    """Shared implementation of the two gradient checks."""
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors: Dict[str, float] = {}

    for name in ("W1", "b1", "W2", "b2"):
        parameter = getattr(nn, name)
        indices = list(np.ndindex(*parameter.shape))
        if limit is not None and len(indices) > limit:
            chosen = np.random.default_rng(0).choice(len(indices), size=limit, replace=False)
            indices = [indices[c] for c in chosen]

        gradient = np.broadcast_to(gradients[f"d{name}"], parameter.shape)
        analytic, numeric = [], []
        for index in indices:
            original = parameter[index]

            parameter[index] = original + epsilon
            loss_plus = nn.compute_loss(Y, nn.forward(X)[0])

            parameter[index] = original - epsilon
            loss_minus = nn.compute_loss(Y, nn.forward(X)[0])

            parameter[index] = original
            numeric.append((loss_plus - loss_minus) / (2.0 * epsilon))
            analytic.append(gradient[index])

        errors[name] = _relative_error(np.array(analytic), np.array(numeric))
    return errors


def gradient_check(nn: Any, X: Array, Y: Array, epsilon: float = 1e-05) -> Dict[str, float]:
    """Gradient check on up to ten elements of each parameter."""
    return _check(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn: Any, X: Array, Y: Array, epsilon: float = 1e-05) -> Dict[str, float]:
    """Gradient check on every element of each parameter."""
    return _check(nn, X, Y, epsilon, limit=None)


class ThreeLayerNetwork:
    """Two ReLU hidden layers and a sigmoid output layer."""

    def __init__(self, input_size: int, hidden1_size: int, hidden2_size: int, output_size: int,
                 learning_rate: float = 0.01) -> None:
        """Initialise the parameters."""
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            setattr(self, f"W{layer}", np.random.randn(fan_out, fan_in) * np.sqrt(1.0 / fan_in))
            setattr(self, f"b{layer}", np.zeros((fan_out, 1)))

    def forward(self, X: Array) -> Tuple[Array, Dict[str, Array]]:
        """Forward pass."""
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = 0.5 * (1.0 + np.tanh(0.5 * Z3))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y: Array, A3: Array) -> float:
        """Binary cross-entropy."""
        A3 = np.clip(A3, EPS, 1.0 - EPS)
        return float(-np.sum(Y * np.log(A3) + (1.0 - Y) * np.log(1.0 - A3)) / Y.shape[1])

    def backward(self, Y: Array, cache: Dict[str, Array]) -> Dict[str, Array]:
        """Backward pass."""
        m = Y.shape[1]
        dZ3 = cache["A3"] - Y
        dZ2 = (self.W3.T @ dZ3) * (cache["Z2"] > 0)
        dZ1 = (self.W2.T @ dZ2) * (cache["Z1"] > 0)
        return {
            "dW3": dZ3 @ cache["A2"].T / m,
            "db3": dZ3.sum(axis=1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m,
            "db2": dZ2.sum(axis=1, keepdims=True) / m,
            "dW1": dZ1 @ cache["X"].T / m,
            "db1": dZ1.sum(axis=1, keepdims=True) / m,
        }

    def update_parameters(self, gradients: Dict[str, Array]) -> None:
        """Gradient-descent step."""
        for layer in (1, 2, 3):
            for kind in ("W", "b"):
                name = f"{kind}{layer}"
                setattr(self, name, getattr(self, name) - self.learning_rate * gradients[f"d{name}"])

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> List[float]:
        """Full-batch gradient descent."""
        losses: List[float] = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            self.update_parameters(self.backward(Y, cache))
            if print_every and iteration % print_every == 0:
                print(f"Iteration {iteration:5d} | loss = {losses[-1]:.6f}")
        return losses

    def predict(self, X: Array) -> Array:
        """Class predictions (0 or 1)."""
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> Tuple[float, float]:
    """Derivatives by hand; the mixed terms cancel."""
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1: float, w2: float, x1: float, x2: float) -> Tuple[torch.Tensor, torch.Tensor]:
    """The same derivatives with autograd."""
    tw1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    tw2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    loss = (tw1 * x1 + tw2 * x2) ** 2 + (tw1 * x1 - tw2 * x2) ** 2
    return torch.autograd.grad(loss, (tw1, tw2))


def autograd_linear(x: float, w: float, b: float) -> Tuple[torch.Tensor, ...]:
    """Derivatives of y = w x + b with autograd."""
    tx, tw, tb = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    return torch.autograd.grad(tw * tx + tb, (tx, tw, tb))


def leaf_parameters(shape: tuple, scale: float, generator: torch.Generator) -> torch.Tensor:
    """A scaled, normally distributed leaf tensor."""
    values = scale * torch.randn(*shape, generator=generator)
    return values.detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations) -> List[float]:
    """Train on the mean squared error with autograd."""
    params = [p.detach().clone().requires_grad_(True) for p in (W1, b1, W2, b2)]
    losses: List[float] = []
    for _ in range(num_iterations):
        w1, c1, w2, c2 = params
        hidden = torch.relu(w1 @ X + c1)
        output = torch.sigmoid(w2 @ hidden + c2)
        loss = F.mse_loss(output, Y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= learning_rate * g
    return losses


def gradient_flow(model: torch.nn.Module, X: torch.Tensor, Y: torch.Tensor) -> List[float]:
    """Mean absolute weight gradient of every linear layer."""
    model.zero_grad()
    F.binary_cross_entropy(model(X), Y).backward()
    return [
        module.weight.grad.abs().mean().item()
        for module in model.modules()
        if isinstance(module, torch.nn.Linear)
    ]


if __name__ == "__main__":
    np.random.seed(42)
    X_demo = np.random.randn(3, 20)
    Y_demo = (X_demo[:1] + X_demo[1:2] > 0).astype(float)
    net = NeuralNetworkWithBackprop(3, 5, 1, learning_rate=0.5)
    net.train(X_demo, Y_demo, num_iterations=20, print_every=10)
    print("accuracy:", np.mean(net.predict(X_demo) == Y_demo))
