from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, asdict
from enum import Enum, auto
from typing import Iterator, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Act(Enum):
    RECTIFIER = auto()
    LOGISTIC = auto()

    def value_at(self, z: ArrayLike) -> Array:
        z = np.asarray(z)
        match self:
            case Act.RECTIFIER:
                return np.clip(z, 0, None)
            case Act.LOGISTIC:
                zc = np.clip(z.astype(float), -709.0, 709.0)
                return np.reciprocal(1.0 + np.exp(-zc))

    def slope_at(self, z: ArrayLike) -> Array:
        match self:
            case Act.RECTIFIER:
                return np.asarray(np.greater(z, 0), dtype=np.float64)
            case Act.LOGISTIC:
                s = self.value_at(z)
                return s * (1.0 - s)


@dataclass
class Cube:
    f: float
    u: float
    du_dx: float
    df_du: float
    df_dx: float = field(init=False)

    def __post_init__(self) -> None:
        self.df_dx = self.df_du * self.du_dx


def chain_rule(x: float) -> dict[str, float]:
    u = 2 * x + 1
    return asdict(Cube(f=u**3, u=u, du_dx=2, df_du=3 * u**2))


class Graph(NamedTuple):
    a: float
    z: float
    L: float
    dL_dz: float
    dL_da: float
    dL_dw: float
    dL_dx: float
    dL_db: float


def computational_graph(w: float, x: float, b: float) -> dict[str, float]:
    a = w * x
    z = a + b
    up = z + z
    return Graph(a, z, z * z, up, up, up * x, up * w, up)._asdict()


def single_neuron(x: Array, w: Array, b: float, y: float) -> dict:
    z = float(np.dot(w, x) + b)
    a = float(Act.LOGISTIC.value_at(z))
    residual = y - a
    slope = float(Act.LOGISTIC.slope_at(z))
    delta = -residual * slope
    return {
        "z": z, "a": a, "L": residual**2 / 2,
        "dL_da": -residual, "da_dz": slope, "dL_dz": delta,
        "dL_dw": delta * np.asarray(x), "dL_db": delta,
    }


def bernoulli_nll(target: ArrayLike, prob: Array, *, margin: float = 1e-15) -> float:
    inside = np.clip(prob, margin, 1.0 - margin)
    # probability of what was observed
    seen = np.where(np.asarray(target) > 0.5, inside, 1.0 - inside)
    return float(-np.log(seen).sum(axis=0).mean())


class _Stack:
    """Behaviour common to both networks; `plan` holds the activation of each layer."""

    plan: tuple[Act, ...]
    learning_rate: float

    def _allocate(self, widths: list[int]) -> None:
        for level, (n_in, n_out) in enumerate(zip(widths[:-1], widths[1:]), start=1):
            setattr(self, f"W{level}", np.random.randn(n_out, n_in) * 0.02)
            setattr(self, f"b{level}", np.zeros((n_out, 1)))

    def _levels(self) -> Iterator[tuple[int, Act, Array, Array]]:
        for level, act in enumerate(self.plan, start=1):
            yield level, act, getattr(self, f"W{level}"), getattr(self, f"b{level}")

    def forward(self, X: Array) -> tuple[Array, dict[str, Array]]:
        signal, cache = X, {"X": X}
        for level, act, W, b in self._levels():
            pre = np.add(np.matmul(W, signal), b)
            signal = act.value_at(pre)
            cache |= {f"Z{level}": pre, f"A{level}": signal}
        return signal, cache

    def compute_loss(self, Y: Array, A: Array) -> float:
        return bernoulli_nll(Y, A)

    def backward(self, Y: Array, cache: dict[str, Array]) -> dict[str, Array]:
        top = len(self.plan)
        samples = cache["X"].shape[1]
        grads: dict[str, Array] = {}
        delta = np.subtract(cache[f"A{top}"], Y)
        for level, _, W, b in reversed(list(self._levels())):
            source = cache[f"A{level - 1}"] if level > 1 else cache["X"]
            grads[f"dW{level}"] = np.matmul(delta, source.T)
            grads[f"db{level}"] = np.add.reduce(delta, axis=1, keepdims=True)
            if level > 1:
                delta = np.matmul(W.T, delta)
                delta *= Act.RECTIFIER.slope_at(cache[f"Z{level - 1}"])
            assert grads[f"dW{level}"].shape == W.shape and grads[f"db{level}"].shape == b.shape
        for g in grads.values():
            g /= samples
        return grads

    def update_parameters(self, gradients: dict[str, Array]) -> None:
        for level, _, W, b in self._levels():
            setattr(self, f"W{level}", W - self.learning_rate * gradients[f"dW{level}"])
            setattr(self, f"b{level}", b - self.learning_rate * gradients[f"db{level}"])

    def train(self, X: Array, Y: Array, num_iterations: int = 1000, print_every: int = 100) -> list[float]:
        curve: list[float] = []
        for iteration in range(num_iterations):
            output, cache = self.forward(X)
            curve.append(loss := self.compute_loss(Y, output))
            if print_every and iteration % print_every == 0:
                print(f"{iteration=} {loss=:.4f}")
            self.update_parameters(gradients=self.backward(Y, cache))
        return curve

    def predict(self, X: Array) -> NDArray[np.int_]:
        return np.greater(self.forward(X)[0], 0.5).astype(np.int_)


