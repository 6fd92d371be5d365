"""Submissions of other people's: what is wrong is named, its line is found, and nothing right is accused.

They were written from the stub and a mistake's description alone, without sight of the reference or of how mistakes
are declared.  `python -m tests.corpus sigmoid_network` prints the figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from grader.grading import Task
from grader.packs import loading
from grader.reports import Report

from .conftest import Grade, exercise
from .corpus import Found, Written, compare, report, written

ALL = written("sigmoid_network")
WRONG = [each for each in ALL if each.kind in ("single", "double")]
NOT_NAMED = {
    "notebook_fit_with_reset__new_weights_every_epoch.ipynb",  # each epoch starts from random weights of its own
}
# Lines of other faults than those that the writers marked, or none.
NOT_LOCATED = {
    *NOT_NAMED,
    "blame_sharing_loops__sum_errors_and_flat_biases.py",  # where the bias array is made, not where it is returned
    "float32_zip_layers__z1_as_input_and_four_instead_of_two.py",  # the loop's header picks z1, its body uses it
    "java_interface_layers__tanh_hidden.py",  # where tanh is called, not where its object is chosen
    "loss_as_dataclass__gradient_of_half_sse.py",  # where the gradient is returned, not the method that it calls
    "notebook_finite_difference_plot__step_stays.ipynb",  # the first wrong point, not the line that lacks a restoring one
    "one_prefactor_kappa__features_instead_of_samples.py",  # where the wrong factor is used, not where it is made
    "operator_iadd_update__uphill.py",  # where the step is added, not where its sign could be
    "outer_loop_late_division__features_and_z1.py",  # as above
    "parameter_name_loop__ascent_only_weights.py",  # what is never updated has no line
    "setter_loops_with_prints__bias_stays.ipynb",  # as above
    "clone_and_walk_java__int_clone_and_h_only.py",  # where a step is lost, not where the whole numbers were copied
}


def names(submissions: Sequence[Written]) -> list[str]:
    return [f"{each.kind}/{each.path.name}" for each in submissions]


def found(submission: Written, graded: Report, task: Task) -> Found:
    pack = loading.load_mistakes(task.pack)
    return compare(submission, graded, pack.equivalents)


def check(submission: Written, task: Task) -> None:
    graded = report(task, submission)
    assert not graded.staff.get("faults")
    said = found(submission, graded, task)
    assert said.failing == ([submission.exercise] if submission.exercise else [])
    if submission.kind in ("right", "odd"):
        assert said.said == "nothing"
    else:
        assert said.is_named or submission.path.name in NOT_NAMED, said.said
        assert said.is_located or submission.path.name in NOT_LOCATED, said.said


@pytest.mark.slow
@pytest.mark.parametrize("submission", ALL, ids=names(ALL))
def test_what_is_wrong_is_named_and_found_and_nothing_else(submission: Written, sigmoid_network: Task) -> None:
    check(submission, sigmoid_network)


SAMPLE = ALL[::9]


@pytest.mark.parametrize("submission", SAMPLE, ids=names(SAMPLE))
def test_a_sample_of_them_at_every_run(submission: Written, sigmoid_network: Task) -> None:
    check(submission, sigmoid_network)


def test_the_written_submissions_are_as_many_as_they_should_be() -> None:
    kinds = [each.kind for each in ALL]
    assert kinds.count("single") >= 60
    assert kinds.count("double") >= 15
    assert kinds.count("odd") >= 15
    assert len(list((ALL[0].path.parent.parent / "right").glob("*.[pi]*[yb]"))) >= 20
    assert len(NOT_NAMED) <= 0.03 * len(WRONG)


REPAIRABLE = [each for each in WRONG if all(fault["wrong"] and fault["right"] for fault in each.faults)][::3]


def repaired(submission: Written) -> bytes:
    """The student's own text with the faults taken back."""
    text = submission.path.read_text()
    if submission.path.suffix == ".py":
        for fault in submission.faults:
            assert text.count(fault["wrong"]) >= 1
            text = text.replace(fault["wrong"], fault["right"], 1)
        return text.encode()
    notebook = json.loads(text)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for fault in submission.faults:
        cell = cells[fault["cell"] - 1]
        cell["source"] = "".join(cell["source"]).replace(fault["wrong"], fault["right"], 1)
    return json.dumps(notebook).encode()


@pytest.mark.slow
@pytest.mark.parametrize("submission", REPAIRABLE, ids=names(REPAIRABLE))
def test_the_exercise_passes_with_the_named_mistake_taken_back(submission: Written, grade_text: Grade) -> None:
    graded = grade_text(repaired(submission), submission.path.name)
    assert submission.exercise is not None
    assert exercise(graded, submission.exercise).outcome == "passed"
    assert graded.score == graded.max_score


def test_enough_of_them_are_repaired() -> None:
    assert len(REPAIRABLE) >= 20
