"""The twin of relu_network: the same names, every derivative by PyTorch's autograd, in float64.

It shares no formula with the closed form but the definitions of the functions themselves.  The loss whose gradient is
taken is the cross-entropy of the logits, which stays exact where the sigmoid saturates.  What is autograd's already
there is written another way here: an optimiser for the loop, torch.func for backward.
"""

import copy
import itertools

import numpy as np
import torch
from torch.nn import functional


def _tensor(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def _leaf(x):
    return _tensor(x).requires_grad_()


def _derivative(function, x):
    """d function(x) / dx, element by element."""
    x = _leaf(x)
    function(x).sum().backward()
    return x.grad.numpy()


def _with_gradients(root, **nodes):
    """The gradients of root at inner nodes and leaves."""
    gradients = torch.autograd.grad(root, list(nodes.values()))
    return {name: gradient.numpy() for name, gradient in zip(nodes, gradients, strict=True)}


def chain_rule(x):
    x = _leaf(x)
    u = 2 * x + 1
    f = u**3
    (du_dx,) = torch.autograd.grad(u, x, retain_graph=True)
    values = {"f": f.item(), "u": u.item(), "du_dx": du_dx.item()}
    return {**values, **_with_gradients(f, df_du=u, df_dx=x)}


def computational_graph(w, x, b):
    w, x, b = map(_leaf, (w, x, b))
    a = w * x
    z = a + b
    L = z**2
    values = {"a": a.item(), "z": z.item(), "L": L.item()}
    return {**values, **_with_gradients(L, dL_dz=z, dL_da=a, dL_dw=w, dL_dx=x, dL_db=b)}


def single_neuron(x, w, b, y):
    x, w, b = _tensor(x), _leaf(w), _leaf(b)
    z = torch.dot(w, x) + b
    a = torch.sigmoid(z)
    L = functional.mse_loss(a, _tensor(y)) / 2
    (da_dz,) = torch.autograd.grad(a, z, retain_graph=True)
    values = {"z": z.item(), "a": a.item(), "L": L.item(), "da_dz": da_dz.item()}
    return {**values, **_with_gradients(L, dL_da=a, dL_dz=z, dL_dw=w, dL_db=b)}


class _Network:
    """A network of ReLU layers with a sigmoid at the end; `sizes` are its layers'."""

    def _start(self, sizes, learning_rate):
        self.learning_rate = learning_rate
        for layer, (inputs, outputs) in enumerate(itertools.pairwise(sizes), 1):
            setattr(self, f"W{layer}", np.zeros((outputs, inputs)))
            setattr(self, f"b{layer}", np.zeros((outputs, 1)))
        self._names = [f"{kind}{layer}" for layer in range(1, len(sizes)) for kind in "Wb"]

    def _parameters(self):
        return [_leaf(getattr(self, name)) for name in self._names]

    def _run(self, X, parameters):
        """All pre-activations and activations, the last one's logits before its sigmoid."""
        values, A = {"X": _tensor(X)}, _tensor(X).T
        last = len(parameters) // 2
        for layer in range(1, last + 1):
            W, b = parameters[2 * layer - 2 : 2 * layer]
            Z = functional.linear(A, W, b[:, 0])
            A = torch.sigmoid(Z) if layer == last else torch.relu(Z)
            values[f"Z{layer}"], values[f"A{layer}"] = Z.T, A.T
        return values

    def _loss(self, X, Y, parameters):
        logits = list(self._run(X, parameters).values())[-2]
        Y = _tensor(Y)
        return functional.binary_cross_entropy_with_logits(logits, Y, reduction="sum") / Y.shape[1]

    def forward(self, X):
        with torch.no_grad():
            cache = {name: value.numpy() for name, value in self._run(X, self._parameters()).items()}
        return list(cache.values())[-1], cache

    def compute_loss(self, Y, A):
        Y = _tensor(Y)
        return functional.binary_cross_entropy(_tensor(A), Y, reduction="sum").item() / Y.shape[1]

    def backward(self, Y, cache):
        parameters = self._parameters()
        self._loss(cache["X"], Y, parameters).backward()
        return {f"d{name}": parameter.grad.numpy() for name, parameter in zip(self._names, parameters, strict=True)}

    def _keep(self, parameters):
        for name, parameter in zip(self._names, parameters, strict=True):
            setattr(self, name, parameter.detach().numpy())

    def update_parameters(self, gradients):
        parameters = self._parameters()
        for name, parameter in zip(self._names, parameters, strict=True):
            parameter.grad = _tensor(gradients[f"d{name}"])
        torch.optim.SGD(parameters, lr=float(self.learning_rate)).step()
        self._keep(parameters)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        parameters = self._parameters()
        optimizer = torch.optim.SGD(parameters, lr=float(self.learning_rate))
        losses = []
        for _ in range(num_iterations):
            optimizer.zero_grad()
            loss = self._loss(X, Y, parameters)
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
        self._keep(parameters)
        return losses

    def predict(self, X):
        return torch.round(_tensor(self.forward(X)[0])).to(torch.int64).numpy()


class NeuralNetworkWithBackprop(_Network):
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self._start((input_size, hidden_size, output_size), learning_rate)

    def relu(self, Z):
        return torch.relu(_tensor(Z)).numpy()

    def relu_derivative(self, Z):
        return _derivative(torch.relu, Z)

    def sigmoid(self, Z):
        return torch.sigmoid(_tensor(Z)).numpy()

    def sigmoid_derivative(self, Z):
        return _derivative(torch.sigmoid, Z)


class ThreeLayerNetwork(_Network):
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self._start((input_size, hidden1_size, hidden2_size, output_size), learning_rate)


def gradient_check(nn, X, Y, epsilon=1e-5):
    """The network is a black box here, so no autograd: a stencil of five points on copies of it."""
    gradients = nn.backward(Y, nn.forward(X)[1])

    def loss(name, index, step):
        moved = copy.deepcopy(nn)
        getattr(moved, name)[index] += step
        return float(moved.compute_loss(Y, moved.forward(X)[0]))

    worst = {}
    for name in ("W1", "b1", "W2", "b2"):
        errors = [0.0]
        for index, analytic in np.ndenumerate(gradients[f"d{name}"]):
            outer = loss(name, index, 2e-4) - loss(name, index, -2e-4)
            inner = loss(name, index, 1e-4) - loss(name, index, -1e-4)
            numeric = (8 * inner - outer) / 1.2e-3
            if analytic or numeric:
                errors.append(abs(analytic - numeric) / max(abs(analytic), abs(numeric)))
        worst[name] = max(errors)
    return worst


gradient_check_all = gradient_check


def _two_squares(w, x):
    return torch.dot(w, x) ** 2 + (w[0] * x[0] - w[1] * x[1]) ** 2


def two_squares(w1, w2, x1, x2):
    w = _leaf([w1, w2])
    _two_squares(w, _tensor([x1, x2])).backward()
    return w.grad[0].item(), w.grad[1].item()


def two_squares_autograd(w1, w2, x1, x2):
    return tuple(torch.func.grad(_two_squares)(_tensor([w1, w2]), _tensor([x1, x2])).tolist())


def autograd_linear(x, w, b):
    return torch.func.grad(lambda x, w, b: w * x + b, argnums=(0, 1, 2))(*map(_tensor, (x, w, b)))


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.empty(shape).normal_(generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    hidden, output = torch.nn.Linear(*W1.T.shape), torch.nn.Linear(*W2.T.shape)
    for layer, W, b in ((hidden, W1, b1), (output, W2, b2)):
        layer.weight, layer.bias = torch.nn.Parameter(W.clone()), torch.nn.Parameter(b[:, 0].clone())
    model = torch.nn.Sequential(hidden, torch.nn.ReLU(), output, torch.nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=float(learning_rate))
    losses = []
    for _ in range(num_iterations):
        optimizer.zero_grad()
        loss = functional.mse_loss(model(X.T), Y.T)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


def gradient_flow(model, X, Y):
    weights = [parameter for name, parameter in model.named_parameters() if name.endswith("weight")]
    loss = torch.nn.BCELoss()(model(X), Y)
    return [float(gradient.abs().mean()) for gradient in torch.autograd.grad(loss, weights)]
