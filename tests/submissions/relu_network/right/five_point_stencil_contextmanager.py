"""Backprop by hand.

Checked with a stencil of fourth order.
"""

import random
from contextlib import contextmanager

import numpy as np
import torch


def chain_rule(x):
    """forward, then the local slopes, then their product"""
    u = x + x + 1
    f = u * u ** 2
    local_inner = 2
    local_outer = 3 * (u ** 2)
    total = 1
    for local in (local_outer, local_inner):
        total = total * local
    return dict(u=u, f=f, du_dx=local_inner, df_du=local_outer, df_dx=total)


def computational_graph(w, x, b):
    """node after node"""
    class Node: pass
    n = Node()
    n.a = w * x
    n.z = n.a + b
    n.L = pow(n.z, 2)
    n.dL_dz = n.z + n.z
    n.dL_da = n.dL_db = n.dL_dz
    n.dL_dw, n.dL_dx = n.dL_da * x, n.dL_da * w
    return vars(n)


def single_neuron(x, w, b, y):
    z = b + w.dot(x)
    e = np.exp(-abs(z))
    a = 1 / (1 + e) if z >= 0 else e / (1 + e)
    gr = {"dL_da": a - y, "da_dz": e / (1 + e) ** 2}
    gr["dL_dz"] = gr["dL_da"] * gr["da_dz"]
    gr["dL_dw"] = gr["dL_dz"] * x
    gr["dL_db"] = gr["dL_dz"]
    return {"z": z, "a": a, "L": (y - a) ** 2 * 0.5, **gr}


def _positive_part(Z):
    return np.where(np.asarray(Z) > 0, Z, np.zeros_like(Z))


def _squash(Z):
    Z = np.asarray(Z, dtype=float)
    return np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))


class NeuralNetworkWithBackprop:
    """The activation functions are plain functions above; the methods only call them."""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0, 0.02, (hidden_size, input_size))
        self.W2 = np.random.normal(0, 0.02, (output_size, hidden_size))
        self.b1 = np.full((hidden_size, 1), 0.0)
        self.b2 = np.full((output_size, 1), 0.0)

    def relu(self, Z):
        return _positive_part(Z)

    def relu_derivative(self, Z):
        return np.where(np.asarray(Z) <= 0, 0.0, 1.0)

    def sigmoid(self, Z):
        return _squash(Z)

    def sigmoid_derivative(self, Z):
        return _squash(Z) * _squash(-np.asarray(Z))

    def forward(self, X):
        pre = []
        post = [X]
        for W, b, act in ((self.W1, self.b1, self.relu), (self.W2, self.b2, self.sigmoid)):
            pre.append(W @ post[-1] + b)
            post.append(act(pre[-1]))
        return post[2], {"X": X, "Z1": pre[0], "A1": post[1], "Z2": pre[1], "A2": post[2]}

    def compute_loss(self, Y, A2):
        eps = 1e-15
        per_element = Y * np.log(np.maximum(A2, eps)) + (1 - Y) * np.log(np.maximum(1 - A2, eps))
        return -per_element.sum() / A2.shape[1]

    def backward(self, Y, cache):
        out = cache["A2"]
        grad_z2 = (out - Y) / out.shape[1]
        grad_W2 = grad_z2 @ cache["A1"].T
        grad_b2 = grad_z2.sum(axis=1, keepdims=True)
        grad_a1 = self.W2.T @ grad_z2
        grad_z1 = np.where(cache["Z1"] > 0, grad_a1, 0)
        grad_W1 = grad_z1 @ cache["X"].T
        grad_b1 = grad_z1.sum(axis=1, keepdims=True)
        return dict(dW1=grad_W1, db1=grad_b1, dW2=grad_W2, db2=grad_b2)

    def update_parameters(self, gradients):
        a = -self.learning_rate
        self.W1 = self.W1 + a * gradients["dW1"]
        self.W2 = self.W2 + a * gradients["dW2"]
        self.b1 = self.b1 + a * gradients["db1"]
        self.b2 = self.b2 + a * gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        errors_over_time = [0.0] * num_iterations
        for epoch in range(num_iterations):
            answer_, cache = self.forward(X)
            errors_over_time[epoch] = self.compute_loss(Y, answer_)
            if print_every and epoch % print_every == 0:
                print("epoch", epoch, errors_over_time[epoch])
            self.update_parameters(self.backward(Y, cache))
        return errors_over_time

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


@contextmanager
def shifted(array, index, amount):
    before = array[index]
    array[index] = before + amount
    try:
        yield
    finally:
        array[index] = before


def stencil_derivative(nn, X, Y, array, index, h):
    """Five-point stencil: the error falls with the fourth power of h."""
    total = 0.0
    for steps, weight in ((1, 8.0), (-1, -8.0), (2, -1.0), (-2, 1.0)):
        with shifted(array, index, steps * h):
            A2, _ = nn.forward(X)
            total += weight * nn.compute_loss(Y, A2)
    return total / (12.0 * h)


