"""Both networks are one deep network; what differs is only how many layers it has."""

import contextlib
import logging

import numpy as np
import torch

log = logging.getLogger(__name__)


def chain_rule(x):
    u = 2 * x + 1
    return dict(u=u, f=u**3, du_dx=2, df_du=3 * u**2, df_dx=3 * u**2 * 2)


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z**2
    dL_dz = 2 * z
    dL_da = dL_db = dL_dz
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_da * x, dL_dx=dL_da * w, dL_db=dL_db)


def single_neuron(x, w, b, y):
    x = np.asarray(x, dtype=float)
    z = float(np.dot(w, x) + b)
    a = float(1 / (1 + np.exp(-z))) if z > -700 else 0.0
    dL_da, da_dz = a - y, a * (1 - a)
    delta = dL_da * da_dz
    return {
        "z": z,
        "a": a,
        "L": 0.5 * (y - a) ** 2,
        "dL_da": dL_da,
        "da_dz": da_dz,
        "dL_dz": delta,
        "dL_dw": delta * x,
        "dL_db": delta,
    }


class Functions:
    def relu(self, Z):
        return np.maximum(Z, 0)

    def relu_derivative(self, Z):
        return np.where(np.greater(Z, 0), 1.0, 0.0)

    def sigmoid(self, Z):
        Z = np.asarray(Z, dtype=float)
        return np.exp(-np.logaddexp(0, -Z))

    def sigmoid_derivative(self, Z):
        Z = np.asarray(Z, dtype=float)
        return self.sigmoid(Z) * self.sigmoid(-Z)


class Deep(Functions):
    layers = 0

    def _start(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        self.layers = len(sizes) - 1
        rng = np.random.default_rng()
        for l, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            setattr(self, f"W{l}", rng.normal(0, 0.1, size=(n_out, n_in)))
            setattr(self, f"b{l}", np.zeros((n_out, 1)))

    def forward(self, X):
        A = np.asarray(X)
        cache = {"X": A}
        for l in range(1, self.layers + 1):
            Z = getattr(self, f"W{l}") @ A + getattr(self, f"b{l}")
            A = self.sigmoid(Z) if l == self.layers else self.relu(Z)
            cache.update({f"Z{l}": Z, f"A{l}": A})
        return A, cache

    def compute_loss(self, Y, A):
        A = np.clip(A, 1e-15, 1 - 1e-15)
        Y = np.asarray(Y)
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log1p(-A)) / Y.shape[1]

    def backward(self, Y, cache):
        gradients = {}
        m = np.shape(Y)[1]
        delta = (cache[f"A{self.layers}"] - Y) / m
        for l in range(self.layers, 0, -1):
            before = cache[f"A{l - 1}"] if l > 1 else cache["X"]
            gradients[f"dW{l}"] = delta @ before.T
            gradients[f"db{l}"] = delta.sum(axis=1, keepdims=True)
            if l > 1:
                delta = getattr(self, f"W{l}").T @ delta * self.relu_derivative(cache[f"Z{l - 1}"])
        return gradients

    def update_parameters(self, gradients):
        for key in sorted(gradients):
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * gradients[key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = []
        for i in range(num_iterations):
            A, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A))
            if print_every and i % print_every == 0:
                print(f"{type(self).__name__}: step {i}, loss {losses[-1]:.5f}")
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(np.int8)


class NeuralNetworkWithBackprop(Deep):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._start([input_size, hidden_size, output_size], learning_rate)


class ThreeLayerNetwork(Deep):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._start([input_size, hidden1_size, hidden2_size, output_size], learning_rate)


@contextlib.contextmanager
def replaced(nn, name, value):
    """For a while nn has another array; then the old one again, the very same object."""
    old = getattr(nn, name)
    setattr(nn, name, value)
    try:
        yield
    finally:
        setattr(nn, name, old)


def _compare(nn, X, Y, epsilon, choose):
    _, cache = nn.forward(X)
    analytic = {name: np.array(nn.backward(Y, cache)["d" + name], dtype=float) for name in ("W1", "b1", "W2", "b2")}
    result = {}
    for name, ours in analytic.items():
        start = np.array(getattr(nn, name), dtype=float)
        if ours.shape != start.shape:
            log.warning("d%s has the shape %s", name, ours.shape)
            result[name] = float("inf")
            continue
        pairs = []
        for index in choose([*np.ndindex(start.shape)]):
            sides = []
            for sign in (1, -1):
                moved = start.copy()
                moved[index] += sign * epsilon
                with replaced(nn, name, moved):
                    sides.append(float(nn.compute_loss(Y, nn.forward(X)[0])))
            pairs.append((ours[index], (sides[0] - sides[1]) / (2 * epsilon)))
        a, n = np.array(pairs).T
        size = np.linalg.norm(a) + np.linalg.norm(n)
        result[name] = np.linalg.norm(a - n) / size if size > 0 else 0.0
    return result


def gradient_check(nn, X, Y, epsilon=1e-05):
    rng = np.random.default_rng(0)  # a generator of its own: the global one is left alone

    def ten(indices):
        return [indices[i] for i in rng.permutation(len(indices))[:10]]

    return _compare(nn, X, Y, epsilon, ten)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _compare(nn, X, Y, epsilon, lambda indices: indices)


def two_squares(w1, w2, x1, x2):
    s, d = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * s * x1 + 2 * d * x1, 2 * s * x2 - 2 * d * x2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = (w1 * x1 + w2 * x2) ** 2 + (w1 * x1 - w2 * x2) ** 2
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    x, w, b = (torch.tensor(v, requires_grad=True) for v in (x, w, b))
    (w * x + b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        p = torch.randn(*shape, generator=generator) * scale
    p.requires_grad = True
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [torch.nn.Parameter(p.clone()) for p in (W1, b1, W2, b2)]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = parameters
        loss = torch.nn.functional.mse_loss(torch.sigmoid(V2 @ torch.relu(V1 @ X + c1) + c2), Y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def gradient_flow(model, X, Y):
    order = {}  # the layers as the data meets them

    def met(layer, inputs, output):
        order.setdefault(layer)

    hooks = [layer.register_forward_hook(met) for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    try:
        out = model(X)
    finally:
        for hook in hooks:
            hook.remove()
    loss = torch.nn.functional.binary_cross_entropy(out, Y.to(out.dtype))
    gradients = torch.autograd.grad(loss, [layer.weight for layer in order])
    return [g.abs().mean().item() for g in gradients]
