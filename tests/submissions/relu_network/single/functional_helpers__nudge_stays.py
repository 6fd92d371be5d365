"""Everything as small pure functions where possible; the classes are thin wrappers."""

from functools import partial, reduce
from itertools import chain
from operator import mul

import numpy as np
import torch

TWO = ["W1", "b1", "W2", "b2"]
THREE = [*TWO, "W3", "b3"]

prod = partial(reduce, mul)
relu = partial(np.maximum, 0)
step = lambda z: np.float64(np.asarray(z) > 0)
dsigm = lambda z: sigm(z) * sigm(-np.asarray(z))


def sigm(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def bce(y, p, tiny=1e-14):
    p = np.clip(p, tiny, 1 - tiny)
    return float(np.where(y == 1, -np.log(p), np.where(y == 0, -np.log(1 - p), -y * np.log(p) - (1 - y) * np.log(1 - p))).sum() / y.shape[1])


def affine(w, b, a):
    return w @ a + b


def affine_grads(delta, a_in):
    return delta @ a_in.T, delta @ np.ones((delta.shape[1], 1))


def descend(obj, names, grads):
    for name in names:
        setattr(obj, name, getattr(obj, name) - obj.learning_rate * grads["d" + name])


def fit(obj, X, Y, num_iterations, print_every):
    def one(i):
        out, cache = obj.forward(X)
        loss = obj.compute_loss(Y, out)
        if i % print_every == 0:
            print(i, loss)
        obj.update_parameters(obj.backward(Y, cache))
        return loss

    return [one(i) for i in range(num_iterations)]


def chain_rule(x):
    u = 2 * x + 1
    links = {"du_dx": 2, "df_du": 3 * u**2}
    return {"f": u**3, "u": u, **links, "df_dx": prod(links.values())}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    g = 2 * z
    return {"a": a, "z": z, "L": z**2} | dict.fromkeys(["dL_dz", "dL_da", "dL_db"], g) | {"dL_dw": g * x, "dL_dx": g * w}


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = sigm(z)
    da, slope = a - y, dsigm(z)
    dz = da * slope
    return {"z": z, "a": a, "L": (y - a) ** 2 / 2, "dL_da": da, "da_dz": slope,
            "dL_dz": dz, "dL_db": dz, "dL_dw": dz * np.asarray(x)}


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        small = lambda *s: np.random.normal(0, 0.05, s)
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = small(output_size, hidden_size), np.zeros((output_size, 1))

    relu = staticmethod(relu)
    relu_derivative = staticmethod(step)
    sigmoid = staticmethod(sigm)
    sigmoid_derivative = staticmethod(dsigm)
    compute_loss = staticmethod(bce)

    def forward(self, X):
        Z1 = affine(self.W1, self.b1, X)
        Z2 = affine(self.W2, self.b2, A1 := relu(Z1))
        return (A2 := sigm(Z2)), {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def backward(self, Y, cache):
        top = (cache["A2"] - Y) / Y.shape[1]
        low = (self.W2.T @ top) * step(cache["Z1"])
        grads = chain(affine_grads(low, cache["X"]), affine_grads(top, cache["A1"]))
        return dict(zip(("d" + n for n in TWO), grads))

    def update_parameters(self, gradients):
        descend(self, TWO, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def rel(u, v):
    size = np.linalg.norm(u) + np.linalg.norm(v)
    return np.linalg.norm(u - v) / size if size > 0 else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])

    def loss_with(name, value):
        before = getattr(nn, name)
        setattr(nn, name, value)
        loss = nn.compute_loss(Y, nn.forward(X)[0])
        setattr(nn, name, before)
        return loss

    def unit(p, i):
        e = np.zeros(p.size)
        e[i] = epsilon
        return e.reshape(p.shape)

    def one(name):
        p = getattr(nn, name)
        picks = np.unique(np.linspace(0, p.size - 1, min(10, p.size)).round().astype(int))
        slopes = [(loss_with(name, p + unit(p, i)) - loss_with(name, p - unit(p, i))) / (2 * epsilon) for i in picks]
        return rel(np.ravel(grads["d" + name])[picks], np.array(slopes))

    return {name: one(name) for name in TWO}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads = nn.backward(Y, nn.forward(X)[1])
    loss = lambda: nn.compute_loss(Y, nn.forward(X)[0])

    def slope(p, ix):
        def nudged(value):
            p[ix] = value
            return loss()

        here = p[ix]
        above = nudged(here + epsilon)
        below = nudged(here - epsilon)
        here = p[ix]
        return (above - below) / (2 * epsilon)

    def one(name):
        p = getattr(nn, name)
        slopes = np.array([slope(p, ix) for ix in np.ndindex(p.shape)]).reshape(p.shape)
        return rel(grads["d" + name], slopes)

    return {name: one(name) for name in TWO}


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        small = lambda *s: np.random.normal(0, 0.05, s)
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden1_size, input_size), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = small(hidden2_size, hidden1_size), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = small(output_size, hidden2_size), np.zeros((output_size, 1))

    compute_loss = staticmethod(bce)

    def forward(self, X):
        Z1 = affine(self.W1, self.b1, X)
        Z2 = affine(self.W2, self.b2, A1 := relu(Z1))
        Z3 = affine(self.W3, self.b3, A2 := relu(Z2))
        return (A3 := sigm(Z3)), {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def backward(self, Y, cache):
        top = (cache["A3"] - Y) / Y.shape[1]
        mid = (self.W3.T @ top) * step(cache["Z2"])
        low = (self.W2.T @ mid) * step(cache["Z1"])
        pairs = ((low, "X"), (mid, "A1"), (top, "A2"))
        grads = chain.from_iterable(affine_grads(d, cache[k]) for d, k in pairs)
        return dict(zip(("d" + n for n in THREE), grads))

    def update_parameters(self, gradients):
        descend(self, THREE, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    return tuple(4 * w * x**2 for w, x in ((w1, x1), (w2, x2)))


leaf = lambda v: torch.tensor(float(v), dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    ws = w1, w2 = leaf(w1), leaf(w2)
    return torch.autograd.grad(sum((w1 * x1 + s * w2 * x2) ** 2 for s in (1, -1)), ws)


def autograd_linear(x, w, b):
    x, w, b = leaves = tuple(map(leaf, (x, w, b)))
    return torch.autograd.grad(w * x + b, leaves)


def leaf_parameters(shape, scale, generator):
    return torch.mul(torch.randn(*shape, generator=generator), scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def mse(W1, b1, W2, b2):
        return (torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2) - Y).square().mean()

    params, losses = (W1, b1, W2, b2), []
    for _ in range(num_iterations):
        params = [p.detach().clone().requires_grad_() for p in params]
        losses.append((loss := mse(*params)).item())
        params = [p - learning_rate * g for p, g in zip(params, torch.autograd.grad(loss, params))]
    return losses


def gradient_flow(model, X, Y):
    weights = [m.weight for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
