"""Edits of a reference: one by one, together, and one in the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.packs import notes
from grader.packs.edits import OverlapError, Source
from grader.packs.evidence import Notes

TEXT = """\
def loss(p, y):
    return mean((p - y) ** 2)


def mean(values):
    return sum(values) / len(values)


def steps(p, y):
    total = p * 2
    total = total + y
    return total
"""
ROWS = ("loss", "mean((p - y) ** 2)", "(p - y) ** 2 / 4")
ABSOLUTE = ("loss", "(p - y) ** 2", "abs(p - y)")
SIGN = ("loss", "p - y", "(y - p)")
TWICE = ("loss", "mean((p - y) ** 2)", "(p - y) ** 2 + (p - y) ** 2")
WHOLE = ("steps", "total = p * 2\ntotal = total + y", "for _ in range(3):\n    total = p * 2")
PART = ("steps", "p * 2", "p * 5")
OTHER = ("steps", "total + y", "total - y")
LESS = ("steps", "total = p * 2\ntotal = total + y", "total = p * 2")
HALF = ("loss", "mean((p - y) ** 2)", "0.5 * mean((p - y) ** 2)")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "reference.py"
    path.write_text(TEXT)
    return Source(path)


def test_an_edit_in_another_is_made_in_that_ones_text(source: Source) -> None:
    assert source.namespace([ROWS])["loss"](5, 2) == 9 / 4
    for together in ([ROWS, ABSOLUTE], [ABSOLUTE, ROWS]):
        assert source.fit_together(*([each] for each in together))
        assert source.namespace(*([each] for each in together))["loss"](5, 2) == 3 / 4
    assert source.fit_together([ROWS], [SIGN])
    assert source.namespace([WHOLE], [PART])["steps"](1, 2) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TWICE, ABSOLUTE),  # it stands there twice
        (WHOLE, OTHER),  # it does not stand there any more
        (ROWS, TWICE),  # the same text
    ],
)
def test_edits_that_exclude_each_other_do_not_fit_together(
    source: Source, one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert not source.fit_together([one], [other])
    with pytest.raises(OverlapError):
        source.namespace([one], [other])


def test_what_is_left_out_takes_edits_in_it_along_but_not_a_whole_fault(source: Source) -> None:
    for faults in (([LESS], [OTHER, PART]), ([OTHER, PART], [LESS])):
        assert source.fit_together(*faults)
        assert source.namespace(*faults)["steps"](1, 7) == 5  # p * 5, and y is not added
    assert not source.fit_together([LESS], [OTHER])
    with pytest.raises(OverlapError):
        source.namespace([LESS], [OTHER])
    assert not source.fit_together([OTHER], [OTHER])  # one, said twice
    part = ("steps", "total + y", "total")
    assert source.namespace([part], [OTHER, PART])["steps"](1, 7) == 5
    assert not source.fit_together([part], [OTHER])


def test_of_two_edits_of_one_text_one_is_made_in_the_other_if_it_has_that_text(source: Source) -> None:
    for together in ([ROWS, HALF], [HALF, ROWS]):
        assert source.fit_together(*([each] for each in together))
        assert source.namespace(*([each] for each in together))["loss"](5, 2) == 9 / 8


def test_several_edits_are_made_in_one(source: Source) -> None:
    both = ("steps", "total = p * 2\ntotal = total + y", "total = p * 2\ntotal = 3 * (total + y)")
    for faults in (([both], [PART, OTHER]), ([PART, OTHER], [both])):
        assert source.namespace(*faults)["steps"](1, 7) == 3 * (5 - 7)


def test_three_are_not_made_one_in_the_other(source: Source) -> None:
    assert not source.fit_together([ROWS], [ABSOLUTE], [SIGN])


def test_what_each_of_two_edits_yields_is_told_apart(source: Source) -> None:
    told: list[tuple[int, str, object]] = []

    def note(number: int, kind: str, name: str, value: Any) -> Any:
        told.append((number, kind, value))
        return value

    source.namespace([ROWS], [ABSOLUTE], note=note)["loss"](5, 2)
    assert (1, "part", 3) in told  # abs(p - y)
    assert (0, "part", 3 / 4) in told
    assert not any(number == 1 and value == 3 / 4 for number, _, value in told)
    told.clear()
    source.namespace([WHOLE], [PART], note=note)["steps"](1, 2)
    assert (1, "part", 5) in told


def test_what_an_edit_counts_is_not_brought_in(tmp_path: Path) -> None:
    path = tmp_path / "reference.py"
    path.write_text("import numpy as np\n\n\ndef slope(p, y, X):\n    d = p - y\n    return d\n")
    p, y, X = np.array([3.0, 5.0]), np.array([1.0, 1.5]), np.array([[7.0], [8.0]])
    for divisor, brought in (("len(X)", False), ("X.shape[0]", False), ("X.sum()", True)):
        noted = Notes()
        Source(path).namespace([("slope", "p - y", f"(p - y) / {divisor}")], note=noted)["slope"](p, y, X)
        found = [(kind, array) for _, kind, _, array in noted.found.values()]
        assert any(kind == notes.OPERAND and np.array_equal(array, X) for kind, array in found) == brought
