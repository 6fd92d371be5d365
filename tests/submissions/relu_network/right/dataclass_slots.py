"""Slotted classes, properties, a registry of activations; the gradient check uses Richardson's extrapolation."""

import copy
import itertools
import math
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import nn as tnn


class Activation:
    registry = {}

    def __init_subclass__(cls, name, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name] = cls()


class Relu(Activation, name="relu"):
    def __call__(self, Z):
        return np.clip(Z, 0, None)

    def slope(self, Z):
        return np.sign(np.clip(Z, 0.0, None))  # 0 up to and at 0, and 1 for everything above it


class Sigmoid(Activation, name="sigmoid"):
    def __call__(self, Z):
        return (1.0 + np.tanh(np.true_divide(Z, 2))) / 2

    def slope(self, Z):
        return (1.0 - np.tanh(np.true_divide(Z, 2)) ** 2) / 4


class _Results:
    """A dataclass that knows how to be a dict."""

    def as_dict(self):
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(slots=True)
class Cube(_Results):
    f: float
    u: float
    du_dx: float
    df_du: float
    df_dx: float


def chain_rule(x):
    u = 1 + 2 * x
    links = [2, 3 * u * u]
    return Cube(f=u * u * u, u=u, du_dx=links[0], df_du=links[1], df_dx=math.prod(links)).as_dict()


@dataclass(slots=True)
class Graph(_Results):
    a: float
    z: float
    L: float
    dL_dz: float
    dL_da: float
    dL_dw: float
    dL_dx: float
    dL_db: float


def computational_graph(w, x, b):
    z = (a := w * x) + b
    d = z + z
    return Graph(a, z, z * z, d, d, d * x, d * w, d).as_dict()


def single_neuron(x, w, b, y):
    s = Activation.registry["sigmoid"]
    z = np.inner(w, x) + b
    a = s(z)
    forward = {"z": z, "a": a, "L": 0.5 * (a - y) ** 2}
    backward = {"dL_da": a - y, "da_dz": s.slope(z)}
    backward["dL_dz"] = backward["dL_da"] * backward["da_dz"]
    backward["dL_dw"], backward["dL_db"] = backward["dL_dz"] * np.asarray(x), backward["dL_dz"]
    return {**forward, **backward}


class _Network:
    __slots__ = ("learning_rate", "_values")

    def _make(self, *sizes, learning_rate):
        self.learning_rate = learning_rate
        self._values = {}
        for number, (into, out) in enumerate(itertools.pairwise(sizes), 1):
            self._values[f"W{number}"] = np.random.uniform(-1, 1, (out, into)) / 10
            self._values[f"b{number}"] = np.zeros((out, 1))

    @property
    def depth(self):
        return len(self._values) // 2

    def _pass(self, X):
        A = np.asarray(X)
        yield "X", A
        for l in range(1, self.depth + 1):
            Z = self._values[f"W{l}"] @ A + self._values[f"b{l}"]
            yield f"Z{l}", Z
            A = Activation.registry["sigmoid" if l == self.depth else "relu"](Z)
            yield f"A{l}", A

    def forward(self, X):
        cache = dict(self._pass(X))
        return cache[f"A{self.depth}"], cache

    def _loss(self, Y, A):
        edge = 1e-12
        A = np.minimum(np.maximum(A, edge), 1 - edge)
        Y = np.asarray(Y)
        per_sample = (-Y * np.log(A) - (1 - Y) * np.log(1 - A)).sum(axis=0)
        return per_sample.mean()

    def _back(self, l, dZ, cache):
        """The gradients of layer l and of all before it, by recursion."""
        A = cache[f"A{l - 1}"] if l > 1 else cache["X"]
        here = {f"dW{l}": dZ @ A.T, f"db{l}": dZ.sum(axis=1, keepdims=True)}
        if l == 1:
            return here
        dA = self._values[f"W{l}"].T @ dZ
        return self._back(l - 1, dA * Activation.registry["relu"].slope(cache[f"Z{l - 1}"]), cache) | here

    def backward(self, Y, cache):
        Y = np.asarray(Y)
        return self._back(self.depth, (cache[f"A{self.depth}"] - Y) / Y.shape[1], cache)

    def update_parameters(self, gradients):
        self._values = {name: p - self.learning_rate * gradients[f"d{name}"] for name, p in self._values.items()}

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def one(i):
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("Iteration", i, "- loss", loss)
            return loss

        return [one(i) for i in range(num_iterations)]

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def _parameter(name):
    def get(self):
        return self._values[name]

    def put(self, value):
        self._values[name] = np.asarray(value, dtype=float)

    return property(get, put)


