from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import torch
from torch import Tensor

Array = np.ndarray


def _stable_sigmoid(values) -> Array:
    values = np.asarray(values, dtype=np.float64)
    result = np.empty_like(values)
    positive = values >= 0
    result[positive] = 1.0 / (1.0 + np.exp(-values[positive]))
    exponential = np.exp(values[~positive])
    result[~positive] = exponential / (1.0 + exponential)
    return result


def _rectify(values) -> Array:
    values = np.asarray(values)
    return np.where(values > 0, values, np.zeros_like(values))


@dataclass(frozen=True)
class Layer:
    """One row of the table that describes a network."""

    number: int
    activation: Callable[[Array], Array]

    @property
    def weight(self) -> str:
        return f"W{self.number}"

    @property
    def bias(self) -> str:
        return f"b{self.number}"

    @property
    def source(self) -> str:
        return "X" if self.number == 1 else f"A{self.number - 1}"


def _binary_cross_entropy(targets: Array, outputs: Array, *, margin: float = 1e-15) -> float:
    outputs = outputs.clip(margin, 1.0 - margin)
    log_likelihood = targets * np.log(outputs) + (1 - targets) * np.log(1.0 - outputs)
    per_sample = -log_likelihood.sum(axis=0)
    return float(per_sample.mean())


def chain_rule(x: float) -> dict[str, float]:
    u = 2 * x + 1
    du_dx, df_du = 2, 3 * u**2
    return {
        "f": u**3,
        "u": u,
        "du_dx": du_dx,
        "df_du": df_du,
        "df_dx": df_du * du_dx,
    }


def computational_graph(w: float, x: float, b: float) -> dict[str, float]:
    a = w * x
    z = a + b
    upstream = 2 * z
    return {
        "a": a,
        "z": z,
        "L": z**2,
        "dL_dz": upstream,
        "dL_da": upstream,
        "dL_dw": upstream * x,
        "dL_dx": upstream * w,
        "dL_db": upstream,
    }


def single_neuron(x: Array, w: Array, b: float, y: float) -> dict:
    z = float(np.inner(w, x) + b)
    a = float(_stable_sigmoid(z))
    dl_da = a - y
    da_dz = a * (1.0 - a)
    dl_dz = dl_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (y - a) ** 2,
        "dL_da": dl_da,
        "da_dz": da_dz,
        "dL_dz": dl_dz,
        "dL_dw": dl_dz * np.asarray(x),
        "dL_db": dl_dz,
    }


def _initialise(network, sizes: list[int]) -> None:
    for number, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
        setattr(network, f"W{number}", np.random.randn(fan_out, fan_in) * 0.1)
        setattr(network, f"b{number}", np.zeros((fan_out, 1)))


def _propagate(network, layers: tuple[Layer, ...], inputs: Array) -> tuple[Array, dict[str, Array]]:
    cache = {"X": inputs}
    for layer in layers:
        pre_activation = getattr(network, layer.weight) @ cache[layer.source] + getattr(
            network, layer.bias
        )
        cache[f"Z{layer.number}"] = pre_activation
        cache[f"A{layer.number}"] = layer.activation(pre_activation)
    return cache[f"A{len(layers)}"], cache


def _backpropagate(
    network,
    layers: tuple[Layer, ...],
    targets: Array,
    cache: dict[str, Array],
) -> dict[str, Array]:
    gradients: dict[str, Array] = {}
    delta = (cache[f"A{len(layers)}"] - targets) / targets.shape[1]
    for layer in reversed(layers):
        gradients[f"d{layer.weight}"] = delta @ cache[layer.source].T
        gradients[f"d{layer.bias}"] = delta.sum(axis=1, keepdims=True)
        if layer.number > 1:
            below = getattr(network, layer.weight).T @ delta
            delta = np.where(cache[f"Z{layer.number - 1}"] > 0, below, 0.0)
    return gradients


def _fit(network, X: Array, Y: Array, steps: int, print_every: int) -> list[float]:
    history: list[float] = []
    for step in range(steps):
        outputs, cache = network.forward(X)
        history.append(network.compute_loss(Y, outputs))
        network.update_parameters(network.backward(Y, cache))
        if step % print_every == 0:
            print(f"step {step:>6}: loss {history[-1]:.5f}")
    return history


class NeuralNetworkWithBackprop:
    LAYERS = (Layer(1, _rectify), Layer(2, _stable_sigmoid))

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        learning_rate: float = 0.01,
    ) -> None:
        self.learning_rate = learning_rate
        _initialise(self, [input_size, hidden_size, output_size])

    def relu(self, Z) -> Array:
        return _rectify(Z)

    def relu_derivative(self, Z) -> Array:
        return np.greater(Z, 0).astype(np.float64)

    def sigmoid(self, Z) -> Array:
        return _stable_sigmoid(Z)

    def sigmoid_derivative(self, Z) -> Array:
        activated = _stable_sigmoid(Z)
        return activated - activated**2

    def forward(self, X: Array) -> tuple[Array, dict[str, Array]]:
        return _propagate(self, self.LAYERS, X)

    def compute_loss(self, Y: Array, A2: Array) -> float:
        return _binary_cross_entropy(Y, A2)

    def backward(self, Y: Array, cache: dict[str, Array]) -> dict[str, Array]:
        return _backpropagate(self, self.LAYERS, Y, cache)

    def update_parameters(self, gradients: dict[str, Array]) -> None:
        for parameter in ("W1", "b1", "W2", "b2"):
            current = getattr(self, parameter)
            step = self.learning_rate * gradients[f"d{parameter}"]
            setattr(self, parameter, current - step)

    def train(
        self,
        X: Array,
        Y: Array,
        num_iterations: int = 1000,
        print_every: int = 100,
    ) -> list[float]:
        return _fit(self, X, Y, num_iterations, print_every)

    def predict(self, X: Array) -> Array:
        probabilities, _ = self.forward(X)
        return (probabilities > 0.5).astype(np.int64)


