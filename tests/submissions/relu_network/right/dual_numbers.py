from __future__ import annotations

import sys
from collections import namedtuple
from functools import wraps

import numpy as np
import torch
import torch.nn.functional as F

# ---------------------------------------------------------------- by hand


class Dual(namedtuple("Dual", "value slope")):
    """A number and its derivative: forward-mode differentiation."""

    __slots__ = ()

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other, 0)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other, 0)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    __rmul__ = __mul__


def slope(function, at):
    return function(Dual(at, 1)).slope


def chain_rule(x):
    inner, outer = lambda x: 2 * x + 1, lambda u: u * u * u
    u = inner(x)
    return {
        "f": outer(u),
        "u": u,
        "du_dx": slope(inner, x),
        "df_du": slope(outer, u),
        "df_dx": slope(lambda x: outer(inner(x)), x),
    }


def computational_graph(w, x, b):
    square = lambda z: z * z
    a = w * x
    z = a + b
    out = {"a": a, "z": z, "L": square(z)}
    out["dL_dz"] = slope(square, z)
    out["dL_da"] = slope(lambda a: square(a + b), a)
    out["dL_dw"] = slope(lambda w: square(w * x + b), w)
    out["dL_dx"] = slope(lambda x: square(w * x + b), x)
    out["dL_db"] = slope(lambda b: square(a + b), b)
    return out


def single_neuron(x, w, b, y):
    z = sum(map(lambda pair: pair[0] * pair[1], zip(x, w)), b)
    a = logistic(z)
    g = {}
    g["dL_da"] = -(y - a)
    g["da_dz"] = logistic(z) * logistic(-z)
    g["dL_dz"] = g["dL_da"] * g["da_dz"]
    g["dL_dw"] = np.multiply(x, g["dL_dz"])
    g["dL_db"] = g["dL_dz"]
    return {"z": z, "a": a, "L": np.square(y - a) / 2} | g


def logistic(Z):
    e = np.exp(-np.abs(np.asarray(Z, dtype=float)))
    return np.where(np.asarray(Z) < 0, e / (1 + e), 1 / (1 + e))[()]


