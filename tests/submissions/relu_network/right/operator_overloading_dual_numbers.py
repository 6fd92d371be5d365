from __future__ import annotations

import contextlib
import enum
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
import torch

log = logging.getLogger("hw")


class Var:
    """Reverse mode on scalars; like micrograd, but smaller."""

    def __init__(self, v, parents=()):
        self.v, self.parents, self.g = v, parents, 0

    def __add__(self, o): o = o if isinstance(o, Var) else Var(o); return Var(self.v + o.v, ((self, 1), (o, 1)))
    def __mul__(self, o): o = o if isinstance(o, Var) else Var(o); return Var(self.v * o.v, ((self, o.v), (o, self.v)))
    def __sub__(self, o): return self + o * -1
    def __pow__(self, n): return Var(self.v ** n, ((self, n * self.v ** (n - 1)),))
    __radd__, __rmul__ = __add__, __mul__

    def squash(self):
        s = 1 / (1 + np.exp(-self.v))
        return Var(s, ((self, s * (1 - s)),))

    def backprop(self, seed=1):
        self.g += seed
        for p, local in self.parents:
            p.backprop(seed * local)
        return self


def chain_rule(x):
    x_ = Var(x)
    u = 2 * x_ + 1
    f = (u ** 3).backprop()
    return {"f": f.v, "u": u.v, "du_dx": u.backprop(0) and (x_.g / u.g if u.g else 2), "df_du": u.g, "df_dx": x_.g}


def computational_graph(w, x, b):
    W, X, B = map(Var, (w, x, b))
    a = W * X
    z = a + B
    L = (z ** 2).backprop()
    return {"a": a.v, "z": z.v, "L": L.v} | {f"dL_d{n}": v.g for n, v in zip("zawxb", (z, a, W, X, B))}


def single_neuron(x, w, b, y):
    ws = [Var(float(t)) for t in w]
    bias = Var(float(b))
    z = sum((q * float(p) for q, p in zip(ws, x)), start=bias)
    a = z.squash()
    L = (0.5 * (a - y) ** 2).backprop()
    return {"z": z.v, "a": a.v, "L": L.v, "dL_da": a.g, "da_dz": a.parents[0][1], "dL_dz": z.g, "dL_db": bias.g,
            "dL_dw": np.array([q.g for q in ws])}


