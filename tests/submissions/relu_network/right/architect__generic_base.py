"""One generic multilayer perceptron; the two networks of the exercise are thin subclasses of it."""
from __future__ import annotations

import copy
import logging
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Iterator, Mapping, Sequence

import numpy as np
import torch
from torch import nn as tnn

logger = logging.getLogger("backprop")


# ------------------------------------------------------------------ worked examples
@dataclass(frozen=True)
class _Chain:
    f: float
    u: float
    du_dx: float
    df_du: float
    df_dx: float

    @classmethod
    def at(cls, x: float) -> "_Chain":
        u = 2 * x + 1
        du_dx, df_du = 2.0, 3 * u ** 2
        return cls(f=u ** 3, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du * du_dx)


def chain_rule(x):
    return asdict(_Chain.at(x))


class _Node:
    """A scalar with a tape: the smallest autograd there is."""

    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, 0.0

    def __mul__(self, other):
        return _Node(self.value * other.value, ((self, other.value), (other, self.value)))

    def __add__(self, other):
        return _Node(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def backward(self, upstream=1.0):
        self.grad += upstream
        for parent, local in self.parents:
            parent.backward(upstream * local)


def computational_graph(w, x, b):
    W, Xn, B = _Node(w), _Node(x), _Node(b)
    a = W * Xn
    z = a + B
    L = z * z
    L.backward()
    values = {"a": a.value, "z": z.value, "L": L.value}
    grads = {f"dL_d{name}": node.grad for name, node in dict(z=z, a=a, w=W, x=Xn, b=B).items()}
    return values | grads


class _ActivationMixin:
    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.asarray(np.asarray(Z) > 0, dtype=np.float64)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=np.float64)
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * self.sigmoid(np.negative(Z, dtype=np.float64))


def single_neuron(x, w, b, y):
    act = _ActivationMixin()
    z = float(np.vdot(w, x) + b)
    a = float(act.sigmoid(z))
    out = dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=a - y, da_dz=float(act.sigmoid_derivative(z)))
    out["dL_dz"] = out["dL_db"] = out["dL_da"] * out["da_dz"]
    out["dL_dw"] = out["dL_dz"] * np.asarray(x, dtype=float)
    return out


