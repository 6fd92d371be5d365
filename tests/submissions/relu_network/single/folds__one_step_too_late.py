"""Haskell refugee edition: folds, partial application, recursion, nothing is changed in place if it can be helped."""

import operator as op
from functools import partial, reduce
from itertools import accumulate, repeat, starmap
from typing import NamedTuple

import numpy as np
import torch

compose = lambda *fs: reduce(lambda f, g: lambda x: f(g(x)), fs)
relu_ = partial(np.maximum, 0)
step_ = compose(lambda t: t.astype(float), partial(np.less, 0))        # 0 < z
sigma_ = compose(lambda t: (1 + t) / 2, np.tanh, lambda z: np.asarray(z, float) / 2)


class Layer(NamedTuple):
    W: np.ndarray
    b: np.ndarray


class Trace(NamedTuple):
    A_in: np.ndarray
    Z: np.ndarray


def layers_of(nn, depth):
    return [Layer(getattr(nn, f"W{i}"), getattr(nn, f"b{i}")) for i in range(1, depth + 1)]


def affine(layer, A):
    return layer.W @ A + layer.b


def unfold(layers, acts, A):
    """[(Z1, A1), (Z2, A2), ...] by recursion"""
    if not layers:
        return []
    (layer, *layers), (act, *acts) = layers, acts
    Z = affine(layer, A)
    return [(Z, act(Z))] + unfold(layers, acts, act(Z))


def as_cache(X, states):
    return {"X": X, **{f"Z{i}": Z for i, (Z, _) in enumerate(states, 1)}, **{f"A{i}": A for i, (_, A) in enumerate(states, 1)}}


def deltas(layers, Zs, delta):
    """from the output's delta to those of all the layers, the first layer's first"""
    pull = lambda d, wz: (wz[0].T @ d) * step_(wz[1])
    steps = zip((l.W for l in reversed(layers)), reversed(Zs))
    return list(accumulate(steps, pull, initial=delta))[::-1]


def outer(delta, A):
    return delta @ A.T


def share(delta):
    return delta.sum(axis=1, keepdims=True)


def cross_entropy(Y, P, tiny=1e-12):
    P = np.clip(P, tiny, 1 - tiny)
    terms = starmap(lambda y, p: y @ np.log(p) + (1 - y) @ np.log(1 - p), zip(Y.T, P.T))
    return -sum(terms) / Y.shape[1]


def moved(lr, P, G):
    return P - lr * G


def chain_rule(x):
    u = 2 * x + 1
    links = {"df_du": 3 * u ** 2, "du_dx": 2}
    return {"f": u ** 3, "u": u, **links, "df_dx": reduce(op.mul, links.values())}


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    up = 2 * z
    return dict(a=a, z=z, L=z ** 2, dL_dz=up, **dict.fromkeys(("dL_da", "dL_db"), up), dL_dw=up * x, dL_dx=up * w)


def single_neuron(x, w, b, y):
    z = sum(map(op.mul, x, w), b)
    a = float(sigma_(z))
    links = (a - y, a * (1 - a))
    delta = reduce(op.mul, links)
    return dict(z=z, a=a, L=(a - y) ** 2 / 2, dL_da=links[0], da_dz=links[1], dL_dz=delta, dL_db=delta,
                dL_dw=np.fromiter(map(partial(op.mul, delta), x), float))


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        draw = compose(partial(op.mul, 0.1), lambda s: np.random.standard_normal(s))
        self.W1, self.W2 = map(draw, ((hidden_size, input_size), (output_size, hidden_size)))
        self.b1, self.b2 = map(lambda r: np.zeros((r, 1)), (hidden_size, output_size))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return relu_(Z)

    def relu_derivative(self, Z):
        return step_(Z)

    def sigmoid(self, Z):
        return sigma_(Z)

    def sigmoid_derivative(self, Z):
        return (lambda s: s * (1 - s))(sigma_(Z))

    def forward(self, X):
        states = unfold(layers_of(self, 2), [self.relu, self.sigmoid], X)
        return states[-1][1], as_cache(X, states)

    def compute_loss(self, Y, A2):
        return cross_entropy(Y, A2)

    def backward(self, Y, cache):
        _, out = layers_of(self, 2)
        ds = deltas([out], [cache["Z1"]], (cache["A2"] - Y) / Y.shape[1])
        dW1, dW2 = map(outer, ds, (cache["X"], cache["A1"]))
        db1, db2 = map(share, ds)
        return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)

    def update_parameters(self, gradients):
        names = ("W1", "b1", "W2", "b2")
        new = [moved(self.learning_rate, getattr(self, p), gradients["d" + p]) for p in names]
        self.W1, self.b1, self.W2, self.b2 = new

    def _descend(self, X, Y, n):
        """stream of n losses, one for each step of the descent"""
        output, cache = (compose(op.itemgetter(i), self.forward) for i in (0, 1))
        for _ in repeat(None, n):
            self.update_parameters(self.backward(Y, cache(X)))
            yield self.compute_loss(Y, output(X))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def tell(i_loss):
            i, loss = i_loss
            if i % print_every == 0:
                print(f"{i}: {loss:.5f}")
            return loss

        return list(map(tell, enumerate(self._descend(X, Y, num_iterations))))

    def predict(self, X):
        return compose(lambda t: t.astype(int), partial(np.less, 0.5), op.itemgetter(0), self.forward)(X)