def compare(nn, X, Y, h, limit):
    gr = nn.backward(Y, nn.forward(X)[1])
    out = {}
    for name in ("W1", "b1", "W2", "b2"):
        array = getattr(nn, name)
        indices = list(np.ndindex(*array.shape))
        if limit is not None:
            indices = random.sample(indices, min(limit, len(indices)))
        pairs = np.array([(gr["d" + name][i], stencil_derivative(nn, X, Y, array, i, h)) for i in indices])
        numerator = np.sqrt(((pairs[:, 0] - pairs[:, 1]) ** 2).sum())
        denominator = np.sqrt((pairs ** 2).sum())
        out[name] = numerator / denominator if denominator else 0.0
    return out


def gradient_check(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, limit=10)


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    return compare(nn, X, Y, epsilon, limit=None)


def _dense(W, b, A):
    return np.tensordot(W, A, axes=1) + b


class ThreeLayerNetwork:
    """input -> ReLU -> ReLU -> sigmoid"""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        widths = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = (np.random.standard_normal((b, a)) * 0.05 for a, b in zip(widths, widths[1:]))
        self.b1, self.b2, self.b3 = (np.zeros((w, 1)) for w in widths[1:])

    def forward(self, X):
        Z1 = _dense(self.W1, self.b1, X)
        A1 = np.clip(Z1, 0, np.inf)
        Z2 = _dense(self.W2, self.b2, A1)
        A2 = np.clip(Z2, 0, np.inf)
        Z3 = _dense(self.W3, self.b3, A2)
        A3 = 1 / (1 + np.exp(-np.clip(Z3, -700, 700)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        tiny = 1e-14
        total = np.sum(Y * np.log(np.maximum(A3, tiny))) + np.sum((1 - Y) * np.log(np.maximum(1 - A3, tiny)))
        return -total / Y.shape[1]

    def backward(self, Y, cache):
        active1 = np.sign(cache["A1"])
        active2 = np.sign(cache["A2"])
        r3 = (cache["A3"] - Y) / len(Y.T)
        r2 = active2 * (self.W3.T @ r3)
        r1 = active1 * (self.W2.T @ r2)
        return {
            "dW3": r3 @ cache["A2"].T, "db3": r3.sum(axis=-1, keepdims=True),
            "dW2": r2 @ cache["A1"].T, "db2": r2.sum(axis=-1, keepdims=True),
            "dW1": r1 @ cache["X"].T, "db1": r1.sum(axis=-1, keepdims=True),
        }

    def update_parameters(self, gradients):
        for i in "123":
            for kind in "Wb":
                step = self.learning_rate * gradients["d" + kind + i]
                setattr(self, kind + i, getattr(self, kind + i) - step)

    def train(self, X, Y, num_iterations=1000, print_every=100):
        def report(i, value):
            if print_every and i % print_every == 0:
                print("iteration", i, "->", round(float(value), 6))

        values = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            values.append(self.compute_loss(Y, A3))
            report(i, values[-1])
            self.update_parameters(self.backward(Y, cache))
        return values

    def predict(self, X):
        return np.greater(self.forward(X)[0], 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    W = np.array([w1, w2], dtype=float)
    S = np.array([[x1, x2], [x1, -x2]], dtype=float)
    r = S @ W
    g = 2 * S.T @ r
    return g[0], g[1]


def two_squares_autograd(w1, w2, x1, x2):
    W = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    S = torch.tensor([[x1, x2], [x1, -x2]], dtype=torch.float64)
    r = S @ W
    torch.dot(r, r).backward()
    return tuple(W.grad)


def autograd_linear(x, w, b):
    x = torch.as_tensor(x, dtype=torch.float64).clone().requires_grad_()
    w = torch.as_tensor(w, dtype=torch.float64).clone().requires_grad_()
    b = torch.as_tensor(b, dtype=torch.float64).clone().requires_grad_()
    y = w * x + b
    dy_dx, dy_dw, dy_db = torch.autograd.grad(outputs=y, inputs=(x, w, b))
    return dy_dx, dy_dw, dy_db


def leaf_parameters(shape, scale, generator):
    with torch.no_grad():
        p = torch.randn(*shape, generator=generator).mul(scale)
    p.requires_grad_()
    assert p.is_leaf
    return p


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    P = tuple(p.clone().requires_grad_() for p in (W1, b1, W2, b2))
    out = []
    for _ in range(num_iterations):
        for p in P:
            p.grad = None
        z1 = torch.einsum("hn,nm->hm", P[0], X) + P[1]
        z2 = torch.einsum("kh,hm->km", P[2], torch.relu(z1)) + P[3]
        diff = torch.sigmoid(z2) - Y
        loss = torch.einsum("km,km->", diff, diff) / diff.numel()
        loss.backward()
        out.append(loss.detach().item())
        with torch.no_grad():
            for p in P:
                p.add_(p.grad, alpha=-learning_rate)
    return out


def gradient_flow(model, X, Y):
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    for layer in layers:
        layer.weight.grad = None
    prob = model(X)
    bce = torch.nn.functional.binary_cross_entropy(prob, Y, reduction="sum") / Y.numel()
    bce.backward()
    return [layer.weight.grad.detach().abs().mean().item() for layer in layers]


if __name__ == "__main__":
    net = NeuralNetworkWithBackprop(3, 4, 2)
    X = np.random.randn(3, 6)
    Y = (np.random.rand(2, 6) > 0.5).astype(float)
    print(gradient_check(net, X, Y))
