from functools import reduce, partial
from itertools import islice, product
import logging
import numpy as np
import torch

log = logging.getLogger("backprop")

# each primitive :: value -> (value, pullback)


class Arrow:
    """composable: (f >> g)(x) runs f, then g; remembers the pullbacks"""

    def __init__(self, *steps):
        self.steps = steps

    def __rshift__(self, other):
        return Arrow(*self.steps, *other.steps)

    def __call__(self, v):
        return reduce(lambda st, f: (lambda r: (r[0], [r[1]] + st[1], st[2] + [r[0]]))(f(st[0])), self.steps, (v, [], [v]))


def times(c):
    return Arrow(lambda v: (c * v, lambda g: c * g))


def plus(c):
    return Arrow(lambda v: (v + c, lambda g: g))


def power(n):
    return Arrow(lambda v: (v ** n, lambda g: g * n * v ** (n - 1)))


def _pull(seed, backs):
    return reduce(lambda g, pb: pb(g), backs, seed)


def chain_rule(x):
    f, (pow_back, *lin_backs), (_, _, u, _) = (times(2) >> plus(1) >> power(3))(x)
    return dict(f=f, u=u, df_du=pow_back(1), du_dx=_pull(1, lin_backs), df_dx=_pull(1, [pow_back, *lin_backs]))


def computational_graph(w, x, b):
    L, backs, (_, a, z, _) = (times(w) >> plus(b) >> power(2))(x)
    gz = backs[0](1)
    ga = backs[1](gz)
    return {"a": a, "z": z, "L": L, "dL_dz": gz, "dL_da": ga, "dL_dw": ga * x, "dL_dx": backs[2](ga), "dL_db": gz}


logistic = lambda z: np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


def single_neuron(x, w, b, y):
    a = float(logistic(z := float(np.inner(x, w)) + b))
    return (lambda e, s: {"z": z, "a": a, "L": e * e / 2, "dL_da": e, "da_dz": s, **dict.fromkeys(("dL_dz", "dL_db"), e * s), "dL_dw": np.multiply(e * s, x)})(a - y, a - a * a)


def xent(Y, P, tiny=1e-14):
    P = np.clip(P, tiny, 1 - tiny)
    return -np.sum(np.where(np.asarray(Y) == 1, np.log(P), 0) + np.where(np.asarray(Y) == 1, 0, np.log1p(-P))) / P.shape[-1]


def dense(net, i):
    W, b = getattr(net, f"W{i}"), getattr(net, f"b{i}")
    return lambda v: W @ v + b


class _Base:
    depth = None

    def _setup(self, dims, lr):
        self.learning_rate = lr
        for i, (fan_in, fan_out) in enumerate(zip(dims, dims[1:]), 1):
            setattr(self, f"W{i}", np.random.standard_normal((fan_out, fan_in)) / 50)
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))

    @property
    def _names(self):
        return [f"{c}{i}" for i, c in product(range(1, self.depth + 1), "Wb")]

    def forward(self, X):
        def go(i, below, memo):
            if i > self.depth:
                return below, memo
            Z = dense(self, i)(below)
            A = logistic(Z) if i == self.depth else np.where(Z > 0, Z, 0.0)
            return go(i + 1, A, memo | {f"Z{i}": Z, f"A{i}": A})
        return go(1, X, {"X": X})

    def compute_loss(self, Y, A):
        return float(xent(Y, A))

    def backward(self, Y, cache):
        def descend(i, G):
            below = cache["X" if i == 1 else f"A{i - 1}"]
            here = {f"dW{i}": G @ below.T, f"db{i}": G @ np.ones((G.shape[1], 1))}
            if i == 1:
                return here
            W, Zb = getattr(self, f"W{i}"), cache[f"Z{i - 1}"]
            return descend(i - 1, np.where(Zb > 0, W.T @ G, 0.0)) | here
        out = cache[f"A{self.depth}"]
        return descend(self.depth, (out - Y) / out.shape[1])

    def update_parameters(self, gradients):
        step = lambda n: setattr(self, n, getattr(self, n) - self.learning_rate * gradients["d" + n])
        list(map(step, self._names))

    def _steps(self, X, Y):
        while True:
            A, memo = self.forward(X)
            yield self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, memo))

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses, gen = [], self._steps(X, Y)
        for t, value in enumerate(islice(gen, num_iterations)):
            losses.append(value)
            if t % print_every == 0:
                print(f"[{t:>6}] {value:.5f}")
        if losses:
            # the generator sleeps at the yield: let it do its last update too
            next(gen)
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > .5).astype(np.int64)


class NeuralNetworkWithBackprop(_Base):
    depth = 2

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._setup((input_size, hidden_size, output_size), learning_rate)

    relu = staticmethod(lambda Z: np.maximum(Z, 0))
    relu_derivative = staticmethod(lambda Z: np.heaviside(Z, 0.0))
    sigmoid = staticmethod(logistic)
    sigmoid_derivative = staticmethod(lambda Z: logistic(Z) * logistic(np.negative(Z)))


class ThreeLayerNetwork(_Base):
    depth = 3

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._setup((input_size, hidden1_size, hidden2_size, output_size), learning_rate)


def _compare(nn, X, Y, eps, pick):
    """pick :: number of elements -> the flat indices to be looked at"""
    J = lambda: nn.compute_loss(Y, nn.forward(X)[0])
    exact = nn.backward(Y, nn.forward(X)[1])

    def slope(theta, i):
        keep = theta.flat[i]

        def at(v):
            theta.flat[i] = v
            return J()
        try:
            return (at(keep + eps) - at(keep - eps)) / (2 * eps)
        finally:
            theta.flat[i] = keep

    def distance(name):
        theta = getattr(nn, name)
        ii = list(pick(theta.size))
        g = np.asarray(exact["d" + name], float).ravel()[ii]
        n = np.array([slope(theta, i) for i in ii])
        return float(np.linalg.norm(g - n) / max(np.linalg.norm(g) + np.linalg.norm(n), 1e-30))
    return {name: distance(name) for name in ("W1", "b1", "W2", "b2")}


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, lambda size: np.random.default_rng(1).permutation(size)[:10])


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, range)


def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return tuple(4 * wi * xi ** 2 for wi, xi in ((w1, x1), (w2, x2)))


def two_squares_autograd(w1, w2, x1, x2):
    L = lambda p, q: (p * x1 + q * x2) ** 2 + (p * x1 - q * x2) ** 2
    return torch.autograd.functional.jacobian(L, tuple(map(partial(torch.tensor, dtype=torch.double), (w1, w2))))


def autograd_linear(x, w, b):
    leaves = [torch.tensor(v, dtype=torch.double, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(torch.addcmul(leaves[2], leaves[1], leaves[0]), leaves)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def step(theta, _):
        theta = [t.detach().requires_grad_() for t in theta]
        A, a, B, c = theta
        loss = (torch.sigmoid(B @ (A @ X + a).clamp(min=0) + c) - Y).square().mean()
        trace.append(loss.item())
        return [t - learning_rate * g for t, g in zip(theta, torch.autograd.grad(loss, theta))]
    trace = []
    reduce(step, range(num_iterations), [t.clone() for t in (W1, b1, W2, b2)])
    return trace


def gradient_flow(model, X, Y):
    weights = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
