from __future__ import annotations
import dataclasses
import logging
import numpy as np
import torch
from contextlib import suppress

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Hparams:
    init_std: float = 0.05
    max_norm: float = 0.05
    prob_floor: float = 1e-15
    n_probe: int = 10


HP = Hparams()


def chain_rule(x):
    logger.debug("chain_rule(%s)", x)
    u = 2 * x + 1
    payload = {"u": u, "f": u**3}
    payload |= {"du_dx": 2, "df_du": 3 * u**2}
    payload |= {"df_dx": payload["du_dx"] * payload["df_du"]}
    return payload


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    upstream = 2 * z
    return dict(a=a, z=z, L=z**2, dL_dz=upstream, dL_da=upstream, dL_dw=upstream * x, dL_dx=upstream * w, dL_db=upstream)


def single_neuron(x, w, b, y):
    z = np.dot(x, w) + b
    a = _expit(z)
    err = a - y
    jac = a * (1 - a)
    return dict(z=z, a=a, L=0.5 * err**2, dL_da=err, da_dz=jac, dL_dz=err * jac, dL_db=err * jac, dL_dw=err * jac * np.asarray(x))


def _expit(v):
    v = np.asarray(v, dtype=np.float64)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-v))


def _clip_by_norm(g: np.ndarray) -> np.ndarray:
    """Rescale g so that its norm is at most HP.max_norm."""
    norm = np.linalg.norm(g)
    if norm > HP.max_norm:
        logger.debug("clipping gradient of norm %.3g", norm)
        g = g * (HP.max_norm / norm)
    return g


class Trainer:
    """Mixin with everything that does not depend on the depth."""
    learning_rate: float

    @property
    def param_names(self):
        return sorted((k for k in vars(self) if k[0] in "Wb" and k[1:].isdigit()), key=lambda k: (k[1:], k[0]))

    def _nll(self, Y, P):
        P = P.clip(HP.prob_floor, 1 - HP.prob_floor)
        return -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum() / Y.shape[1]

    def update_parameters(self, gradients):
        for k in self.param_names:
            setattr(self, k, getattr(self, k) - self.learning_rate * gradients[f"d{k}"])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        metrics = []
        for step in range(num_iterations):
            P, cache = self.forward(X)
            metrics.append(self.compute_loss(Y, P))
            if step % print_every == 0:
                print(f"step={step} loss={metrics[-1]:.6f}")
            self.update_parameters(self.backward(Y, cache))
        return metrics

    def predict(self, X):
        P, _ = self.forward(X)
        return (P > 0.5).astype(np.int64)


class NeuralNetworkWithBackprop(Trainer):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, HP.init_std, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0.0, HP.init_std, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return np.where(Z > 0, Z, 0)

    def relu_derivative(self, Z):
        return (Z > 0).astype(np.float64)

    def sigmoid(self, Z):
        return _expit(Z)

    def sigmoid_derivative(self, Z):
        return _expit(Z) * _expit(-np.asarray(Z))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = self.relu(Z1)
        Z2 = self.W2 @ A1 + self.b2
        A2 = _expit(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        return self._nll(Y, A2)

    def backward(self, Y, cache):
        err = (cache["A2"] - Y) / Y.shape[1]
        hid = (self.W2.T @ err) * self.relu_derivative(cache["Z1"])
        raw = {"dW1": hid @ cache["X"].T, "db1": hid.sum(axis=1, keepdims=True),
               "dW2": err @ cache["A1"].T, "db2": err.sum(axis=1, keepdims=True)}
        return {k: _clip_by_norm(g) for k, g in raw.items()}


def _probe(nn, X, Y, epsilon, n_probe):
    grads = nn.backward(Y, nn.forward(X)[1])
    rel = {}
    for k in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, k)
        order = np.random.default_rng(0).permutation(theta.size)[:n_probe]
        fd = np.zeros(len(order))
        for slot, flat in enumerate(order):
            at = np.unravel_index(flat, theta.shape)
            backup = theta[at]
            try:
                theta[at] = backup + epsilon
                hi = nn.compute_loss(Y, nn.forward(X)[0])
                theta[at] = backup - epsilon
                lo = nn.compute_loss(Y, nn.forward(X)[0])
            finally:
                theta[at] = backup
            fd[slot] = (hi - lo) / (2 * epsilon)
        bp = grads[f"d{k}"].ravel()[order]
        rel[k] = 0.0
        with suppress(ZeroDivisionError):
            rel[k] = float(np.linalg.norm(fd - bp)) / float(np.linalg.norm(fd) + np.linalg.norm(bp))
    return rel


def gradient_check(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, HP.n_probe)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return _probe(nn, X, Y, epsilon, None)


class ThreeLayerNetwork(Trainer):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        for i, (fan_in, fan_out) in enumerate([(input_size, hidden1_size), (hidden1_size, hidden2_size), (hidden2_size, output_size)], 1):
            setattr(self, f"W{i}", np.random.normal(0.0, HP.init_std, (fan_out, fan_in)))
            setattr(self, f"b{i}", np.zeros((fan_out, 1)))

    def forward(self, X):
        Z1 = self.W1 @ X + self.b1
        A1 = np.where(Z1 > 0, Z1, 0)
        Z2 = self.W2 @ A1 + self.b2
        A2 = np.where(Z2 > 0, Z2, 0)
        Z3 = self.W3 @ A2 + self.b3
        A3 = _expit(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        return self._nll(Y, A3)

    def backward(self, Y, cache):
        e3 = (cache["A3"] - Y) / Y.shape[1]
        e2 = np.where(cache["Z2"] > 0, self.W3.T @ e3, 0)
        e1 = np.where(cache["Z1"] > 0, self.W2.T @ e2, 0)
        return {"dW1": e1 @ cache["X"].T, "db1": e1.sum(axis=1, keepdims=True),
                "dW2": e2 @ cache["A1"].T, "db2": e2.sum(axis=1, keepdims=True),
                "dW3": e3 @ cache["A2"].T, "db3": e3.sum(axis=1, keepdims=True)}


def two_squares(w1, w2, x1, x2):
    plus, minus = w1 * x1 + w2 * x2, w1 * x1 - w2 * x2
    return 2 * (plus + minus) * x1, 2 * (plus - minus) * x2


def two_squares_autograd(w1, w2, x1, x2):
    params = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    p, q = params[0] * x1, params[1] * x2
    torch.autograd.backward((p + q) ** 2 + (p - q) ** 2)
    return tuple(v.grad for v in params)


def autograd_linear(x, w, b):
    params = {k: torch.tensor(v, requires_grad=True) for k, v in dict(x=x, w=w, b=b).items()}
    torch.autograd.backward(params["w"] * params["x"] + params["b"])
    return tuple(v.grad for v in params.values())


def leaf_parameters(shape, scale, generator):
    init = torch.randn(*shape, generator=generator) * scale
    return torch.nn.Parameter(init, requires_grad=True)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [torch.nn.Parameter(v.detach().clone()) for v in (W1, b1, W2, b2)]
    optim = torch.optim.SGD(params, lr=learning_rate)
    metrics = []
    for _ in range(num_iterations):
        loss = torch.mean((torch.sigmoid(params[2] @ torch.relu(params[0] @ X + params[1]) + params[3]) - Y) ** 2)
        metrics.append(loss.item())
        optim.zero_grad()
        loss.backward()
        optim.step()
    return metrics


def gradient_flow(model, X, Y):
    model.zero_grad()
    torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
    return [layer.weight.grad.abs().mean().item() for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
