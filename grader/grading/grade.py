"""Grades one submission: load it, ask every probe, judge what came back, follow through, diagnose, report."""

from __future__ import annotations

import dataclasses
import platform
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec
import numpy as np

import grader
from grader.judging import Fact, Outcome, Verdict, total
from grader.judging.diagnose import CHANGED, Answer, Cause, KnownMistake, answer, each_alone, explain
from grader.packs import beside
from grader.packs.model import Case, Exercise
from grader.reports import Check, Display, Example, ExerciseReport, Fault, Loading, Report, Step, SubmissionInfo
from grader.submissions import Submission

from .asking import LOST, Answers, Asker, Loaded, Runner, Task
from .calls import words_of
from .display import display
from .experiments import proven
from .follow import MISSING, FollowThrough, follow
from .lines import Lines, Where
from .locate import by_facts, by_text, by_trace, locate
from .remarks import own_derivative, related, shared

# Where there is nothing to explain, or no answer to explain it by.
UNDIAGNOSED = (*LOST, Outcome.PASSED, Outcome.NOT_DEFINED, Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED)
# What any function can do, so that no pack has to know it of each.
CHANGES = KnownMistake("mutates-input", "", "What is handed in still belongs to the caller: work on a copy.")
LARGEST_SHOWN = 64  # elements of an array that an example shows


def grade(task: Task, submission: Submission, run: Runner | None = None) -> Report:
    """The report of one submission, which runs behind the wall if no other runner is given."""
    if run is None:
        from grader.sandbox import Session

        run = Session
    start = time.perf_counter()
    pack = task.pack
    submission = dataclasses.replace(
        submission,
        runs_as_script=pack.runs_as_script,
        modules=pack.modules,
        beside=(*beside.files(pack), *submission.beside),
    )
    loaded = run(submission, task.pack.limits, task.seed)
    try:
        answers = Asker(task, submission, loaded).ask_all(list(task.pack.exercises.values()))
        passing = {name for name, each in answers.items() if each.outcome is Outcome.PASSED}
        missing = {name for name, each in answers.items() if each.outcome in MISSING}
        exercises: list[ExerciseReport] = []
        explained_by: dict[str, Explanation] = {}
        staff: dict[str, Any] = {"hidden": hidden_messages(answers.values())}
        lines = Lines(submission, loaded)
        # What a script left comes last: what is told of it is what has not been told of the functions that it calls.
        for each in sorted(answers.values(), key=lambda each: each.exercise.is_script):
            told = Explanation()
            if each.outcome is Outcome.PASSED:
                exercises.append(exercise_report(task, each, None, told))
                continue
            excused = {done.id for done in exercises if done.follow_through and done.score == done.max_score}
            named = {done.id: [fault.mistake for fault in done.diagnosis] for done in exercises}
            followed, clean = follow(task, submission, loaded, each, answers, excused, named)
            try:
                if each.exercise.predicate is not None:
                    told = Explanation(recognised(task, submission, lines, each))
                else:
                    told = explanation(
                        task,
                        submission,
                        loaded,
                        each,
                        clean,
                        passing,
                        answers.keys() - passing - missing,
                        {fault.mistake for other in exercises for fault in other.diagnosis},
                        lines,
                    )
            except Exception:  # a fault of ours in what is said of it takes no points and no report away
                staff.setdefault("faults", {})[each.exercise.id] = traceback.format_exc()
            exercises.append(exercise_report(task, each, followed, told))
            explained_by[each.exercise.id] = told
        exercises.sort(key=lambda each: list(answers).index(each.id))
        shown = Display()
        try:
            shown = display(task, submission, loaded, answers.values(), exercises)
        except Exception:  # nor does one in what there is to look at
            staff.setdefault("faults", {})["display"] = traceback.format_exc()
        message = loaded.note
        loading = [Loading(cell=error.cell, line=error.line, error=error.error) for error in loaded.loading]
        # Last: it runs the submission with changes, and what that costs or prints is not the student's doing.
        exercises = with_lines(exercises, explained_by, staff)
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
        display=shown,
        staff=staff,
        run=run_facts(task, time.perf_counter() - start, loaded.isolation),
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
        run=run_facts(task, 0.0, {}),
    )


def info(submission: Submission) -> SubmissionInfo:
    return SubmissionInfo(id=submission.id, file=submission.file, kind=submission.kind, digest=submission.digest)