class NeuralNetworkWithBackprop(_Stack):
    plan = (Act.RECTIFIER, Act.LOGISTIC)

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.01):
        self.learning_rate = learning_rate
        self._allocate([input_size, hidden_size, output_size])

    def relu(self, Z):
        return Act.RECTIFIER.value_at(Z)

    def relu_derivative(self, Z):
        return Act.RECTIFIER.slope_at(Z)

    def sigmoid(self, Z):
        return Act.LOGISTIC.value_at(Z)

    def sigmoid_derivative(self, Z):
        return Act.LOGISTIC.slope_at(Z)


class ThreeLayerNetwork(_Stack):
    plan = (Act.RECTIFIER, Act.RECTIFIER, Act.LOGISTIC)

    def __init__(self, input_size: int, hidden1_size: int, hidden2_size: int, output_size: int, learning_rate: float = 0.01):
        self.learning_rate = learning_rate
        self._allocate([input_size, hidden1_size, hidden2_size, output_size])


@contextlib.contextmanager
def nudged(array: Array, where: tuple[int, ...], by: float):
    saved = array[where].copy()
    array[where] = saved + by
    try:
        yield
    finally:
        array[where] = saved


def _relative(p: Array, q: Array) -> float:
    size = np.linalg.norm(p) + np.linalg.norm(q)
    return 0.0 if size == 0.0 else float(np.linalg.norm(p - q) / size)


def _audit(nn, X, Y, epsilon: float, budget: int | None) -> dict[str, float]:
    def loss() -> float:
        prediction, _ = nn.forward(X)
        return nn.compute_loss(Y, prediction)

    by_hand = nn.backward(Y, nn.forward(X)[1])
    verdict: dict[str, float] = {}
    for name in ("W1", "b1", "W2", "b2"):
        array = getattr(nn, name)
        spots = np.argwhere(np.ones(array.shape, dtype=bool))
        if budget is not None and len(spots) > budget:
            spots = np.random.default_rng(0).choice(spots, budget, replace=False)
        exact, approx = [], []
        for spot in map(tuple, spots):
            with nudged(array, spot, +epsilon):
                high = loss()
            with nudged(array, spot, -epsilon):
                low = loss()
            approx.append((high - low) / (2.0 * epsilon))
            exact.append(by_hand[f"d{name}"][spot])
        verdict[name] = _relative(np.asarray(exact), np.asarray(approx))
    return verdict


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _audit(nn, X, Y, epsilon, budget=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _audit(nn, X, Y, epsilon, budget=None)


def two_squares(w1: float, w2: float, x1: float, x2: float) -> tuple[float, float]:
    first, second = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * first * x1 + 2 * second * x1, 2 * first * x2 + 2 * second * (-x2)


def two_squares_autograd(w1, w2, x1, x2):
    leaves = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True).unbind()
    for leaf in leaves:
        leaf.retain_grad()
    loss = sum(torch.square(leaves[0] * x1 + sign * leaves[1] * x2) for sign in (1, -1))
    loss.backward()
    return leaves[0].grad, leaves[1].grad


def autograd_linear(x, w, b):
    point = tuple(torch.tensor(v, dtype=torch.float64) for v in (x, w, b))
    return torch.func.grad(lambda xx, ww, bb: ww * xx + bb, argnums=(0, 1, 2))(*point)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    @dataclass
    class Params:
        W1: torch.Tensor
        b1: torch.Tensor
        W2: torch.Tensor
        b2: torch.Tensor

        def __call__(self, inputs):
            return torch.sigmoid(self.W2 @ torch.relu(self.W1 @ inputs + self.b1) + self.b2)

        def __iter__(self):
            return iter((self.W1, self.b1, self.W2, self.b2))

    net = Params(*(torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2)))
    curve = []
    for _ in range(num_iterations):
        loss = torch.nn.MSELoss()(net(X), Y)
        curve.append(float(loss.detach()))
        loss.backward()
        with torch.no_grad():
            for p in net:
                p.copy_(p - learning_rate * p.grad)
                p.grad = None
    return curve


def gradient_flow(model, X, Y):
    linears = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    model.zero_grad()
    prob = model(X)
    torch.nn.BCELoss(reduction="mean")(prob, Y).backward()
    return [torch.linalg.vector_norm(layer.weight.grad, ord=1).item() / layer.weight.grad.numel() for layer in linears]
