"""Layers as a linked list, forward and backward as one recursive function, state only where the exercise demands it."""
from functools import partial, reduce
from itertools import islice
from types import SimpleNamespace
import copy

import numpy as np
import torch


def chain_rule(x):
    match (lambda u: (u, u ** 3, 3 * u ** 2))(2 * x + 1):
        case (u, f, df):
            return {"f": f, "u": u, "du_dx": 2, "df_du": df, "df_dx": df * 2}


def computational_graph(w, x, b):
    # a dual number is a value and a function from its cotangent to the cotangents of the inputs
    times = lambda p, q: (p * q, lambda c: (c * q, c * p))
    plus = lambda p, q: (p + q, lambda c: (c, c))
    square = lambda p: (p * p, lambda c: 2 * p * c)
    a, back_a = times(w, x)
    z, back_z = plus(a, b)
    L, back_L = square(z)
    dz = back_L(1)
    da, db = back_z(dz)
    dw, dx = back_a(da)
    return {"a": a, "z": z, "L": L, "dL_dz": dz, "dL_da": da, "dL_dw": dw, "dL_dx": dx, "dL_db": db}


def _sigma(z):
    z = np.asarray(z, dtype=float)
    return np.exp(-np.logaddexp(0, -z))


def single_neuron(x, w, b, y):
    z = reduce(lambda acc, p: acc + p[0] * p[1], zip(w, x), 0.0) + b
    a, s = _sigma(z), _sigma(z) * _sigma(-z)
    go = (a - y) * s
    return dict(z=z, a=a, L=(a - y) ** 2 / 2, dL_da=a - y, da_dz=s, dL_dz=go, dL_db=go,
                dL_dw=np.fromiter((go * xi for xi in x), dtype=float))


# --------------------------------------------------------------- the one recursion
def _run(layers, A, n=1):
    """Forward through [(W, b, f), ...]; yields (name, value) pairs."""
    if not layers:
        return
    (W, b, f), *rest = layers
    Z = W @ A + b
    yield f"Z{n}", Z
    A_next = f(Z)
    yield f"A{n}", A_next
    yield from _run(rest, A_next, n + 1)


def _unrun(weights, cache, delta, n):
    """Backward from layer n, whose dL/dZ is delta."""
    if n == 0:
        return {}
    below = cache["X" if n == 1 else f"A{n - 1}"]
    here = {f"dW{n}": delta @ np.transpose(below), f"db{n}": delta @ np.ones((delta.shape[1], 1))}
    if n == 1:
        return here
    step = np.where(cache[f"Z{n - 1}"] > 0, weights[n - 1].T @ delta, 0.0)
    return {**_unrun(weights, cache, step, n - 1), **here}


def _softplus_bce(Y, A):
    """Cross-entropy from the log odds: softplus(t) - Y t with t = logit(A)."""
    p = np.minimum(np.maximum(np.asarray(A, dtype=float), 1e-13), 1 - 1e-13)
    t = np.log(p) - np.log1p(-p)
    return np.sum(np.logaddexp(0, t) - Y * t) / p.shape[1]


def _network(name, depth):
    """Makes a class. The last activation's name decides how compute_loss calls its argument."""

    hidden = ("hidden_size",) if depth == 2 else ("hidden1_size", "hidden2_size")
    wanted = ("input_size", *hidden, "output_size", "learning_rate")

    def init(self, *given, **named):
        *sizes, learning_rate = map({"learning_rate": 0.01, **dict(zip(wanted, given)), **named}.__getitem__, wanted)
        self.learning_rate = learning_rate
        for i, (q, p) in enumerate(zip(sizes, sizes[1:]), 1):
            setattr(self, f"W{i}", np.random.default_rng().normal(0, 0.1, size=(p, q)))
            setattr(self, f"b{i}", np.zeros((p, 1)))

    def layers(self):
        fs = [self.relu] * (depth - 1) + [self.sigmoid]
        return [(getattr(self, f"W{i}"), getattr(self, f"b{i}"), f) for i, f in enumerate(fs, 1)]

    def forward(self, X):
        cache = dict([("X", X), *_run(layers(self), X)])
        return cache[f"A{depth}"], cache

    def backward(self, Y, cache):
        return _unrun([W for W, _, _ in layers(self)], cache, (cache[f"A{depth}"] - Y) / Y.shape[1], depth)

    def update(self, gradients):
        new = {k[1:]: getattr(self, k[1:]) - self.learning_rate * g for k, g in gradients.items()}
        self.__dict__.update(new)

    def descent(self, X, Y):
        while True:
            A, cache = self.forward(X)
            yield self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        # the generator must run one step further, or the last update would not be made
        losses = list(islice(descent(self, X, Y), num_iterations + 1))[:num_iterations] if num_iterations else []
        [print(f"{i}: {l:.5f}") for i, l in enumerate(losses) if i % print_every == 0]
        return losses

    body = dict(
        __init__=init,
        forward=forward,
        backward=backward,
        update_parameters=update,
        train=train,
        relu=lambda self, Z: np.maximum(0, Z),
        relu_derivative=lambda self, Z: np.where(np.asarray(Z) > 0, 1.0, 0.0),
        sigmoid=lambda self, Z: _sigma(Z),
        sigmoid_derivative=lambda self, Z: (lambda s: s * (1 - s))(_sigma(Z)),
        predict=lambda self, X: np.asarray(self.forward(X)[0] > 0.5, dtype=int),
        compute_loss=(lambda self, Y, A2: _softplus_bce(Y, A2)) if depth == 2
        else (lambda self, Y, A3: _softplus_bce(Y, A3)),
    )
    return type(name, (object,), body)