class Act(enum.Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"

    def __call__(self, z):
        match self:
            case Act.RELU:
                return np.maximum(z, 0)
            case Act.SIGMOID:
                z = np.asarray(z, dtype=float)
                e = np.exp(-np.abs(z))
                return np.where(z >= 0, 1.0, e) / (1.0 + e)

    def slope(self, z):
        match self:
            case Act.RELU:
                return np.asarray(np.asarray(z) > 0, dtype=float)
            case Act.SIGMOID:
                e = np.exp(-np.abs(np.asarray(z, dtype=float)))
                return e / (1.0 + e) ** 2


@dataclass
class Dense:
    rows: int
    cols: int
    act: Act
    W: np.ndarray = field(init=False)
    b: np.ndarray = field(init=False)

    def __post_init__(self):
        self.W = np.random.default_rng().standard_normal((self.rows, self.cols)) * 0.1
        self.b = np.zeros((self.rows, 1))

    def __rmatmul__(self, x): raise TypeError("write layer @ x")
    def __matmul__(self, x): return self.W @ x + self.b


class Base(ABC):
    stack: list[Dense]
    learning_rate: float

    def __getattr__(self, name):
        if len(name) == 2 and name[0] in "Wb" and name[1].isdigit() and "stack" in self.__dict__:
            return getattr(self.stack[int(name[1]) - 1], name[0])
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if len(name) == 2 and name[0] in "Wb":
            setattr(self.stack[int(name[1]) - 1], name[0], value)
        else:
            object.__setattr__(self, name, value)

    def forward(self, X):
        cache, a = {"X": X}, X
        for no, layer in enumerate(self.stack, 1):
            cache |= {f"Z{no}": (z := layer @ a), f"A{no}": (a := layer.act(z))}
        return a, cache

    @staticmethod
    def _bernoulli(y, p):
        p = np.clip(p, (tiny := 1e-15), 1 - tiny)
        return -np.sum(np.log(p, where=y > 0.5, out=np.log1p(-p))) / y.shape[1]

    def backward(self, Y, cache):
        top = len(self.stack)
        m = Y.shape[1]
        grads = {}
        delta = cache[f"A{top}"] - Y
        for no in reversed(range(1, top + 1)):
            below = cache["X" if no == 1 else f"A{no - 1}"]
            grads |= {f"dW{no}": sum(np.outer(delta[:, j], below[:, j]) for j in range(m)) / m,
                      f"db{no}": delta.mean(axis=1, keepdims=True)}
            if no > 1:
                delta = Act.RELU.slope(cache[f"Z{no - 1}"]) * (self.stack[no - 1].W.T @ delta)
        return grads

    def update_parameters(self, gradients):
        for key, grad in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * grad)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for it in range(num_iterations):
            out, cache = self.forward(X)
            losses.append(loss := self.compute_loss(Y, out))
            if it % print_every == 0:
                print(f"{it:>6} | {loss:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return np.digitize(self.forward(X)[0], [0.5], right=True)

    @abstractmethod
    def compute_loss(self, Y, out): ...


class NeuralNetworkWithBackprop(Base):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.stack = [Dense(hidden_size, input_size, Act.RELU), Dense(output_size, hidden_size, Act.SIGMOID)]

    def relu(self, Z): return Act.RELU(Z)
    def relu_derivative(self, Z): return Act.RELU.slope(Z)
    def sigmoid(self, Z): return Act.SIGMOID(Z)
    def sigmoid_derivative(self, Z): return Act.SIGMOID.slope(Z)
    def compute_loss(self, Y, A2): return self._bernoulli(Y, A2)


class ThreeLayerNetwork(Base):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.stack = [Dense(hidden1_size, input_size, Act.RELU), Dense(hidden2_size, hidden1_size, Act.RELU),
                      Dense(output_size, hidden2_size, Act.SIGMOID)]

    def compute_loss(self, Y, A3): return self._bernoulli(Y, A3)


@contextlib.contextmanager
def nudged(array, where, by):
    keep = array[where].copy()
    array[where] += by
    try:
        yield
    finally:
        array[where] = keep


def _compare(nn, X, Y, epsilon, limit):
    def loss():
        return nn.compute_loss(Y, nn.forward(X)[0])

    out = nn.backward(Y, nn.forward(X)[1])
    verdict = {}
    for name in ("W1", "b1", "W2", "b2"):
        param = getattr(nn, name)
        where = list(np.ndindex(param.shape))
        if limit is not None:
            where = [where[i] for i in np.random.default_rng(0).permutation(len(where))[:limit]]
        pairs = []
        for ij in where:
            with nudged(param, ij, +epsilon):
                hi = loss()
            with nudged(param, ij, -epsilon):
                lo = loss()
            pairs.append((out["d" + name][ij], (hi - lo) / (2 * epsilon)))
        a, n = np.transpose(pairs)
        denom = np.sqrt(np.sum(a ** 2)) + np.sqrt(np.sum(n ** 2))
        verdict[name] = np.sqrt(np.sum((a - n) ** 2)) / denom if denom else 0.0
        log.debug("%s: %g", name, verdict[name])
    return verdict


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, limit=None)


def two_squares(w1, w2, x1, x2):
    a, b = Var(w1), Var(w2)
    p, q = a * x1, b * x2
    ((p + q) ** 2 + (p - q) ** 2).backprop()
    return a.g, b.g


def two_squares_autograd(w1, w2, x1, x2):
    leaves = a, b = [torch.tensor(t, dtype=torch.double).requires_grad_() for t in (w1, w2)]
    loss = (a * x1 + b * x2) ** 2 + (a * x1 - b * x2) ** 2
    return torch.autograd.grad(loss, leaves)


def autograd_linear(x, w, b):
    with torch.enable_grad():
        x, w, b = leaves = [torch.tensor(t).requires_grad_() for t in (x, w, b)]
        torch.autograd.backward(w * x + b)
    return tuple(leaf.grad for leaf in leaves)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.p = torch.nn.ParameterList([torch.nn.Parameter(t.clone()) for t in (W1, b1, W2, b2)])

        def forward(self, x):
            W1, b1, W2, b2 = self.p
            return torch.sigmoid(W2 @ torch.relu(W1 @ x + b1) + b2)

    net, crit = Net(), torch.nn.MSELoss()
    opt = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        loss = crit(net(X), Y)
        losses.append(loss.item())
        opt.zero_grad()
        loss.backward()
        opt.step()
    return losses


def gradient_flow(model, X, Y):
    found = {}
    handles = [m.weight.register_hook(lambda g, i=i: found.__setitem__(i, g.abs().mean().item()))
               for i, m in enumerate(q for q in model.modules() if isinstance(q, torch.nn.Linear))]
    try:
        torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    finally:
        for h in handles:
            h.remove()
    return [found[i] for i in sorted(found)]
