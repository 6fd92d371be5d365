"""Asks one loaded submission, exercise by exercise, and judges what comes back."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from typing import Any, Protocol

from grader.judging import Observation, Outcome, Verdict, share, total
from grader.judging.steps import Seen
from grader.packs.implementation import Channel, Connection, StudentFault, observe
from grader.packs.key import Key
from grader.packs.model import Case, Exercise, Pack
from grader.packs.verdicts import verdict
from grader.reports import Assignment
from grader.sandbox import Limits, LoadingError, Place, WorkerLost
from grader.submissions import Submission

from .prose import read

LOST = (Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.OUT_OF_MEMORY)


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


@dataclasses.dataclass(frozen=True, slots=True)
class Answers:
    """What an exercise's cases gave, and the judgement of each."""

    exercise: Exercise
    cases: Sequence[Case]
    observations: Sequence[Observation]
    verdicts: Sequence[Verdict]

    @property
    def points(self) -> list[float]:
        """What each check is worth."""
        return share(self.exercise.points, [case.weight for case in self.cases])

    @property
    def earned(self) -> list[float]:
        """What each check has earned."""
        return [
            most if verdict.outcome is Outcome.PASSED else 0.0
            for most, verdict in zip(self.points, self.verdicts, strict=True)
        ]

    @property
    def score(self) -> float:
        return total(self.earned)

    @property
    def outcome(self) -> Outcome:
        """Passed, or that of the first check that failed."""
        outcomes = (verdict.outcome for verdict in self.verdicts)
        return next((outcome for outcome in outcomes if outcome is not Outcome.PASSED), Outcome.PASSED)


class Asker:
    """Asks one loaded submission; `prepare` is done to each fresh connection before anything is asked."""

    def __init__(self, task: Task, submission: Submission, loaded: Loaded) -> None:
        self._task = task
        self._submission = submission
        self._loaded = loaded
        self._stale = False

    def prepare(self, connection: Connection) -> None:
        """Nothing, for the submission as it is."""

    def ask(self, exercise: Exercise) -> Answers:
        """All cases of an exercise."""
        cases = exercise.cases(self._task.pack.seed, self._task.seed)
        if exercise.is_prose:
            return Answers(exercise, cases, [Observation()], [read(self._task.pack, self._submission)])
        observations = self._observe(exercise, cases)
        verdicts = [self._judge(exercise, case, seen) for case, seen in zip(cases, observations, strict=True)]
        return Answers(exercise, cases, observations, verdicts)

    def trace(self, exercise: Exercise, case: Case) -> list[Seen]:
        """What each line does while one case is asked; nothing if that takes too long."""
        connection = self._fresh(exercise)
        if connection is None:
            return []
        try:
            return connection.trace(exercise.probe, case, self._task.seed)
        except (StudentFault, WorkerLost):
            return []

    def _observe(self, exercise: Exercise, cases: Sequence[Case]) -> list[Observation]:
        """Asks all cases within the exercise's limit.

        What ran out of time or memory or crashed is asked once more, alone in a fresh worker; if that fails too, it
        and the exercise's other cases have that outcome.
        """
        observations: list[Observation] = []
        lost: Observation | None = None
        connection = self._fresh(exercise)
        if connection is None:
            return [Observation(outcome=Outcome.SKIPPED, message=Outcome.SKIPPED.sentence)] * len(cases)
        while len(observations) < len(cases):
            seen = observe(exercise.probe, connection, cases[len(observations)], self._task.seed)
            if seen.outcome not in LOST:
                observations.append(self._told(seen, exercise))
                continue
            self._stale = True
            again = self._fresh(exercise) if lost is None else None
            lost = lost or self._told(seen, exercise)
            if again is None:
                return observations + [lost] * (len(cases) - len(observations))
            connection = again
        return observations

    def _fresh(self, exercise: Exercise) -> Connection | None:
        """A connection with a new limit, to a new worker if the last one was lost; None if too little time is left."""
        limits = self._task.pack.limits
        seconds = limits.exercise if exercise.seconds is None else exercise.seconds
        if limits.whole - self._loaded.cpu_seconds() < seconds:
            return None
        if self._stale:
            self._loaded.start()
            self._stale = False
        self._loaded.allow(seconds)
        connection = Connection(self._loaded, limits.callbacks)
        self.prepare(connection)
        return connection

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
        where = (places[-1].cell, places[-1].line) if places else None
        return dataclasses.replace(seen, changed=changed, message=message, place=where)

    def _whereabouts(self, name: str) -> str:
        """What the submission defines instead."""
        names = Connection(self._loaded).names()
        near = difflib.get_close_matches(name, names, 1)
        if near:
            return f" in {self._submission.name}; is it your {near[0]}?"
        return f" in {self._submission.name} (it defines: {', '.join(names[:20]) or 'nothing'})"

    def _judge(self, exercise: Exercise, case: Case, seen: Observation) -> Verdict:
        return verdict(exercise, case, seen, self._task.key.expected(exercise, case))
