"""Where a small change of the text makes an answer right: the surest sign of the line that a mistake is in."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial

from grader.judging import Observation, Outcome
from grader.judging.diagnose import Cause, answer, gives
from grader.packs import loading
from grader.packs.implementation import Connection, StudentFault, observe_all
from grader.packs.model import Case
from grader.packs.verdicts import verdict as judged
from grader.sandbox import WorkerLost
from grader.submissions import Submission

from .asking import Answers, Asker, Task
from .changes import Change, Kind, changes, functions_around
from .lines import Where

SECONDS = (
    2.0  # of CPU for the changes of one answer; several times what most take, so that no line depends on the machine
)
MOST = 400  # changes that are tried at a time; where there are more, none is
TOGETHER = 16  # that are sent together

IsRight = Callable[[Case, Observation], bool]


class _GaveUpError(Exception):
    """It can't be told whether a change makes the answer right."""


@dataclasses.dataclass(frozen=True, slots=True)
class Repairs:
    """Tries changes of a submission's text on an answer of its.

    Args:
      asker: with the helpers replaced that were the reference's when it was given.
      first: the name of the case that a change is tried on first.
      ran: the lines that have made something.
    """

    task: Task
    submission: Submission
    asker: Asker
    answers: Answers
    causes: Sequence[Cause]
    first: str
    ran: Collection[Where]

    def line(self, cause: Cause, where: Where | None, brought: Collection[str]) -> Where | None:
        """The line of a mistake: the one that it is thought to be in, or, if no change of that statement makes the answer
        right, the only other one where a change does that takes back what such a mistake does.

        Args:
          brought: the names of what the mistake brings in.
        """
        is_right = self._is_right_without(cause)
        is_used_up = self.asker.is_used_up(self.answers.exercise)
        if is_right is None or is_used_up or cause.number < 0 or cause.is_drawn:
            return where
        try:
            likely = self._likely(cause, where, brought)
            found: set[Where] = set()
            with self._connection() as connection:
                own, others = ([each for each in likely if each.is_at(where) is is_own] for is_own in (True, False))
                for each in self._repaired(connection, own, others, is_right=is_right):
                    found.add(each.where)
                    if each.is_at(where) or len(found) > 1:
                        return where
            # Of several signs any may be turned.
            if not found or (where is not None and not cause.mistake.form.turns and self._may_be(where, is_right)):
                return where
            return found.pop()
        except (_GaveUpError, StudentFault, WorkerLost):
            return where

    def _likely(self, cause: Cause, where: Where | None, brought: Collection[str]) -> list[Change]:
        """The changes that take back what such a mistake does.

        Raises:
          _GaveUpError: there are none, or too many.
        """
        form = cause.mistake.form
        suspects = {*self.ran, *([where] if where else ())}
        ways = {Kind.TURN: form.turns, Kind.LESS: form.adds and not form.turns, Kind.MORE: form.hands_less}
        every: Iterable[Change] = changes(self.submission, suspects, {kind for kind, fits in ways.items() if fits})
        if brought:
            around = functions_around(self.submission, suspects)
            exchanged = changes(self.submission, around, {Kind.NAME}, self._attributes)
            # What an object holds is seen where it is made, and not where it is used.
            names = {*brought, *self._attributes}
            every = itertools.chain(every, (each for each in exchanged if each.name in names))
        return _not_too_many(every)

    def _may_be(self, where: Where, is_right: IsRight) -> bool:
        """Whether any change of the statement with a line makes the answer right, or that can't be told.

        Raises:
          _GaveUpError, StudentFault, WorkerLost: as `_repaired` has them.
        """
        every = changes(self.submission, {where}, {*Kind}, self._attributes, most_names=None)
        own = _not_too_many(each for each in every if each.is_at(where))
        with self._connection() as connection:
            return next(self._repaired(connection, own, is_right=is_right), None) is not None

    @property
    def _attributes(self) -> Collection[str]:
        """What a method can read of its object, as `self.name`: what the reference's has."""
        owner = self.task.key.functions.get(self.answers.exercise.id, "").rpartition(".")[0]
        return [f"self.{name}" for name in sorted(loading.reference(self.task.pack).attributes(owner))] if owner else []

    def _connection(self) -> contextlib.AbstractContextManager[Connection]:
        return self.asker.connection(self.answers.exercise, calls_wait=True, seconds=SECONDS)

    def _is_right_without(self, cause: Cause) -> IsRight | None:
        """Tells whether an observation is as it should be if a mistake were not made; None if that is not known."""
        exercise, key = self.answers.exercise, self.task.key
        others = {each.number for each in self.causes if each.mistake.slug != cause.mistake.slug}
        if not others:
            return lambda case, seen: (
                judged(exercise, case, seen, key.expected(exercise, case)).outcome is Outcome.PASSED
            )
        singles = key.signatures(exercise)[0]
        rows = [row for row, each in enumerate(singles.combinations) if {*each} == others]
        if not rows or not any(case.asked[rows[0]] for case in singles.cases.values()):
            return None

        def is_right(case: Case, seen: Observation) -> bool:
            given = answer(seen, key.expected(exercise, case), integers=exercise.integers)
            return gives(singles, rows[0], case.name, given, case.tolerance or exercise.tolerance)

        return is_right

    def _repaired(self, connection: Connection, *tried: Sequence[Change], is_right: IsRight) -> Iterator[Change]:
        """The changes with which all checks give what they should.

        Args:
          tried: what is tried first, and then.

        Raises:
          _GaveUpError: a process was lost, or the unchanged text gives it, too.
          StudentFault, WorkerLost: there is no process to be had.
        """

        def seen(cases: Sequence[Case], before: Sequence[Callable[[], None]] = ()) -> list[Observation]:
            found = observe_all(self.answers.exercise.probe, connection, cases, self.task.seed, before)
            if any(each.lost for each in found) or connection.is_used_up:
                raise _GaveUpError
            return found

        cases = [
            case
            for case, _, _ in sorted(
                self.answers.in_full, key=lambda each: (each[0].name != self.first, each[2].outcome is Outcome.PASSED)
            )
        ]
        if all(map(is_right, cases, seen(cases))):
            raise _GaveUpError
        for some in (each[start : start + TOGETHER] for each in tried for start in range(0, len(each), TOGETHER)):
            redefined = seen([cases[0]] * len(some), [partial(_redefine, connection, each) for each in some])
            for each, observation in zip(some, redefined, strict=True):
                if is_right(cases[0], observation) and all(
                    map(is_right, cases, seen(cases, [partial(_redefine, connection, each)]))
                ):
                    yield each


def _not_too_many(every: Iterable[Change]) -> list[Change]:
    """Raises: _GaveUpError."""
    found = [*itertools.islice(every, MOST + 1)]
    if not 0 < len(found) <= MOST:
        raise _GaveUpError
    return found


def _redefine(connection: Connection, change: Change) -> None:
    connection.redefine(change.where[0], change.owner, change.first, change.text)