class NeuralNetworkWithBackprop(_Network):
    __slots__ = ()
    W1, b1, W2, b2 = map(_parameter, ("W1", "b1", "W2", "b2"))

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._make(input_size, hidden_size, output_size, learning_rate=learning_rate)

    def relu(self, Z):
        return Activation.registry["relu"](Z)

    def relu_derivative(self, Z):
        return np.asarray(np.greater(Z, 0), dtype=float)

    def sigmoid(self, Z):
        return Activation.registry["sigmoid"](Z)

    def sigmoid_derivative(self, Z):
        return Activation.registry["sigmoid"].slope(Z)

    def compute_loss(self, Y, A2):
        return self._loss(Y, A2)


class ThreeLayerNetwork(_Network):
    __slots__ = ()
    W1, b1, W2, b2, W3, b3 = map(_parameter, ("W1", "b1", "W2", "b2", "W3", "b3"))

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._make(input_size, hidden1_size, hidden2_size, output_size, learning_rate=learning_rate)

    def compute_loss(self, Y, A3):
        return self._loss(Y, A3)


class Probe:
    """Calls itself with a step: the loss when one element of one parameter is moved by it."""

    def __init__(self, nn, X, Y, name, index):
        self.nn, self.X, self.Y, self.name, self.index = nn, X, Y, name, index

    def __call__(self, step):
        p = getattr(self.nn, self.name)
        old = p[self.index].copy()
        p[self.index] = old + step
        try:
            A, _ = self.nn.forward(self.X)
            return float(self.nn.compute_loss(self.Y, A))
        finally:
            p[self.index] = old

    def central(self, h):
        return (self(h) - self(-h)) / (2 * h)

    def slope(self, h):
        # the error of central differences grows with h^2: this takes it out
        return (4 * self.central(h) - self.central(2 * h)) / 3


def _relative(a, n):
    scale = np.sqrt(np.sum(a * a)) + np.sqrt(np.sum(n * n))
    return float(np.sqrt(np.sum((a - n) ** 2)) / scale) if scale else 0.0


def gradient_check_all(nn, X, Y, epsilon=1e-05, at=lambda shape: np.ndindex(*shape)):
    gradients = copy.deepcopy(nn.backward(Y, nn.forward(X)[1]))
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        if np.shape(gradients["d" + name]) != getattr(nn, name).shape:
            report[name] = math.inf
            continue
        where = list(at(getattr(nn, name).shape))
        analytic = np.array([gradients["d" + name][i] for i in where])
        numeric = np.array([Probe(nn, X, Y, name, i).slope(epsilon) for i in where])
        report[name] = _relative(analytic, numeric)
        print(f"{name}: {report[name]:.2e} from {len(where)} elements")
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    def at(shape):
        # the whole parameter if it is small, else ten without putting back
        every = list(np.ndindex(*shape))
        state = np.random.default_rng(len(every))
        return every if len(every) <= 10 else [every[i] for i in state.choice(len(every), 10, replace=False)]

    return gradient_check_all(nn, X, Y, epsilon, at=at)


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    dL_dplus, dL_dminus = 2 * plus, 2 * minus
    return np.float64(dL_dplus * x1 + dL_dminus * x1), np.float64(dL_dplus * x2 - dL_dminus * x2)


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    signs = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    torch.linalg.vecdot(*[signs @ (w * x)] * 2).backward()
    return tuple(w.grad)


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.float64).requires_grad_() for v in (x, w, b)]
    x, w, b = leaves
    return torch.autograd.grad(torch.addcmul(b, x, w), leaves)


def leaf_parameters(shape, scale, generator):
    return tnn.Parameter(scale * torch.randn(*shape, generator=generator))


class Model(tnn.Module):
    def __init__(self, **values):
        super().__init__()
        for name, value in values.items():
            setattr(self, name, tnn.Parameter(value.detach().clone()))

    def forward(self, X):
        hidden = tnn.functional.linear(X.T, self.W1, self.b1.squeeze(1)).relu()
        return tnn.functional.linear(hidden, self.W2, self.b2.squeeze(1)).sigmoid().T


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    model, criterion, losses = Model(W1=W1, b1=b1, W2=W2, b2=b2), tnn.MSELoss(), []
    for _ in range(num_iterations):
        model.zero_grad()
        loss = criterion(model(X), Y)
        loss.backward()
        losses.append(loss.detach().numpy()[()])
        with torch.no_grad():
            for p in model.parameters():
                p.sub_(p.grad, alpha=learning_rate)
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    order, handles = [], []
    for layer in filter(lambda m: isinstance(m, tnn.Linear), model.modules()):
        handles.append(layer.register_forward_hook(lambda m, _in, _out: order.append(m)))
    p = model(X)
    for h in handles:
        h.remove()
    tnn.BCELoss()(p, Y.to(p)).backward()
    return [torch.linalg.vector_norm(m.weight.grad, ord=1).item() / m.weight.numel() for m in dict.fromkeys(order)]
