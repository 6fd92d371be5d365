"""For each exercise of three packs wrong answers that no declared mistake was copied from: each loses points.

They stand in place of the reference's own functions and are asked in this process, without the wall.
"""

from __future__ import annotations

import functools
from typing import Any

import pytest

from grader.judging import Outcome
from grader.packs import loading
from grader.packs.implementation import Connection, Local, observe
from grader.packs.key import ask
from grader.packs.model import Pack
from grader.packs.verdicts import verdict

from .conftest import ROOT

pytestmark = pytest.mark.slow  # some train

TENSOR = {
    "sigmoid": [
        "def sigmoid(x): return torch.clamp(0.25 * x + 0.5, 0, 1)",
        "def sigmoid(x): return torch.softmax(x, -1)",
        "def sigmoid(x): return x.exp() / (1 + x.exp()) ** 2",
    ],
    "sigmoid_derivative": [
        "def sigmoid_derivative(s): return s - s**3",
        "def sigmoid_derivative(s): return torch.exp(-s) / (1 + torch.exp(-s)) ** 2",
        "def sigmoid_derivative(s): return torch.min(s, 1 - s) / 2",
    ],
    "forward_pass": [
        "def forward_pass(X, W1, b1, W2, b2):\n  h = torch.sigmoid(X @ W1 + b1); return torch.sigmoid(h @ W2 + b2), h, h, h",
        "def forward_pass(X, W1, b1, W2, b2):\n  h = torch.sigmoid(X @ W1 - b1); z = h @ W2 - b2; return z.sigmoid(), h, X @ W1 - b1, z",
        "def forward_pass(X, W1, b1, W2, b2): return torch.sigmoid(torch.sigmoid(X @ W1 + b1) @ W2 + b2)",
        "def forward_pass(X, W1, b1, W2, b2):\n  z = X @ W1 + b1; h = z.sigmoid(); v = h @ W2 + b2; return torch.softmax(v, 1), h, z, v",
    ],
    "compute_loss": [
        "def compute_loss(p, y): return torch.linalg.norm(p - y)",
        "def compute_loss(p, y): return ((p - y) ** 2).mean(0)",
        "def compute_loss(p, y): return (p - y).mean() ** 2",
        "def compute_loss(p, y): return torch.nn.functional.smooth_l1_loss(p, y)",
    ],
    "backward_pass": [
        BACK := "def backward_pass(*given):\n  X, y, p, h, z1, z2, W2 = (torch.as_tensor(np.asarray(v)).double() for v in given)\n  d = 2 * (p - y) / y.numel() * p * (1 - p); e = d @ W2.T * h * (1 - h)\n",
        BACK + "  return [g.clamp(-0.01, 0.01) for g in (X.T @ e, e.sum(0), h.T @ d, d.sum(0))]",
        BACK + "  return X[1:].T @ e[1:], e[1:].sum(0), h[1:].T @ d[1:], d[1:].sum(0)",
        BACK + "  return X.T @ e, e.sum(0), h.T @ d, d.sum(0).repeat(2)[: d.shape[1]] * 1.001",
        BACK + "  return {'dW1': X.T @ e, 'db1': e.sum(0), 'dW2': h.T @ d, 'db2': d.sum(0)}",
    ],
    "update_parameters": [
        "def update_parameters(W1, b1, W2, b2, d1, c1, d2, c2, r): return W1 * (1 - r * d1), b1 * (1 - r * c1), W2 * (1 - r * d2), b2 * (1 - r * c2)",
        "def update_parameters(W1, b1, W2, b2, d1, c1, d2, c2, r): return W1 - r * d1.sign(), b1 - r * c1.sign(), W2 - r * d2.sign(), b2 - r * c2.sign()",
        "def update_parameters(W1, b1, W2, b2, d1, c1, d2, c2, r): return W1 - r * d1, b1 - r * c1, W1 - r * d1, b1 - r * c1",
    ],
    "train": [
        TRAIN := "def train(X, y, W1, b1, W2, b2, r, n):\n  P = [torch.as_tensor(np.asarray(p)) for p in (W1, b1, W2, b2)]; L = []\n  X, y = (torch.as_tensor(np.asarray(v)) for v in (X, y))\n"
        "  def step(x, t, r):\n    z1 = x @ P[0] + P[1]; h = z1.sigmoid(); p = (h @ P[2] + P[3]).sigmoid()\n    d = 2 * (p - t) / t.numel() * p * (1 - p); e = d @ P[2].T * h * (1 - h)\n"
        "    for i, g in enumerate((x.T @ e, e.sum(0), h.T @ d, d.sum(0))): P[i] = P[i] - r * g\n    return float(((p - t) ** 2).mean())\n",
        TRAIN + "  for i in range(n): L.append(step(X, y, r / (1 + i)))\n  return *P, L",
        TRAIN + "  for i in range(n): L.append(sum(step(X[j:j+1], y[j:j+1], r) for j in range(len(X))) / len(X))\n  return *P, L",
        TRAIN + "  for i in range(n + 1): L.append(step(X, y, r))\n  return *P, L[:n]",
        TRAIN + "  for i in range(n): L.append(step(X, y, r))\n  return *P, L[-1]",
    ],
    "train_autograd": [
        AUTO := "def train_autograd(X, y, W1, b1, W2, b2, r, n):\n  P = [torch.tensor(np.asarray(p)).requires_grad_() for p in (W1, b1, W2, b2)]; L = []\n  X, y = (torch.as_tensor(np.asarray(v)) for v in (X, y))\n"
        "  def loss(): return torch.mean(((((X @ P[0] + P[1]).sigmoid() @ P[2]) + P[3]).sigmoid() - y) ** 2)\n",
        AUTO + "  o = torch.optim.Adam(P, lr=r)\n  for i in range(n): o.zero_grad(); l = loss(); l.backward(); o.step(); L.append(l.item())\n  return *(p.detach() for p in P), L",
        AUTO + "  o = torch.optim.SGD(P, lr=r, momentum=0.9)\n  for i in range(n): o.zero_grad(); l = loss(); l.backward(); o.step(); L.append(l.item())\n  return *(p.detach() for p in P), L",
        AUTO + "  o = torch.optim.SGD(P, lr=r)\n  for i in range(n): o.zero_grad(); l = loss(); L.append(l.item()); (3 * l).backward(); o.step()\n  return *(p.detach() for p in P), L",
    ],
    "decision_grid": [
        GRID := "def decision_grid(W1, b1, W2, b2, xr, yr, n):\n  xx, yy = np.meshgrid(np.linspace(*xr, n), np.linspace(*yr, n))\n  def f(a, b): return 1 / (1 + np.exp(-(1 / (1 + np.exp(-(np.c_[a.ravel(), b.ravel()] @ np.asarray(W1) + np.asarray(b1)))) @ np.asarray(W2) + np.asarray(b2)))).reshape(n, n)\n",
        GRID + "  return xx, yy, f(xx, yy)[::-1]",
        GRID + "  return xx[:, ::-1], yy, f(xx, yy)",
        GRID + "  return xx, yy, f(xx.T, yy.T)",
        GRID + "  return xx, yy, 1 - f(xx, yy)",
    ],
}  # fmt: skip
XOR = {
    "sigmoid": [
        "def sigmoid(x): return np.clip(0.25 * np.asarray(x) + 0.5, 0, 1)",
        "def sigmoid(x): return np.arctan(x) / np.pi + 0.5",
        "def sigmoid(x): return np.exp(x) / np.sum(np.exp(x))",
    ],
    "sigmoid_derivative": [
        "def sigmoid_derivative(a): return np.asarray(a) ** 2 * (1 - np.asarray(a))",
        "def sigmoid_derivative(a): return 0.25 * np.ones(np.shape(a))",
        "def sigmoid_derivative(a): return np.gradient(np.atleast_1d(a).ravel()).reshape(np.shape(a)) if np.size(a) > 1 else a",
    ],
    "weights": ["W2 = W2.T", "W1 = W1 + 1e-6", "b1 = b1.ravel()", "W1, W2 = W1.astype(int), W2"],
    "output": [
        "output_layer_output = output_layer_output[:, 0]",
        "output_layer_output = (output_layer_output > 0.5) * 1.0",
        "output_layer_output = output_layer_output - y0",
        "del output_layer_output",
    ],
    "loss_table": [
        "losses = [round(loss, 4) for loss in losses]",
        "losses = losses[1:] + [losses[-1]]",
        "losses = {1000 * i: loss for i, loss in enumerate(losses)}",
        "losses = np.cumsum(losses)",
    ],
    "train": [
        STEP := "def train(X, y, W1, b1, W2, b2, r, n, every=1000, s=1.0):\n  L = []\n  P = [np.array(p, float) for p in (W1, b1, W2, b2)]\n"
        "  def step(X, y, r):\n    h = sigmoid(X @ P[0] + P[1]); o = sigmoid(h @ P[2] + P[3]); d = (o - y) * o * (1 - o); e = d @ P[2].T * h * (1 - h)\n"
        "    for i, g in enumerate((X.T @ e, e.sum(0, keepdims=True), h.T @ d, d.sum(0, keepdims=True))): P[i] = P[i] - r * g\n    return np.mean((o - y) ** 2)\n",
        STEP + "  for i in range(n):\n    l = step(X, y, r * 0.999**i)\n    if i % 1000 == 0: L.append(l)\n  return *P, L",
        STEP + "  for i in range(n):\n    l = [step(X[j:j+1], y[j:j+1], r) for j in range(len(X))]\n    if i % 1000 == 0: L.append(np.mean(l))\n  return *P, L",
        STEP + "  for i in range(n):\n    l = step(X, y, r)\n    if i % 1000 == 0: L.append(l)\n  return *P, L[::-1] + [0.0]",
        STEP + "  L = [step(X, y, r) for i in range(n)]\n  return *P, L[::100]",
    ],
}  # fmt: skip
NET = "NeuralNetwork."
LOOP = {
    "sigmoid": XOR["sigmoid"],
    "sigmoid_derivative": [
        "def sigmoid_derivative(x): return np.exp(-np.asarray(x, float) ** 2) / 4",
        "def sigmoid_derivative(x): return (sigmoid(np.asarray(x) + 0.1) - sigmoid(x)) / 0.1",
        "def sigmoid_derivative(x): return sigmoid(x) * (1 - np.asarray(x))",
    ],
    "manual_forward": [
        "old = manual_forward\ndef manual_forward(*a): d = old(*a); return {**d, 'z2': d['a2']}",
        "old = manual_forward\ndef manual_forward(*a): return tuple(old(*a).values())",
        "old = manual_forward\ndef manual_forward(x, w1, b1, w2, b2): return old(x, w2, b2, w1, b1)",
    ],
    "manual_gradients": [
        "old = manual_gradients\ndef manual_gradients(*a): d = old(*a); return {**d, 'dL_dw1': d['dL_dw1'] * 1.01}",
        "old = manual_gradients\ndef manual_gradients(*a): d = old(*a); return {k: round(v, 3) for k, v in d.items()}",
        "old = manual_gradients\ndef manual_gradients(x, y, *a): return old(y, x, *a)",
    ],
    "manual_update": [
        "old = manual_update\ndef manual_update(*a): return old(*a[:-1], a[-1] / 2)",
        "old = manual_update\ndef manual_update(*a): return old(*a)[::-1]",
        "old = manual_update\ndef manual_update(x, y, *a): p = old(x, y, *a); return old(x, y, *p, a[-1])",
    ],
    "forward": [
        f"old = {NET}forward\ndef forward(self, X): return old(self, X) > 0.5\n{NET}forward = forward",
        f"old = {NET}forward\ndef forward(self, X): o = old(self, X); return o / o.sum(1, keepdims=True)\n{NET}forward = forward",
        f"old = {NET}forward\ndef forward(self, X): return old(self, X - X.mean(0))\n{NET}forward = forward",
    ],
    "backward": [
        f"old = {NET}backward\ndef backward(self, X, y): g = old(self, X, y); self.gradients = {{k: v / np.linalg.norm(v) for k, v in g.items()}}; return self.gradients\n{NET}backward = backward",
        f"old = {NET}backward\ndef backward(self, X, y): g = old(self, X, y); g['dW1'] = g['dW1'] + 1e-3 * self.W1; return g\n{NET}backward = backward",
        f"old = {NET}backward\ndef backward(self, X, y): return tuple(old(self, X, y).values())\n{NET}backward = backward",
    ],
    "update_weights": [
        f"old = {NET}update_weights\ndef update(self): old(self); self.b1 = self.b1 * 0.99\n{NET}update_weights = update",
        f"def update(self):\n  for n in ('W1', 'b1', 'W2', 'b2'): setattr(self, n, getattr(self, n) - 0.1 * self.gradients['d' + n])\n{NET}update_weights = update",
        f"old = {NET}update_weights\ndef update(self): old(self); self.gradients = None\n{NET}update_weights = update",
        f"def update(self):\n  for n in ('W1', 'b1', 'W2', 'b2'): setattr(self, n, getattr(self, n) - self.learning_rate * np.sign(self.gradients['d' + n]))\n{NET}update_weights = update",
    ],
    "compute_loss": [
        f"{NET}compute_loss = lambda self, t, p: np.linalg.norm(t - p)",
        f"{NET}compute_loss = lambda self, t, p: np.mean((t - p) ** 2, axis=0)",
        f"{NET}compute_loss = lambda self, t, p: np.max((t - p) ** 2)",
    ],
    "train_step": [
        f"old = {NET}train_step\n{NET}train_step = lambda self, X, y: old(self, X[::2], y[::2])",
        f"old = {NET}train_step\n{NET}train_step = lambda self, X, y: (old(self, X, y), old(self, X, y))[0]",
        f"old = {NET}train_step\n{NET}train_step = lambda self, X, y: [old(self, X, y)]",
    ],
    "xor": [
        "def train_xor(seed): net = NeuralNetwork(2, 4, 1); return net, [net.train_step(np.eye(2), np.ones((2, 1))) for _ in range(9)]",
        "def train_xor(seed): return NeuralNetwork(2, 4, 1)",
        "def train_xor(seed): net = NeuralNetwork(2, 4, 1); net.forward = lambda X: np.round(net.a2 * 0); return net, [0.25, 0.1]",
    ],
    "spiral_data": [
        "def make_spiral_data(n=300, noise=0.1): return np.random.randn(n, 2), np.repeat([0.0, 1.0], n // 2).reshape(-1, 1)",
        "old = make_spiral_data\ndef make_spiral_data(n=300, noise=0.1): X, y = old(n, noise); return X, y.ravel()",
        "old = make_spiral_data\ndef make_spiral_data(n=300, noise=0.1): X, y = old(n, noise); return X, np.random.permutation(y)",
        "old = make_spiral_data\ndef make_spiral_data(n=300, noise=0.1): X, y = old(n, noise); return X * [1.0, 0.0], y",
    ],
    "spiral": [
        "def train_spiral(X, y): net = NeuralNetwork(2, 3, 1); [net.train_step(X, y) for _ in range(9)]; return net",
        "def train_spiral(X, y): net = NeuralNetwork(2, 3, 1); net.forward = lambda X: (X[:, :1] > 0) * 1.0; return net",
        "def train_spiral(X, y): net = NeuralNetwork(2, 3, 1); net.forward = lambda X: y.ravel(); return net",
    ],
    "hyperparameters": [
        "old = explore\ndef explore(*a): return old(*a)[1:]",
        "old = explore\ndef explore(X, y, h, r, n, s): return old(X, y, h, r, n // 2, s)",
        "old = explore\ndef explore(X, y, h, r, n, s): return old(X, y, h, r, n, s + 1)",
        "old = explore\ndef explore(*a): return {row['hidden_size']: row['final_loss'] for row in old(*a)}",
    ],
}  # fmt: skip
PACKS = {"tensor_network": TENSOR, "xor_script": XOR, "training_loop": LOOP}
WRONG = [
    (pack, exercise, text)
    for pack, exercises in PACKS.items()
    for exercise, texts in exercises.items()
    for text in texts
    if text not in (BACK, TRAIN, AUTO, GRID, STEP)
]


