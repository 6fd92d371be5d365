"""Follow-through: a wrong helper costs its own points once.

An exercise that fails is asked again with failing helpers that it needs replaced by the reference's, in processes of
that one exercise; what passes then earns its share.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Mapping, Sequence, Set

from grader.judging import Outcome, total
from grader.submissions import Submission

from .asking import LOST, Answers, Asker, Loaded, Task

MOST_RUNS = 16
MISSING = (Outcome.NOT_DEFINED, Outcome.NOT_IMPLEMENTED)


@dataclasses.dataclass(frozen=True, slots=True)
class FollowThrough:
    """An exercise asked again.

    Attributes:
      answers: what it gave then.
      replaced: the helpers that were the reference's.
      share: of the points of what passes.
    """

    answers: Answers
    replaced: tuple[str, ...]
    share: float

    @property
    def score(self) -> float:
        return total([self.share * earned for earned in self.answers.earned])


def follow(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    own: Answers,
    all_answers: Mapping[str, Answers],
    excused: Set[str],
    named: Mapping[str, Collection[str]],
) -> tuple[FollowThrough | None, FollowThrough]:
    """The best that the exercise gives with helpers replaced, if that is better than it gives by itself.

    Args:
      excused: exercises that have passed with helpers replaced: they are right by themselves.
      named: the mistakes that are known of other exercises.

    Returns:
      That, and what it gives with all failing helpers replaced (or none, if there are none): what is wrong there is
      the exercise's own fault.
    """
    alone = FollowThrough(own, (), 1.0)
    failing = [name for name in own.exercise.needs if all_answers[name].outcome is not Outcome.PASSED]
    if own.outcome is Outcome.PASSED or not failing:
        return None, alone
    if any(verdict.mistake for verdict in own.verdicts):
        return None, alone  # its own predicate has named what is wrong in it
    if own.outcome in MISSING and own.observations[0].about not in failing:
        return None, alone  # what is missing is the exercise's own function, or its class
    best = clean = alone
    tried = _subsets(failing)
    if own.exercise.predicate is not None or own.outcome in LOST:  # what takes its time is not repeated for each part
        failing = [name for name in failing if name not in excused] or failing
        tried = [tuple(failing)]
    beside = _beside(task, own, failing)
    for replaced in [*tried, *([(*failing, *beside)] if beside else [])]:
        answers = Asker(task, submission, loaded, replaced, named).ask(own.exercise)
        missing = any(all_answers[name].outcome in MISSING for name in replaced)
        found = FollowThrough(answers, replaced, task.pack.share_missing if missing else task.pack.share)
        if len(replaced) <= len(failing) or found.score > clean.score:
            clean = found
        if found.score > best.score:
            best = found
        if answers.outcome is Outcome.PASSED:
            break
    return best if best is not alone else None, clean


def _beside(task: Task, own: Answers, failing: Sequence[str]) -> list[str]:
    """Methods that are called before failing ones: what these are to read may have other names in the student's."""
    functions, needs = task.key.functions, own.exercise.needs
    owners = {functions[name].rpartition(".")[0] for name in failing if name in functions} - {""}
    before = needs[: max(map(needs.index, failing))]
    return [name for name in before if name not in failing and functions.get(name, "").rpartition(".")[0] in owners]


def _subsets(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Smallest first, at most as many as are run; all names together come last."""
    sizes = range(1, len(names))
    smaller = (each for size in sizes for each in itertools.combinations(names, size))
    return [*itertools.islice(smaller, MOST_RUNS - 1), tuple(names)]