def run_facts(task: Task, seconds: float, isolation: dict[str, Any]) -> dict[str, Any]:
    """All that varies from run to run."""
    return {
        "seconds": round(seconds, 3),
        "seed": task.seed,
        "isolation": isolation,
        "versions": {"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__},
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of a wrong answer.

    Attributes:
      ran, repaired: as `Located` has them.
    """

    faults: list[Fault] = dataclasses.field(default_factory=list)
    steps: list[Step] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)
    ran: Set[Where] = frozenset()
    repaired: Callable[[], list[Fault]] | None = None


def explanation(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    own: Answers,
    clean: FollowThrough,
    passing: Set[str],
    wrong: Set[str],
    told: Set[str],
    lines: Lines,
) -> Explanation:
    """The mistakes with their lines, the steps, and the remarks.

    Args:
      clean: with failing helpers replaced, so that what is wrong in them is the exercise's own.
      passing, wrong: the exercises that pass, and those that are there and don't.
      told: the mistakes of other exercises. Of a script they are not told again: that runs once, and what it calls has
        been told of.
    """
    again = told if own.exercise.is_script else frozenset()
    # What is wrong with its helpers replaced, too, is no fault of these.
    elsewhere = wrong - {*clean.replaced}
    causes = [
        cause
        for cause in diagnose(task, submission, clean.answers, elsewhere, again)
        if cause.mistake.slug not in again
    ]
    if not causes and clean.answers.outcome is Outcome.WRONG_VALUE:
        causes = proven(
            Asker(task, submission, loaded, clean.replaced), task.key.signatures(own.exercise), clean.answers
        )
    evidence = task.key.evidence.get(own.exercise.id, {})
    if own.exercise.oracles and causes:
        causes = by_trace(task, submission, loaded, own, causes, passing, evidence)
    elif own.exercise.oracles:
        causes, evidence = by_facts(task, submission, loaded, own, seen_in(task, own), passing, evidence)
    found = locate(task, submission, loaded, clean, causes, passing, evidence, lines)
    remarks = related(task, own)
    if not causes and clean.answers.outcome is Outcome.WRONG_VALUE:
        remarks += own_derivative(Asker(task, submission, loaded), own)
    return Explanation(found.faults, found.steps, remarks, found.ran, found.repaired)


def with_lines(
    exercises: Sequence[ExerciseReport], told: Mapping[str, Explanation], staff: dict[str, Any]
) -> list[ExerciseReport]:
    """The exercises with the lines where changes make their answers right, and what is said of these lines elsewhere.

    Args:
      told: by exercise, in the order in which they were explained.
      staff: faults of ours are noted here; none takes the line away that was found first.
    """
    found = {exercise.id: exercise for exercise in exercises}
    for name, each in told.items():
        try:
            if each.repaired is not None:
                found[name] = msgspec.structs.replace(found[name], diagnosis=each.repaired())
        except Exception:
            staff.setdefault("faults", {})[name] = traceback.format_exc()
    before: list[tuple[str, Fault]] = []
    for name, each in told.items():
        own = found[name]
        followed = own.remarks[: int(own.follow_through)]
        remarks = [*followed, *shared(each.ran, before), *own.remarks[len(followed) :]]
        found[name] = msgspec.structs.replace(own, remarks=remarks)
        before += [(name, fault) for fault in own.diagnosis]
    return list(found.values())


def followed_remarks(own: Answers, followed: FollowThrough | None) -> list[str]:
    """What follow-through says."""
    if followed is None:
        return []
    exercise = own.exercise
    names = " and ".join(followed.replaced)
    fully = followed.answers.outcome is Outcome.PASSED
    return [
        f"{exercise.id} is {'right' if fully else 'right in part'} by itself: with the right {names} in place of yours "
        f"it {'passes' if fully else 'passes more checks'}, so it earns {followed.score:g} of {exercise.points:g}."
    ]


def exercise_report(
    task: Task,
    own: Answers,
    followed: FollowThrough | None,
    told: Explanation,
) -> ExerciseReport:
    """One exercise: its checks as they came out first, its points, and why."""
    exercise = own.exercise
    return ExerciseReport(
        id=exercise.id,
        title=exercise.title,
        outcome=own.outcome,
        score=own.score if followed is None else followed.score,
        max_score=exercise.points,
        follow_through=followed is not None,
        checks=[
            check(case, verdict, earned, most)
            for case, verdict, earned, most in zip(own.cases, own.verdicts, own.earned, own.points, strict=True)
        ],
        diagnosis=told.faults,
        steps=told.steps,
        remarks=[*followed_remarks(own, followed), *told.remarks],
        example=example(task, own),
    )


def check(case: Case, verdict: Verdict, earned: float, most: float) -> Check:
    message = verdict.message
    if case.hidden and verdict.outcome is not Outcome.PASSED:
        message = f"{verdict.outcome.sentence} (a hidden check: its numbers are not shown)"
    return Check(
        name=case.name, outcome=verdict.outcome, score=earned, max_score=most, hidden=case.hidden, message=message
    )


def hidden_messages(answers: Iterable[Answers]) -> dict[str, dict[str, str]]:
    """The full messages of hidden checks, for staff."""
    found: dict[str, dict[str, str]] = {}
    for each in answers:
        for case, verdict in zip(each.cases, each.verdicts, strict=True):
            if case.hidden and verdict.outcome is not Outcome.PASSED:
                found.setdefault(each.exercise.id, {})[case.name] = verdict.message
    return found


def diagnose(
    task: Task, submission: Submission, answers: Answers, failing: Set[str], told: Set[str] = frozenset()
) -> list[Cause]:
    """The known mistakes that give what came back; those in another exercise that fails are told there.

    What a check says of a few networks, several mistakes may have in common: there each explains it alone.

    Args:
      answers: with failing helpers replaced, so that what is wrong in them is the exercise's own.
      failing: the exercises that fail with something written.
      told: mistakes that have been told of the same run.
    """
    if all(verdict.outcome in UNDIAGNOSED for verdict in answers.verdicts):
        return []
    seen = seen_in(task, answers)
    found = explained(task, submission, answers, seen, told)
    if not found and (changing := changes(task, answers.exercise, seen)) is not None:
        # It explains what was changed; what else is wrong is explained by others, or comes of it.
        others = explained(task, submission, answers, {name: each.unchanged() for name, each in seen.items()}, told)
        found = [*others, changing]
    elsewhere = failing - {answers.exercise.id}
    return [cause for cause in found if cause.number < 0 or task.pack.owner(cause.mistake.function) not in elsewhere]


def changes(task: Task, exercise: Exercise, seen: Mapping[str, Answer]) -> Cause | None:
    """The mistake that what was handed in is changed, if it is; where another known one does that, nobody knows which."""
    if exercise.oracles or exercise.is_script or not any(CHANGED in each.words for each in seen.values()):
        return None
    function = task.key.functions.get(exercise.id, exercise.id)
    if task.key.signatures(exercise)[0].changing() - {CHANGES.slug}:
        return None
    return Cause(dataclasses.replace(CHANGES, function=function), number=-1, table=0, row=-1, place=0)


def explained(
    task: Task, submission: Submission, answers: Answers, seen: Mapping[str, Answer], told: Set[str]
) -> list[Cause]:
    """The known mistakes that give what came back."""
    exercise = answers.exercise
    tolerances = {case.name: case.tolerance or exercise.tolerance for case in answers.cases}
    wrong = {case.name: set(verdict.wrong) for case, _, verdict in answers.in_full}
    signatures = task.key.signatures(exercise)
    return (
        each_alone(signatures[0], seen, tolerances)
        if exercise.oracles
        else explain(
            signatures,
            seen,
            tolerances,
            wrong,
            lambda: words_of(submission, task.key.functions.get(exercise.id, "")),
            told,
            {
                case.name: task.key.expected(exercise, case)
                for case, _, verdict in answers.in_full
                if case.name not in seen and verdict.outcome is not Outcome.PASSED
            },
        )
    )


def seen_in(task: Task, answers: Answers) -> dict[str, Answer]:
    """What came back in the form that signatures have, by case."""
    exercise = answers.exercise
    return {
        case.name: answer(each, task.key.expected(exercise, case), integers=exercise.integers)
        for case, each in zip(answers.cases, answers.observations, strict=True)
        if not _is_saturated(case)
    }


def _is_saturated(case: Case) -> bool:
    """Whether only absolute errors count: two ways to make the same mistake may give any numbers there."""
    return case.tolerance is not None and case.tolerance.rtol == 0.0


def recognised(task: Task, submission: Submission, lines: Lines, answers: Answers) -> list[Fault]:
    """The mistakes that an exercise's own predicate has named."""
    named = dict.fromkeys(verdict.mistake for verdict in answers.verdicts if verdict.mistake)
    known = {each.slug: each for kinds in task.key.signatures(answers.exercise) for each in kinds.mistakes}
    unknown = [Fault(mistake=slug, hint="", cell=None, line=None) for slug in named if slug not in known]
    return (
        by_text(task, submission, lines, answers.exercise, [known[slug] for slug in named if slug in known]) + unknown
    )


def example(task: Task, answers: Answers) -> Example | None:
    """The first public case that failed with an answer; cases stand in order of size."""
    for case, seen, verdict in zip(answers.cases, answers.observations, answers.verdicts, strict=True):
        if verdict.wrong and not case.hidden:
            expected = task.key.expected(answers.exercise, case)
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
        return float(value)  # NumPy's own numbers are no JSON
    if isinstance(value, Fact):
        return value.message or "as it should be"
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
