"""Where a small change of the text makes an answer right: the surest sign of the line that a mistake is in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from grader.judging import Observation, Outcome
from grader.judging.diagnose import Cause, answer, gives
from grader.packs.implementation import Connection, StudentFault, observe_all
from grader.packs.model import Case
from grader.packs.verdicts import verdict as judged
from grader.sandbox import WorkerLost
from grader.submissions import Submission

from .asking import LOST, Answers, Asker, Task
from .changes import Change, Kind, Where, changes, functions_around

SECONDS = 1.0  # of CPU for all changes of one answer
MOST = 1000  # changes that are tried
TOGETHER = 16  # that are sent together

IsRight = Callable[[Case, Observation], bool]


@dataclasses.dataclass(frozen=True, slots=True)
class Repairs:
    """Tries changes of a submission's text on an answer of its.

    Args:
      asker: with the helpers replaced that were the reference's when it was given.
      first: the name of the case that a change is tried on first.
      suspects: the lines that have made something which is not right.
    """

    task: Task
    submission: Submission
    asker: Asker
    answers: Answers
    causes: Sequence[Cause]
    first: str
    suspects: Collection[Where]

    def line(self, cause: Cause, where: Where | None, brought: Collection[str]) -> Where | None:
        """The line of a mistake: the one that it is thought to be in, or, if no change of that statement makes the answer
        right, the only other one where leaving something out does, or handing on something more, or another name.

        Args:
          brought: the names of what the mistake brings in, without those of objects before them.
        """
        is_right = self._is_right_without(cause)
        if is_right is None or cause.number < 0 or cause.is_drawn or self.answers.exercise.is_script:
            return where
        form = cause.mistake.form
        suspects = {*self.suspects, *([where] if where else ())}
        ways = {Kind.TURN: form.turns, Kind.LESS: form.adds and not form.turns, Kind.MORE: form.hands_less}
        likely = [*changes(self.submission, suspects, {kind for kind, fits in ways.items() if fits})]
        if brought:
            around = functions_around(self.submission, suspects)
            exchanged = changes(self.submission, around, {Kind.NAME})
            likely += [each for each in exchanged if each.name.rpartition(".")[2] in brought]
        likely.sort(key=lambda each: not each.is_at(where))
        found: set[Where] = set()
        if not likely:
            return where
        try:
            with self.asker.connection(self.answers.exercise, calls_wait=True, seconds=SECONDS) as connection:
                if not connection.is_apart:
                    return where
                for each in self._repaired(connection, likely[:MOST], is_right):
                    found.add(each.where)
                    if each.is_at(where) or len(found) > 1:
                        return where
                if where is not None and found and not form.turns:  # of several signs any may be turned
                    every = changes(self.submission, {where}, {*Kind})
                    own = [each for each in every if each.is_at(where)][:MOST]
                    if next(self._repaired(connection, own, is_right), None) is not None:
                        return where
        except (StudentFault, WorkerLost):
            return where
        return found.pop() if found else where

    def _is_right_without(self, cause: Cause) -> IsRight | None:
        """Tells whether an observation is as it should be if a mistake were not made; None if that is not known."""
        exercise, key = self.answers.exercise, self.task.key
        others = [each for each in self.causes if each.mistake.slug != cause.mistake.slug]
        if not others:
            return lambda case, seen: (
                judged(exercise, case, seen, key.expected(exercise, case)).outcome is Outcome.PASSED
            )
        singles = key.signatures(exercise)[0]
        rows = [row for row, each in enumerate(singles.combinations) if each == (others[0].number,)]
        if len(others) > 1 or not rows:
            return None

        def is_right(case: Case, seen: Observation) -> bool:
            given = answer(seen, key.expected(exercise, case), integers=exercise.integers)
            return gives(singles, rows[0], case.name, given, case.tolerance or exercise.tolerance)

        return is_right

    def _repaired(self, connection: Connection, tried: Sequence[Change], is_right: IsRight) -> Iterator[Change]:
        """The changes with which all checks give what they should.

        Raises:
          WorkerLost: the process is.
        """
        probe, seed = self.answers.exercise.probe, self.task.seed
        order = sorted(
            self.answers.in_full, key=lambda each: (each[0].name != self.first, each[2].outcome is Outcome.PASSED)
        )
        cases = [case for case, _, _ in order]
        for start in range(0, len(tried), TOGETHER):
            some = tried[start : start + TOGETHER]
            redefine = [partial(_redefine, connection, each) for each in some]
            for each, seen in zip(
                some, observe_all(probe, connection, [cases[0]] * len(some), seed, redefine), strict=True
            ):
                if seen.outcome in LOST:
                    raise WorkerLost("timed_out", "took too long")
                if is_right(cases[0], seen):
                    again = [partial(_redefine, connection, each)] * len(cases)
                    if all(map(is_right, cases, observe_all(probe, connection, cases, seed, again))):
                        yield each


def _redefine(connection: Connection, change: Change) -> None:
    cell, _ = change.where
    connection.redefine(cell, change.owner, change.first, change.text)
