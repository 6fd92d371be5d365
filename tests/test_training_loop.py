"""The pack training_loop through the real wall: right and wrong ways to learn, each costs its exercise alone."""

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

SOURCE = (ROOT / "reference" / "training_loop.py").read_text()


@pytest.fixture(scope="module")
def task(_surroundings: None) -> Task:
    return make_task(loading.load("training_loop"), None)


def run(task: Task, text: str, name: str = "hw.py") -> Report:
    return grade(task, parse("hw", name, text.encode()))


def lost(report: Report) -> dict[str, list[str]]:
    """The exercises that lost points, each with its messages."""
    return {
        each.id: [check.message for check in each.checks if check.outcome != "passed"]
        for each in report.exercises
        if each.score != each.max_score
    }


def test_the_reference_gets_full_points_and_its_text_is_kept_for_a_person(task: Task) -> None:
    text = "The chain rule surprised me: a link that is forgotten changes every gradient that comes after it. " * 2
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(SOURCE)]
    report = run(task, nbformat.writes(nbformat.v4.new_notebook(cells=cells)), "hw.ipynb")
    assert (lost(report), report.score, report.max_score) == ({}, 50, 50)
    reflection = exercise(report, "reflection")
    assert (reflection.outcome, reflection.max_score) == ("passed", 0)
    assert reflection.checks[0].message == text.strip()


@pytest.mark.parametrize("name", ["stub.py", "stub.ipynb"])
def test_the_stub_gets_nothing_and_each_exercise_is_not_implemented(name: str, task: Task) -> None:
    report = run(task, (ROOT / "assignments" / "training_loop" / name).read_text(), name)
    assert report.score == 0
    assert {each.outcome for each in report.exercises} == {"not_implemented"}


SMALL = [("randn(input_size, hidden_size)", "randn(input_size, hidden_size) * 0.01"),
         ("randn(hidden_size, output_size)", "randn(hidden_size, output_size) * 0.01")]  # fmt: skip
# Edits, the one exercise that loses points, how many, a part of its message, the mistake that is named.
QUICK = [("3.0)\n    net.W1 = 6", "3.0)\n    return net\n    net.W1 = 6")]  # no spiral is trained: it costs seconds
WRONG: dict[str, tuple[list[tuple[str, str]], str, float, str, str | None]] = {
    "initial weights of a hundredth": (
        [*SMALL, ("net.W1 = 6 * net.W1", "net.W1 = 600 * net.W1\n    net.W2 = 100 * net.W2")],
        "xor", 5, "about a half for every input, so nothing was learnt", "initial-weights-too-small",
    ),
    "one seed of five fails": (
        [("np.random.seed(seed)\n    X = np", "np.random.seed(seed)\n    epochs = 3000 if seed != 2 else 20\n    X = np"),
         ("range(3000)", "range(epochs)")],
        "xor", 1, "should be within 0.1 of 0, 1, 1, 0", None,
    ),
    "the class does not matter": (
        [("return net, losses", "net.forward = lambda X: y * np.nan\n    return net, losses")],
        "xor", 5, "the training has diverged", None,
    ),
    "both arms on one curve": (
        [("    arm1 = np", "    t = t + np.pi\n    r = t / (2 * np.pi)\n    arm1 = np"), ("r * np.cos(t + np.pi), r * np.sin(t + np.pi)", "r * np.cos(t), r * np.sin(t)")],
        "spiral_data", 1.2, "both lie on one curve", "arms-on-one-curve",
    ),
    "two rings": (
        [("r * np.cos(t), r", "0.7 * np.cos(t), 0.7"), ("r * np.cos(t + np.pi), r", "2 * np.cos(t + np.pi), 2")],
        "spiral_data", 0.6, "should turn twice", None,
    ),
    "no noise": ([("noise * np.random.randn(2 * half, 2)", "0.0")], "spiral_data", 1.2, "about 0.07", "noise-ignored"),
    "an unbalanced sample": (
        [("np.repeat([0.0, 1.0], half)", "np.repeat([0.0, 1.0], [half - 5, half + 5])")],
        "spiral_data", 3, "145 points of class 0 and 155 of class 1", None,
    ),
    "an untrained network": ([], "spiral", 5, "the best of three networks is right for", None),
    "a network that answers NaN": (
        [("    return net\n    net.W1", "    net.b2 = net.b2 * np.nan\n    return net\n    net.W1")], "spiral", 5, "for 0.0% of the points", None,
    ),
    "seeded once": (
        [("            np.random.seed(seed)\n", ""), ("    rows = []\n", "    rows = []\n    np.random.seed(seed)\n")],
        "hyperparameters", 5, "seeded before each network", "seeded-once",
    ),
    "made-up losses": ([('"final_loss": loss', '"final_loss": 0.01')], "hyperparameters", 5, "is 0.01, but your own class", None),
    "pairs left out": ([("for learning_rate in learning_rates", "for learning_rate in learning_rates[:1]")], "hyperparameters", 5, "there is no row for hidden_size 2 with learning_rate 1", None),
    "keys of another name": ([('"final_loss": loss', '"loss": loss')], "hyperparameters", 5, "should have hidden_size, learning_rate, final_loss", None),
    "cross-entropy's gradient": (
        [("dz2 = da2 * sigmoid_derivative(self.z2)", "dz2 = (self.a2 - y) / len(X)")], "backward", 8, "but should be", "cross-entropy-shortcut-under-mse",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_one_costs_its_exercise_and_nothing_else(name: str, task: Task) -> None:
    edits, where, costs, message, slug = WRONG[name]
    trains = name in ("initial weights of a hundredth", "cross-entropy's gradient")
    text = SOURCE
    for old, new in [*([] if trains else QUICK), *edits]:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    report = run(task, text)
    assert set(lost(report)) - ({"spiral"} if not trains else set()) == (
        {where} - ({"spiral"} if not trains else set())
    )
    found = exercise(report, where)
    assert found.max_score - found.score == pytest.approx(costs)
    assert message in lost(report)[where][0]
    assert [fault.mistake for fault in found.diagnosis] == ([slug] if slug else [])


def test_a_training_without_end_costs_its_exercise_alone(task: Task) -> None:
    task.pack.exercises["xor"].seconds = 1.0
    try:
        report = run(task, SOURCE.replace("range(3000)", "iter(int, 1)").replace(*QUICK[0]))
    finally:
        task.pack.exercises["xor"].seconds = 60
    assert set(lost(report)) == {"xor", "spiral"}
    assert exercise(report, "xor").outcome == "timed_out"
    assert "ran longer than 1 seconds" in lost(report)["xor"][0]
