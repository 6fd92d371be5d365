from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]


def chain_rule(x: float) -> dict[str, float]:
    u = 2 * x + 1
    df_du = 3 * u**2
    du_dx = 2.0
    return {"f": u**3, "u": u, "du_dx": du_dx, "df_du": df_du, "df_dx": df_du * du_dx}


def computational_graph(w: float, x: float, b: float) -> dict[str, float]:
    a = w * x
    z = a + b
    dL_dz = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z**2,
        "dL_dz": dL_dz,
        "dL_da": dL_dz,
        "dL_dw": dL_dz * x,
        "dL_dx": dL_dz * w,
        "dL_db": dL_dz,
    }


def _sigmoid(z: Array | float) -> Array:
    z = np.asarray(z, dtype=np.float64)
    return np.exp(-np.logaddexp(0.0, -z))


def single_neuron(x: Array, w: Array, b: float, y: float) -> dict[str, float | Array]:
    z = float(w @ x + b)
    a = float(_sigmoid(z))
    dL_da = a - y
    da_dz = a * (1.0 - a)
    dL_dz = dL_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (y - a) ** 2,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": dL_dz,
        "dL_db": dL_dz,
        "dL_dw": dL_dz * x,
    }


def _bce(y_true: Array, y_prob: Array) -> float:
    eps = np.finfo(np.float64).eps
    y_prob = np.clip(y_prob, eps, 1.0 - eps)
    total = np.sum(y_true * np.log(y_prob) + (1.0 - y_true) * np.log1p(-y_prob))
    return float(-total / y_true.shape[1])


def _init(rng: np.random.Generator, fan_out: int, fan_in: int) -> tuple[Array, Array]:
    return rng.normal(0.0, 0.1, size=(fan_out, fan_in)), np.zeros((fan_out, 1))


