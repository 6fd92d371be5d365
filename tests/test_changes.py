"""Small changes of a submission's text, one at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.grading.changes import Kind, changes
from grader.grading.lines import Where
from grader.submissions import Submission, parse

SUBMISSIONS = Path(__file__).parent / "submissions"

NET = """\
import numpy as np


def half(x):
    return 0.5 * x


class Net:
    def backward(self, g, z):
        d = (
            g
            * half(z)
            / g.shape[0]
        )
        total = d
        for row in d:
            total += row
        return d.sum(axis=0), np.maximum(0, total) if self.W is None else self.W


double = lambda x: 2 * x
"""


def submission(text: str = NET) -> Submission:
    return parse("hw", "hw.py", text.encode())


def lines_of(one: Submission) -> set[Where]:
    return {(cell.number, cell.line + line) for cell in one.cells for line in range(len(cell.source.splitlines()) + 1)}


def changed(line: int, *kinds: Kind, text: str = NET) -> dict[str, int]:
    """What the line reads with each change, without brackets around all of it, and the line that is blamed."""
    found = {}
    for each in changes(submission(text), {(None, line)}, kinds):
        found["\n".join(each.text.split("\n")[line - each.first :]).split("\n")[0].strip()] = each.where[1]
    return found


def test_parts_are_left_out_and_the_line_is_that_of_what_is_gone() -> None:
    every = [*changes(submission(), {(None, 10)}, {Kind.LESS})]
    whole = {
        each.text.split("\n")[1].strip(): each.where[1] for each in every if each.text.split("\n")[2].strip() == ")"
    }
    assert {each.where[1] for each in every} >= {11, 12, 13}
    assert all(line in range(10, 15) for line in whole.values())
    assert all(each.is_at((None, 13)) and not each.is_at((None, 15)) for each in every)


def test_a_sum_in_place_is_left_out_or_begins_anew() -> None:
    assert changed(17, Kind.LESS) == {"pass": 17, "total = (row)": 17}
    assert changed(17, Kind.TURN) == {"total -= (row)": 17}


def test_signs_are_turned_but_not_that_of_what_a_number_is_subtracted_from() -> None:
    text = "def f(a, y):\n    return -(a - y) * (1 - a) + np.subtract(a, y)\n"
    assert changed(2, Kind.TURN, text=text).keys() == {
        "return ((-(a - y) * (1 - a)) - (np.subtract(a, y)))",
        "return (a - y) * (1 - a) + np.subtract(a, y)",
        "return -(((y) - (a))) * (1 - a) + np.subtract(a, y)",
        "return -(((a) + (y))) * (1 - a) + np.subtract(a, y)",
        "return -(a - y) * (((1) + (a))) + np.subtract(a, y)",
        "return -(a - y) * (1 - a) + np.add(a, y)",
        "return -(a - y) * (1 - a) + np.subtract(y, a)",
    }


def test_functions_are_handed_less_and_more() -> None:
    less, more = changed(18, Kind.LESS), changed(18, Kind.MORE)
    rest = "np.maximum(0, total) if self.W is None else self.W"
    assert f"return d.sum(), {rest}" in less
    assert "return d.sum(axis=0), (np.maximum(0, total))" in less
    assert "return d.sum(axis=0), (self.W)" in less
    assert more == {f"return d.sum(axis=0, keepdims=True), {rest}": 18}


def test_something_else_is_put_in_a_place() -> None:
    other = changed(5, Kind.OTHER)
    assert {"return ((0.5) / (x))", "return 0 * x", "return (-(0.5 * x))"} <= other.keys()
    names = [each for each in changes(submission(), {(None, 12)}, {Kind.NAME}) if each.name == "z"]
    assert any("half(g)" in each.text for each in names)
    # What only gives another name to something has none.
    assert not [*changes(submission(), {(None, 15)}, {Kind.NAME})]
    assert "total = g" in changed(15, Kind.SYNONYM)


def test_a_function_changes_as_a_whole_and_no_other_does() -> None:
    found = [*changes(submission(), lines_of(submission()), {*Kind})]
    assert {(each.owner, each.first) for each in found} == {("", 4), ("Net", 9), ("", 21)}
    assert all(each.text.startswith("    def backward") for each in found if each.owner)


def test_what_cannot_be_read_has_no_changes() -> None:
    for text in ("def f(:\n", "", "x = 1\n", "(" * 300 + "x" + ")" * 300):
        one = submission(text)
        assert not [*changes(one, lines_of(one), {*Kind})]


@pytest.mark.parametrize("pack", ["sigmoid_network", "tensor_network"])
def test_whatever_is_changed_can_be_compiled_and_stays_where_it_was(pack: str) -> None:
    count, unreadable = 0, []
    for path in sorted((SUBMISSIONS / pack / "double").glob("*"))[::9]:
        if path.suffix == ".json":
            continue
        one = parse("hw", path.name, path.read_bytes())
        for each in changes(one, lines_of(one), {*Kind}):
            count += 1
            try:
                compile(f"class {each.owner}:\n{each.text}" if each.owner else each.text, "hw", "exec")
            except SyntaxError:
                unreadable.append(each)
    assert count > 1000
    assert len(unreadable) < count / 1000  # within f-strings, say; a process that can't read one goes on


def test_cells_of_a_notebook_count_from_their_own_first_line() -> None:
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None}
        for text in ("import numpy as np", "\n\ndef f(x):\n    return 2 * x")
    ]
    content = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    one = parse("hw", "hw.ipynb", content)
    found = [*changes(one, {(2, 4)}, {Kind.LESS})]
    assert [(each.where, each.first, each.text.split("\n")[-1]) for each in found] == [
        ((2, 4), 3, "    return (2)"),
        ((2, 4), 3, "    return (x)"),
    ]
