"""Right answers in other clothes get full points; wrong ones that only lucky inputs forgive don't."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.grading import Task, grade
from grader.reports import Report
from grader.submissions import parse

from .conftest import PLAIN, ROOT, SUBMISSIONS, Grade, exercise

# Those with notes beside them are in `tests/test_corpus.py`.
RIGHT = sorted(
    path
    for path in (SUBMISSIONS / "sigmoid_network" / "right").glob("*.*")
    if path.suffix != ".json" and not path.with_name(f"{path.name}.json").exists()
)


def lost(report: Report) -> dict[str, str]:
    """The exercises that lost points, with outcome and first message."""
    return {
        each.id: f"{each.outcome}: {next(check.message for check in each.checks if check.outcome != 'passed')}"
        for each in report.exercises
        if each.score != each.max_score
    }


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if "torch" in path.name else [], id=path.name) for path in RIGHT],
)
def test_right_answers_in_other_clothes_get_full_points(path: Path, sigmoid_network: Task) -> None:
    report = grade(sigmoid_network, parse(path.stem, path.name, path.read_bytes()))
    assert (lost(report), report.score) == ({}, report.max_score)


def test_the_reference_as_a_student_would_hand_it_in_gets_full_points(grade_text: Grade) -> None:
    source = (ROOT / "reference" / "sigmoid_network.py").read_text()
    assert lost(grade_text(source)) == {}
    cells = [nbformat.v4.new_code_cell(source)]
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    assert lost(grade_text(notebook, "hw.ipynb")) == {}


@pytest.mark.parametrize("name", ["stub.py", "stub.ipynb"])
def test_the_stub_gets_nothing_and_each_exercise_is_not_implemented(name: str, grade_text: Grade) -> None:
    report = grade_text((ROOT / "assignments" / "sigmoid_network" / name).read_bytes(), name)
    assert report.score == 0
    assert {each.outcome for each in report.exercises} == {"not_implemented"}
    assert report.loading == []


NET = "class SimpleNeuralNetwork(SimpleNeuralNetwork):\n"
GRADIENTS = "        dW1, db1, dW2, db2 = super().backward(X, y, y_pred)\n"
BACKWARD = NET + "    def backward(self, X, y, y_pred):\n" + GRADIENTS

# What is written after a right module; the exercise that must lose points, its outcome, a part of its message.
WRONG = {
    "missing 1/m": (
        "def mse_loss_derivative(p, t):\n    return 2 * (p - t)\n",
        "mse_loss_derivative", "wrong_value", "but should be",
    ),
    "divided by m for m k": (
        "def mse_loss_derivative(p, t):\n    return 2 * (p - t) / len(p)\n",
        "mse_loss_derivative", "wrong_value", "relative error 0.5",
    ),
    "a transposed gradient": (
        BACKWARD + "        return dW1.T, db1, dW2, db2\n",
        "backward", "wrong_shape", "this is the transpose of the right shape",
    ),
    "biases without their axis": (
        BACKWARD + "        return dW1, db1[0], dW2, db2[0]\n",
        "backward", "wrong_shape", "an axis of length 1 is missing",
    ),
    "NaN": (
        BACKWARD + "        return dW1 * np.nan, db1, dW2, db2\n",
        "backward", "not_finite", "dW1[0, 0] is nan",
    ),
    "NaN where the right one is small": (
        "def sigmoid(x):\n    with np.errstate(all='ignore'):\n        return np.exp(x) / (1 + np.exp(x))\n",
        "sigmoid", "not_finite", "is nan",
    ),
    "complex numbers": (
        BACKWARD + "        return dW1 + 0j, db1, dW2, db2\n",
        "backward", "wrong_dtype", "dW1 holds complex numbers",
    ),
    "object arrays": (
        BACKWARD + "        return dW1.astype(object), db1, dW2, db2\n",
        "backward", "wrong_dtype", "dW1",
    ),
    "integers": ("def relu_derivative(x):\n    return (x > 0).astype(int)\n", "relu_derivative", "wrong_dtype", "integers"),
    "booleans": ("def relu_derivative(x):\n    return x > 0\n", "relu_derivative", "wrong_dtype", "booleans"),
    "an ndarray subclass that lies": (
        "class Liar(np.ndarray):\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "    def __array_ufunc__(self, *a, **k): return np.zeros(())\n"
        "    def __eq__(self, other): return True\n"
        "    def __array__(self, *a, **k): raise RuntimeError('no')\n"
        "    shape = property(lambda self: (4, 5))\n" + BACKWARD +
        "        return np.zeros_like(dW1).view(Liar), db1, dW2, db2\n",
        "backward", "wrong_value", "but should be",
    ),
    "a number that lies": (
        "class Liar(float):\n"
        "    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0.0\n"
        "    __rsub__ = __sub__\n"
        "    def __float__(self): return 1.0\n"
        "def mse_loss(p, t):\n    return Liar(0.0)\n",
        "mse_loss", "wrong_value", "is 0, but should be",
    ),
    "the input changed, and a view of it": (
        "def relu(x):\n    x[x < 0] = 0\n    return x[:]\n",
        "relu", "changed_input", "x was changed by the call",
    ),
    "parameters changed": (
        BACKWARD + "        self.W1 += 1\n        return dW1, db1, dW2, db2\n",
        "backward", "changed_input", "W1 was changed by the call",
    ),
    "right only at the first call": (
        "calls = 0\n" + NET + "    def backward(self, X, y, y_pred):\n"
        "        global calls\n        calls += 1\n"
        "        return tuple(g * (1 if calls < 2 else 1.01) for g in super().backward(X, y, y_pred))\n",
        "backward", "wrong_value", "relative error",
    ),
    "gradients that accumulate": (
        BACKWARD + "        self.sums = [s + g for s, g in zip(getattr(self, 'sums', [0] * 4), (dW1, db1, dW2, db2))]\n"
        "        return tuple(self.sums)\n",
        "backward", "wrong_value", "relative error",
    ),
    "a value too few": (
        BACKWARD + "        return dW1, db1, dW2\n",
        "backward", "wrong_shape", "backward returned 3 values, but should return 4 values (dW1, db1, dW2, db2)",
    ),
    "nothing": (
        BACKWARD + "        return None\n",
        "backward", "wrong_dtype", "backward returned nothing (None), but should return 4 values",
    ),
    "a dict": (
        BACKWARD + "        return {'dW1': dW1}\n",
        "backward", "wrong_shape", "backward returned a dict",
    ),
    "one broadcast row": (
        "def mse_loss_derivative(p, t):\n    return (2 * (p - t) / p.size)[:1]\n",
        "mse_loss_derivative", "wrong_shape", "has shape (1, 1), but should have shape (2, 1)",
    ),
    "ragged lists": ("def relu(x):\n    return [[1.0], [1.0, 2.0]]\n", "relu", "wrong_dtype", "different lengths"),
    "a text": ("def mse_loss(p, t):\n    return '0.1'\n", "mse_loss", "wrong_dtype", "is a text"),
    "an exception": (
        "def relu(x):\n    y = 1\n    return y / 0\n",
        "relu", "raised", "relu raised ZeroDivisionError: division by zero   (line ",
    ),
    "the losses shifted": (
        NET + "    def train(self, X, y, epochs=1000):\n"
        "        return super().train(X, y, epochs)[1:] + [mse_loss(self.forward(X), y)]\n",
        "train", "wrong_value", "losses[0] is",
    ),
    "no central difference": (
        "def numerical_gradient(f, x, h=1e-5):\n    x = x.astype(float)\n    g = np.zeros(x.shape)\n"
        "    for i in np.ndindex(x.shape):\n        y = x.copy()\n        y[i] += h\n        g[i] = (f(y) - f(x)) / h\n"
        "    return g\n",
        "numerical_gradient", "wrong_value", "at most",
    ),
    "a sigmoid cut off too early": (
        "def sigmoid(x):\n    return 1 / (1 + np.exp(-np.clip(x, -10, 10)))\n",
        "sigmoid", "wrong_value", "sigmoid(x)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if number % 3 else []) for number, name in enumerate(WRONG)]
)
def test_wrong_answers_in_other_clothes_lose_points(name: str, plain: str, grade_text: Grade) -> None:
    text, where, outcome, message = WRONG[name]
    found = exercise(grade_text(f"{plain}\n\n{text}"), where)
    assert found.score < found.max_score
    assert found.outcome == outcome
    assert message in next(check.message for check in found.checks if check.outcome != "passed")


def test_each_wrong_answer_costs_points_on_a_hidden_check_too_and_tells_no_number_of_it(
    plain: str, grade_text: Grade
) -> None:
    report = grade_text(f"{plain}\n\n{WRONG['missing 1/m'][0]}")
    check = next(check for check in exercise(report, "mse_loss_derivative").checks if check.hidden)
    assert check.outcome == "wrong_value"
    assert not any(character.isdigit() for character in check.message)
    assert "but should be" in report.staff["hidden"]["mse_loss_derivative"][check.name]


def test_another_seed_draws_other_hidden_cases_and_the_same_public_ones(sigmoid_network: Task) -> None:
    backward = sigmoid_network.pack.exercises["backward"]
    one, other = backward.cases(0, 1), backward.cases(0, 2)
    assert [(a.X == b.X).all() for a, b in zip(one, other, strict=True)] == [not case.hidden for case in one]


def test_the_plain_module_is_what_the_wrong_ones_spoil(sigmoid_network: Task) -> None:
    assert PLAIN in RIGHT