class NeuralNetworkWithBackprop:
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.01,
    ) -> None:
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.b1 = _init(rng, hidden_size, input_size)
        self.W2, self.b2 = _init(rng, output_size, hidden_size)

    def relu(self, Z: Array) -> Array:
        return np.maximum(0, Z)

    def relu_derivative(self, Z: Array) -> Array:
        return (np.asarray(Z) > 0).astype(np.float64)

    def sigmoid(self, Z: Array) -> Array:
        return _sigmoid(Z)

    def sigmoid_derivative(self, Z: Array) -> Array:
        s = _sigmoid(Z)
        return s * (1.0 - s)

    def forward(self, X: Array) -> tuple[Array, dict[str, Array]]:
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y: Array, A2: Array) -> float:
        return _bce(Y, A2)

    def backward(self, Y: Array, cache: dict[str, Array]) -> dict[str, Array]:
        n_samples = Y.shape[1]
        dL_dZ2 = (cache["A2"] - Y) / n_samples
        dL_dW2 = dL_dZ2 @ cache["A1"].T
        dL_db2 = dL_dZ2.sum(axis=1, keepdims=True)
        dL_dA1 = self.W2.T @ dL_dZ2
        dL_dZ1 = dL_dA1 * self.relu_derivative(cache["Z1"])
        dL_dW1 = dL_dZ1 @ cache["X"].T
        dL_db1 = dL_dZ1.sum(axis=1, keepdims=True)
        return {"dW1": dL_dW1, "db1": dL_db1, "dW2": dL_dW2, "db2": dL_db2}

    def update_parameters(self, gradients: dict[str, Array]) -> None:
        self.W1 = self.W1 - self.learning_rate * gradients["dW1"]
        self.b1 = self.b1 - self.learning_rate * gradients["db1"]
        self.W2 = self.W2 - self.learning_rate * gradients["dW2"]
        self.b2 = self.b2 - self.learning_rate * gradients["db2"]

    def train(
        self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100
    ) -> list[float]:
        losses: list[float] = []
        for iteration in range(num_iterations):
            A2, cache = self.forward(X)
            loss = self.compute_loss(Y, A2)
            losses.append(loss)
            if iteration % print_every == 0:
                print(f"{iteration=} {loss=:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X: Array) -> NDArray[np.int64]:
        return (self.forward(X)[0] > 0.5).astype(np.int64)


@dataclass(frozen=True)
class Probe:
    name: str
    index: tuple[int, ...]


def _numeric(nn, probe: Probe, X: Array, Y: Array, epsilon: float) -> float:
    original = getattr(nn, probe.name)

    def loss_with(shift: float) -> float:
        shifted = original.astype(np.float64, copy=True)
        shifted[probe.index] += shift
        setattr(nn, probe.name, shifted)
        try:
            return nn.compute_loss(Y, nn.forward(X)[0])
        finally:
            setattr(nn, probe.name, original)

    return (loss_with(epsilon) - loss_with(-epsilon)) / (2.0 * epsilon)


def _relative_error(analytic: Array, numeric: Array) -> float:
    scale = np.linalg.norm(analytic) + np.linalg.norm(numeric)
    if scale == 0.0:
        return 0.0
    return float(np.linalg.norm(analytic - numeric) / scale)


def _probes(nn, name: str) -> Iterator[Probe]:
    for index in np.ndindex(*getattr(nn, name).shape):
        yield Probe(name, index)


def gradient_check(nn, X: Array, Y: Array, epsilon: float = 1e-05) -> dict[str, float]:
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    rng = np.random.default_rng(0)
    errors: dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        probes = list(_probes(nn, name))
        if len(probes) > 10:
            probes = [probes[i] for i in rng.choice(len(probes), size=10, replace=False)]
        analytic = np.array([gradients[f"d{name}"][p.index] for p in probes])
        numeric = np.array([_numeric(nn, p, X, Y, epsilon) for p in probes])
        errors[name] = _relative_error(analytic, numeric)
    return errors


def gradient_check_all(nn, X: Array, Y: Array, epsilon: float = 1e-05) -> dict[str, float]:
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors: dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        probes = list(_probes(nn, name))
        analytic = np.array([gradients[f"d{name}"][p.index] for p in probes])
        numeric = np.array([_numeric(nn, p, X, Y, epsilon) for p in probes])
        errors[name] = _relative_error(analytic, numeric)
    return errors


class ThreeLayerNetwork:
    def __init__(
        self,
        input_size: int,
        hidden1_size: int,
        hidden2_size: int,
        output_size: int,
        learning_rate: float = 0.01,
    ) -> None:
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.b1 = _init(rng, hidden1_size, input_size)
        self.W2, self.b2 = _init(rng, hidden2_size, hidden1_size)
        self.W3, self.b3 = _init(rng, output_size, hidden2_size)

    def forward(self, X: Array) -> tuple[Array, dict[str, Array]]:
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(0.0, Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(0.0, Z2)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y: Array, A3: Array) -> float:
        return _bce(Y, A3)

    def backward(self, Y: Array, cache: dict[str, Array]) -> dict[str, Array]:
        n_samples = Y.shape[1]

        dL_dZ3 = (cache["A3"] - Y) / n_samples
        dL_dW3 = dL_dZ3 @ cache["A2"].T
        dL_db3 = dL_dZ3.sum(axis=1, keepdims=True)

        dL_dA2 = dL_dW3.T @ dL_dZ3
        dL_dZ2 = np.where(cache["Z2"] > 0, dL_dA2, 0.0)
        dL_dW2 = dL_dZ2 @ cache["A1"].T
        dL_db2 = dL_dZ2.sum(axis=1, keepdims=True)

        dL_dA1 = self.W2.T @ dL_dZ2
        dL_dZ1 = np.where(cache["Z1"] > 0, dL_dA1, 0.0)
        dL_dW1 = dL_dZ1 @ cache["X"].T
        dL_db1 = dL_dZ1.sum(axis=1, keepdims=True)

        return {
            "dW1": dL_dW1,
            "db1": dL_db1,
            "dW2": dL_dW2,
            "db2": dL_db2,
            "dW3": dL_dW3,
            "db3": dL_db3,
        }

    def update_parameters(self, gradients: dict[str, Array]) -> None:
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            updated = getattr(self, name) - self.learning_rate * gradients[f"d{name}"]
            setattr(self, name, updated)

    def train(
        self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100
    ) -> list[float]:
        losses: list[float] = []
        for iteration in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            losses.append(loss)
            if iteration % print_every == 0:
                print(f"{iteration=} {loss=:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X: Array) -> NDArray[np.int64]:
        return (self.forward(X)[0] > 0.5).astype(np.int64)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> tuple[float, float]:
    plus = w1 * x1 + w2 * x2
    minus = w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1: float, w2: float, x1: float, x2: float) -> tuple[float, float]:
    t1, t2 = (torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in (w1, w2))
    loss = (t1 * x1 + t2 * x2).pow(2) + (t1 * x1 - t2 * x2).pow(2)
    loss.backward()
    assert t1.grad is not None and t2.grad is not None
    return t1.grad.item(), t2.grad.item()


def autograd_linear(x: float, w: float, b: float) -> tuple[float, float, float]:
    tx, tw, tb = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    (tw * tx + tb).backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(
    shape: tuple[int, ...], scale: float, generator: torch.Generator
) -> torch.Tensor:
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(
    X: torch.Tensor,
    Y: torch.Tensor,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    learning_rate: float,
    num_iterations: int,
) -> list[float]:
    W1, b1, W2, b2 = (p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2))
    optimizer = torch.optim.SGD([W1, b1, W2, b2], lr=learning_rate)
    losses: list[float] = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        A2 = torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
        loss = (A2 - Y).pow(2).mean()
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses


def gradient_flow(model: torch.nn.Module, X: torch.Tensor, Y: torch.Tensor) -> list[float]:
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [gradient.abs().mean().item() for gradient in gradients]
