from functools import partial, reduce
from itertools import islice

import numpy as np
import torch

PARAMS = ("W1", "b1", "W2", "b2")


def compose(*fs):
    return reduce(lambda f, g: lambda x: g(f(x)), fs)


def chain_rule(x):
    inner, outer = (lambda t: 2 * t + 1), (lambda u: u ** 3)
    u = inner(x)
    links = {"du_dx": 2, "df_du": 3 * u ** 2}
    return {"f": compose(inner, outer)(x), "u": u, **links, "df_dx": reduce(lambda p, q: p * q, links.values())}


def mul(p, q):
    return p * q, lambda up: (up * q, up * p)


def add(p, q):
    return p + q, lambda up: (up, up)


def square(p):
    return p ** 2, lambda up: up * 2 * p


def computational_graph(w, x, b):
    a, back_mul = mul(w, x)
    z, back_add = add(a, b)
    L, back_square = square(z)
    dL_dz = back_square(1)
    dL_da, dL_db = back_add(dL_dz)
    dL_dw, dL_dx = back_mul(dL_da)
    return {k: v for k, v in locals().items() if not k.startswith("back") and k not in "wxb"}


def logistic(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def single_neuron(x, w, b, y):
    z = np.inner(w, x) + b
    a = logistic(z)
    dL_da, da_dz = a - y, a * (1 - a)
    dL_dz = dL_da * da_dz
    return {"z": z, "a": a, "L": 0.5 * dL_da ** 2, "dL_da": dL_da, "da_dz": da_dz,
            "dL_dz": dL_dz, "dL_db": dL_dz, "dL_dw": dL_dz * np.asarray(x)}


def cross_entropy(Y, A, tiny=1e-15):
    A = np.clip(A, tiny, 1 - tiny)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]


def descend(net, names, gradients):
    for name in names:
        setattr(net, name, getattr(net, name) - net.learning_rate * gradients["d" + name])


def fit(net, X, Y, num_iterations, print_every):
    def step(i):
        A, cache = net.forward(X)
        loss = net.compute_loss(Y, A)
        if i % print_every == 0:
            print(f"{i:>6}: {loss:.5f}")
        net.update_parameters(net.backward(Y, cache))
        return loss

    return list(map(step, range(num_iterations)))


def dense(W, b, A):
    """The affine map, and a closure that takes the gradient back through it."""
    def back(D):
        return D @ A.T, D.sum(axis=1, keepdims=True), W.T @ D

    return W @ A + b, back


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        draw = partial(np.random.default_rng().normal, 0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = draw((hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = draw((output_size, hidden_size)), np.zeros((output_size, 1))

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        return np.sign(np.maximum(0, Z)).astype(float)

    def sigmoid(self, Z):
        return logistic(Z)

    def sigmoid_derivative(self, Z):
        return (lambda s: s * (1 - s))(logistic(Z))

    def forward(self, X):
        Z1, _ = dense(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2, _ = dense(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def compute_loss(self, Y, A2):
        return cross_entropy(Y, A2)

    def backward(self, Y, cache):
        _, back2 = dense(self.W2, self.b2, cache["A1"])
        _, back1 = dense(self.W1, self.b1, cache["X"])
        dW2, db2, up = back2((cache["A2"] - Y) / Y.shape[1])
        dW1, db1, _ = back1(up * self.relu_derivative(cache["Z1"]))
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    def update_parameters(self, gradients):
        descend(self, PARAMS, gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def compare(nn, X, Y, epsilon, how_many=None):
    """Both checks: the first `how_many` elements of each parameter, or all of them."""
    _, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)

    def loss_with(name, value):
        setattr(nn, name, value)
        A, _ = nn.forward(X)
        return nn.compute_loss(Y, A)

    def slope(name, theta, where):
        nudge = np.zeros(theta.shape)
        nudge[where] = epsilon
        rise = loss_with(name, theta + nudge) - loss_with(name, theta - nudge)
        return rise / epsilon

    def distance(name):
        theta = getattr(nn, name)
        places = list(islice(np.ndindex(theta.shape), how_many))
        numeric = np.array([slope(name, theta, where) for where in places])
        analytic = np.array([gradients["d" + name][where] for where in places])
        size = np.linalg.norm(numeric) + np.linalg.norm(analytic)
        return np.linalg.norm(numeric - analytic) / size if size else 0.0

    return {name: distance(name) for name in PARAMS}


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, how_many=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon)


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        draw = partial(np.random.default_rng().normal, 0, 0.1)
        self.learning_rate = learning_rate
        self.W1, self.b1 = draw((hidden1_size, input_size)), np.zeros((hidden1_size, 1))
        self.W2, self.b2 = draw((hidden2_size, hidden1_size)), np.zeros((hidden2_size, 1))
        self.W3, self.b3 = draw((output_size, hidden2_size)), np.zeros((output_size, 1))

    def forward(self, X):
        Z1, _ = dense(self.W1, self.b1, X)
        A1 = np.maximum(0, Z1)
        Z2, _ = dense(self.W2, self.b2, A1)
        A2 = np.maximum(0, Z2)
        Z3, _ = dense(self.W3, self.b3, A2)
        A3 = logistic(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return cross_entropy(Y, A3)

    def backward(self, Y, cache):
        backs = [dense(W, b, cache[A])[1] for W, b, A in
                 ((self.W3, self.b3, "A2"), (self.W2, self.b2, "A1"), (self.W1, self.b1, "X"))]
        gates = [1.0, cache["Z2"] > 0, cache["Z1"] > 0]
        up, out = (cache["A3"] - Y) / Y.shape[1], {}
        for i, back, gate in zip((3, 2, 1), backs, gates):
            out[f"dW{i}"], out[f"db{i}"], up = back(up * gate)
        return out

    def update_parameters(self, gradients):
        descend(self, PARAMS + ("W3", "b3"), gradients)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        return fit(self, X, Y, num_iterations, print_every)

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    (s, bs), (d, bd) = square(w1 * x1 + w2 * x2), square(w1 * x1 - w2 * x2)
    return bs(x1) + bd(x1), bs(x2) + bd(-x2)


def _leaves(*values):
    return [torch.tensor(float(v), requires_grad=True) for v in values]


def two_squares_autograd(w1, w2, x1, x2):
    v = _leaves(w1, w2)
    L = (v[0] * x1 + v[1] * x2) ** 2 + (v[0] * x1 - v[1] * x2) ** 2
    return torch.autograd.grad(L, v)


def autograd_linear(x, w, b):
    v = _leaves(x, w, b)
    return torch.autograd.grad(v[1] * v[0] + v[2], v)


def leaf_parameters(shape, scale, generator):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]

    def model(W1, b1, W2, b2):
        return torch.sigmoid(W2 @ torch.relu(W1 @ X + b1) + b2)

    def step(_):
        nonlocal theta
        loss = ((model(*theta) - Y) ** 2).mean()
        grads = torch.autograd.grad(loss, theta)
        theta = [(p - learning_rate * g).detach().requires_grad_() for p, g in zip(theta, grads)]
        return loss.item()

    return [step(i) for i in range(num_iterations)]


def gradient_flow(model, X, Y):
    is_linear = lambda layer: isinstance(layer, torch.nn.Linear)
    weights = [layer.weight for layer in filter(is_linear, model.modules())]
    grads = torch.autograd.grad(torch.nn.functional.binary_cross_entropy(model(X), Y), weights)
    return [g.abs().mean().item() for g in grads]
