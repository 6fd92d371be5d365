"""-- | Module      : Backprop
   -- | Stability   : experimental

What was the most important concept? That the backward pass is a fold from the right over the same list of layers
that the forward pass scans from the left.
Question that remains: is there a learning rate that never diverges?
"""
from collections import namedtuple
from functools import partial, reduce
from itertools import accumulate, islice, product
from operator import itemgetter, mul

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
    """scanl1 (*) over the links of the chain; the derivatives of the parameters branch off."""
    z1, a1, z2, a2 = itemgetter("z1", "a1", "z2", "a2")(manual_forward(x, w1, b1, w2, b2))
    links = a2 - y, sigmoid_derivative(z2), w2, sigmoid_derivative(z1)
    names = "dL_da2", "dL_dz2", "dL_da1", "dL_dz1"
    chain = dict(zip(names, accumulate(links, mul)))
    branch = {f"dL_d{p}": chain[at] * local for p, at, local in (
        ("w2", "dL_dz2", a1), ("b2", "dL_dz2", 1), ("w1", "dL_dz1", x), ("b1", "dL_dz1", 1))}
    return {**chain, **branch, "da2_dz2": links[1], "da1_dz1": links[3]}


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


def backprop(layers, traces, dLoss):
    """foldr by hand. Goes down to the output, and hands the gradient at each layer's input back up.

    backprop []     _      d = (d, [])
    backprop (l:ls) (t:ts) d = (dPre * l', g : gs)  where (dOut, gs) = backprop ls ts d
    """
    if not layers:
        return dLoss, []
    (layer, *ls), (trace, *ts) = layers, traces
    dOut, gs = backprop(ls, ts, dLoss)
    dPre = dOut * trace.out * (1 - trace.out)
    return dPre @ layer.W.T, [Layer(trace.inp.T @ dPre, dPre.sum(axis=0, keepdims=True)), *gs]


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
        g1, g2 = snd(backprop(self.layers, self.traces[1:], dLoss))
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
