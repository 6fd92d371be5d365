"""A student who wraps everything: decorators, a context manager that puts things back, an autograd.Function of her own."""

import inspect
from collections import OrderedDict, defaultdict
from contextlib import ExitStack, contextmanager
from functools import singledispatchmethod, wraps

import numpy as np
import torch


def returns_dict(generator):
    """The function yields pairs, its caller gets a dict."""

    @wraps(generator)
    def wrapper(*args, **kwargs):
        return OrderedDict(generator(*args, **kwargs))

    return wrapper


@returns_dict
def chain_rule(x):
    yield "u", (u := 2 * x + 1)
    yield "f", u**3
    yield "du_dx", (du_dx := 2.0)
    yield "df_du", (df_du := 3.0 * u**2)
    yield "df_dx", df_du * du_dx


@returns_dict
def computational_graph(w, x, b):
    yield "a", (a := w * x)
    yield "z", (z := a + b)
    yield "L", z**2
    yield "dL_dz", (upstream := 2 * z)
    for name, local in {"a": 1, "w": x, "x": w, "b": 1}.items():
        yield f"dL_d{name}", upstream * local


@returns_dict
def single_neuron(x, w, b, y):
    z = np.einsum("i,i->", np.asarray(x, dtype=float), np.asarray(w, dtype=float)) + b
    a = 0.5 + 0.5 * np.tanh(z / 2)
    yield from [("z", z), ("a", a), ("L", 0.5 * (y - a) ** 2)]
    yield "dL_da", -(y - a)
    yield "da_dz", a * (1 - a)
    delta = (a - y) * a * (1 - a)
    yield "dL_dz", delta
    yield "dL_db", delta
    yield "dL_dw", np.full(np.shape(x), delta) * x


def every(steps_argument):
    """Prints what a generator of losses gives, at every so many steps, and collects it."""

    def decorate(generator):
        signature = inspect.signature(generator)

        @wraps(generator)
        def wrapper(*args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            n = bound.arguments[steps_argument]
            losses = []
            for loss in generator(*args, **kwargs):
                if len(losses) % n == 0:
                    print(f"loss at {len(losses)}: {loss:.6f}")
                losses.append(loss)
            return losses

        return wrapper

    return decorate


class Elementwise:
    """Numbers, lists and arrays by one name each."""

    @singledispatchmethod
    def relu(self, Z):
        return self.relu(np.asarray(Z))

    @relu.register
    def _(self, Z: np.ndarray):
        return np.maximum(Z, Z.dtype.type(0))

    def relu_derivative(self, Z):
        slopes = np.zeros(np.shape(Z))
        np.copyto(slopes, 1.0, where=np.asarray(Z) > 0)
        return slopes

    def sigmoid(self, Z):
        Z = np.array(Z, dtype=float)
        e = np.exp(-np.abs(Z))
        np.divide(np.where(Z < 0, e, 1.0), 1.0 + e, out=Z)
        return Z

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        s -= s * s
        return s


class Trained:
    def cost(self, Y, A):
        Y = np.asarray(Y)
        A = np.asarray(A, dtype=float)
        floor = np.nextafter(0, 1) ** 0.5
        floor = max(floor, 1e-16)
        # each logarithm has its own guard, so that 1 - A is not rounded
        terms = Y * np.log(np.maximum(A, floor)) + (1 - Y) * np.log(np.maximum(1 - A, floor))
        return np.negative(terms.sum()) / Y.shape[1]

    @every("print_every")
    def train(self, X, Y, num_iterations=1000, print_every=100):
        for _ in range(num_iterations):
            A, cache = self.forward(X)
            yield self.compute_loss(Y, A)
            self.update_parameters(self.backward(Y, cache))

    def update_parameters(self, gradients):
        for key in gradients.keys():
            p = getattr(self, key[1:])
            setattr(self, key[1:], np.subtract(p, np.multiply(self.learning_rate, gradients[key])))

    def predict(self, X):
        A, _ = self.forward(X)
        classes = np.zeros_like(A, dtype=np.intp)
        classes[A > 0.5] = 1
        return classes


def small(rows, columns):
    return (np.random.rand(rows, columns) - 0.5) / 5


class NeuralNetworkWithBackprop(Elementwise, Trained):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden_size, input_size), np.zeros((hidden_size, 1))
        self.W2, self.b2 = small(output_size, hidden_size), np.zeros((output_size, 1))

    def forward(self, X):
        cache = defaultdict(lambda: None, X=np.array(X))
        cache["Z1"] = self.W1 @ cache["X"] + self.b1
        cache["A1"] = self.relu(cache["Z1"])
        cache["Z2"] = self.W2 @ cache["A1"] + self.b2
        cache["A2"] = self.sigmoid(cache["Z2"])
        return cache["A2"], cache

    def compute_loss(self, Y, A2):
        return self.cost(Y, A2)

    @returns_dict
    def backward(self, Y, cache):
        m = np.shape(Y)[1]
        # sigmoid and cross-entropy together: A - Y
        dZ2 = np.subtract(cache["A2"], Y) / m
        dZ1 = np.where(cache["Z1"] > 0, self.W2.T @ dZ2, 0.0)
        for number, dZ, A in ((2, dZ2, cache["A1"]), (1, dZ1, cache["X"])):
            yield f"dW{number}", np.tensordot(dZ, A, axes=([1], [1]))
            yield f"db{number}", np.add.reduce(dZ, axis=1, keepdims=True)


