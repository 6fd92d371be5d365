from __future__ import annotations

from functools import partial

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
    grads = {"dL_da": a - y, "da_dz": e / (1 + e) ** 2}
    grads["dL_dz"] = grads["dL_da"] * grads["da_dz"]
    grads["dL_dw"] = grads["dL_dz"] * x
    grads["dL_db"] = grads["dL_dz"]
    return {"z": z, "a": a, "L": (y - a) ** 2 * 0.5, **grads}


class NeuralNetworkWithBackprop:
    NAMES = ("W1", "b1", "W2", "b2")

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        rng = np.random.default_rng()
        self.learning_rate = learning_rate
        self.W1, self.W2 = (rng.normal(0.0, 0.1, size=s) for s in ((hidden_size, input_size), (output_size, hidden_size)))
        self.b1, self.b2 = np.zeros((hidden_size, 1)), np.zeros((output_size, 1))

    relu = lambda self, Z: np.where(np.greater(Z, 0), Z, 0)
    relu_derivative = lambda self, Z: np.where(np.greater(Z, 0), 1.0, 0.0)
    sigmoid = lambda self, Z: 0.5 + 0.5 * np.tanh(np.asarray(Z, dtype=float) / 2)
    sigmoid_derivative = lambda self, Z: self.sigmoid(Z) * self.sigmoid(np.negative(Z))

    def forward(self, X):
        c = {"X": X}
        c["Z1"] = np.dot(self.W1, X) + self.b1
        c["A1"] = self.relu(c["Z1"])
        c["Z2"] = np.dot(self.W2, c["A1"]) + self.b2
        c["A2"] = self.sigmoid(c["Z2"])
        return c["A2"], c

    def compute_loss(self, Y, A2):
        p = np.minimum(np.maximum(A2, 1e-14), 1 - 1e-14)
        return float(-(Y * np.log(p) + (1 - Y) * np.log1p(-p)).sum(axis=0).mean())

    def backward(self, Y, cache):
        delta = (cache["A2"] - Y) / Y.shape[1]
        g = {"dW2": np.dot(delta, cache["A1"].T), "db2": delta.sum(1, keepdims=True)}
        delta = np.dot(self.W2.T, delta) * self.relu_derivative(cache["Z1"])
        g.update(dW1=np.dot(delta, cache["X"].T), db1=delta.sum(1, keepdims=True))
        return g

    def update_parameters(self, gradients):
        for name in self.NAMES:
            setattr(self, name, getattr(self, name) - self.learning_rate * gradients["d" + name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        history = []
        for step in range(num_iterations):
            out, cache = self.forward(X)
            history.append(self.compute_loss(Y, out))
            if print_every and not step % print_every:
                print(step, history[-1])
            self.update_parameters(self.backward(Y, cache))
        return history

    def predict(self, X):
        return np.where(self.forward(X)[0] > 0.5, 1, 0)


def loss_after_move(nn, X, Y, name, index, amount):
    parameter = getattr(nn, name)
    saved = parameter[index]
    parameter[index] += amount
    loss = nn.compute_loss(Y, nn.forward(X)[0])
    parameter[index] = saved
    return loss


def central_difference(nn, X, Y, name, index, epsilon):
    move = partial(loss_after_move, nn, X, Y, name, index)
    return (move(epsilon) - move(-epsilon)) / (2 * epsilon)


def relative_error(a, b):
    largest = max(np.max(np.abs(a)), np.max(np.abs(b)))
    if largest == 0:
        return 0.0
    return np.max(np.abs(a - b)) / largest


def gradient_check(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        gradient = gradients["d" + name]
        flat = np.random.default_rng(5).choice(gradient.size, size=min(gradient.size, 10), replace=False)
        rows, columns = np.unravel_index(flat, gradient.shape)
        numeric = [central_difference(nn, X, Y, name, rc, epsilon) for rc in zip(rows, columns)]
        errors[name] = relative_error(gradient[rows, columns], np.array(numeric))
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    gradients = nn.backward(Y, nn.forward(X)[1])
    errors = {}
    for name in ("W1", "b1", "W2", "b2"):
        gradient = gradients["d" + name]
        numeric = np.array([[central_difference(nn, X, Y, name, (r, c), epsilon)
                             for c in range(gradient.shape[1])] for r in range(gradient.shape[0])])
        errors[name] = relative_error(gradient, numeric)
    return errors


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
        back3 = (cache["A3"] - Y) / len(Y.T)
        back2 = active2 * (self.W3.T @ back3)
        back1 = active1 * (self.W2.T @ back2)
        return {
            "dW3": back3 @ cache["A2"].T, "db3": back3.sum(axis=-1, keepdims=True),
            "dW2": back2 @ cache["A1"].T, "db2": back2.sum(axis=-1, keepdims=True),
            "dW1": back1 @ cache["X"].T, "db1": back1.sum(axis=-1, keepdims=True),
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
                p = p - learning_rate * p.grad
    return out


def gradient_flow(model, X, Y):
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    for layer in layers:
        layer.weight.grad = None
    prob = model(X)
    bce = torch.nn.functional.binary_cross_entropy(prob, Y, reduction="sum") / Y.numel()
    bce.backward()
    return [layer.weight.grad.detach().abs().mean().item() for layer in layers]
