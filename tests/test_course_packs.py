"""The packs in the style of courses that everybody teaches: right submissions, however written, and wrong ones.

What is wrong in each wrong one stands in tests/submissions/PACK/wrong.toml, as an edit of a right one.
"""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.packs.validation import validate
from grader.reports import Report
from grader.submissions import parse

from .conftest import ROOT, SUBMISSIONS, exercise
from .corpus import Written, compare, written

PACKS = ("list_network", "softmax_network", "planar_classifier")
RIGHT = [
    path
    for pack in PACKS
    for path in sorted((SUBMISSIONS / pack / "right").iterdir())
    if path.suffix in (".py", ".ipynb")
]
WRONG = [
    (pack, each) for pack in PACKS for each in tomllib.loads((SUBMISSIONS / pack / "wrong.toml").read_text())["wrong"]
]


@functools.cache
def task(pack: str) -> Task:
    return make_task(loading.load(str(ROOT / "assignments" / pack)), None)


def report(pack: str, name: str, text: str) -> Report:
    graded = grade(task(pack), parse("hw", name, text.encode()))
    assert not graded.staff.get("faults")
    return graded


def names(wrong: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    for number, (pack, each) in enumerate(wrong):
        yield f"{pack}-{number}-{each['exercise']}-{'-'.join(each['mistakes']) or 'unknown'}"


@pytest.mark.slow
@pytest.mark.parametrize("path", RIGHT, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_right_is_right_however_it_is_written(path: Path) -> None:
    graded = report(path.parts[-3], path.name, path.read_text())
    assert {each.id: each.outcome for each in graded.exercises if each.outcome != "passed"} == {}
    assert graded.score == graded.max_score
    assert graded.loading == []


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "wrong"), WRONG, ids=list(names(WRONG)))
def test_what_is_wrong_loses_its_points_and_is_named(pack: str, wrong: dict[str, Any]) -> None:
    text = (SUBMISSIONS / pack / "right" / wrong["file"]).read_text()
    assert text.count(wrong["old"]) == 1
    text = text.replace(wrong["old"], wrong["new"])
    graded = report(pack, wrong["file"], text)
    assert [each.id for each in graded.exercises if each.score < each.max_score] == [wrong["exercise"]]
    found = exercise(graded, wrong["exercise"]).diagnosis
    assert sorted({fault.mistake for fault in found}) == wrong["mistakes"]
    for fault in found if wrong["file"].endswith(".py") and "line" in wrong else ():
        assert wrong["line"] in text.splitlines()[(fault.line or 0) - 1]


# Written from the stubs alone, like those of tests/test_corpus.py.
WRITTEN = [(pack, each) for pack in PACKS for each in written(pack, "single", "double", "odd")]
NOT_NAMED = {
    "quotient_rule_by_the_book__y1my_and_one_bias.py",  # one of two: a bias of the right shape, filled with one sum
    "spanish_log_helper__axis_zero.py",  # one more: what is summed along the wrong axis has no logarithm to clip
}
NOT_LOCATED = {
    "deque_pipeline_mixin__list_ends.ipynb",  # where the first is put in, not the end that it is put at
    "first_year_straight_line__plain_exp.py",  # where the logarithm is taken, not where it could be clipped
    "french_notebook_progress__epoch_end.ipynb",  # none: samples that are left out make no value
    "namespace_outer_per_sample__z1_and_no_mean.py",  # where the sum is complete, not where it is divided
    "notebook_information_theory__bits.ipynb",  # where the mean is taken, not the helper with the logarithm
    "typed_dataclass_layers__unit_normal.py",  # where the layers are made, not the method that draws
    "webdev_layer_dicts__sigmoid_slope.ipynb",  # where it is returned, not where it is made
}
# One function answers several exercises.
SHARED = {
    "french_global_velocity.py": {"nn_model"},
    "notebook_italian_accumulate__all_norms.ipynb": {"large_scores"},
    "spanish_log_helper__axis_zero.py": {"large_scores", "gradients"},
    "typed_properties_cache__linear_hidden.py": {"loss", "large_scores", "gradients", "predict"},
}


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "submission"), WRITTEN, ids=[f"{pack}-{each.path.name}" for pack, each in WRITTEN])
def test_what_others_wrote_is_named_and_found(pack: str, submission: Written) -> None:
    name = submission.path.name
    graded = report(pack, name, submission.path.read_text())
    shared = dataclasses.replace(submission, also=[*submission.also, *SHARED.get(name, ())])
    found = compare(shared, graded, loading.load_mistakes(task(pack).pack).equivalents)
    assert set(found.failing) == shared.wrong
    if submission.kind == "odd":
        assert found.said == "nothing"
    else:
        assert found.is_named or name in NOT_NAMED | SHARED.keys(), found.said
        assert found.is_located or name in NOT_NAMED | NOT_LOCATED | SHARED.keys(), found.said


def test_there_are_enough_of_each() -> None:
    for pack in PACKS:
        assert sum(path.parts[-3] == pack for path in RIGHT) >= 5
        assert sum(name == pack and bool(each["mistakes"]) for name, each in WRONG) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_course_pack_is_short(name: str) -> None:
    lines = (ROOT / "assignments" / name / "exercises.py").read_text().splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 105
    assert validate(loading.load_mistakes(loading.load(str(ROOT / "assignments" / name)))).findings == []