def nudged_loss(nn, X, Y, name, index, by):
    old = getattr(nn, name)
    bump = np.zeros_like(old)
    bump[index] = by
    setattr(nn, name, old + bump)
    try:
        return nn.compute_loss(Y, nn.forward(X)[0])
    finally:
        setattr(nn, name, old)


def secant(nn, X, Y, h, name, index):
    hi, lo = (nudged_loss(nn, X, Y, name, index, s * h) for s in (1, -1))
    return (hi - lo) / (2 * h)


def disagreement(pairs):
    a, n = map(np.array, zip(*pairs))
    size = np.hypot(np.linalg.norm(a), np.linalg.norm(n))
    return float(np.linalg.norm(a - n) / size) if size else 0.0


def check_with(choose, nn, X, Y, h):
    G = nn.backward(Y, nn.forward(X)[1])
    spots = lambda p: choose(list(np.ndindex(*getattr(nn, p).shape)))
    return {p: disagreement([(G["d" + p][i], secant(nn, X, Y, h, p, i)) for i in spots(p)]) for p in ("W1", "b1", "W2", "b2")}


def every_nth(xs, k=10):
    return xs if len(xs) <= k else [xs[(2 * i + 1) * len(xs) // (2 * k)] for i in range(k)]


def gradient_check(nn, X, Y, epsilon=1e-05):
    return check_with(every_nth, nn, X, Y, epsilon)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return check_with(lambda xs: xs, nn, X, Y, epsilon)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        sizes = (input_size, hidden1_size, hidden2_size, output_size)
        pairs = list(zip(sizes, sizes[1:]))
        self.W1, self.W2, self.W3 = starmap(lambda p, q: 0.1 * np.random.standard_normal((q, p)), pairs)
        self.b1, self.b2, self.b3 = starmap(lambda p, q: np.zeros((q, 1)), pairs)
        self.learning_rate = learning_rate

    def forward(self, X):
        states = unfold(layers_of(self, 3), [relu_, relu_, sigma_], X)
        return states[-1][1], as_cache(X, states)

    def compute_loss(self, Y, A3):
        return cross_entropy(Y, A3)

    def backward(self, Y, cache):
        _, *above = layers_of(self, 3)
        ds = deltas(above, [cache["Z1"], cache["Z2"]], (cache["A3"] - Y) / Y.shape[1])
        inputs = op.itemgetter("X", "A1", "A2")(cache)
        return {f"d{kind}{i}": f(d, A)
                for i, (d, A) in enumerate(zip(ds, inputs), 1)
                for kind, f in (("W", outer), ("b", lambda d, _: share(d)))}

    def update_parameters(self, gradients):
        for p in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, p, moved(self.learning_rate, getattr(self, p), gradients["d" + p]))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def go(i, losses):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            if i % print_every == 0:
                print(f"{i}: {loss:.5f}")
            self.update_parameters(self.backward(Y, cache))
            return losses + [loss]

        return reduce(lambda losses, i: go(i, losses), range(num_iterations), [])

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    squares = [(w1 * x1 + w2 * x2, (x1, x2)), (w1 * x1 - w2 * x2, (x1, -x2))]
    each = [[2 * p * d for d in ds] for p, ds in squares]
    return tuple(map(sum, zip(*each)))


leaf = partial(torch.tensor, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    ws = tuple(map(leaf, (w1, w2)))
    p, q = map(op.mul, ws, (x1, x2))
    return torch.autograd.grad((p + q) ** 2 + (p - q) ** 2, ws)


def autograd_linear(x, w, b):
    return torch.func.grad(lambda x, w, b: w * x + b, argnums=(0, 1, 2))(*(torch.tensor(v, dtype=torch.float64) for v in (x, w, b)))


def leaf_parameters(shape, scale, generator):
    return torch.mul(torch.randn(*shape, generator=generator), scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def loss_of(W1, b1, W2, b2):
        return (torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2) - Y).square().mean()

    both = torch.func.grad_and_value(loss_of, argnums=(0, 1, 2, 3))

    def step(state, _):
        params, losses = state
        grads, loss = both(*params)
        return [p - learning_rate * g for p, g in zip(params, grads)], losses + [loss.item()]

    return reduce(step, repeat(None, num_iterations), ([W1, b1, W2, b2], []))[1]


def gradient_flow(model, X, Y):
    weights = [m.weight for m in model.modules() if isinstance(m, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return list(map(compose(float, torch.mean, torch.abs), torch.autograd.grad(loss, weights)))
