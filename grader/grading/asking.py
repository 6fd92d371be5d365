"""Asks one loaded submission, exercise by exercise, and judges what comes back."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import re
import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from grader.judging import Observation, Outcome, Verdict, share, total
from grader.judging.steps import Trace
from grader.packs import loading
from grader.packs.implementation import Channel, Connection, Implementation, StudentFault, observe, observe_all
from grader.packs.key import Key
from grader.packs.model import Case, Exercise, Pack
from grader.packs.oracles import remembered, stand_in, vjp_stand_in
from grader.packs.verdicts import verdict as judged
from grader.reports import Assignment
from grader.sandbox import Limits, LoadingError, Place, WorkerLost, shown
from grader.submissions import Submission

from .prose import read

T = TypeVar("T")
Found = dict[str, tuple[Observation, Verdict]]  # by case
LARGEST = 4 << 20  # bytes of a value that is kept
LOST = (Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.OUT_OF_MEMORY)


class Copy(Channel, Protocol):
    """A process with all that a submission defines, for one exercise."""

    def allow(self, cpu: float) -> None:
        """CPU seconds for what is asked from now on."""
        ...

    def close(self) -> None: ...


class Loaded(Protocol):
    """A submission that is loaded."""

    @property
    def note(self) -> str:
        """What is to be said of the submission as a whole, "" if nothing."""
        ...

    @property
    def isolation(self) -> dict[str, Any]:
        """How strong the wall was, for the report."""
        ...

    @property
    def loading(self) -> tuple[LoadingError, ...]: ...

    def copy(self, *, alone: bool) -> Copy:
        """A copy to be asked; if `alone`, nothing that happens in it reaches any other."""
        ...

    @property
    def is_forked(self) -> bool:
        """Whether a copy is a process of its own, so that it costs little to have one."""
        ...

    def place(self, frame: Any) -> Place | None: ...

    def spent(self) -> float:
        """Seconds that count against the limit for the submission as a whole."""
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
    def in_full(self) -> Iterator[tuple[Case, Observation, Verdict]]:
        return zip(self.cases, self.observations, self.verdicts, strict=True)

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
    """Asks one loaded submission.

    Args:
      replaced: exercises whose functions are the reference's while it is asked; these see its answers, so what they
        run in is over with the exercise.
      named: the mistakes in these, as far as they are known: what a method has left behind is put right by them.
    """

    def __init__(
        self,
        task: Task,
        submission: Submission,
        loaded: Loaded,
        replaced: Sequence[str] = (),
        named: Mapping[str, Collection[str]] = types.MappingProxyType({}),
    ) -> None:
        self._task = task
        self._submission = submission
        self._loaded = loaded
        self._replaced = replaced
        self._named = named
        self._shared: Copy | None = None

    def ask_all(self, exercises: Sequence[Exercise]) -> dict[str, Answers]:
        """Each exercise, by name: in one process for all of them as long as everything passes.

        What one exercise leaves there may spoil the next: what fails after another has been asked is asked again in a
        process of its own, and nothing else is asked in that one.  The same is true of what is given an oracle.  Hidden
        cases come when all exercises have been asked their public ones: what an exception says of these is shown to
        students, and code that keeps what it was asked could say it there.
        """
        answers: dict[str, Answers] = {}
        begun: dict[str, Found] = {}
        shared = {each.id: self._cases(each) for each in exercises if not (each.oracles or each.is_prose)}
        try:
            for hidden in (False, True):
                for exercise in exercises:
                    if exercise.id in answers:
                        continue
                    found, cases = begun.setdefault(exercise.id, {}), shared.get(exercise.id)
                    if cases is None:
                        self._part()
                        answers[exercise.id] = self.ask(exercise)
                        continue
                    is_well, lost = self._together(exercise, cases, found, hidden=hidden)
                    if not is_well:
                        self._part()
                        answers[exercise.id] = self.ask(exercise, lost)
                    elif all(case.name in found for case in cases):
                        observations, verdicts = zip(*(found[case.name] for case in cases), strict=True)
                        answers[exercise.id] = Answers(exercise, cases, observations, verdicts)
        finally:
            self._part()
        return {exercise.id: answers[exercise.id] for exercise in exercises}

    def ask(self, exercise: Exercise, lost: Observation | None = None) -> Answers:
        """All cases of an exercise, in a process of its own.

        Args:
          lost: what another process was lost over when it was asked before; it is not asked a third time.
        """
        cases = self._cases(exercise)
        if exercise.is_prose:
            return Answers(exercise, cases, [Observation()], [read(self._task.pack, self._submission)])
        observations = _sorted_back(cases, self._observe(exercise, _sorted(cases), lost))
        verdicts = [self._judge(exercise, case, seen) for case, seen in zip(cases, observations, strict=True)]
        return Answers(exercise, cases, observations, verdicts)

    def _together(
        self, exercise: Exercise, cases: Sequence[Case], found: Found, *, hidden: bool
    ) -> tuple[bool, Observation | None]:
        """Asks an exercise's public or hidden cases in the process that those before have used.

        Where one fails in a process that nothing else has used, the others are asked in it, too, and it is ended.

        Args:
          found: what they give, by case, is put here.

        Returns:
          False if the exercise needs a process of its own, and what the process was lost over, if it was.
        """
        if self.is_used_up(exercise):
            return False, None
        is_first = self._shared is None
        ahead = [case for case in cases if case.hidden == hidden]
        try:
            self._shared = self._shared or self._loaded.copy(alone=False)
            self._shared.allow(self._seconds(exercise))
            # What fails in a process that others have used is asked again, each call by itself; the first is not.
            connection = Connection(
                self._shared, self._task.pack.limits.callbacks, self._seconds(exercise), calls_wait=not is_first
            )
            if not is_first:
                return self._all_at_once(exercise, ahead, connection, found)
            is_over = False
            while ahead:
                case = ahead.pop(0)
                seen = observe(exercise.probe, connection, case, self._task.seed)
                verdict = self._judge(exercise, case, told := self._told(seen, exercise, connection))
                if seen.outcome in LOST:
                    return False, told
                found[case.name] = told, verdict
                if verdict.outcome is not Outcome.PASSED and not is_over:
                    is_over = True
                    ahead += [case for case in cases if case.hidden and not hidden]
        except WorkerLost:
            return False, None
        if is_over:
            self._part()
        return True, None

    def _all_at_once(
        self, exercise: Exercise, cases: Sequence[Case], connection: Connection, found: Found
    ) -> tuple[bool, Observation | None]:
        """Asks cases in one process that others have used; what is given back is what `_together` says."""
        for case, seen in zip(cases, observe_all(exercise.probe, connection, cases, self._task.seed), strict=True):
            verdict = self._judge(exercise, case, told := self._told(seen, exercise, connection))
            if seen.outcome in LOST:
                return False, told
            if verdict.outcome is not Outcome.PASSED:
                return False, None
            found[case.name] = told, verdict
        return True, None

    def _part(self) -> None:
        """Ends the process that exercises share; the next that can will begin another."""
        if self._shared is not None:
            self._shared.close()
            self._shared = None

    def _cases(self, exercise: Exercise) -> Sequence[Case]:
        cases = exercise.cases(self._task.pack.seed, self._task.seed)
        for case in cases if self._task.pack.shows_hidden else ():
            case.hidden = False
        return cases

    def trace(self, exercise: Exercise, case: Case, passed_over: Collection[str]) -> Trace:
        """What each line makes while one case is asked, but in functions passed over; nothing if it is lost."""
        if self.is_used_up(exercise):
            return Trace([], [])
        try:
            with self.connection(exercise) as connection:
                return connection.trace(
                    lambda connection, case: (
                        connection.rerun(_script(self._submission), self._names)
                        if exercise.is_script
                        else exercise.probe(Implementation(connection), case)
                    ),
                    case,
                    self._task.seed,
                    passed_over,
                    by_element=exercise.oracles,  # a check looks at one element after the other
                )
        except (StudentFault, WorkerLost):
            return Trace([], [])

    def _observe(self, exercise: Exercise, cases: Sequence[Case], lost: Observation | None = None) -> list[Observation]:
        """Asks all cases within the exercise's limit.

        What ran out of time or memory or crashed is asked once more, alone in another process; if that fails too, it
        and the exercise's other cases have that outcome.
        """
        observations: list[Observation] = []
        while len(observations) < len(cases):
            if self.is_used_up(exercise):
                skipped = Observation(outcome=Outcome.SKIPPED, message=Outcome.SKIPPED.sentence)
                return observations + [lost or skipped] * (len(cases) - len(observations))
            seen = self._until_lost(exercise, cases, observations)
            if seen is not None:
                if lost is not None:
                    return observations + [seen] * (len(cases) - len(observations))
                lost = seen
        return observations

    def _until_lost(
        self, exercise: Exercise, cases: Sequence[Case], observations: list[Observation]
    ) -> Observation | None:
        """Asks in one process what has not been asked yet; what it was lost over, None if it was not."""
        try:
            with self.connection(exercise) as connection:
                while len(observations) < len(cases):
                    seen = observe(exercise.probe, connection, cases[len(observations)], self._task.seed)
                    if seen.outcome in LOST:
                        return self._told(seen, exercise, connection)
                    observations.append(self._told(seen, exercise, connection))
        except WorkerLost as lost:
            return Observation(outcome=Outcome(lost.outcome), message=f"it {lost.text}", lost=True)
        except StudentFault as fault:  # a helper that can't be replaced
            return Observation(outcome=fault.outcome, message=fault.message, frames=fault.frames, lost=True)
        return None

    @contextlib.contextmanager
    def connection(
        self, exercise: Exercise, *, calls_wait: bool = False, seconds: float | None = None
    ) -> Iterator[Connection]:
        """A connection to a copy of the submission.

        Args:
          calls_wait: as `Connection` has it.
          seconds: the limit on time, if it is not the exercise's.
        """
        limits = self._task.pack.limits
        seconds = self._seconds(exercise) if seconds is None else seconds
        copy = self._loaded.copy(alone=bool(self._replaced) or exercise.oracles)
        try:
            copy.allow(seconds)
            connection = Connection(copy, limits.callbacks, seconds, calls_wait=calls_wait)
            if self._replaced:
                reference = loading.reference(self._task.pack)
                namespace = reference.namespace()
                for name, function in zip(self._replaced, self._names, strict=True):
                    owner = function.rpartition(".")[0]
                    attributes = reference.attributes(owner)
                    named = self._named.get(name, ()) if owner else ()  # a function leaves nothing behind
                    mistaken = loading.mistaken(self._task.pack, function, named) if named else []
                    stand = stand_in(namespace, function, mistaken)
                    stand = stand if owner else remembered(reference, function, stand)
                    backwards = self._task.pack.exercises[name].vjp
                    vjp = None if backwards is None else vjp_stand_in(namespace, function, backwards)
                    connection.replace(function, stand, attributes, vjp)
                if exercise.is_script:
                    with contextlib.suppress(StudentFault):  # what it was to leave is not there then
                        connection.rerun(_script(self._submission), self._names)
            yield connection
        finally:
            copy.close()

    @property
    def _names(self) -> list[str]:
        """The functions that are the reference's."""
        return [self._task.key.functions[name] for name in self._replaced]

    def is_used_up(self, exercise: Exercise) -> bool:
        """Whether the submission's time for all exercises leaves too little for one more."""
        return self._task.pack.limits.whole - self._loaded.spent() < self._seconds(exercise)

    def _seconds(self, exercise: Exercise) -> float:
        """The exercise's limit on time."""
        return self._task.pack.limits.exercise if exercise.seconds is None else exercise.seconds

    def _told(self, seen: Observation, exercise: Exercise, connection: Connection) -> Observation:
        """The observation with what the submission's own names and lines add to it."""
        changed = tuple(name for name in seen.changed if name not in exercise.may_change)
        message = seen.message
        places = [place for frame in seen.frames if (place := self._loaded.place(frame)) is not None]
        if places:
            place = places[-1]
            message += f"   ({f'cell {place.cell}, ' if place.cell is not None else ''}line {place.line})"
        elif seen.outcome is Outcome.NOT_DEFINED and message.endswith(" is not defined"):
            message += self._whereabouts(message.removesuffix(" is not defined"), connection)
        values = {name: _small(value) for name, value in seen.values.items()}
        return dataclasses.replace(seen, changed=changed, message=message, values=values)

    def _whereabouts(self, name: str, connection: Connection) -> str:
        """What the submission defines instead."""
        try:
            names = [shown(name, 60) for name in connection.names()]
        except StudentFault:
            names = []
        near = difflib.get_close_matches(name, names, 1)
        if near:
            return f" in {self._submission.name}; is it your {near[0]}?"
        return f" in {self._submission.name} (it defines: {', '.join(names[:20]) or 'nothing'})"

    def _judge(self, exercise: Exercise, case: Case, seen: Observation) -> Verdict:
        return judged(exercise, case, seen, self._task.key.expected(exercise, case))