@dataclass
class _Comparison:
    analytic: list[float] = field(default_factory=list)
    numeric: list[float] = field(default_factory=list)

    def error(self) -> float:
        match (np.array(self.analytic), np.array(self.numeric)):
            case (first, second) if first.any() or second.any():
                biggest = max(np.abs(first).max(), np.abs(second).max())
                return float(np.abs(first - second).max() / biggest)
            case _:
                return 0.0


def _positions(shape: tuple[int, ...], limit: int | None) -> Iterator[tuple[int, ...]]:
    everything = list(np.ndindex(shape))
    if limit is None or len(everything) <= limit:
        yield from everything
    else:
        for chosen in np.random.default_rng(1).choice(len(everything), limit, replace=False):
            yield everything[chosen]


def _compare(nn, X: Array, Y: Array, epsilon: float = 1e-05, *, limit: int | None) -> dict[str, float]:
    gradients = nn.backward(Y, nn.forward(X)[1])
    report: dict[str, float] = {}
    for parameter in ("W1", "b1", "W2", "b2"):
        values = getattr(nn, parameter)
        comparison = _Comparison()
        for position in _positions(values.shape, limit):
            original = values[position]
            values[position] = original + epsilon
            above = nn.compute_loss(Y, nn.forward(X)[0])
            values[position] = original - epsilon
            below = nn.compute_loss(Y, nn.forward(X)[0])
            values[position] = original
            comparison.numeric.append((above - below) / (2 * epsilon))
            comparison.analytic.append(gradients[f"d{parameter}"][position])
        report[parameter] = comparison.error()
    return report


gradient_check = partial(_compare, limit=10)
gradient_check_all = partial(_compare, limit=None)


class ThreeLayerNetwork:
    LAYERS = (Layer(1, _rectify), Layer(2, _rectify), Layer(3, _stable_sigmoid))

    def __init__(
        self,
        input_size: int,
        hidden1_size: int,
        hidden2_size: int,
        output_size: int,
        learning_rate: float = 0.01,
    ) -> None:
        self.learning_rate = learning_rate
        _initialise(self, [input_size, hidden1_size, hidden2_size, output_size])

    def forward(self, X: Array) -> tuple[Array, dict[str, Array]]:
        return _propagate(self, self.LAYERS, X)

    def compute_loss(self, Y: Array, A3: Array) -> float:
        return _binary_cross_entropy(Y, A3)

    def backward(self, Y: Array, cache: dict[str, Array]) -> dict[str, Array]:
        return _backpropagate(self, self.LAYERS, Y, cache)

    def update_parameters(self, gradients: dict[str, Array]) -> None:
        for layer in self.LAYERS:
            for parameter in (layer.bias, layer.weight):
                current = getattr(self, parameter)
                step = self.learning_rate * gradients[f"d{parameter}"]
            setattr(self, parameter, current - step)

    def train(
        self,
        X: Array,
        Y: Array,
        num_iterations: int = 1000,
        print_every: int = 100,
    ) -> list[float]:
        return _fit(self, X, Y, num_iterations, print_every)

    def predict(self, X: Array) -> Array:
        probabilities, _ = self.forward(X)
        return (probabilities > 0.5).astype(np.int64)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> tuple[float, float]:
    total = w1 * x1 + w2 * x2
    difference = w1 * x1 - w2 * x2
    return (
        2 * total * x1 + 2 * difference * x1,
        2 * total * x2 - 2 * difference * x2,
    )


def _leaf(value: float) -> Tensor:
    return torch.tensor(float(value), dtype=torch.float64).requires_grad_()


def two_squares_autograd(w1: float, w2: float, x1: float, x2: float) -> tuple[Tensor, Tensor]:
    first, second = _leaf(w1), _leaf(w2)
    total = first * x1 + second * x2
    difference = first * x1 - second * x2
    loss = total.square() + difference.square()
    return torch.autograd.grad(loss, (first, second))


def autograd_linear(x: float, w: float, b: float) -> tuple[Tensor, ...]:
    leaves = tuple(map(_leaf, (x, w, b)))
    torch.add(leaves[1] * leaves[0], leaves[2]).backward()
    return tuple(leaf.grad for leaf in leaves)


def leaf_parameters(shape: tuple[int, ...], scale: float, generator: torch.Generator) -> Tensor:
    values = torch.randn(*shape, generator=generator) * scale
    return values.detach().requires_grad_()


def train_autograd(
    X: Tensor,
    Y: Tensor,
    W1: Tensor,
    b1: Tensor,
    W2: Tensor,
    b2: Tensor,
    learning_rate: float,
    num_iterations: int,
) -> list[float]:
    parameters = [tensor.clone().requires_grad_() for tensor in (W1, b1, W2, b2)]
    optimiser = torch.optim.SGD(parameters, lr=learning_rate)
    history: list[float] = []
    for _ in range(num_iterations):
        w_hidden, b_hidden, w_output, b_output = parameters
        hidden = (w_hidden @ X + b_hidden).relu()
        outputs = (w_output @ hidden + b_output).sigmoid()
        loss = (outputs - Y).square().mean()
        history.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return history


def gradient_flow(model: torch.nn.Module, X: Tensor, Y: Tensor) -> list[float]:
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [
        module.weight.grad.abs().mean().item()
        for module in model.modules()
        if isinstance(module, torch.nn.Linear)
    ]