class ThreeLayerNetwork(Trained):
    """A layer in front of the other network: that one does the rest."""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.rest = NeuralNetworkWithBackprop(hidden1_size, hidden2_size, output_size)
        self.learning_rate = learning_rate
        self.W1, self.b1 = small(hidden1_size, input_size), np.zeros((hidden1_size, 1))

    def __getattr__(self, name):
        inner = {"W2": "W1", "b2": "b1", "W3": "W2", "b3": "b2"}.get(name)
        if inner is None or "rest" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.rest, inner)

    def __setattr__(self, name, value):
        inner = {"W2": "W1", "b2": "b1", "W3": "W2", "b3": "b2"}.get(name)
        if inner is None:
            object.__setattr__(self, name, value)
        else:
            setattr(self.rest, inner, value)

    def forward(self, X):
        X = np.asarray(X)
        Z1 = self.W1 @ X + self.b1
        A1 = self.rest.relu(Z1)
        A3, inner = self.rest.forward(A1)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=inner["Z1"], A2=inner["A1"], Z3=inner["Z2"], A3=A3)

    def compute_loss(self, Y, A3):
        return self.cost(Y, A3)

    def backward(self, Y, cache):
        inner = dict(X=cache["A1"], Z1=cache["Z2"], A1=cache["A2"], Z2=cache["Z3"], A2=cache["A3"])
        g = self.rest.backward(Y, inner)
        # what the other network's first layer gets from behind is its db1, sample by sample
        dZ3 = (cache["A3"] - Y) / np.shape(Y)[1]
        dZ2 = self.W3.T @ dZ3 * self.rest.relu_derivative(cache["Z2"])
        dZ1 = self.W2.T @ dZ2 * self.rest.relu_derivative(cache["Z1"])
        return dict(
            dW1=dZ1 @ cache["X"].T,
            db1=dZ1.sum(axis=1, keepdims=True),
            dW2=g["dW1"],
            db2=g["db1"],
            dW3=g["dW2"],
            db3=g["db2"],
        )


@contextmanager
def nudged(array, index, step):
    old = array[index].copy()
    array[index] += step
    try:
        yield
    finally:
        array[index] = old