def _sorted(cases: Sequence[Case]) -> list[Case]:
    """Public ones first: what a student's exception says of them is shown, and may tell what came before."""
    return sorted(cases, key=lambda case: case.hidden)


def _sorted_back(cases: Sequence[Case], found: Sequence[T]) -> list[T]:
    """What came of sorted cases, in the cases' own order."""
    by_name = {case.name: each for case, each in zip(_sorted(cases), found, strict=True)}
    return [by_name[case.name] for case in cases]


def _small(value: Any) -> Any:
    """A value to be kept until the report is written: of one far larger than any answer, its kind and shape."""
    if isinstance(value, np.ndarray) and value.nbytes > LARGEST:
        return np.broadcast_to(np.zeros((), value.dtype), value.shape)
    if isinstance(value, (list, tuple)) and len(value) > LARGEST // 8:
        return np.broadcast_to(0.0, len(value))
    return value


def _script(submission: Submission) -> list[tuple[int | None, str]]:
    """All that is run, by cell (None: a module), without IPython's own commands."""
    cells = [(cell.number, cell.source) for cell in submission.cells]
    pieces = cells if submission.kind == "notebook" else [(None, submission.text)]
    return [(number, re.sub(r"(?m)^[ \t]*[%!].*$", "", source)) for number, source in pieces]
