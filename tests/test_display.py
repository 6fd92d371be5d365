"""What a report holds to look at: the question, the code, curves, a boundary, figures; all of public cases, all capped."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader import reports
from grader.grading import display
from grader.grading.asking import Answers
from grader.judging import Observation, Outcome, Verdict
from grader.packs import loading
from grader.packs.implementation import Connection, Local, observe
from grader.packs.model import Case, Exercise
from grader.reports import Report, pictures

from .conftest import SUBMISSIONS, Grade

HOMEWORK = SUBMISSIONS / "sigmoid_network" / "homework.ipynb"


@pytest.fixture(scope="module")
def homework(grade_text: Grade) -> Report:
    return grade_text(HOMEWORK.read_bytes(), "homework.ipynb")


def test_the_question_is_what_the_stub_says(homework: Report) -> None:
    asked = homework.display.exercises["backward"].asked
    assert asked.startswith("def backward(self, X, y, y_pred):\n    The gradient of mse_loss(y_pred, y)")
    assert "Derivation" not in "".join(each.asked for each in homework.display.exercises.values())


def test_the_code_is_the_submissions_own_with_the_lines_of_faults_and_steps(homework: Report) -> None:
    (excerpt,) = homework.display.exercises["backward"].code
    lines = dict(enumerate(excerpt.text.split("\n"), excerpt.line))
    (backward,) = (each for each in homework.exercises if each.id == "backward")
    assert excerpt.cell == backward.diagnosis[0].cell
    assert lines[backward.diagnosis[0].line or 0].strip() == backward.diagnosis[0].source
    assert all(step.line in lines for step in backward.steps)
    assert homework.display.exercises["sigmoid"].code == []


def test_a_fault_outside_of_the_exercises_function_brings_that_code_too(plain: str, grade_text: Grade) -> None:
    text = (
        f"{plain}\ndef slope(z):\n    s = sigmoid(z)\n    return s\ndef sigmoid_derivative(x):\n    return slope(x)\n"
    )
    report = grade_text(text)
    code = report.display.exercises["sigmoid_derivative"].code
    assert [excerpt.text.split("\n")[0] for excerpt in code] == ["def sigmoid_derivative(x):", "def slope(z):"]
    assert text.split("\n")[code[1].line - 1] == "def slope(z):"


def test_losses_are_a_curve_over_the_references(homework: Report) -> None:
    curve = homework.display.exercises["train"].curve
    assert curve is not None
    assert (curve.name, curve.check, curve.places) == ("losses", "exclusive or, five epochs", [0, 1, 2, 3, 4])
    assert curve.actual[0] == curve.expected[0]
    assert curve.actual[4] != curve.expected[4]


def test_figures_that_cells_drew_are_kept(homework: Report) -> None:
    (figure,) = homework.display.figures
    assert base64.b64decode(figure.png).startswith(b"\x89PNG")
    assert (figure.cell, figure.width > 300, homework.display.figures_left_out) == (5, True, 0)


def test_no_hidden_case_is_in_what_there_is_to_look_at(homework: Report) -> None:
    hidden = {check.name for each in homework.exercises for check in each.checks if check.hidden}
    shown = json.loads(reports.to_json(homework.display))
    names = {
        picture["check"]
        for each in shown["exercises"].values()
        for picture in (each["curve"], each["boundary"])
        if picture
    }
    assert names
    assert not names & hidden


# ---------------------------------------------------------------------------------------------- pictures from answers


def answers(*asked: tuple[Case, dict[str, Any], Outcome]) -> Answers:
    cases, values, outcomes = zip(*asked, strict=True)
    exercise = Exercise("train", "", 1.0, lambda student, case: {}, lambda rng: [])
    return Answers(exercise, cases, [Observation(values=each) for each in values], [Verdict(each) for each in outcomes])


class Task:
    """Just the key that curves look into."""

    def __init__(self, expected: dict[str, Any]) -> None:
        self.key = SimpleNamespace(expected=lambda exercise, case: expected)


def test_a_long_curve_is_thinned_and_what_is_not_finite_is_null() -> None:
    losses = np.linspace(1, 0, 10_000)
    losses[-1] = np.nan
    task: Any = Task({"losses": np.linspace(1, 0, 10_000)})
    curve = display._curve(task, answers((Case("long"), {"losses": list(losses)}, Outcome.WRONG_VALUE)))
    assert curve is not None
    assert (len(curve.places), curve.places[0], curve.places[-1]) == (display.MOST_POINTS, 0, 9999)
    assert curve.actual[-1] is None
    assert curve.expected[-1] == 0
    json.loads(reports.to_json(curve), parse_constant=pytest.fail)


def test_a_curve_is_of_a_case_that_failed_and_never_of_a_hidden_one() -> None:
    task: Any = Task({})
    long, short = [1.0] * 9, [1.0] * 5
    curve = display._curve(
        task,
        answers(
            (Case("passed"), {"losses": long}, Outcome.PASSED),
            (Case("failed"), {"losses": short}, Outcome.WRONG_VALUE),
            (Case("hidden", hidden=True), {"losses": long}, Outcome.WRONG_VALUE),
        ),
    )
    assert curve is not None
    assert curve.check == "failed"
    only_hidden = answers((Case("hidden", hidden=True), {"losses": long}, Outcome.WRONG_VALUE))
    assert display._curve(task, only_hidden) is None


@pytest.mark.parametrize("losses", [None, "losses", [1.0, 2.0], [[1.0] * 3], [1.0, "x", 2.0], {"a": 1}])
def test_what_is_no_row_of_numbers_is_no_curve(losses: Any) -> None:
    task: Any = Task({})
    assert display._curve(task, answers((Case("a"), {"losses": losses}, Outcome.WRONG_VALUE))) is None


def test_predictions_on_a_grid_are_a_boundary_with_the_samples_over_it() -> None:
    xx, yy = np.meshgrid(np.linspace(-1, 1, 5), np.linspace(0, 2, 5))
    case = Case("grid", X=np.array([[0.5, 1.0], [-0.5, 1.0]]), y=np.array([[1.0], [0.0]]))
    found = display._boundary(
        answers((case, {"xx": xx, "yy": yy, "predictions": np.where(xx > 0, 1.0, np.inf)}, Outcome.PASSED))
    )
    assert found is not None
    assert (found.x_range, found.y_range) == ([-1, 1], [0, 2])
    assert found.predictions[0] == [None, None, None, 1, 1]
    assert found.points == [[0.5, 1.0, 1.0], [-0.5, 1.0, 0.0]]


@pytest.mark.parametrize("shape", [(1, 5), (65, 65), (5,), (5, 5, 5)])
def test_what_is_no_grid_of_moderate_size_is_no_boundary(shape: tuple[int, ...]) -> None:
    grid = np.zeros(shape)
    assert (
        display._boundary(answers((Case("a"), {"xx": grid, "yy": grid, "predictions": grid}, Outcome.PASSED))) is None
    )


# ------------------------------------------------------------------------------------------------------------ figures


def png(width: int = 3, height: int = 2, padding: int = 0) -> str:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(b"\0" * 100)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"tEXt", b"a\0" + b"x" * padding), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


def notebook(*pictures: Any) -> Any:
    return {"cells": [{}, {"outputs": [{"data": {"image/png": each}} for each in pictures]}]}


def test_a_figure_has_its_cell_and_size() -> None:
    (found,), left_out = display._figures(notebook(png()))
    assert (found.cell, found.width, found.height, found.png, left_out) == (2, 3, 2, png(), 0)


@pytest.mark.parametrize(
    "text",
    [
        "", "no base64!", base64.b64encode(b"<svg onload=x>" * 9).decode(), 7, ["x"], png(0, 2), png(100_000, 2),
        png(padding=200_000), "A" * 400_000, f'{png()}"><script>',
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_png_of_moderate_size_is_left_out(text: Any) -> None:
    assert display._figures(notebook(text)) == ([], 1)


def test_figures_have_room_for_so_many_and_no_more() -> None:
    found, left_out = display._figures(notebook(*[png(padding=90_000)] * 5))
    assert (len(found), left_out) == (2, 3)
    found, left_out = display._figures(notebook(*[png()] * 9))
    assert (len(found), left_out) == (6, 3)


def test_a_module_has_no_figures() -> None:
    assert display._figures(None) == ([], 0)


def test_a_fault_in_what_there_is_to_look_at_takes_no_report_away(
    plain: str, grade_text: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "_curve", lambda *_: 1 / 0)
    report = grade_text(plain)
    assert report.score == report.max_score
    assert "ZeroDivisionError" in report.staff["faults"]["display"]


@pytest.mark.slow
def test_a_trained_network_is_drawn_with_its_samples() -> None:
    pack = loading.load("training_loop")
    spiral, names = pack.exercises["spiral"], loading.reference(pack).namespace()
    (case,) = spiral.cases(pack.seed, pack.seed)
    seen = observe(spiral.probe, Connection(Local(names)), case, seed=0)
    found = display._boundary(Answers(spiral, [case], [seen], [Verdict(Outcome.PASSED)]))
    assert found is not None
    region = pictures.region(found)
    assert region is not None
    assert (len(found.predictions), len(region.points)) == (48, 300)
    assert sum(point[3] for point in region.points) > 280
