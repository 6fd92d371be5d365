"""The pack tensor_network through the real wall: tensors in and out, with and without autograd."""

from __future__ import annotations

import nbformat
import pytest

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

from .conftest import ROOT, exercise

pytestmark = pytest.mark.slow  # keys of several packs, torch in every process

SOURCE = (ROOT / "reference" / "tensor_network.py").read_text()

# As it is taught, put right: torch's own operations; every tensor keeps the dtype that came in.
TAUGHT = """\
import torch

def sigmoid(x):
    return torch.sigmoid(x)

def sigmoid_derivative(sigmoid_output):
    return sigmoid_output * (1 - sigmoid_output)

def forward_pass(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = sigmoid(z1)
    z2 = h @ W2 + b2
    y_pred = sigmoid(z2)
    return y_pred, h, z1, z2

def compute_loss(y_pred, y):
    return torch.mean((y_pred - y) ** 2)

def backward_pass(X, y, y_pred, h, z1, z2, W2):
    dLoss_dy_pred = 2 * (y_pred - y) / y.numel()
    dLoss_dz2 = dLoss_dy_pred * sigmoid_derivative(y_pred)
    dLoss_dW2 = h.T @ dLoss_dz2
    dLoss_db2 = torch.sum(dLoss_dz2, dim=0)
    dLoss_dh = dLoss_dz2 @ W2.T
    dLoss_dz1 = dLoss_dh * sigmoid_derivative(h)
    dLoss_dW1 = X.T @ dLoss_dz1
    dLoss_db1 = torch.sum(dLoss_dz1, dim=0)
    return dLoss_dW1, dLoss_db1, dLoss_dW2, dLoss_db2

def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    new = [p - learning_rate * g for p, g in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2))]
    return tuple(new)

def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    losses = []
    for epoch in range(n_epochs):
        y_pred, h, z1, z2 = forward_pass(X, W1, b1, W2, b2)
        losses.append(compute_loss(y_pred, y).item())
        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)
        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)
    return W1, b1, W2, b2, losses

def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    losses = []
    for epoch in range(n_epochs):
        y_pred = forward_pass(X, *params)[0]
        loss = compute_loss(y_pred, y)
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= learning_rate * p.grad
                p.grad.zero_()
    return (*params, losses)

def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    xs = torch.linspace(x_range[0], x_range[1], n, dtype=W1.dtype)
    ys = torch.linspace(y_range[0], y_range[1], n, dtype=W1.dtype)
    xx, yy = torch.meshgrid(xs, ys, indexing="xy")
    points = torch.stack([xx.reshape(-1), yy.reshape(-1)], dim=1)
    return xx, yy, forward_pass(points, W1, b1, W2, b2)[0].reshape(n, n)
"""


@pytest.fixture(scope="module")
def task(_surroundings: None) -> Task:
    return make_task(loading.load("tensor_network"), None)


def run(task: Task, text: str, name: str = "hw.py") -> Report:
    return grade(task, parse("hw", name, text.encode()))


def lost(report: Report) -> dict[str, str]:
    """The exercises that lost points, with outcome and first message."""
    return {
        each.id: f"{each.outcome}: {next(check.message for check in each.checks if check.outcome != 'passed')}"
        for each in report.exercises
        if each.score != each.max_score
    }


def test_the_reference_and_a_notebook_as_it_is_taught_get_full_points(task: Task) -> None:
    assert lost(run(task, SOURCE)) == {}
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(TAUGHT)]))
    report = run(task, notebook, "hw.ipynb")
    assert (lost(report), report.max_score) == ({}, 31)


def test_answers_in_float32_get_full_points_and_a_word(task: Task) -> None:
    report = run(task, TAUGHT)
    check = next(check for check in exercise(report, "backward_pass").checks if "float32" in check.name)
    assert (check.outcome, "right to float32 precision" in check.message) == ("passed", True)
    everywhere = TAUGHT.replace(
        "z1 = X @ W1 + b1", "X, W1, b1, W2, b2 = (v.float() for v in (X, W1, b1, W2, b2))\n    z1 = X @ W1 + b1"
    )
    everywhere = everywhere.replace("learning_rate * g for", "learning_rate * g.to(p.dtype) for")
    everywhere = everywhere.replace(
        "    dLoss_dy_pred = ", "    X, y, W2 = X.float(), y.float(), W2.float()\n    dLoss_dy_pred = "
    )
    assert lost(run(task, everywhere)) == {}


@pytest.mark.parametrize("name", ["stub.py", "stub.ipynb"])
def test_the_stub_gets_nothing_and_each_exercise_is_not_implemented(name: str, task: Task) -> None:
    report = run(task, (ROOT / "assignments" / "tensor_network" / name).read_text(), name)
    assert report.score == 0
    assert {each.outcome for each in report.exercises} == {"not_implemented"}


