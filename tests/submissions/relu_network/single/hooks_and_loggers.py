import logging
from functools import cached_property, lru_cache

import numpy as np
import torch
from torch import nn as tnn

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())


def chain_rule(x):
    logger.debug("chain_rule(%r)", x)
    u = 1 + x + x
    df_du, du_dx = 3 * u * u, 2
    return dict(f=u * u * u, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du * du_dx)


class Node:
    """w*x + b squared, with lazily evaluated parts"""

    def __init__(self, w, x, b):
        self.w, self.x, self.b = w, x, b

    @cached_property
    def a(self):
        return self.w * self.x

    @cached_property
    def z(self):
        return self.a + self.b

    @cached_property
    def L(self):
        return self.z ** 2

    @cached_property
    def dL_dz(self):
        return 2 * self.z

    dL_da = dL_db = property(lambda self: self.dL_dz)
    dL_dw = property(lambda self: self.dL_da * self.x)
    dL_dx = property(lambda self: self.dL_da * self.w)


def computational_graph(w, x, b):
    node = Node(w, x, b)
    return {k: getattr(node, k) for k in "a z L dL_dz dL_da dL_dw dL_dx dL_db".split()}


def _squash(t):
    t = np.asarray(t, dtype=float)
    return np.exp(np.where(t < 0, t, 0)) / (1 + np.exp(-abs(t)))


def single_neuron(x, w, b, y):
    z = np.vdot(w, x) + b
    a = _squash(z).item()
    gap = a - y
    slope = a - a ** 2
    return dict(z=z, a=a, L=gap ** 2 / 2, dL_da=gap, da_dz=slope, dL_dz=gap * slope, dL_dw=gap * slope * x, dL_db=gap * slope)


def _cost(Y, A):
    lo = np.finfo(float).eps
    A = np.clip(A, lo, 1 - lo)
    return -np.einsum("ij->", Y * np.log(A) + (1 - Y) * np.log(1 - A)) / np.size(A, 1)


class Feedforward:
    def __init__(self, *sizes, learning_rate):
        self.learning_rate = learning_rate
        self.top = len(sizes) - 1
        for n in range(1, len(sizes)):
            self[f"W{n}"] = np.random.uniform(-0.1, 0.1, (sizes[n], sizes[n - 1]))
            self[f"b{n}"] = np.zeros((sizes[n], 1))

    def __getitem__(self, key):
        return getattr(self, key)

    def __setitem__(self, key, value):
        setattr(self, key, value)

    def forward(self, X):
        c = dict(X=X)
        A = X
        for n in range(1, self.top + 1):
            c[f"Z{n}"] = Z = self[f"W{n}"] @ A + self[f"b{n}"]
            c[f"A{n}"] = A = _squash(Z) if n == self.top else np.maximum(Z, 0)
        return A, c

    def compute_loss(self, Y, A):
        return _cost(Y, A)

    def backward(self, Y, cache):
        g = {}
        upstream = (cache[f"A{self.top}"] - Y) / Y.shape[1]
        for n in range(self.top, 0, -1):
            inp = cache.get(f"A{n - 1}", cache["X"]) if n > 1 else cache["X"]
            g[f"dW{n}"] = upstream @ inp.T
            g[f"db{n}"] = upstream.sum(axis=1, keepdims=True)
            if n > 1:
                upstream = self[f"W{n}"].T @ upstream
                upstream[cache[f"Z{n - 1}"] <= 0] = 0
        return g

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            self[key[1:]] = self[key[1:]] - self.learning_rate * g

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for k in range(num_iterations):
            A, c = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if k % print_every == 0:
                print(k, losses[-1])
                logger.info("iteration %d: %f", k, losses[-1])
            self.update_parameters(self.backward(Y, c))
        return losses

    def predict(self, X):
        A, _ = self.forward(X)
        return 1 * (A > 0.5)


class NeuralNetworkWithBackprop(Feedforward):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden_size, output_size, learning_rate=learning_rate)

    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return (Z > np.zeros_like(Z)).astype(float)

    def sigmoid(self, Z):
        return _squash(Z)

    def sigmoid_derivative(self, Z):
        s = _squash(Z)
        return s - s ** 2


class ThreeLayerNetwork(Feedforward):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        super().__init__(input_size, hidden1_size, hidden2_size, output_size, learning_rate=learning_rate)


def _errors(nn, X, Y, epsilon, most):
    back = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for key in ("W1", "b1", "W2", "b2"):
        P, A = getattr(nn, key), back["d" + key]
        flat = P.reshape(-1)
        if not np.shares_memory(flat, P):
            raise TypeError("parameter is not contiguous")
        up, down = [], []
        chosen = range(flat.size)[:most]
        for i in chosen:
            keep = flat[i]
            flat[i] = keep + epsilon
            up.append(nn.compute_loss(Y, nn.forward(X)[0]))
            flat[i] = keep - epsilon
            down.append(nn.compute_loss(Y, nn.forward(X)[0]))
            flat[i] = keep
        num = (np.array(up) - np.array(down)) / (2 * epsilon)
        ana = np.ravel(A)[:most]
        size = np.sqrt(num @ num) + np.sqrt(ana @ ana)
        out[key] = np.sqrt(((num - ana) ** 2).sum()) / (size or 1)
        logger.debug("%s: %g", key, out[key])
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _errors(nn, X, Y, epsilon, 10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _errors(nn, X, Y, epsilon, None)


def two_squares(w1, w2, x1, x2):
    return 2 * x1 * (2 * w1 * x1), 2 * x2 * (2 * w2 * x2)


def two_squares_autograd(w1, w2, x1, x2):
    got = {}
    w1, w2 = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (w1, w2))
    w1.register_hook(lambda g: got.setdefault("w1", g))
    w2.register_hook(lambda g: got.setdefault("w2", g))
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    (s * s + d * d).backward()
    return got["w1"], got["w2"]


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    (w * x + b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    values = torch.randn(*shape, generator=generator)
    values *= scale
    return values.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = [tnn.Parameter(t.clone()) for t in (W1, b1, W2, b2)]
    sgd = torch.optim.SGD(P, lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        hidden = tnn.functional.relu(P[0] @ X + P[1])
        loss = tnn.functional.mse_loss(torch.sigmoid(P[2] @ hidden + P[3]), Y)
        losses.append(loss.detach().item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    return losses


def gradient_flow(model, X, Y):
    sizes = []
    handles = []
    for layer in filter(lambda q: isinstance(q, tnn.Linear), model.modules()):
        handles.append(layer.weight.register_hook(lambda g: sizes.append(g.abs().mean().item())))
    try:
        tnn.functional.binary_cross_entropy(model(X), Y).backward()
    finally:
        for h in handles:
            h.remove()
    model.zero_grad()
    return sizes