class _Perceptron(_ActivationMixin):
    EPS = 1e-12

    def __init__(self, *sizes: int, learning_rate: float):
        self.learning_rate = learning_rate
        self.depth = len(sizes) - 1
        for l, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
            setattr(self, f"W{l}", np.random.randn(fan_out, fan_in) * 0.1)
            setattr(self, f"b{l}", np.zeros((fan_out, 1)))
        logger.debug("built %s", sizes)

    def forward(self, X):
        cache = {"X": X}
        A = X
        for l in range(1, self.depth + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = (self.sigmoid if l == self.depth else self.relu)(Z)
            cache |= {f"Z{l}": Z, f"A{l}": A}
        return A, cache

    def _loss(self, Y, A):
        p = np.clip(np.asarray(A, dtype=np.float64), self.EPS, 1 - self.EPS)
        return float(-(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum() / p.shape[1])

    def backward(self, Y, cache: Mapping[str, np.ndarray]):
        m = Y.shape[1]
        grads = {}
        dZ = (cache[f"A{self.depth}"] - Y) / m
        for l in range(self.depth, 0, -1):
            below = cache["X"] if l == 1 else cache[f"A{l - 1}"]
            grads[f"dW{l}"] = dZ @ below.T
            grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
            if l > 1:
                dZ = getattr(self, f"W{l}").T @ dZ * self.relu_derivative(cache[f"Z{l - 1}"])
        return grads

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            name = key.removeprefix("d")
            setattr(self, name, getattr(self, name) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self._loss(Y, A))
            if print_every and i % print_every == 0:
                print(f"{type(self).__name__}: step {i:6d}  loss {losses[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


class NeuralNetworkWithBackprop(_Perceptron):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden_size, output_size, learning_rate=learning_rate)

    def compute_loss(self, Y, A2):
        return self._loss(Y, A2)


class ThreeLayerNetwork(_Perceptron):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, output_size, learning_rate=learning_rate)

    def compute_loss(self, Y, A3):
        return self._loss(Y, A3)


# ------------------------------------------------------------------ gradient checking
class GradientChecker:
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, nn, X, Y, epsilon, limit: int | None):
        self.nn = copy.copy(nn)          # shallow: only attributes of the copy are ever set
        self.X, self.Y, self.epsilon, self.limit = X, Y, epsilon, limit

    def _loss_with(self, name, value) -> float:
        twin = copy.copy(self.nn)
        setattr(twin, name, value)
        return twin.compute_loss(self.Y, twin.forward(self.X)[0])

    def _indices(self, shape) -> Sequence[tuple[int, ...]]:
        every = list(np.ndindex(*shape))
        if self.limit is None or len(every) <= self.limit:
            return every
        pick = np.random.default_rng(0).choice(len(every), size=self.limit, replace=False)
        return [every[i] for i in pick]

    def __call__(self):
        _, cache = self.nn.forward(self.X)
        analytic = self.nn.backward(self.Y, cache)
        report = {}
        for name in self.NAMES:
            theta = np.array(getattr(self.nn, name), dtype=np.float64)
            ana = np.reshape(analytic["d" + name], theta.shape)
            pairs = []
            for idx in self._indices(theta.shape):
                bump = np.zeros_like(theta)
                bump[idx] = self.epsilon
                num = (self._loss_with(name, theta + bump) - self._loss_with(name, theta - bump)) / (2 * self.epsilon)
                pairs.append((ana[idx], num))
            a, n = np.array(pairs).T
            size = np.linalg.norm(a) + np.linalg.norm(n)
            report[name] = float(np.linalg.norm(a - n) / size) if size > 0 else 0.0
        return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    return GradientChecker(nn, X, Y, epsilon, limit=10)()


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return GradientChecker(nn, X, Y, epsilon, limit=None)()


# ------------------------------------------------------------------ autograd
def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * plus * x1 + 2 * minus * x1, 2 * plus * x2 - 2 * minus * x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    signs = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    (signs @ (w * x)).square().sum().backward()
    return tuple(w.grad.tolist())


def autograd_linear(x, w, b):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(leaves[1] * leaves[0] + leaves[2], leaves)


def leaf_parameters(shape, scale, generator):
    return tnn.Parameter(torch.randn(*shape, generator=generator) * scale)


class _TorchNet(tnn.Module):
    def __init__(self, W1, b1, W2, b2):
        super().__init__()
        self.params = tnn.ParameterList(tnn.Parameter(t.clone()) for t in (W1, b1, W2, b2))

    def forward(self, X):
        W1, b1, W2, b2 = self.params
        return torch.sigmoid(torch.addmm(b2, W2, torch.relu(torch.addmm(b1, W1, X))))


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = _TorchNet(W1, b1, W2, b2)
    opt = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        opt.zero_grad()
        loss = tnn.functional.mse_loss(net(X), Y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses


@contextmanager
def _recording(model: tnn.Module) -> Iterator[list[tnn.Linear]]:
    """The linear layers in the order in which data reach them."""
    seen: dict[tnn.Linear, None] = {}
    handles = [
        m.register_forward_pre_hook(lambda mod, _: seen.setdefault(mod))
        for m in model.modules()
        if isinstance(m, tnn.Linear)
    ]
    order: list[tnn.Linear] = []
    try:
        yield order
        order.extend(seen)
    finally:
        for h in handles:
            h.remove()


def gradient_flow(model, X, Y):
    with _recording(model) as layers:
        out = model(X)
    loss = tnn.BCELoss()(out, Y.to(out.dtype))
    grads = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [g.abs().mean().item() for g in grads]