def _relative_difference(nn, X, Y, epsilon, name, analytic, indices):
    p = getattr(nn, name)
    if analytic.shape != p.shape:
        return float("inf")
    squares = np.zeros(3)
    for index in indices:
        losses = {}
        for sign in (-1.0, 1.0):
            with nudged(p, index, sign * epsilon):
                losses[sign] = float(nn.compute_loss(Y, nn.forward(X)[0]))
        numeric = (losses[1.0] - losses[-1.0]) / (2 * epsilon)
        squares += np.square([analytic[index] - numeric, analytic[index], numeric])
    top, a, n = np.sqrt(squares)
    return top / (a + n) if a + n > 0 else 0.0


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    gradients = {k: np.array(v) for k, v in nn.backward(Y, cache).items()}
    return {
        name: _relative_difference(nn, X, Y, epsilon, name, gradients["d" + name], np.ndindex(getattr(nn, name).shape))
        for name in ("W1", "b1", "W2", "b2")
    }


def gradient_check(nn, X, Y, epsilon=1e-05):
    state = np.random.get_state()  # the ten are drawn at random; the global generator is put back afterwards
    with ExitStack() as stack:
        stack.callback(np.random.set_state, state)
        _, cache = nn.forward(X)
        gradients = {k: np.array(v) for k, v in nn.backward(Y, cache).items()}
        result = {}
        for name in ("W1", "b1", "W2", "b2"):
            shape = getattr(nn, name).shape
            indices = list(np.ndindex(shape))
            np.random.shuffle(indices)
            indices = [tuple(i) for i in indices[:10]]
            result[name] = _relative_difference(nn, X, Y, epsilon, name, gradients["d" + name], indices)
    return result


def two_squares(w1, w2, x1, x2):
    return 4 * (w1 * x1) * x1, 4 * (w2 * x2) * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1, w2, x1, x2 = map(torch.tensor, (w1, w2, x1, x2))
    w1.requires_grad_(), w2.requires_grad_()
    ((w1 * x1 + w2 * x2).pow(2) + (w1 * x1 - w2 * x2).pow(2)).backward()
    return w1.grad.numpy()[()], w2.grad.numpy()[()]


class Line(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, b):
        ctx.save_for_backward(x, w)
        return w * x + b

    @staticmethod
    def backward(ctx, upstream):
        x, w = ctx.saved_tensors
        return upstream * w, upstream * x, upstream


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(float(v), dtype=torch.float64, requires_grad=True) for v in (x, w, b))
    y = w * x + b
    assert torch.autograd.gradcheck(Line.apply, (x, w, b))  # mine agrees, but asked for is PyTorch's
    x.grad = w.grad = b.grad = None
    y.backward()
    return [x.grad, w.grad, b.grad]


def leaf_parameters(shape, scale, generator):
    return (scale * torch.randn(*shape, generator=generator)).clone().detach().requires_grad_(True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    flat = torch.nn.utils.parameters_to_vector([W1, b1, W2, b2]).clone().requires_grad_()
    sizes = [p.numel() for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD([flat], lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = (v.view(p.shape) for v, p in zip(flat.split(sizes), (W1, b1, W2, b2)))
        A2 = torch.special.expit(torch.addmm(c2, V2, torch.threshold(torch.addmm(c1, V1, X), 0.0, 0.0)))
        loss = torch.nn.functional.mse_loss(A2, Y, reduction="sum") / Y.numel()
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        losses.append(np.float64(loss.detach()))
    return losses


def gradient_flow(model, X, Y):
    linear = [m for m in model.modules() if type(m) is torch.nn.Linear or isinstance(m, torch.nn.Linear)]
    clock = []
    with ExitStack() as stack:
        for m in linear:
            handle = m.register_forward_pre_hook(lambda m, _: clock.append(id(m)))
            stack.callback(handle.remove)
        p = model(X)
    linear.sort(key=lambda m: clock.index(id(m)))
    loss = torch.nn.functional.binary_cross_entropy(p, Y.to(p.dtype), reduction="mean")
    return [g.abs().mean() for g in torch.autograd.grad(loss, [m.weight for m in linear])]
