"""From the chain rule to a network with a ReLU layer, its gradient check, and the same through PyTorch's autograd.

NumPy, one sample a column; PyTorch where a docstring says so. Sizes: m samples, n inputs, h hidden units, k outputs.
The loss is the binary cross-entropy, summed over the outputs and averaged over the samples, unless another is named.
"""

from math import exp

import numpy as np
import torch
from numpy import einsum


def chain_rule(x):
    u = 2 * x + 1
    links = dict(df_du=3 * u**2, du_dx=2)
    return dict(f=u**3, u=u, df_dx=np.prod(list(links.values())), **links)


def computational_graph(w, x, b):
    a, z = w * x, w * x + b
    up = 2 * z
    return dict(a=a, z=z, L=z * z, dL_dz=up, dL_da=up, dL_db=up, dL_dw=up * x, dL_dx=up * w)


def single_neuron(x, w, b, y):
    z = einsum("i,i->", w, x) + b
    a = 1 / (1 + exp(-z))
    e, s = a - y, a * (1 - a)
    return dict(z=z, a=a, L=e * e / 2, dL_da=e, da_dz=s, dL_dz=e * s, dL_db=e * s, dL_dw=einsum(",i->i", e * s, x))


class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.b1 = rng.normal(scale=0.1, size=(hidden_size, input_size)), np.zeros((hidden_size, 1))
        self.W2, self.b2 = rng.normal(scale=0.1, size=(output_size, hidden_size)), np.zeros((output_size, 1))

    def relu(self, Z):
        return np.clip(Z, 0, None)

    def relu_derivative(self, Z):
        return np.heaviside(Z, 0.0)

    def sigmoid(self, Z):
        return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))

    def sigmoid_derivative(self, Z):
        p = self.sigmoid(Z)
        return p - p**2

    def forward(self, X):
        Z1 = einsum("hn,nm->hm", self.W1, X) + self.b1
        A1 = self.relu(Z1)
        Z2 = einsum("kh,hm->km", self.W2, A1) + self.b2
        A2 = self.sigmoid(Z2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        P = np.clip(A2, 1e-15, 1 - 1e-15)
        return -(einsum("km,km->", Y, np.log(P)) + einsum("km,km->", 1 - Y, np.log1p(-P))) / Y.shape[1]

    def backward(self, Y, cache):
        D2 = (cache["A2"] - Y) / Y.shape[1]
        D1 = einsum("kh,km,hm->hm", self.W2, D2, self.sigmoid_derivative(cache["Z1"]))
        return dict(
            dW1=einsum("hm,nm->hn", D1, cache["X"]),
            db1=einsum("hm->h", D1)[:, None],
            dW2=einsum("km,hm->kh", D2, cache["A1"]),
            db2=einsum("km->k", D2)[:, None],
        )

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            theta = getattr(self, key[1:])
            setattr(self, key[1:], theta - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for t in range(num_iterations):
            A2, cache = self.forward(X)
            losses[t] = self.compute_loss(Y, A2)
            self.update_parameters(self.backward(Y, cache))
            if not t % print_every:
                print(f"{t:6d} {losses[t]:.5f}")
        return losses.tolist()

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def _numeric(nn, X, Y, name, where, epsilon):
    """Central differences of the loss at the flat positions `where` of one parameter."""
    original = getattr(nn, name)
    slopes = []
    for i in where:
        ends = []
        for sign in (1, -1):
            moved = original.copy()
            moved.flat[i] += sign * epsilon
            setattr(nn, name, moved)
            ends.append(nn.compute_loss(Y, nn.forward(X)[0]))
        slopes.append((ends[0] - ends[1]) / (2 * epsilon))
    setattr(nn, name, original)
    return np.array(slopes)


def _relative(a, n):
    scale = np.sqrt(einsum("i,i->", a, a)) + np.sqrt(einsum("i,i->", n, n))
    return np.sqrt(einsum("i,i->", a - n, a - n)) / scale if scale else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads, out = nn.backward(Y, nn.forward(X)[1]), {}
    for name in ("W1", "b1", "W2", "b2"):
        size = getattr(nn, name).size
        where = np.unique(np.linspace(0, size - 1, min(size, 10)).astype(int))
        out[name] = _relative(grads["d" + name].ravel()[where], _numeric(nn, X, Y, name, where, epsilon))
    return out


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads, out = nn.backward(Y, nn.forward(X)[1]), {}
    for name in ("W1", "b1", "W2", "b2"):
        where = range(getattr(nn, name).size)
        out[name] = _relative(grads["d" + name].ravel(), _numeric(nn, X, Y, name, where, epsilon))
    return out


class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        sizes = (input_size, hidden1_size, hidden2_size, output_size)
        for i, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), 1):
            vars(self)[f"W{i}"] = rng.normal(scale=0.1, size=(fan_out, fan_in))
            vars(self)[f"b{i}"] = np.zeros((fan_out, 1))

    def forward(self, X):
        affine = lambda W, A, b: einsum("oi,im->om", W, A) + b
        Z1 = affine(self.W1, X, self.b1)
        A1 = np.clip(Z1, 0, None)
        Z2 = affine(self.W2, A1, self.b2)
        A2 = np.clip(Z2, 0, None)
        Z3 = affine(self.W3, A2, self.b3)
        A3 = 0.5 * (1 + np.tanh(0.5 * Z3))
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        P = np.clip(A3, 1e-15, 1 - 1e-15)
        return -(einsum("km,km->", Y, np.log(P)) + einsum("km,km->", 1 - Y, np.log1p(-P))) / Y.shape[1]

    def backward(self, Y, cache):
        D3 = (cache["A3"] - Y) / Y.shape[1]
        D2 = einsum("oi,om,im->im", self.W3, D3, np.heaviside(cache["Z2"], 0))
        D1 = einsum("oi,om,im->im", self.W2, D2, np.heaviside(cache["Z1"], 0))
        out = {}
        for i, (D, A) in enumerate([(D1, cache["X"]), (D2, cache["A1"]), (D3, cache["A2"])], 1):
            out[f"dW{i}"] = einsum("om,im->oi", D, A)
            out[f"db{i}"] = einsum("om->o", D)[:, None]
        return out

    def update_parameters(self, gradients):
        for key, g in gradients.items():
            setattr(self, key[1:], getattr(self, key[1:]) - self.learning_rate * g)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        losses = np.empty(num_iterations)
        for t in range(num_iterations):
            A3, cache = self.forward(X)
            losses[t] = self.compute_loss(Y, A3)
            self.update_parameters(self.backward(Y, cache))
            if not t % print_every:
                print(f"{t:6d} {losses[t]:.5f}")
        return losses.tolist()

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(np.int64)


