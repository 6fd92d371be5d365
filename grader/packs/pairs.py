"""Pairs of mistakes in what oracles judge (a gradient check): asked of the reference when an answer may come from one.

There each call is answered by the judge and takes its time, so the answer key holds single mistakes alone. What their
facts have in common says which few pairs are worth asking.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader.judging.diagnose import Answer, Signatures, answer, are_same, near_pairs

from . import loading
from .edits import Edit
from .evidence import Notes, Table
from .implementation import Connection, Local
from .model import Exercise, Pack
from .signatures import seen_of

MOST = 24  # pairs that are asked for one answer

Pair = tuple[int, int]


@functools.lru_cache(maxsize=8)
def asking(pack: Pack, exercise: Exercise) -> AskedPairs:
    """One for all submissions: what was asked once is known."""
    return AskedPairs(pack, exercise)


class AskedPairs:
    """Asks the reference with two mistakes in it, each pair and case once."""

    def __init__(self, pack: Pack, exercise: Exercise) -> None:
        self._source = loading.reference(pack)
        self._mistakes = loading.load_mistakes(pack).mistakes
        self._exercise = exercise
        self._cases = {case.name: case for case in exercise.cases(pack.seed, pack.seed) if not case.hidden}
        self._answers: dict[tuple[Pair, str], Answer] = {}
        self._tables: dict[tuple[Pair, str], Any] = {}

    def giving(
        self, singles: Signatures, function: str, answers: Mapping[str, Answer], expected: Mapping[str, Any]
    ) -> Iterator[Pair]:
        """The pairs, by their rows, that give what was seen on every public case.

        Args:
          singles: those of the key.
          function: the exercise's own; pairs are made of mistakes in it.
          answers, expected: by case.
        """
        faults = self._faults(singles, function)
        for asked, (pair, names) in enumerate(near_pairs(singles, answers, list(faults))):
            if asked == MOST:
                return
            given = (self._answer(pair, faults, name, expected[name]) for name in names)
            if all(each is not None and are_same(each, answers[name]) for each, name in zip(given, names, strict=True)):
                yield pair

    def table(self, singles: Signatures, function: str, pair: Pair, case: str) -> Any:
        """What the two's statements make on a case, as a table of evidence with one combination."""
        if (pair, case) not in self._tables:
            faults, notes, table = self._faults(singles, function), Notes(), Table()
            namespace = self._source.namespace(*(faults[row] for row in pair), note=notes)
            seen_of(self._exercise, Connection(Local(namespace)), self._cases[case])
            table.add(0, notes)
            self._tables[pair, case] = table.to_plain()
        return self._tables[pair, case]

    def _faults(self, singles: Signatures, function: str) -> dict[int, Sequence[Edit]]:
        """The edits of the mistakes in a function, by row: both have them in the pack's order."""
        rows = [row for row, each in enumerate(singles.mistakes) if each.function == function]
        edits = [each.edits for each in self._mistakes if each.function == function]
        return dict(zip(rows, edits, strict=True))

    def _answer(self, pair: Pair, faults: Mapping[int, Sequence[Edit]], case: str, expected: Any) -> Answer | None:
        """What a pair gives on a case; None if the two exclude each other."""
        if (pair, case) not in self._answers:
            both = [faults[row] for row in pair]
            if not self._source.fit_together(*both):
                return None
            connection = Connection(Local(self._source.namespace(*both)))
            seen = seen_of(self._exercise, connection, self._cases[case])
            self._answers[pair, case] = answer(seen, expected, integers=self._exercise.integers)
        return self._answers[pair, case]
