"""Mistakes that have no values of their own: an exercise is asked once more, with something else in the question."""

from __future__ import annotations

from collections.abc import Sequence

from grader.judging import Outcome
from grader.judging.diagnose import Cause, Signatures
from grader.packs.implementation import StudentFault, observe
from grader.packs.model import Case, Experiment
from grader.sandbox import WorkerLost

from .asking import Answers, Asker


def proven(asker: Asker, signatures: Sequence[Signatures], answers: Answers) -> list[Cause]:
    """The mistakes that experiments prove, on a public case with a wrong value.

    Both questions are asked in processes of their own, so that what draws at random draws the same.
    """
    exercise = answers.exercise
    for case, _, verdict in answers.in_full if exercise.experiments else ():
        if verdict.outcome is not Outcome.WRONG_VALUE or case.hidden:
            continue
        slugs = {each.slug for each in exercise.experiments if _is_proven(asker, answers, each, case)}
        known = signatures[0].mistakes
        if not slugs:
            continue
        rows = {each.slug: row for row, each in reversed([*enumerate(known)]) if each.slug in slugs}
        return [Cause(known[row], row, 0, row, 0, is_drawn=True) for row in rows.values()]
    return []


def _is_proven(asker: Asker, answers: Answers, experiment: Experiment, case: Case) -> bool:
    found = []
    for each in (case, experiment.change(case)):
        try:
            with asker.connection(answers.exercise) as connection:
                seen = observe(answers.exercise.probe, connection, each, 0)
        except (StudentFault, WorkerLost):
            return False
        if seen.outcome is not Outcome.PASSED:
            return False
        found.append(seen.values)
    return experiment.holds(*found)
