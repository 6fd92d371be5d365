"""Grades one submission: load it, ask every probe, judge what came back, report."""

from __future__ import annotations

import dataclasses
import difflib
import platform
import time
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

import grader
from grader.judging import Observation, Outcome, Verdict, judge, share, total
from grader.judging.diagnose import explain
from grader.packs.implementation import Channel, Connection, observe
from grader.packs.key import Key
from grader.packs.model import Case, Exercise, Pack
from grader.reports import Assignment, Check, Example, ExerciseReport, Fault, Loading, Report, SubmissionInfo
from grader.sandbox import Limits, LoadingError, Place, Session
from grader.submissions import Submission

LOST = (Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.OUT_OF_MEMORY)
# Where there is nothing to explain, or no answer to explain it by.
UNDIAGNOSED = (*LOST, Outcome.PASSED, Outcome.NOT_DEFINED, Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED)
LARGEST_SHOWN = 64  # elements of an array that an example shows


class Loaded(Channel, Protocol):
    """A submission that is loaded and can be asked."""

    @property
    def note(self) -> str:
        """What is to be said of the submission as a whole, "" if nothing."""
        ...

    @property
    def loading(self) -> tuple[LoadingError, ...]: ...

    def start(self) -> None:
        """Loads it again, into a fresh worker."""
        ...

    def allow(self, cpu: float) -> None: ...

    def place(self, frame: Any) -> Place | None: ...

    def cpu_seconds(self) -> float:
        """What the submission has used up to now, in all its workers."""
        ...

    def close(self) -> None: ...


class Runner(Protocol):
    """Loads a submission behind the wall."""

    def __call__(self, submission: Submission, limits: Limits, seed: int) -> Loaded: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """What every submission of a call is graded by."""

    pack: Pack
    assignment: Assignment
    key: Key
    seed: int


def grade(task: Task, submission: Submission, run: Runner = Session) -> Report:
    """The report of one submission."""
    start = time.perf_counter()
    loaded = run(submission, task.pack.limits, task.seed)
    try:
        asker = Asker(task, submission, loaded)
        exercises = [asker.exercise(exercise) for exercise in task.pack.exercises.values()]
        message = loaded.note
        loading = [Loading(cell=error.cell, line=error.line, error=error.error) for error in loaded.loading]
    finally:
        loaded.close()
    return Report(
        authority="record",
        assignment=task.assignment,
        submission=info(submission),
        status="graded",
        score=total([exercise.score for exercise in exercises]),
        max_score=task.pack.max_score,
        message=message,
        exercises=exercises,
        loading=loading,
        staff={"hidden": asker.hidden},
        run=run_facts(task, time.perf_counter() - start),
    )


def unscored(task: Task, submission: SubmissionInfo, status: Any, message: str) -> Report:
    """The report of a submission that could not be graded: no score, and why."""
    return Report(
        authority="record",
        assignment=task.assignment,
        submission=submission,
        status=status,
        score=None,
        max_score=task.pack.max_score,
        message=message,
        run=run_facts(task, 0.0),
    )


def info(submission: Submission) -> SubmissionInfo:
    return SubmissionInfo(id=submission.id, file=submission.file, kind=submission.kind, digest=submission.digest)


