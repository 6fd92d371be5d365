"""Notebooks in the manner of those that are taught from, with their defects: each costs its exercise and nothing else."""

from __future__ import annotations

import pytest

from grader.cli.main import make_task
from grader.grading import grade
from grader.packs import loading
from grader.reports import Report
from grader.submissions import parse

from .conftest import SUBMISSIONS, exercise

# Slow: keys of several packs; exclusive or and spirals are trained. Figures are still to be taken on the final code.
pytestmark = pytest.mark.slow


def graded(pack: str, name: str) -> Report:
    path = SUBMISSIONS / pack / name
    return grade(make_task(loading.load(pack), None), parse("hw", path.name, path.read_bytes()))


def lost(report: Report) -> set[str]:
    return {each.id for each in report.exercises if each.score < each.max_score}


def test_tensors_divided_by_the_samples_and_leaves_that_are_none() -> None:
    report = graded("tensor_network", "seed_manner.ipynb")
    assert report.loading[0].error.startswith("TypeError: unsupported operand")  # .grad is None, as when it is taught
    assert lost(report) == {"backward_pass", "train_autograd"}
    (scaled,) = exercise(report, "backward_pass").diagnosis
    assert (scaled.mistake, scaled.source) == ("mean-over-samples-only", "grad_pred = 2 * (y_pred - y) / n_samples")
    assert exercise(report, "train").follow_through
    (leaf,) = exercise(report, "train_autograd").diagnosis
    assert leaf.mistake == "non-leaf-parameter"


def test_a_script_that_hands_pre_activations_to_the_derivative() -> None:
    report = graded("xor_script", "seed_manner.ipynb")
    assert lost(report) == {"weights", "output", "loss_table"}  # one run leaves them all
    assert [(fault.mistake, fault.source) for each in report.exercises for fault in each.diagnosis] == [
        (
            "hidden-derivative-from-raw-z",
            "hidden_layer_gradient = hidden_layer_error * sigmoid_derivative(hidden_layer_input)",
        )
    ]


def test_a_short_gradient_exclusive_or_that_never_learns_and_spirals_on_one_curve() -> None:
    report = graded("training_loop", "seed_manner.ipynb")
    assert lost(report) == {"backward", "xor", "spiral_data"}
    assert {each.id: [fault.mistake for fault in each.diagnosis] for each in report.exercises if each.diagnosis} == {
        "backward": ["cross-entropy-shortcut-under-mse"],
        "xor": ["initial-weights-too-small"],
        "spiral_data": ["arms-on-one-curve"],
    }
    assert "nothing was learnt" in exercise(report, "xor").checks[0].message
    assert "both lie on one curve" in exercise(report, "spiral_data").checks[0].message
    assert exercise(report, "reflection").outcome == "passed"


def test_a_slope_of_the_activation_that_everything_else_is_used_to() -> None:
    report = graded("training_loop", "seed_manner_slope.py")
    assert lost(report) == {"sigmoid_derivative"}
    (slope,) = exercise(report, "sigmoid_derivative").diagnosis
    assert slope.mistake == "derivative-of-activation-given-pre-activation"
    assert slope.source == "return x * (1 - x)"