def two_squares(w1, w2, x1, x2):
    # the mixed terms cancel: L = 2 (w1 x1)^2 + 2 (w2 x2)^2
    return 4 * w1 * x1**2, 4 * w2 * x2**2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([x1, x2], dtype=torch.float64)
    signs = torch.tensor([[1.0, 1.0], [1.0, -1.0]], dtype=torch.float64)
    torch.einsum("si,i,i->s", signs, w, x).pow(2).sum().backward()
    return tuple(w.grad)


def autograd_linear(x, w, b):
    leaves = x, w, b = [torch.tensor(v, requires_grad=True) for v in (x, w, b)]
    return torch.autograd.grad(w * x + b, leaves)


def leaf_parameters(shape, scale, generator):
    return torch.randn(*shape, generator=generator).mul(scale).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for _ in range(num_iterations):
        V1, c1, V2, c2 = theta
        A1 = torch.einsum("hn,nm->hm", V1, X).add(c1).relu()
        A2 = torch.einsum("kh,hm->km", V2, A1).add(c2).sigmoid()
        loss = (A2 - Y).square().mean()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, theta)
        theta = [(p - learning_rate * g).detach().requires_grad_() for p, g in zip(theta, grads)]
    return losses


def gradient_flow(model, X, Y):
    weights = [l.weight for l in model.modules() if isinstance(l, torch.nn.Linear)]
    loss = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [g.abs().mean().item() for g in torch.autograd.grad(loss, weights)]