def run_facts(task: Task, seconds: float) -> dict[str, Any]:
    """All that varies from run to run."""
    return {
        "seconds": round(seconds, 3),
        "seed": task.seed,
        "isolation": {
            "level": "none",
            "layers": ["own process", "own folder", "memory and time limits"],
            "note": "student code runs in a process of its own, but nothing keeps it from the machine's files and network",
        },
        "versions": {"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__},
    }


class Asker:
    """Asks one loaded submission, exercise by exercise.

    Attributes:
      hidden: the full messages of hidden checks, for staff.
    """

    def __init__(self, task: Task, submission: Submission, loaded: Loaded) -> None:
        self._task = task
        self._submission = submission
        self._loaded = loaded
        self._stale = False
        self.hidden: dict[str, dict[str, str]] = {}

    def exercise(self, exercise: Exercise) -> ExerciseReport:
        """The outcome of one exercise."""
        cases = exercise.cases(self._task.pack.seed, self._task.seed)
        observations = self._observe(exercise, cases)
        verdicts = [self._judge(exercise, case, seen) for case, seen in zip(cases, observations, strict=True)]
        points = share(exercise.points, [case.weight for case in cases])
        checks = [
            self._check(exercise, case, verdict, most)
            for case, verdict, most in zip(cases, verdicts, points, strict=True)
        ]
        diagnosis = self._diagnose(exercise, cases, observations, verdicts)
        first_wrong = next((verdict.outcome for verdict in verdicts if verdict.outcome is not Outcome.PASSED), None)
        return ExerciseReport(
            id=exercise.id,
            title=exercise.title,
            outcome=first_wrong or Outcome.PASSED,
            score=total([check.score for check in checks]),
            max_score=exercise.points,
            follow_through=False,
            checks=checks,
            diagnosis=diagnosis,
            example=self._example(exercise, cases, observations, verdicts),
        )

    def _observe(self, exercise: Exercise, cases: Sequence[Case]) -> list[Observation]:
        """Asks all cases within the exercise's limit.

        What ran out of time or memory or crashed is asked once more, alone in a fresh worker; if that fails too, it
        and the exercise's other cases have that outcome.
        """
        observations: list[Observation] = []
        lost: Observation | None = None
        connection = self._fresh()
        if connection is None:
            return [Observation(outcome=Outcome.SKIPPED, message=Outcome.SKIPPED.sentence)] * len(cases)
        while len(observations) < len(cases):
            seen = observe(exercise.probe, connection, cases[len(observations)], self._task.seed)
            if seen.outcome not in LOST:
                observations.append(self._told(seen, exercise))
                continue
            self._stale = True
            again = self._fresh() if lost is None else None
            lost = lost or self._told(seen, exercise)
            if again is None:
                return observations + [lost] * (len(cases) - len(observations))
            connection = again
        return observations

    def _fresh(self) -> Connection | None:
        """A connection with a new limit, to a new worker if the last one was lost; None if too little time is left."""
        limits = self._task.pack.limits
        if limits.whole - self._loaded.cpu_seconds() < limits.exercise:
            return None
        if self._stale:
            self._loaded.start()
            self._stale = False
        self._loaded.allow(limits.exercise)
        return Connection(self._loaded, limits.callbacks)

    def _told(self, seen: Observation, exercise: Exercise) -> Observation:
        """The observation with what the submission's own names and lines add to it."""
        changed = tuple(name for name in seen.changed if name not in exercise.may_change)
        message = seen.message
        places = [place for frame in seen.frames if (place := self._loaded.place(frame)) is not None]
        if places:
            place = places[-1]
            message += f"   ({f'cell {place.cell}, ' if place.cell is not None else ''}line {place.line})"
        elif seen.outcome is Outcome.NOT_DEFINED and message.endswith(" is not defined"):
            message += self._whereabouts(message.removesuffix(" is not defined"))
        return dataclasses.replace(seen, changed=changed, message=message)

    def _whereabouts(self, name: str) -> str:
        """What the submission defines instead."""
        names = Connection(self._loaded).names()
        near = difflib.get_close_matches(name, names, 1)
        if near:
            return f" in {self._submission.name}; is it your {near[0]}?"
        return f" in {self._submission.name} (it defines: {', '.join(names[:20]) or 'nothing'})"

    def _judge(self, exercise: Exercise, case: Case, seen: Observation) -> Verdict:
        expected = self._task.key.expected(exercise, case)
        return judge(seen, expected, case.tolerance or exercise.tolerance, integers=exercise.integers)

    def _check(self, exercise: Exercise, case: Case, verdict: Verdict, most: float) -> Check:
        message = verdict.message
        if case.hidden and verdict.outcome is not Outcome.PASSED:
            self.hidden.setdefault(exercise.id, {})[case.name] = message
            message = f"{verdict.outcome.sentence} (a hidden check: its numbers are not shown)"
        return Check(
            name=case.name,
            outcome=verdict.outcome,
            score=most if verdict.outcome is Outcome.PASSED else 0.0,
            max_score=most,
            hidden=case.hidden,
            message=message,
        )

    def _diagnose(
        self,
        exercise: Exercise,
        cases: Sequence[Case],
        observations: Sequence[Observation],
        verdicts: Sequence[Verdict],
    ) -> list[Fault]:
        """The known mistakes that give what came back."""
        if all(verdict.outcome in UNDIAGNOSED for verdict in verdicts):
            return []
        seen = {case.name: observation for case, observation in zip(cases, observations, strict=True)}
        tolerances = {case.name: case.tolerance or exercise.tolerance for case in cases}
        found = explain(self._task.key.signatures(exercise), seen, tolerances)
        unique = {mistake.slug: mistake for mistake in found}
        return [Fault(mistake=each.slug, hint=each.hint, cell=None, line=None) for each in unique.values()]

    def _example(
        self,
        exercise: Exercise,
        cases: Sequence[Case],
        observations: Sequence[Observation],
        verdicts: Sequence[Verdict],
    ) -> Example | None:
        """The first public case that failed with an answer; cases stand in order of size."""
        for case, seen, verdict in zip(cases, observations, verdicts, strict=True):
            if verdict.wrong and not case.hidden:
                expected = self._task.key.expected(exercise, case)
                return Example(
                    check=case.name,
                    inputs={name: shown_value(value) for name, value in case.fields.items()},
                    actual={name: shown_value(seen.values.get(name)) for name in verdict.wrong},
                    expected={name: shown_value(expected[name]) for name in verdict.wrong},
                )
        return None


def shown_value(value: Any) -> Any:
    """A value as JSON: numbers of moderate size as nested lists, else what it is in words."""
    if isinstance(value, (str, bool, int, type(None))):
        return value if not isinstance(value, str) else value[:200]
    if isinstance(value, float) and np.isfinite(value):
        return value
    if isinstance(value, (list, tuple, np.ndarray, np.generic, float)):
        try:
            array = np.asarray(value)
        except ValueError:
            return f"a {type(value).__name__}"
        if array.dtype.kind in "biuf" and array.size <= LARGEST_SHOWN:
            return _listed(array.tolist())
        return f"{array.dtype}{list(array.shape)}"
    return "a function" if callable(value) else f"a {type(value).__name__}"


def _listed(value: Any) -> Any:
    if isinstance(value, list):
        return [_listed(item) for item in value]
    return repr(value) if isinstance(value, float) and not np.isfinite(value) else value
