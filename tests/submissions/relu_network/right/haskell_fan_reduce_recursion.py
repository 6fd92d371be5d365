from functools import reduce, partial
from itertools import islice, repeat, accumulate, chain
from operator import mul, add, itemgetter, matmul
from typing import Callable, Iterable
import numpy as np
import torch

compose = lambda *fs: reduce(lambda f, g: lambda v: f(g(v)), fs)
square = lambda v: v * v
logistic: Callable = lambda v: np.divide(1., 1. + np.exp(np.negative(v)))
PARAMS = "W1 b1 W2 b2".split()


def chain_rule(x):
    links = (("du_dx", 2), ("df_du", 3 * square(2 * x + 1)))
    return dict(links, u=2 * x + 1, f=reduce(mul, repeat(2 * x + 1, 3)), df_dx=reduce(mul, map(itemgetter(1), links)))


def computational_graph(w, x, b):
    def go(a):
        def goz(z):
            def gog(g):
                return dict(a=a, z=z, L=square(z), dL_dz=g, dL_da=g, dL_db=g, dL_dw=mul(g, x), dL_dx=mul(g, w))
            return gog(2 * z)
        return goz(a + b)
    return go(w * x)


def single_neuron(x, w, b, y):
    z = reduce(add, map(mul, w, x), b)
    a = logistic(z)
    ls = tuple(accumulate((a - y, a * (1 - a)), mul))
    return dict(z=z, a=a, L=square(y - a) / 2, dL_da=ls[0], da_dz=a * (1 - a), dL_dz=ls[1], dL_db=ls[1],
                dL_dw=np.fromiter(map(partial(mul, ls[1]), x), float))


def _run(layers, h, pre=(), post=()):
    """run :: [(W, b, act)] -> h -> (pre-activations, activations)"""
    if not layers:
        return pre, post
    (W, b, act), *rest = layers
    z = W @ h + b
    a = act(z)
    return _run(rest, a, pre + (z,), post + (a,))


def _unwind(Ws, inputs, masks, d):
    """unwind :: from the last layer to the first, yields (dW, db)"""
    if Ws:
        yield d @ inputs[-1].T, d @ np.ones((d.shape[1], 1))
        if len(Ws) > 1:
            yield from _unwind(Ws[:-1], inputs[:-1], masks[:-1], (Ws[-1].T @ d) * masks[-1])


def _xent(Y, P):
    log = compose(np.log, partial(np.maximum, 1e-300))
    tiny = 1e-14
    Q = np.minimum(np.maximum(P, tiny), 1 - tiny)
    return -reduce(add, map(np.sum, (Y * log(Q), (1 - Y) * log(1 - Q)))) / Y.shape[1]


def _descend(net, X, Y, print_every):
    def step(i):
        out, cache = net.forward(X)
        loss = net.compute_loss(Y, out)
        i % print_every or print(i, loss)
        net.update_parameters(net.backward(Y, cache))
        return loss
    return step


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.__dict__.update(learning_rate=learning_rate,
                             W1=np.random.uniform(-.1, .1, (hidden_size, input_size)), b1=np.zeros((hidden_size, 1)),
                             W2=np.random.uniform(-.1, .1, (output_size, hidden_size)), b2=np.zeros((output_size, 1)))

    relu = staticmethod(lambda Z: Z * (Z > 0))
    relu_derivative = staticmethod(lambda Z: np.float64(1) * (Z > 0))
    sigmoid = staticmethod(logistic)
    sigmoid_derivative = staticmethod(lambda Z: logistic(Z) * logistic(np.negative(Z)))

    def forward(self, X):
        (Z1, Z2), (A1, A2) = _run([(self.W1, self.b1, self.relu), (self.W2, self.b2, self.sigmoid)], X)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    compute_loss = staticmethod(_xent)

    def backward(self, Y, cache):
        d = (cache['A2'] - Y) / Y.shape[1]
        out = _unwind([self.W1, self.W2], [cache['X'], cache['A1']], [cache['Z1'] > 0], d)
        return dict(zip("dW2 db2 dW1 db1".split(), chain.from_iterable(out)))

    def update_parameters(self, gradients):
        self.__dict__.update({p: vars(self)[p] - self.learning_rate * gradients['d' + p] for p in PARAMS})

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return list(map(_descend(self, X, Y, print_every), range(num_iterations)))

    def predict(self, X):
        return np.asarray([[int(p > .5) for p in row] for row in self.forward(X)[0]], dtype=int)


