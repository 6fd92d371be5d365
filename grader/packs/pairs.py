"""What two mistakes together make in what oracles judge (a gradient check), asked of the reference when it is wanted.

There each call is answered by the judge and takes its time, so the answer key holds single mistakes alone.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from grader.judging.diagnose import Signatures

from . import loading
from .edits import Edit
from .evidence import Notes, Table
from .implementation import Connection, Local
from .model import Exercise, Pack
from .signatures import seen_of


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
        self._tables: dict[tuple[tuple[int, ...], str], Any] = {}

    def table(self, singles: Signatures, rows: tuple[int, ...], case: str) -> Any:
        """What the statements of mistakes make together on a public case: a table of evidence with one combination.

        Args:
          singles: those of the key.
          rows: the mistakes.
        """
        if (rows, case) not in self._tables:
            faults, notes, table = [self._edits(singles, row) for row in rows], Notes(), Table()
            if self._source.fit_together(*faults):
                namespace = self._source.namespace(*faults, note=notes)
                seen_of(self._exercise, Connection(Local(namespace)), self._cases[case])
            table.add(0, notes)
            self._tables[rows, case] = table.to_plain()
        return self._tables[rows, case]

    def _edits(self, singles: Signatures, row: int) -> Sequence[Edit]:
        """The edits of a mistake: those in one function stand in the key in the pack's order."""
        function = singles.mistakes[row].function
        place = sum(each.function == function for each in singles.mistakes[:row])
        return [each.edits for each in self._mistakes if each.function == function][place]