# ---------------------------------------------------------------- the networks


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = 0.01 * np.random.randn(hidden_size, input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = 0.01 * np.random.randn(output_size, hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.fmax(Z, np.zeros_like(Z))

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z) * (1.0 - self.sigmoid(Z))

    def forward(self, X):
        X = np.asarray(X)
        Z1 = np.add(np.matmul(self.W1, X), self.b1)
        A1 = self.relu(Z1)
        Z2 = np.add(np.matmul(self.W2, A1), self.b2)
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        tiny = np.finfo(float).eps
        # of the two logarithms only the one that the target picks is taken
        picked = np.where(np.asarray(Y) == 1, A2, np.subtract(1, A2))
        if np.isin(Y, (0, 1)).all():
            return float(-np.log(picked.clip(tiny, 1 - tiny)).sum(axis=0).mean())
        A2 = np.clip(A2, tiny, 1 - tiny)
        return float(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum(axis=0).mean())

    def backward(self, Y, cache):
        X, Z1, A1, A2 = (cache[key] for key in ("X", "Z1", "A1", "A2"))
        m = A2.shape[-1]
        dZ2 = A2 - Y
        dZ1 = np.einsum("kh,km->hm", self.W2, dZ2)
        dZ1[Z1 <= 0] = 0
        return {
            "dW2": np.einsum("km,hm->kh", dZ2, A1) / m,
            "db2": np.mean(dZ2, axis=1, keepdims=True),
            "dW1": np.einsum("hm,nm->hn", dZ1, X) / m,
            "db1": np.mean(dZ1, axis=1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for name, p in vars(self).items():
            if f"d{name}" in gradients:
                vars(self)[name] = p - self.learning_rate * gradients[f"d{name}"]

    def _steps(self, X, Y):
        while True:
            A, cache = self.forward(X)
            yield self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses, steps = [], self._steps(X, Y)
        for i in range(num_iterations + 1):
            loss = next(steps)  # makes the step that is due, then gives the loss
            if i == num_iterations:
                break
            losses.append(loss)
            if i % print_every == 0:
                sys.stdout.write("%6d: %.6f\n" % (i, loss))
        return losses

    def predict(self, X):
        A, _ = self.forward(X)
        return np.greater(A, 0.5).view(np.uint8)


class ThreeLayerNetwork(NeuralNetworkWithBackprop):
    """Has the functions, the loss, the update, train and predict of the smaller one."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, learning_rate)
        self.W3 = 0.01 * np.random.randn(output_size, hidden2_size)
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        X = np.asarray(X)
        A1 = self.relu(Z1 := self.W1 @ X + self.b1)
        A2 = self.relu(Z2 := self.W2 @ A1 + self.b2)
        A3 = self.sigmoid(Z3 := self.W3 @ A2 + self.b3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return super().compute_loss(Y, A3)

    def backward(self, Y, cache):
        A3, A2, Z2 = cache["A3"], cache["A2"], cache["Z2"]
        m = A3.shape[1]
        dZ3 = A3 - Y
        dZ2 = self.W3.T @ dZ3 * self.relu_derivative(Z2)
        dZ1 = self.W2.T @ dZ2 * self.relu_derivative(cache["Z1"])
        gradients = {}
        for number, (dZ, A) in enumerate([(dZ1, cache["X"]), (dZ2, cache["A1"]), (dZ3, A2)], 1):
            gradients["dW%d" % number] = dZ @ A.T / m
            gradients["db%d" % number] = dZ @ np.full((m, 1), 1 / m)
        return gradients


# ---------------------------------------------------------------- the checks


def keeps(function):
    """Whatever happens, the network is afterwards as it was."""

    @wraps(function)
    def wrapper(nn, *args, **kwargs):
        before = {name: (getattr(nn, name), np.array(getattr(nn, name))) for name in ("W1", "b1", "W2", "b2")}
        try:
            return function(nn, *args, **kwargs)
        finally:
            for name, (array, values) in before.items():
                array[...] = values
                if getattr(nn, name) is not array:
                    setattr(nn, name, array)

    return wrapper


def difference(analytic, numeric):
    largest = np.max(np.abs([analytic, numeric]), initial=0)
    return 0.0 if largest == 0 else np.max(np.abs(np.subtract(analytic, numeric))) / largest


@keeps
def _check(nn, X, Y, epsilon, most):
    _, cache = nn.forward(X)
    gradients = {key: np.array(g, dtype=float) for key, g in nn.backward(Y, cache).items()}
    result = {}
    for name in ("W1", "b1", "W2", "b2"):
        p, g = getattr(nn, name), gradients["d" + name]
        if g.shape != p.shape:
            result[name] = np.inf
            continue
        chosen = np.unique(np.linspace(0, p.size - 1, min(p.size, most)).astype(int))  # evenly, first and last included
        numeric = []
        for i in chosen:
            index = np.unravel_index(i, p.shape)
            old, losses = p[index], []
            for value in (old + epsilon, old - epsilon):
                p[index] = value
                losses.append(float(nn.compute_loss(Y, nn.forward(X)[0])))
            p[index] = old
            numeric.append((losses[0] - losses[1]) / (2 * epsilon))
        result[name] = difference(g.flat[chosen], numeric)
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _check(nn, X, Y, epsilon, sys.maxsize)


# ---------------------------------------------------------------- autograd


def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1**2, 4 * w2 * x2**2


def two_squares_autograd(w1, w2, x1, x2):
    def L(w1, w2):
        return (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2

    return torch.func.grad(L, argnums=(0, 1))(*torch.tensor([w1, w2], dtype=torch.float64).unbind())


def autograd_linear(x, w, b):
    point = tuple(torch.tensor(v, dtype=torch.double) for v in (x, w, b))
    return torch.autograd.functional.jacobian(lambda x, w, b: w * x + b, point)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def loss(theta):
        A2 = torch.sigmoid(theta["W2"] @ F.relu(theta["W1"] @ X + theta["b1"]) + theta["b2"])
        return (A2 - Y).square().mean()

    both = torch.func.grad_and_value(loss)
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    losses = []
    for _ in range(num_iterations):
        gradient, value = both(theta)
        theta = {name: p - learning_rate * gradient[name] for name, p in theta.items()}
        losses.append(value)
    return losses


def gradient_flow(model, X, Y):
    # copies of the parameters take their place: the model and what is in its .grad are not touched
    names = {id(layer): name for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)}
    copies = {name: p.detach().clone().requires_grad_() for name, p in model.named_parameters()}
    seen = []

    def hook(layer, inputs):
        if id(layer) not in seen:
            seen.append(id(layer))

    handles = [m.register_forward_pre_hook(hook) for m in model.modules() if id(m) in names]
    probabilities = torch.func.functional_call(model, copies, (X,))
    for handle in handles:
        handle.remove()
    loss = F.binary_cross_entropy(probabilities, Y.type_as(probabilities), reduction="sum") / probabilities.numel()
    weights = [copies[f"{names[i]}.weight".lstrip(".")] for i in seen]
    return [float(g.abs().mean()) for g in torch.autograd.grad(loss, weights)]