def _check(take, nn, X, Y, eps):
    grads = nn.backward(Y, nn.forward(X)[1])

    def loss_at(name, old, new):
        setattr(nn, name, new)
        value = nn.compute_loss(Y, nn.forward(X)[0])
        setattr(nn, name, old)
        return value

    def shifted(old, i, by):
        unit = np.zeros(old.size)
        unit[i] = by
        return old + unit.reshape(old.shape)

    def report(name):
        old = getattr(nn, name)
        ids = list(take(range(old.size)))
        slopes = np.array([(loss_at(name, old, shifted(old, i, eps)) - loss_at(name, old, shifted(old, i, -eps))) / (2 * eps) for i in ids])
        exact = np.take(grads['d' + name], ids)
        size = np.linalg.norm(slopes) + np.linalg.norm(exact)
        return 0.0 if size == 0 else np.linalg.norm(slopes - exact) / size

    return {name: report(name) for name in PARAMS}


gradient_check = lambda nn, X, Y, epsilon=1e-05: _check(lambda it: islice(it, 10), nn, X, Y, epsilon)
gradient_check_all = lambda nn, X, Y, epsilon=1e-05: _check(iter, nn, X, Y, epsilon)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = (input_size, hidden1_size, hidden2_size, output_size)
        vars(self).update((f"W{i}", np.random.uniform(-.1, .1, (q, p))) for i, (p, q) in enumerate(zip(sizes, sizes[1:]), 1))
        vars(self).update((f"b{i}", np.zeros((q, 1))) for i, q in enumerate(sizes[1:], 1))

    def forward(self, X):
        relu = NeuralNetworkWithBackprop.relu
        acts = (relu, relu, logistic)
        pre, post = _run([(getattr(self, f"W{i}"), getattr(self, f"b{i}"), f) for i, f in enumerate(acts, 1)], X)
        return post[-1], dict({"X": X}, **{f"Z{i}": z for i, z in enumerate(pre, 1)}, **{f"A{i}": a for i, a in enumerate(post, 1)})

    compute_loss = staticmethod(_xent)

    def backward(self, Y, cache):
        c = cache
        pairs = _unwind([self.W1, self.W2, self.W3], [c['X'], c['A1'], c['A2']], [c['Z1'] > 0, c['Z2'] > 0], (c['A3'] - Y) / Y.shape[1])
        return {k: v for i, (dW, db) in zip((3, 2, 1), pairs) for k, v in ((f"dW{i}", dW), (f"db{i}", db))}

    def update_parameters(self, gradients):
        vars(self).update({k[1:]: vars(self)[k[1:]] - self.learning_rate * g for k, g in gradients.items()})

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return [*map(_descend(self, X, Y, print_every), range(num_iterations))]

    def predict(self, X):
        return np.where(self.forward(X)[0] > .5, 1, 0)


def two_squares(w1, w2, x1, x2):
    inner = (add(w1 * x1, w2 * x2), w1 * x1 - w2 * x2)
    return tuple(sum(map(mul, map(partial(mul, 2), inner), outer)) for outer in ((x1, x1), (x2, -x2)))


def two_squares_autograd(w1, w2, x1, x2):
    f = lambda ws: reduce(add, (square(ws[0] * x1 + s * ws[1] * x2) for s in (1, -1)))
    return tuple(torch.func.grad(f)((torch.tensor(w1), torch.tensor(w2))))


def autograd_linear(x, w, b):
    return torch.func.grad(lambda x, w, b: w * x + b, argnums=(0, 1, 2))(*map(torch.tensor, (x, w, b)))


def leaf_parameters(shape, scale, generator):
    return compose(torch.Tensor.requires_grad_, partial(torch.mul, other=scale) if False else (lambda t: t * scale))(torch.randn(*shape, generator=generator))


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    def loss_of(p):
        return (torch.sigmoid(p[2] @ torch.relu(p[0] @ X + p[1]) + p[3]) - Y).square().mean()

    def unfold(p, n):
        while n:
            leaves = tuple(t.detach().clone().requires_grad_() for t in p)
            loss = loss_of(leaves)
            yield loss.item()
            p = tuple(t - learning_rate * g for t, g in zip(leaves, torch.autograd.grad(loss, leaves)))
            n -= 1

    return list(unfold((W1, b1, W2, b2), num_iterations))


def gradient_flow(model, X, Y):
    linears = list(filter(lambda m: isinstance(m, torch.nn.Linear), model.modules()))
    model.zero_grad()
    torch.nn.BCELoss()(model(X), Y).backward()
    return list(map(lambda m: m.weight.grad.abs().mean().item(), linears))
