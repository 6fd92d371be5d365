"""Checks what somebody has written by a compiled pack, and says it in the words of a report."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
from collections.abc import Iterable, Sequence

import msgspec

from grader.grading import Loaded
from grader.grading.asking import Answers, Asker
from grader.grading.follow import MISSING, FollowThrough
from grader.grading.grade import Explanation, diagnose, exercise_report, explanation, info, recognised, run_facts
from grader.grading.lines import Lines
from grader.grading.remarks import related
from grader.judging import Outcome, total
from grader.judging.diagnose import Cause
from grader.packs.model import Exercise
from grader.reports import ExerciseReport, Fault, Loading, Report, exercise_at_level
from grader.submissions import Submission

from . import words
from .compiled import CheckPack


class TorchMissingError(Exception):
    """An exercise hands in objects of PyTorch's, which is not installed here."""


class NoSuchExerciseError(Exception):
    """The pack has no such exercise; the text names those that it has."""


def examine(check: CheckPack, submission: Submission, loaded: Loaded, wanted: Sequence[str] = ()) -> Report:
    """The report of a check: of public cases alone, and of no authority.

    Args:
      wanted: the exercises; all if there are none.

    Raises:
      NoSuchExerciseError: one is not there.
    """
    for name in wanted:
        if name not in check.order:
            raise NoSuchExerciseError(f"there is no exercise {name!r}; there are: {', '.join(check.order)}")
    examiner = _Examiner(check, submission, loaded)
    exercises = [examiner.report(name) for name in wanted or check.order]
    return Report(
        authority="practice",
        assignment=check.task.assignment,
        submission=info(submission),
        status="graded",
        score=total([each.score for each in exercises]),
        max_score=total([each.max_score for each in exercises]),
        exercises=exercises,
        loading=[Loading(cell=each.cell, line=each.line, error=each.error) for each in loaded.loading],
        run=run_facts(check.task, 0.0, loaded.isolation),
    )


class _Examiner:
    def __init__(self, check: CheckPack, submission: Submission, loaded: Loaded) -> None:
        self._check = check
        self._task = check.task
        self._submission = submission
        self._loaded = loaded
        self._lines = Lines(submission, loaded)
        self._answers: dict[str, Answers] = {}

    def report(self, name: str) -> ExerciseReport:
        if name in self._check.withheld:
            return _unasked(name, self._check.withheld[name], words.AFTER)
        exercise = self._task.pack.exercises[name]
        try:
            own = self._ask(exercise)
        except TorchMissingError:
            return _unasked(name, exercise.title, "needs PyTorch, which is not installed here")
        told = Explanation([], [], [])
        if exercise.predicate is not None:
            told = Explanation(recognised(self._task, self._submission, self._lines, own), [], [])
        elif own.outcome is not Outcome.PASSED:
            told = self._explained(own)
        return _told(exercise_report(self._task, own, None, told), self._check.feedback)

    def _ask(self, exercise: Exercise) -> Answers:
        if exercise.id not in self._answers:
            try:
                self._answers[exercise.id] = Asker(self._task, self._submission, self._loaded).ask(exercise)
            except RuntimeError as error:
                if importlib.util.find_spec("torch") is None:
                    raise TorchMissingError from error
                raise
        return self._answers[exercise.id]

    def _explained(self, own: Answers) -> Explanation:
        """What is wrong, as far as it can be told without the right helpers."""
        others = [each for each in self._task.pack.exercises.values() if not each.is_script and each.predicate is None]
        if own.outcome in MISSING:  # nothing came back that could be explained
            others = [each for each in others if each.id in own.exercise.needs]
        answers = {own.exercise.id: own}
        for each in others:
            with contextlib.suppress(TorchMissingError):
                answers[each.id] = self._ask(each)
        passing = {name for name, each in answers.items() if each.outcome is Outcome.PASSED}
        missing = {name for name, each in answers.items() if each.outcome in MISSING}
        clean = FollowThrough(own, (), 1.0)
        wrong = answers.keys() - passing - missing
        if own.exercise.is_script:  # its lines would be told by running it again: not in somebody's own notebook
            told = Explanation(_named(diagnose(self._task, self._submission, own, wrong)), [], related(self._task, own))
        else:
            told = explanation(
                self._task, self._submission, self._loaded, own, clean, passing, wrong, set(), self._lines
            )
        failing = [name for name in own.exercise.needs if name in answers and name not in passing]
        if own.outcome in MISSING and own.observations[0].about not in failing:
            failing = []  # what is missing is the exercise's own function, or its class
        return dataclasses.replace(told, remarks=[*_needed(own.exercise, failing), *told.remarks])


def _named(causes: Sequence[Cause]) -> list[Fault]:
    """Mistakes without their lines."""
    named = {cause.mistake.slug: cause.mistake.hint for cause in causes}
    return [Fault(mistake=slug, hint=hint, cell=None, line=None) for slug, hint in named.items()]


def _needed(exercise: Exercise, failing: Sequence[str]) -> Iterable[str]:
    """That it may be a helper's fault; when it is graded, the right helper is put in its place."""
    if failing:
        names = " and ".join([", ".join(failing[:-1]), failing[-1]] if failing[1:] else failing)
        yield (
            f"{exercise.id} uses {names}, which {'is' if len(failing) == 1 else 'are'} not right yet: begin there. When "
            f"it is graded, it is asked with the right {names} as well."
        )


def _unasked(name: str, title: str, why: str) -> ExerciseReport:
    return ExerciseReport(
        id=name,
        title=title,
        outcome=Outcome.SKIPPED,
        score=0.0,
        max_score=0.0,
        follow_through=False,
        checks=[],
        remarks=[why],
    )


def _told(report: ExerciseReport, level: str) -> ExerciseReport:
    """What a report says at a level of feedback; where it says nothing of what is wrong, what the outcome means."""
    seen = exercise_at_level(report, level)
    checks = [
        check
        if check.message or check.outcome == Outcome.PASSED
        else msgspec.structs.replace(check, message=Outcome(check.outcome).sentence)
        for check in seen.checks
    ]
    return msgspec.structs.replace(seen, checks=checks)