AUTOGRAD = """
def backward_pass(X, y, y_pred, h, z1, z2, W2):
    with torch.enable_grad():
        params = [p.clone().requires_grad_() for p in (torch.zeros(X.shape[1], h.shape[1], dtype=X.dtype), z1.new_zeros(h.shape[1]), W2, (z2 - h @ W2)[0])]
        out = torch.sigmoid(torch.sigmoid(z1 + X @ params[0] + params[1]) @ params[2] + params[3])
        return torch.autograd.grad(compute_loss(out, y), params)
"""
# What is replaced, the exercises that lose points, a part of the message of the first, the mistakes named there.
WRONG: dict[str, tuple[tuple[str, str], list[str], str, list[str]]] = {
    "divided by the samples alone": (("y.numel()", "X.shape[0]"), ["backward_pass"], "but should be", ["mean-over-samples-only"]),
    "the cross-entropy's gradient": (
        ("dLoss_dz2 = dLoss_dy_pred * sigmoid_derivative(y_pred)", "dLoss_dz2 = (y_pred - y) / len(X)"),
        ["backward_pass"], "but should be", ["cross-entropy-shortcut-under-mse"],
    ),
    "the derivative of the pre-activation": (("sigmoid_derivative(h)", "sigmoid_derivative(z1)"), ["backward_pass"], "but should be", ["hidden-derivative-from-raw-z"]),
    "biases as rows": (
        ("torch.sum(dLoss_dz2, dim=0)", "torch.sum(dLoss_dz2, dim=0, keepdim=True)"), ["backward_pass"], "an axis of length 1 is too many", ["returns-wrong-shape"],
    ),
    "autograd instead of the chain rule": (("\ndef decision_grid", AUTOGRAD + "\ndef decision_grid"), ["backward_pass"], "autograd took the derivative", ["autograd-used-by-hand"]),
    "gradients that require a gradient": (
        ("return dLoss_dW1,", "dLoss_dW1.requires_grad_()\n    return dLoss_dW1,"), ["backward_pass"], "dW1 requires a gradient", ["autograd-used-by-hand"],
    ),
    "updated in place": (
        ("    return tuple(new)", "    for p, v in zip((W1, b1, W2, b2), new):\n        p.copy_(v)\n    return W1, b1, W2, b2"),
        ["update_parameters"], "W1 and b1 and W2 and b2 were changed by the call", ["mutates-input"],
    ),
    "gradients that add up": (("                p.grad.zero_()\n", ""), ["train_autograd"], "W1[", ["gradients-not-zeroed"]),
    "no autograd where it is due": (
        ("    params = [p.clone()", "    return train(X, y, W1, b1, W2, b2, learning_rate, n_epochs)\n    params = [p.clone()"),
        ["train_autograd"], "never asked for a derivative", ["autograd-not-used"],
    ),
    "leaves that are none": (("p.clone().requires_grad_() for p in", "p.clone().requires_grad_() * 1.0 for p in"), ["train_autograd"], "NoneType", ["non-leaf-parameter"]),
    "a grid turned round": (('indexing="xy"', 'indexing="ij"'), ["decision_grid"], "xx[", ["grid-transposed"]),
    "classes for outputs": (("b2)[0].reshape(n, n)", "b2)[0].round().reshape(n, n)"), ["decision_grid"], "predictions[", ["classes-for-outputs"]),
    "the loss after the update": (
        ("losses.append(compute_loss(y_pred, y).item())\n        grads = backward_pass(X, y, y_pred, h, z1, z2, W2)\n        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)",
         "grads = backward_pass(X, y, y_pred, h, z1, z2, W2)\n        W1, b1, W2, b2 = update_parameters(W1, b1, W2, b2, *grads, learning_rate)\n        losses.append(compute_loss(forward_pass(X, W1, b1, W2, b2)[0], y).item())"),
        ["train"], "losses[0] is", ["loss-after-update"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_one_costs_its_exercise_and_is_named(name: str, task: Task) -> None:
    (old, new), where, message, slugs = WRONG[name]
    assert TAUGHT.count(old) == 1
    report = run(task, TAUGHT.replace(old, new))
    assert list(lost(report)) == where
    assert message in lost(report)[where[0]]
    assert [fault.mistake for fault in exercise(report, where[0]).diagnosis] == slugs


def test_an_exercise_that_runs_the_line_of_anothers_mistake_says_so(task: Task) -> None:
    text = (ROOT / "tests/submissions/tensor_network/single/layers__averaged_offset.py").read_text()
    report = run(task, text)
    assert [(each.mistake, each.line) for each in exercise(report, "backward_pass").diagnosis] == [
        ("bias-mean-for-sum", 50)
    ]
    assert not exercise(report, "train").diagnosis
    assert "It runs line 50 too, where backward_pass has its mistake" in exercise(report, "train").remarks[0]