NeuralNetworkWithBackprop = _network("NeuralNetworkWithBackprop", 2)
ThreeLayerNetwork = _network("ThreeLayerNetwork", 3)


# --------------------------------------------------------------- checks
def _check(pick, nn, X, Y, epsilon=1e-05):
    twin = copy.deepcopy(nn)                              # wiggle the copy, never the original
    analytic = twin.backward(Y, twin.forward(X)[1])
    twin = copy.deepcopy(nn)

    def slope(p, i):
        def at(v):
            p[i] = v
            return twin.compute_loss(Y, twin.forward(X)[0])

        c = p[i]
        d = (at(c + epsilon) - at(c - epsilon)) / (2 * epsilon)
        p[i] = c
        return d

    def relative(name):
        p = getattr(twin, name)
        where = pick(list(np.ndindex(p.shape)))
        a = np.array([np.reshape(analytic["d" + name], p.shape)[i] for i in where])
        n = np.array([slope(p, i) for i in where])
        gap, size = np.abs(a - n).max(), np.maximum(np.abs(a), np.abs(n)).max()
        return gap / size if size else 0.0

    return {name: relative(name) for name in ("W1", "b1", "W2", "b2")}


gradient_check = partial(_check, lambda xs: xs[:5] + xs[5:][-5:])     # the first five and the last five
gradient_check_all = partial(_check, lambda xs: xs)


# --------------------------------------------------------------- torch
def two_squares(w1, w2, x1, x2):
    d = lambda w, x: 2 * x * sum(s * w * x + t for s, t in ((1, 0), (1, 0)))
    return d(w1, x1), d(w2, x2)


def two_squares_autograd(w1, w2, x1, x2):
    L = lambda p: (p[0] * x1 + p[1] * x2) ** 2 + (p[0] * x1 - p[1] * x2) ** 2
    return tuple(torch.func.grad(L)(torch.tensor([w1, w2], dtype=torch.float64)))


def autograd_linear(x, w, b):
    value, pullback = torch.func.vjp(lambda x, w, b: w * x + b, *(torch.tensor(float(v)) for v in (x, w, b)))
    return pullback(torch.ones_like(value))


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    net = lambda W1, b1, W2, b2: torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)
    loss = lambda *ps: torch.mean((net(*ps) - Y) ** 2)

    def step(state, _):
        ps, seen = state
        leaves = tuple(p.detach().requires_grad_() for p in ps)
        value = loss(*leaves)
        gs = torch.autograd.grad(value, leaves)
        return tuple(p.detach() - learning_rate * g for p, g in zip(leaves, gs)), seen + [value.item()]

    return reduce(step, range(num_iterations), ((W1, b1, W2, b2), []))[1]


def gradient_flow(model, X, Y):
    order = SimpleNamespace(seen={})
    hook = torch.nn.modules.module.register_module_forward_hook(
        lambda mod, args, out: order.seen.setdefault(mod, None) if isinstance(mod, torch.nn.Linear) else None
    )
    try:
        p = model(X)
    finally:
        hook.remove()
    fi = torch.finfo(p.dtype)
    q = p.clamp(fi.tiny, 1 - fi.eps / 2)
    bce = -(Y * q.log() + (1 - Y) * (1 - q).log()).mean()
    gs = torch.autograd.grad(bce, [l.weight for l in order.seen])
    return list(map(lambda g: g.abs().mean().item(), gs))
