"""Backprop as a Haskeller would write it.

Reflection. The role of the chain rule: differentiation is a functor, composition goes to composition. A where block in
any order, evaluated lazily, is all that is needed.
What surprised me: how well reduce (foldr!) fits the backward pass.
"""
from collections import namedtuple
from functools import partial, reduce
from itertools import islice, product
from operator import itemgetter

import numpy as np

# ---- prelude -------------------------------------------------------------------------------------------------------

compose = lambda *fs: reduce(lambda f, g: lambda x: f(g(x)), fs)
fst, snd = itemgetter(0), itemgetter(1)


def iterate(f, x):
    """iterate f x = x : iterate f (f x)"""
    while True:
        yield x
        x = f(x)


def where(**bindings):
    """A where block: every binding is a thunk of the others, looked up when it is needed."""
    memo = {}

    def force(name):
        return memo[name] if name in memo else memo.setdefault(name, bindings[name](force))

    return {name: force(name) for name in bindings}


# ---- sigmoid -------------------------------------------------------------------------------------------------------

bounded = partial(np.clip, a_min=-700.0, a_max=700.0)
sigmoid = compose(np.reciprocal, partial(np.add, 1.0), np.exp, np.negative, bounded, partial(np.asarray, dtype=float))
sigmoid_derivative = lambda x: (lambda s: s * (1 - s))(sigmoid(x))

# ---- the smallest network ------------------------------------------------------------------------------------------


def manual_forward(x, w1, b1, w2, b2):
    return where(
        z1=lambda _: w1 * x + b1,
        a1=lambda _: sigmoid(_("z1")),
        z2=lambda _: w2 * _("a1") + b2,
        a2=lambda _: sigmoid(_("z2")),
    )


def manual_gradients(x, y, w1, b1, w2, b2):
    fwd = manual_forward(x, w1, b1, w2, b2)
    return where(
        dL_dw1=lambda _: _("dL_dz1") * x,
        dL_db1=lambda _: _("dL_dz1"),
        dL_dz1=lambda _: _("dL_da1") * _("da1_dz1"),
        da1_dz1=lambda _: sigmoid_derivative(fwd["z1"]),
        dL_da1=lambda _: _("dL_dz2") * _("dL_dw2"),
        dL_dw2=lambda _: _("dL_dz2") * fwd["a1"],
        dL_db2=lambda _: _("dL_dz2"),
        dL_dz2=lambda _: _("dL_da2") * _("da2_dz2"),
        da2_dz2=lambda _: sigmoid_derivative(fwd["z2"]),
        dL_da2=lambda _: fwd["a2"] - y,
    )


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    slopes = itemgetter("dL_dw1", "dL_db1", "dL_dw2", "dL_db2")(manual_gradients(x, y, w1, b1, w2, b2))
    return tuple(map(lambda p, dp: p - learning_rate * dp, (w1, b1, w2, b2), slopes))


# ---- the network: a thin object around pure functions --------------------------------------------------------------

Layer = namedtuple("Layer", "W b")
Trace = namedtuple("Trace", "inp out")          # what a layer saw and said


def scanLayer(traces, layer):
    """One step of scanl over the layers: [Trace] -> Layer -> [Trace]"""
    inp = traces[-1].out
    return traces + [Trace(inp, sigmoid(inp @ layer.W + layer.b))]


def foldBack(state, step):
    """One step of foldr over the layers: the gradient at the output becomes that at the input."""
    dOut, grads = state
    layer, trace = step
    dPre = dOut * trace.out * (1 - trace.out)
    return dPre @ layer.W.T, [Layer(trace.inp.T @ dPre, dPre.sum(axis=0, keepdims=True))] + grads


class NeuralNetwork:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        glorot = lambda i, o: Layer(1.5 * np.random.randn(i, o), np.zeros((1, o)))
        self.learning_rate = learning_rate
        (self.W1, self.b1), (self.W2, self.b2) = glorot(input_size, hidden_size), glorot(hidden_size, output_size)

    layers = property(lambda self: (Layer(self.W1, self.b1), Layer(self.W2, self.b2)))

    def forward(self, X):
        self.traces = reduce(scanLayer, self.layers, [Trace(None, np.asarray(X, dtype=float))])
        return self.traces[-1].out

    def backward(self, X, y):
        out = self.traces[-1].out
        dLoss = 2 / out.size * (out - y)
        _, (g1, g2) = reduce(foldBack, zip(self.layers[::-1], self.traces[:0:-1]), (dLoss, []))
        self.gradients = dict(dW1=g1.W, db1=g1.b, dW2=g2.W, db2=g2.b)
        return self.gradients

    def update_weights(self):
        self.W1, self.b1, self.W2, self.b2 = (
            getattr(self, p) - self.learning_rate * self.gradients["d" + p] for p in ("W1", "b1", "W2", "b2"))

    def compute_loss(self, y_true, y_pred):
        return compose(np.mean, np.square)(np.subtract(y_true, y_pred))

    def train_step(self, X, y):
        loss, *_ = self.compute_loss(y, self.forward(X)), self.backward(X, y), self.update_weights()
        return loss


# ---- training ------------------------------------------------------------------------------------------------------

bits = np.array(list(product((0.0, 1.0), repeat=2)))


def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 6, 1, 4.0)
    y = bits.sum(axis=1, keepdims=True) % 2
    return net, [net.train_step(bits, y) for _ in range(5000)]


def make_spiral_data(n_samples=300, noise=0.1):
    ts = np.linspace(0, 4 * np.pi, n_samples // 2)
    point = lambda turn, t: (t / (2 * np.pi) * np.cos(t + turn), t / (2 * np.pi) * np.sin(t + turn))
    arms = [point(turn, t) for turn in (0, np.pi) for t in ts]
    labels = [[c] for c in (0.0, 1.0) for _ in ts]
    return np.array(arms) + noise * np.random.randn(n_samples, 2), np.array(labels)


def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, 10.0)
    net.W1 = 3 * net.W1
    step = lambda epoch: (net.train_step(X, y), epoch + 1)[1]
    goodEnough = lambda epoch: epoch % 250 == 0 and np.mean((net.forward(X) > 0.5) == y) > 0.98
    next(filter(goodEnough, islice(iterate(step, 1), 9000)), None)
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    def run(hidden_size, learning_rate):
        np.random.seed(seed)
        net = NeuralNetwork(np.shape(X)[1], hidden_size, np.shape(y)[1], learning_rate)
        *_, final_loss = (net.train_step(X, y) for _ in range(epochs))
        return dict(hidden_size=hidden_size, learning_rate=learning_rate, final_loss=final_loss)

    return [run(*pair) for pair in product(hidden_sizes, learning_rates)]
