from __future__ import annotations
from dataclasses import dataclass
from typing import Optional
import numpy as np
import torch


def chain_rule(x):
    from numpy.polynomial import Polynomial as Poly
    inner = Poly([1, 2])
    cubed = inner ** 3
    u = inner(x)
    return {"u": u, "f": cubed(x), "du_dx": inner.deriv()(x), "df_du": 3 * u ** 2, "df_dx": cubed.deriv()(x)}


def computational_graph(w, x, b):
    class Step:
        def __init__(self, forward, partials):
            self.value, self.partials = forward, partials
    mul = Step(w * x, {"w": x, "x": w})
    plus = Step(mul.value + b, {"a": 1, "b": 1})
    sq = Step(plus.value ** 2, {"z": 2 * plus.value})
    dz = sq.partials["z"]
    da, db = (dz * plus.partials[k] for k in "ab")
    dw, dx = (da * mul.partials[k] for k in "wx")
    return dict(a=mul.value, z=plus.value, L=sq.value, dL_dz=dz, dL_da=da, dL_dw=dw, dL_dx=dx, dL_db=db)


def single_neuron(x, w, b, y):
    z = np.einsum("i,i->", x, w) + b
    a = np.divide(1, 1 + np.exp(-z))
    da, dadz = np.subtract(a, y), np.multiply(a, 1 - a)
    dz = np.multiply(da, dadz)
    return dict(z=z, a=a, L=np.square(da) / 2, dL_da=da, da_dz=dadz, dL_dz=dz, dL_db=dz, dL_dw=np.multiply(dz, x))


def squash(z):
    z = np.asarray(z, dtype=float)
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1) / (1 + np.exp(-np.abs(z)))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1 = np.random.normal(0, 0.02, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0, 0.02, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z): return np.maximum(Z, 0)
    def relu_derivative(self, Z): return np.asarray(np.asarray(Z) > 0, float)
    def sigmoid(self, Z): return squash(Z)
    def sigmoid_derivative(self, Z): return squash(Z) * (1 - squash(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        lo, hi = 1e-15, 1 - 1e-15
        A2 = np.where(A2 < lo, lo, np.where(A2 > hi, hi, A2))
        return float(np.average(np.sum(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)), axis=0)))

    def backward(self, Y, cache):
        residual = (cache["A2"] - Y) / Y.shape[1]
        back = self.relu_derivative(cache["Z1"]) * (self.W2.T @ residual)
        grads = {"dW2": residual @ cache["A1"].T, "dW1": back @ cache["X"].T}
        grads["db2"], grads["db1"] = (np.add.reduce(r, axis=1, keepdims=True) for r in (residual, back))
        return grads

    def update_parameters(self, gradients):
        for p in ["W1", "b1", "W2", "b2"]:
            self.__dict__[p] = self.__dict__[p] - self.learning_rate * gradients[f"d{p}"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for step in range(num_iterations):
            A2, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A2))
            step % print_every or print(f"{step=} loss={losses[-1]:.5g}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


class Wiggle:
    """with Wiggle(array, i, +eps): ..."""
    def __init__(self, array, index, amount): self.array, self.index, self.amount = array, index, amount
    def __enter__(self):
        self.old = self.array[self.index]
        self.array[self.index] = self.old + self.amount
    def __exit__(self, *exc): self.array[self.index] = self.old


def compare(nn, X, Y, eps, choose):
    grads = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for p in ["W1", "b1", "W2", "b2"]:
        array = getattr(nn, p)
        chosen = choose([*np.ndindex(array.shape)])
        numeric = []
        for index in chosen:
            values = []
            for amount in (eps, -eps):
                with Wiggle(array, index, amount):
                    values.append(nn.compute_loss(Y, nn.forward(X)[0]))
            numeric.append((values[0] - values[1]) / (2 * eps))
        analytic = [grads[f"d{p}"][index] for index in chosen]
        norm = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        report[p] = np.linalg.norm(np.subtract(numeric, analytic)) / norm if norm else 0.0
    return report


def gradient_check(nn, X, Y, epsilon=1e-05):
    import random
    return compare(nn, X, Y, epsilon, lambda all_: random.Random(1).sample(all_, min(10, len(all_))))


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, list)


@dataclass
class Link:
    """one layer in a linked list; asks its successor to go on"""
    net: "ThreeLayerNetwork"
    number: int
    then: Optional[Link] = None

    @property
    def W(self): return getattr(self.net, f"W{self.number}")

    @property
    def b(self): return getattr(self.net, f"b{self.number}")

    def go(self, a, cache):
        n = self.number
        if self.then is None:
            z = self.W @ a
            cache.update({f"Z{n}": z, f"A{n}": squash(z)})
            return cache[f"A{n}"]
        z = self.W @ a + self.b
        cache.update({f"Z{n}": z, f"A{n}": np.maximum(z, 0)})
        return self.then.go(cache[f"A{n}"], cache)

    def back(self, Y, cache, grads):
        """fills grads, returns the gradient at this layer's input"""
        n = self.number
        if self.then is None:
            delta = (cache[f"A{n}"] - Y) / Y.shape[1]
        else:
            delta = self.then.back(Y, cache, grads) * (cache[f"Z{n}"] > 0)
        below = cache[f"A{n - 1}"] if n > 1 else cache["X"]
        grads[f"dW{n}"] = delta @ below.T
        grads[f"db{n}"] = delta.sum(axis=1, keepdims=True)
        return self.W.T @ delta


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        units = (input_size, hidden1_size, hidden2_size, output_size)
        for n in (1, 2, 3):
            setattr(self, f"W{n}", np.random.normal(0, 0.1, (units[n], units[n - 1])))
            setattr(self, f"b{n}", np.zeros((units[n], 1)))
        self.first = Link(self, 1, Link(self, 2, Link(self, 3)))

    def forward(self, X):
        cache = {"X": X}
        return self.first.go(X, cache), cache

    def backward(self, Y, cache):
        grads = {}
        self.first.back(Y, cache, grads)
        return grads

    def update_parameters(self, gradients):
        for key in gradients:
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * gradients[key])

    compute_loss = lambda self, Y, A3: NeuralNetworkWithBackprop.compute_loss(self, Y, A3)
    train = NeuralNetworkWithBackprop.train
    predict = NeuralNetworkWithBackprop.predict


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    dplus, dminus = 2 * plus, 2 * minus
    return (dplus + dminus) * x1, (dplus - dminus) * x2


def two_squares_autograd(w1, w2, x1, x2):
    a = torch.tensor(w1, requires_grad=True)
    b = torch.tensor(w2, requires_grad=True)
    torch.square(a * x1 + b * x2).add(torch.square(a * x1 - b * x2)).backward()
    return a.grad, b.grad


def autograd_linear(x, w, b):
    args = {n: torch.tensor(v, requires_grad=True) for n, v in dict(x=x, w=w, b=b).items()}
    (args["w"] * args["x"] + args["b"]).backward()
    return tuple(v.grad for v in args.values())


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    return torch.nn.Parameter(values * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [torch.nn.Parameter(v.clone()) for v in (W1, b1, W2, b2)]
    opt = torch.optim.SGD(params, learning_rate)
    losses = []
    for _ in range(num_iterations):
        opt.zero_grad()
        out = torch.sigmoid(params[2] @ torch.relu(params[0] @ X + params[1]) + params[3])
        loss = torch.nn.functional.mse_loss(out, Y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
