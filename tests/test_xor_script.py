"""The pack xor_script through the real wall: scripts in the seed's manner, and what is wrong with them."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

from .conftest import ROOT, exercise

pytestmark = pytest.mark.slow  # keys of several packs, torch in every process

SOURCE = (ROOT / "reference" / "xor_script.py").read_text()

# As it is taught: one script, no training function; the losses are recorded beside being printed.
SCRIPT = """\
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return x * (1 - x)

np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
learning_rate = 0.1
iterations = 10000
losses = []

for i in range(iterations):
    hidden_layer_input = np.dot(X, W1) + b1
    hidden_layer_output = sigmoid(hidden_layer_input)
    output_layer_input = np.dot(hidden_layer_output, W2) + b2
    output_layer_output = sigmoid(output_layer_input)
    loss = np.mean((output_layer_output - y) ** 2)
    output_layer_error = output_layer_output - y
    output_layer_gradient = output_layer_error * sigmoid_derivative(output_layer_output)
    hidden_layer_error = output_layer_gradient.dot(W2.T)
    hidden_layer_gradient = hidden_layer_error * sigmoid_derivative(hidden_layer_output)
    W2 -= learning_rate * hidden_layer_output.T.dot(output_layer_gradient)
    b2 -= learning_rate * np.sum(output_layer_gradient, axis=0, keepdims=True)
    W1 -= learning_rate * X.T.dot(hidden_layer_gradient)
    b1 -= learning_rate * np.sum(hidden_layer_gradient, axis=0, keepdims=True)
    if i % 1000 == 0:
        losses.append(loss)
        print(f"Iteration {i}, Loss: {loss}")

