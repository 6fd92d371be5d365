"""What the reference's expressions yield, right and with mistakes in it: evidence for the first wrong line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.judging.steps import Evidence, Known, Values
from grader.sandbox.worker.trace import numbers_in

from .edits import Edit, Source
from .implementation import Connection, Local, observe
from .model import Case, Exercise, Pack
from .notes import MADE, OPERAND, PART

LONGEST = 400  # values of a case that are kept: a training's first epochs
MOST = 24  # of each kind, of one mistake on one case
AFTER = "after"  # what else is wrong with a single mistake
KINDS = (MADE, PART, OPERAND, AFTER)


class Notes:
    """Collects what noting code tells, as long as it is wanted."""

    def __init__(self) -> None:
        self.is_wanted = True
        self.found: dict[tuple[int, str, bytes], tuple[int, str, str, Any]] = {}

    def __call__(self, number: int, kind: str, name: str, value: Any) -> Any:
        if self.is_wanted and len(self.found) < LONGEST:
            for item, _, array in numbers_in({"": value}):
                key = (number, kind, array.tobytes() + bytes(str(array.shape), "ascii"))
                self.found.setdefault(key, (number, kind, name.removeprefix("self.") + item, array.copy()))
        return value


def right_values(
    source: Source, pack: Pack, exercise: Exercise, case: Case, more: Sequence[Edit] = ()
) -> tuple[list[Known], list[Known]]:
    """What all expressions of the reference yield, and those of the other right ways to write it that it has not.

    Args:
      more: edits that are made in all of them.
    """
    own = _everything(source, more, exercise, case)
    seen = {_content(each) for each in own}
    others: list[Known] = []
    for rewrite in pack.rewrites:
        if exercise.oracles and not any(function in (exercise.id, *exercise.about) for function, _, _ in rewrite.edits):
            continue  # objects that the judge answers for take their time, and nothing else is reached
        for each in _everything(source, [*rewrite.edits, *more], exercise, case):
            if _content(each) not in seen:
                seen.add(_content(each))
                others.append(Known("", each.value))
    return own, others


def _everything(source: Source, edits: Sequence[Edit], exercise: Exercise, case: Case) -> list[Known]:
    notes = Notes()
    namespace = source.namespace(edits, note=notes, everything=True)
    observe(exercise.probe, Connection(Local(namespace)), case, 0)
    named = [
        Known(name, array)
        for _, kind, name, array in notes.found.values()
        if kind == MADE and not name.startswith("return")
    ]
    have = {_content(each) for each in named}
    parts = [Known("", array) for _, _, _, array in notes.found.values()]
    return [*named, *(each for each in parts if _content(each) not in have)]


def _content(each: Known) -> tuple[tuple[int, ...], bytes]:
    return each.value.shape, each.value.tobytes()


def wrong_values(
    source: Source, fault: Sequence[Edit], exercise: Exercise, case: Case, right: Values, more: Sequence[Edit] = ()
) -> Notes:
    """What one mistake's statements yield, and all other values that are wrong because of it; with more edits made."""
    notes, everything = Notes(), Notes()
    for namespace in (
        source.namespace(fault, more, note=notes),
        source.namespace(fault, more, note=everything, everything=True),
    ):
        observe(exercise.probe, Connection(Local(namespace)), case, 0)
    for _, kind, name, array in everything.found.values():
        if bool(np.all(np.isfinite(array))) and right.equal(array) is None:
            named = name if kind == MADE and not name.startswith("return") else ""
            notes.found[0, AFTER, array.tobytes()] = (0, AFTER, named, array)
    return notes


class Table:
    """The evidence of many combinations on one case, as two arrays."""

    COLUMNS = 7  # combination, place of the mistake in it, kind, number of the name, lengths of up to three axes

    def __init__(self) -> None:
        self._index: list[list[int]] = []
        self._values: list[Any] = []
        self._names: dict[str, int] = {}

    def add(self, row: int, notes: Notes) -> None:
        """Keeps what one combination yields; what a part has in common with others is kept once."""
        for place in {number for number, *_ in notes.found.values()}:
            for wanted in KINDS:
                kept = [
                    (name, array)
                    for number, kind, name, array in notes.found.values()
                    if (number, kind) == (place, wanted) and array.ndim <= 3 and bool(np.all(np.isfinite(array)))
                ]
                for name, array in kept[:MOST]:
                    shape = [*array.shape, -1, -1, -1][:3]
                    number = self._names.setdefault(name, len(self._names))
                    self._index.append([row, place, KINDS.index(wanted), number, *shape])
                    self._values.append(array.ravel())

    def to_plain(self) -> dict[str, Any]:
        return {
            "index": np.array(self._index, np.int32).reshape(-1, self.COLUMNS),
            "ends": np.cumsum([each.size for each in self._values], dtype=np.int64),
            "values": np.concatenate([np.empty(0), *self._values]),
            "names": list(self._names),
        }


def evidence(table: Any, row: int, place: int) -> Evidence:
    """What a table (as plain data) says of one mistake in one combination."""
    index = table["index"]
    found: list[list[Known]] = [[] for _ in KINDS]
    ends, values = table["ends"], table["values"]
    for number in np.flatnonzero((index[:, 0] == row) & (index[:, 1] == place)):
        _, _, kind, name, *shape = index[number].tolist()
        value = values[(ends[number - 1] if number else 0) : ends[number]]
        found[kind].append(Known(table["names"][name], value.reshape([length for length in shape if length >= 0])))
    return Evidence(*found)