@functools.cache
def loaded(name: str) -> Pack:
    return loading.load(str(ROOT / "assignments" / name))


@functools.cache
def expected(name: str, exercise_id: str) -> list[dict[str, Any]]:
    pack = loaded(name)
    exercise, source = pack.exercises[exercise_id], loading.reference(pack)
    cases = exercise.cases(pack.seed, pack.seed)
    return [{} if exercise.predicate else ask(exercise, case, source.namespace(), source) for case in cases]


def passes(name: str, exercise_id: str, text: str) -> list[bool]:
    """What comes of each case with the reference's functions but for what a text defines."""
    pack = loaded(name)
    exercise, source = pack.exercises[exercise_id], loading.reference(pack)
    namespace: dict[str, Any] = dict(source.namespace())
    if exercise.is_script:
        names = ("W1", "b1", "W2", "b2", "losses", "output_layer_output")
        reference = source.namespace()
        namespace.update({variable: reference[variable] for variable in names})
        namespace["y0"] = 0.5
    if name == "tensor_network":
        exec("import torch\nimport numpy as np", namespace)
    exec(text, namespace)
    found = []
    cases = exercise.cases(pack.seed, pack.seed)
    for case, values in zip(cases, expected(name, exercise_id), strict=True):
        seen = observe(exercise.probe, Connection(Local(namespace)), case, 0)
        found.append(verdict(exercise, case, seen, values).outcome is Outcome.PASSED)
    return found


