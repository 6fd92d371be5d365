"""The exercise with as little state as possible: folds, partials, generators."""
import operator as op
from functools import partial, reduce
from itertools import islice

import numpy as np
import torch

compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
cube, square = (lambda u: u ** 3), (lambda z: z ** 2)
clip_exponent = partial(np.clip, a_min=-500, a_max=500)
logistic = compose(clip_exponent, op.neg, np.exp, partial(op.add, 1), np.reciprocal)
rectify = partial(np.maximum, 0)
positive = compose(partial(op.lt, 0), partial(np.asarray, dtype=float))
over_samples = partial(np.sum, axis=1, keepdims=True)


def entropy(Y, P, margin=1e-15):
    P = np.clip(P, margin, 1 - margin)
    return -np.add.reduce(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=None) / Y.shape[1]


def chain_rule(x):
    u, du_dx = 2 * x + 1, 2
    df_du = 3 * square(u)
    return dict(f=cube(u), u=u, du_dx=du_dx, df_du=df_du, df_dx=reduce(op.mul, (df_du, du_dx)))


def computational_graph(w, x, b):
    a = op.mul(w, x)
    z = op.add(a, b)
    along = partial(op.mul, 2 * z)
    return dict(a=a, z=z, L=square(z), dL_dz=along(1), dL_da=along(1), dL_dw=along(x), dL_dx=along(w), dL_db=along(1))


def single_neuron(x, w, b, y):
    z = np.dot(w, x) + b
    a = logistic(z)
    chain = [a - y, a * (1 - a)]
    dL_dz = reduce(op.mul, chain)
    return dict(z=z, a=a, L=square(y - a) / 2, dL_da=chain[0], da_dz=chain[1], dL_dz=dL_dz,
                dL_dw=dL_dz * np.asarray(x), dL_db=dL_dz)


class _Descent:
    """What both networks have in common; LAYERS says how many there are."""

    def _build(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        for l, (n, h) in enumerate(zip(sizes, sizes[1:]), 1):
            vars(self).update({f"W{l}": np.random.randn(h, n) * 0.1, f"b{l}": np.zeros((h, 1))})

    def forward(self, X):
        def layer(state, l):
            A, cache = state
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = (logistic if l == self.LAYERS else rectify)(Z)
            return A, {**cache, f"Z{l}": Z, f"A{l}": A}
        return reduce(layer, range(1, self.LAYERS + 1), (X, {"X": X}))

    def compute_loss(self, Y, A):
        return entropy(Y, A)

    def backward(self, Y, cache):
        def layer(state, l):
            G, grads = state
            inside = cache["X"] if l == 1 else cache[f"A{l - 1}"]
            grads = {**grads, f"dW{l}": G @ inside.T, f"db{l}": over_samples(G)}
            return (G if l == 1 else (getattr(self, f"W{l}").T @ G) * positive(cache[f"Z{l - 1}"])), grads
        top = (cache[f"A{self.LAYERS}"] - Y) / Y.shape[1]
        return reduce(layer, range(self.LAYERS, 0, -1), (top, {}))[1]

    def update_parameters(self, gradients):
        names = [p + str(l) for l in range(1, self.LAYERS + 1) for p in "Wb"]
        vars(self).update({n: getattr(self, n) - self.learning_rate * gradients["d" + n] for n in names})

    def _steps(self, X, Y):
        while True:
            A, cache = self.forward(X)
            loss = self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))
            yield loss

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i, loss in enumerate(islice(self._steps(X, Y), num_iterations)):
            losses.append(loss)
            if i % print_every == 0:
                print(i, loss)
        return losses

    def predict(self, X):
        return compose(op.itemgetter(0), partial(op.lt, 0.5), lambda hit: hit.astype(int))(self.forward(X))


class NeuralNetworkWithBackprop(_Descent):
    LAYERS = 2

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._build((input_size, hidden_size, output_size), learning_rate)

    def relu(self, Z):
        return rectify(Z)

    def relu_derivative(self, Z):
        return positive(Z)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        return compose(logistic, lambda s: s * (1 - s))(Z)


class ThreeLayerNetwork(_Descent):
    LAYERS = 3

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._build((input_size, hidden1_size, hidden2_size, output_size), learning_rate)


def _pairs(nn, X, Y, name, epsilon):
    """(analytic, numeric) for one element after the other."""
    theta, exact = getattr(nn, name), nn.backward(Y, nn.forward(X)[1])["d" + name]
    cost = lambda: nn.compute_loss(Y, nn.forward(X)[0])

    def moved(i, step):
        kept = theta[i]
        theta[i] = kept + step
        try:
            return cost()
        finally:
            theta[i] = kept

    for i in np.ndindex(theta.shape):
        yield exact[i], (moved(i, epsilon) - moved(i, -epsilon)) / (2 * epsilon)


def _distance(pairs):
    a, n = map(np.array, zip(*pairs))
    size = np.hypot(np.linalg.norm(a), np.linalg.norm(n))
    return np.linalg.norm(a - n) / size if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    return {k: _distance(islice(_pairs(nn, X, Y, k, epsilon), 10)) for k in ("W1", "b1", "W2", "b2")}


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return {k: _distance(_pairs(nn, X, Y, k, epsilon)) for k in ("W1", "b1", "W2", "b2")}


def two_squares(w1, w2, x1, x2):
    sums = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    inner = (x1, x1), (x2, -x2)
    return tuple(sum(2 * s * d for s, d in zip(sums, ds)) for ds in inner)


_leaf = partial(torch.tensor, dtype=torch.float64, requires_grad=True)


def two_squares_autograd(w1, w2, x1, x2):
    leaves = tuple(map(_leaf, (w1, w2)))
    p, q = (w * x for w, x in zip(leaves, (x1, x2)))
    return torch.autograd.grad(square(p + q) + square(p - q), leaves)


def autograd_linear(x, w, b):
    leaves = tuple(map(_leaf, (x, w, b)))
    return torch.autograd.grad(torch.addcmul(leaves[2], leaves[1], leaves[0]), leaves)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul_(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def loss_of(W1, b1, W2, b2):
        return torch.square(torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2) - Y).mean()

    def step(state, _):
        theta, losses = state
        theta = [t.detach().requires_grad_() for t in theta]
        loss = loss_of(*theta)
        grads = torch.autograd.grad(loss, theta)
        return [t - learning_rate * g for t, g in zip(theta, grads)], losses + [loss.item()]

    return reduce(step, range(num_iterations), ([t.clone() for t in (W1, b1, W2, b2)], []))[1]


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    linear = filter(lambda part: isinstance(part, torch.nn.Linear), model.modules())
    size = lambda part: torch.cat([p.grad.flatten() for p in part.parameters()]).abs().mean().item()
    return list(map(size, linear))