print(output_layer_output)
"""
# Printed by the notebook that this is taught from.
TABLE = [
    0.38038349310856134, 0.24997670387612728, 0.24972913712906816, 0.24883556540840868, 0.2430179563469606,
    0.2023128270301176, 0.1342851241018072, 0.03423820536202099, 0.012399204540152104, 0.006836030803331477,
]  # fmt: skip


@pytest.fixture(scope="module")
def task(_surroundings: None) -> Task:
    return make_task(loading.load("xor_script"), None)


def run(task: Task, text: str, name: str = "hw.py") -> Report:
    return grade(task, parse("hw", name, text.encode()))


def lost(report: Report) -> dict[str, str]:
    """The exercises that lost points, with outcome and first message."""
    return {
        each.id: f"{each.outcome}: {next(check.message for check in each.checks if check.outcome != 'passed')}"
        for each in report.exercises
        if each.score != each.max_score
    }


def test_the_key_holds_the_printed_losses(task: Task) -> None:
    table = task.pack.exercises["loss_table"]
    expected = task.key.expected(table, table.cases(0, 0)[1])
    np.testing.assert_allclose(expected["losses"], TABLE, rtol=1e-9)


def test_the_reference_as_a_script_under_its_guard_gets_full_points(task: Task) -> None:
    assert lost(run(task, SOURCE)) == {}
    notebook = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)]))
    assert lost(run(task, notebook, "hw.ipynb")) == {}


def test_a_module_is_called_main_while_it_runs_and_its_classes_can_be_pickled(task: Task) -> None:
    text = "import pickle\nclass A: pass\npickle.loads(pickle.dumps(A()))\nassert __name__ == '__main__'\nimport __main__\nassert __main__.A is A\n"
    assert run(task, text).loading == []


@pytest.mark.parametrize("name", ["stub.py", "stub.ipynb"])
def test_the_stub_gets_nothing(name: str, task: Task) -> None:
    report = run(task, (ROOT / "assignments" / "xor_script" / name).read_text(), name)
    assert report.score == 0
    assert {each.id: each.outcome for each in report.exercises} == {
        **dict.fromkeys(["sigmoid", "sigmoid_derivative", "train"], "not_implemented"),
        **dict.fromkeys(["weights", "output", "loss_table"], "not_defined"),
    }


def test_the_script_as_it_is_taught_lacks_the_function_alone(task: Task) -> None:
    report = run(task, SCRIPT)
    assert {name: text.partition(":")[0] for name, text in lost(report).items()} == {"train": "not_defined"}
    assert "Iteration 9000" not in report.message


ALL = {"weights", "output", "loss_table"}
WRONG: dict[str, tuple[tuple[str, str], set[str], str | None]] = {
    "the losses only printed": (("losses.append(loss)", "pass"), {"loss_table"}, None),
    "every loss": (("if i % 1000 == 0", "if True"), {"loss_table"}, "every-loss-recorded"),
    "losses after the update": (
        ("losses.append(loss)", "losses.append(np.mean((sigmoid(np.dot(sigmoid(np.dot(X, W1) + b1), W2) + b2) - y) ** 2))"),
        {"loss_table"}, "loss-after-update",
    ),
    "half the loss": (("loss = np.mean", "loss = 0.5 * np.mean"), {"loss_table"}, "half-loss"),
    "another seed": (("seed(1)", "seed(42)"), ALL, "wrong-seed"),
    "randn": (("W1 = np.random.rand(", "W1 = np.random.randn("), ALL, None),
    "W2 before b1": (
        ("b1 = np.random.rand(1, 4)\nW2 = np.random.rand(4, 1)", "W2 = np.random.rand(4, 1)\nb1 = np.random.rand(1, 4)"),
        ALL, "drawn-in-another-order",
    ),
    "the gradient of the mean": (("output_layer_error = output_layer_output - y", "output_layer_error = (output_layer_output - y) / len(X)"), ALL, "mean-for-sum"),
    "the cross-entropy's gradient": (("output_layer_error * sigmoid_derivative(output_layer_output)", "output_layer_error"), ALL, "cross-entropy-shortcut-under-mse"),
    "the derivative at the pre-activation": (("sigmoid_derivative(hidden_layer_output)", "sigmoid_derivative(hidden_layer_input)"), ALL, "hidden-derivative-from-raw-z"),
    "the hidden biases left alone": (("    b1 -= learning_rate * np.sum(hidden_layer_gradient, axis=0, keepdims=True)\n", ""), ALL, "biases-not-updated"),
    "9,990 iterations": (("iterations = 10000", "iterations = 9990"), {"weights", "output"}, None),
    "two updates behind": (("iterations = 10000", "iterations = 9999"), {"weights", "output"}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_script_loses_what_it_spoils_and_is_told_why(name: str, task: Task) -> None:
    (old, new), where, slug = WRONG[name]
    assert SCRIPT.count(old) == 1
    report = run(task, SCRIPT.replace(old, new))
    assert set(lost(report)) - {"train"} == where
    told = {fault.mistake for each in report.exercises for fault in each.diagnosis}
    assert told == ({slug} if slug else set())


def test_a_run_that_fails_half_way_keeps_what_was_right_before(task: Task) -> None:
    report = run(task, SCRIPT.replace("    loss = np.mean", "    1 / (i - 5000)\n    loss = np.mean"))
    assert report.loading[0].error == "ZeroDivisionError: division by zero"
    assert set(lost(report)) == {"train", *ALL}
    assert exercise(report, "loss_table").score == 1


def test_a_fault_in_the_function_is_told_there_with_its_line(task: Task) -> None:
    text = SOURCE.replace("da1 = dz2 @ W2.T", "da1 = (a2 - y) @ W2.T")
    report = run(task, text)
    fault = exercise(report, "train").diagnosis[0]
    assert fault.mistake == "undelta-propagated"
    assert fault.line is not None
    assert "(a2 - y) @ W2.T" in text.splitlines()[fault.line - 1]
    assert exercise(report, "loss_table").diagnosis == []


def test_a_script_is_run_again_with_the_right_function_in_it(task: Task) -> None:
    text = SOURCE.replace("da1 = dz2 @ W2.T", "da1 = (a2 - y) @ W2.T")
    report = run(task, text)
    assert set(lost(report)) == {"train"}
    assert all(exercise(report, name).follow_through for name in ALL)


@pytest.mark.parametrize(
    ("old", "new", "slug"),
    [
        ("hidden_layer_error * sigmoid_derivative(hidden_layer_output)", "hidden_layer_error", "missing-hidden-derivative"),
        ("b1 = np.random.rand(1, 4)\n", "b1 = np.zeros((1, 4))\n", "zero-biases"),
        ("learning_rate = 0.1", "learning_rate = 1.0", "wrong-learning-rate"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_run_alone_is_told_once_with_its_line(old: str, new: str, slug: str, task: Task) -> None:
    assert SCRIPT.count(old) == 1
    text = SCRIPT.replace(old, new)
    if slug == "zero-biases":
        text = text.replace("b2 = np.random.rand(1, 1)", "b2 = np.zeros((1, 1))")
    report = run(task, text)
    told = [fault for each in report.exercises for fault in each.diagnosis]
    assert [fault.mistake for fault in told] == [slug]
    changed = {number for number, line in enumerate(text.splitlines(), 1) if line != SCRIPT.splitlines()[number - 1]}
    assert told[0].line in changed
