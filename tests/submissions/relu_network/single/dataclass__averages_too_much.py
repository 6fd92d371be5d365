from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields

import numpy as np
import torch

rng = np.random.default_rng(0)


@dataclass
class Cube:
    u: float
    f: float = field(init=False)
    du_dx: float = 2
    df_du: float = field(init=False)
    df_dx: float = field(init=False)

    def __post_init__(self):
        self.f = self.u ** 3
        self.df_du = 3 * self.u ** 2
        self.df_dx = self.df_du * self.du_dx


def chain_rule(x):
    return asdict(Cube(2 * x + 1))


@dataclass
class Node:
    """A value and the derivative of the loss with respect to it."""
    value: float
    grad: float = 0.0


def computational_graph(w, x, b):
    w, x, b = Node(w), Node(x), Node(b)
    a = Node(w.value * x.value)
    z = Node(a.value + b.value)
    L = Node(z.value ** 2, 1.0)
    z.grad += L.grad * 2 * z.value
    a.grad += z.grad
    b.grad += z.grad
    w.grad += a.grad * x.value
    x.grad += a.grad * w.value
    out = {"a": a.value, "z": z.value, "L": L.value}
    out.update({f"dL_d{name}": node.grad for name, node in dict(z=z, a=a, w=w, x=x, b=b).items()})
    return out


def logistic(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def single_neuron(x, w, b, y):
    z = np.dot(x, w) + b
    a = logistic(z)
    out = dict(z=z, a=a, L=(y - a) ** 2 / 2, dL_da=a - y, da_dz=a * (1 - a))
    out["dL_dz"] = out["dL_da"] * out["da_dz"]
    return out | {"dL_dw": out["dL_dz"] * x, "dL_db": out["dL_dz"]}


@dataclass
class Gradients:
    dW1: np.ndarray
    db1: np.ndarray
    dW2: np.ndarray
    db2: np.ndarray


@dataclass
class DeepGradients(Gradients):
    dW3: np.ndarray
    db3: np.ndarray


def as_dict(record):
    return {f.name: getattr(record, f.name) for f in fields(record)}


def weights(n_out, n_in):
    return 0.1 * rng.standard_normal((n_out, n_in)), np.zeros((n_out, 1))


class Trainable:
    """What the two networks have in common: everything but the layers themselves."""

    def compute_loss(self, Y, P):
        P = np.clip(P, 1e-12, 1 - 1e-12)
        return float(-np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)))

    def update_parameters(self, gradients):
        for key, value in gradients.items():
            name = key[1:]
            setattr(self, name, getattr(self, name) - self.learning_rate * value)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            P, cache = self.forward(X)
            losses.append(self.compute_loss(Y, P))
            if i % print_every == 0:
                print(f"{i:>6} {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class NeuralNetworkWithBackprop(Trainable):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = weights(hidden_size, input_size)
        self.W2, self.b2 = weights(output_size, hidden_size)

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return (Z > 0).astype(float)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        S = logistic(Z)
        return S * (1 - S)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def backward(self, Y, cache):
        m = Y.shape[1]
        E2 = (cache["A2"] - Y) / m
        E1 = self.W2.T @ E2 * self.relu_derivative(cache["Z1"])
        return as_dict(Gradients(dW1=E1 @ cache["X"].T, db1=E1.sum(1, keepdims=True),
                                 dW2=E2 @ cache["A1"].T, db2=E2.sum(1, keepdims=True)))


class ThreeLayerNetwork(Trainable):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = weights(hidden1_size, input_size)
        self.W2, self.b2 = weights(hidden2_size, hidden1_size)
        self.W3, self.b3 = weights(output_size, hidden2_size)

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = logistic(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def backward(self, Y, cache):
        m = Y.shape[1]
        E3 = (cache["A3"] - Y) / m
        E2 = self.W3.T @ E3 * (cache["Z2"] > 0)
        E1 = self.W2.T @ E2 * (cache["Z1"] > 0)
        return as_dict(DeepGradients(dW1=E1 @ cache["X"].T, db1=E1.sum(1, keepdims=True),
                                     dW2=E2 @ cache["A1"].T, db2=E2.sum(1, keepdims=True),
                                     dW3=E3 @ cache["A2"].T, db3=E3.sum(1, keepdims=True)))


@dataclass
class Probe:
    """One element of one parameter that can be nudged."""
    nn: object
    name: str
    index: tuple

    def loss(self, X, Y, nudge):
        parameter = getattr(self.nn, self.name)
        original = parameter[self.index]
        parameter[self.index] = original + nudge
        value = self.nn.compute_loss(Y, self.nn.forward(X)[0])
        parameter[self.index] = original
        return value

    def slope(self, X, Y, h):
        return (self.loss(X, Y, h) - self.loss(X, Y, -h)) / (2 * h)


def report(nn, X, Y, h, probes):
    gradients = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name, some in probes.items():
        analytic = np.array([gradients["d" + name][p.index] for p in some])
        numeric = np.array([p.slope(X, Y, h) for p in some])
        size = np.linalg.norm(analytic) + np.linalg.norm(numeric)
        out[name] = float(np.linalg.norm(analytic - numeric) / size) if size else 0.0
    return out


def probes_of(nn):
    return {name: [Probe(nn, name, i) for i in np.ndindex(getattr(nn, name).shape)] for name in ("W1", "b1", "W2", "b2")}


def gradient_check(nn, X, Y, epsilon=1e-05):
    return report(nn, X, Y, epsilon, {name: every[:10] for name, every in probes_of(nn).items()})


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return report(nn, X, Y, epsilon, probes_of(nn))


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * x1 * (s + d), 2 * x2 * (s - d)


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2 = (torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (w1, w2))
    torch.add((w1 * x1 + w2 * x2) ** 2, (w1 * x1 - w2 * x2) ** 2).backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (x, w, b))
    (w * x + b).backward()
    return x.grad, w.grad, b.grad


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul(scale).requires_grad_()


@dataclass
class TorchNet:
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    def __post_init__(self):
        for f in fields(self):
            setattr(self, f.name, getattr(self, f.name).clone().requires_grad_())

    def __call__(self, X):
        return torch.sigmoid(self.W2 @ torch.relu(self.W1 @ X + self.b1) + self.b2)

    def step(self, rate):
        with torch.no_grad():
            for f in fields(self):
                p = getattr(self, f.name)
                p -= rate * p.grad
                p.grad = None


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net, losses = TorchNet(W1, b1, W2, b2), []
    for _ in range(num_iterations):
        loss = (net(X) - Y).pow(2).mean()
        loss.backward()
        losses.append(loss.item())
        net.step(learning_rate)
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