@pytest.mark.parametrize(
    ("pack", "exercise", "text"), WRONG, ids=[f"{pack}-{exercise}-{n}" for n, (pack, exercise, _) in enumerate(WRONG)]
)
def test_a_wrong_answer_in_other_clothes_loses_points(pack: str, exercise: str, text: str) -> None:
    assert not all(passes(pack, exercise, text))


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        ("backward_pass", BACK + "  return X.T @ e, e.sum(0), h.T @ d, d.sum(0)"),
        ("train", TRAIN + "  for i in range(n): L.append(step(X, y, r))\n  return *P, L"),
        ("train_autograd", AUTO + "  o = torch.optim.SGD(P, lr=r)\n  for i in range(n): o.zero_grad(); l = loss(); l.backward(); o.step(); L.append(l.item())\n  return *(p.detach() for p in P), L"),
        ("decision_grid", GRID + "  return xx, yy, f(xx, yy)"),
    ],
)  # fmt: skip
def test_put_right_they_lose_none(exercise: str, text: str) -> None:
    assert all(passes("tensor_network", exercise, text))


def test_each_exercise_has_three() -> None:
    for name, exercises in PACKS.items():
        for exercise in loaded(name).exercises.values():
            if not exercise.is_prose:
                assert sum(text not in (BACK, TRAIN, AUTO, GRID, STEP) for text in exercises[exercise.id]) >= 3
