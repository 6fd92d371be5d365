"""The first wrong line: the exercise is run once more, on a case that tells, under a line tracer."""

from __future__ import annotations

import ast
import bisect
from collections.abc import Mapping, Sequence
from typing import Any

from grader.judging import Outcome
from grader.judging.compare import Array, Observation, Verdict, as_array
from grader.judging.diagnose import Cause, affects
from grader.judging.steps import Known, Place, Trace, Values, first_wrong, maker_of_wrong, steps
from grader.packs.evidence import evidence
from grader.packs.model import Case
from grader.reports import Fault, Step
from grader.submissions import Submission

from .asking import Answers, Asker, Loaded, Task
from .follow import FollowThrough

MOST_STEPS = 100


def locate(
    task: Task, submission: Submission, loaded: Loaded, asked: FollowThrough, causes: Sequence[Cause]
) -> tuple[list[Fault], list[Step]]:
    """The faults with their lines, and the steps of the trace.

    Args:
      asked: the answers that the causes explain, and the helpers that were the reference's when they were given.
    """
    answers = asked.answers
    known = task.key.evidence.get(answers.exercise.id, {})
    chosen = _telling_case(answers, known)
    if chosen is None:
        return _faults(causes, [_where_raised(answers)] * len(causes)), []
    case, observation, verdict = chosen
    trace = Asker(task, submission, loaded, asked.replaced).trace(answers.exercise, case)
    kept = known[case.name]
    own = [Known(name, value) for name, value in kept["own"]]
    own_values = Values(own)
    right = Values([*own, *(Known(name, value) for name, value in kept["others"])])
    returned = _returned(observation, verdict)
    found: list[Place | None] = []
    for cause in causes:
        singles = task.key.signatures(answers.exercise)[0]
        its = affects(singles, cause.number, case.name, task.key.expected(answers.exercise, case))
        wrong = [value for name, value in returned.items() if name in its]
        told = evidence(kept["tables"][cause.table], cause.row, cause.place)
        found.append(first_wrong(trace, right, own_values, told, wrong))
    lines = _Lines(submission, loaded)
    faults = _faults(causes, [lines.of(place) for place in found])
    if not causes:
        found = [maker_of_wrong(trace, right, list(returned.values()))]
    return faults, _steps(trace, right, [place for place in found if place is not None], lines)


def _telling_case(answers: Answers, known: Mapping[str, Any]) -> tuple[Case, Observation, Verdict] | None:
    """The first of the cases with evidence on which a wrong answer came back."""
    asked = {case.name: (case, seen, verdict) for case, seen, verdict in answers.in_full}
    for name in known:
        case, seen, verdict = asked[name]
        if seen.outcome is Outcome.PASSED and verdict.outcome is not Outcome.PASSED:
            return case, seen, verdict
    return None


def _returned(observation: Observation, verdict: Verdict) -> dict[str, Array]:
    """What came back and is wrong, by quantity."""
    found = {}
    for name in verdict.wrong:
        array, _ = as_array(observation.values.get(name))
        if array is not None and array.dtype.kind in "fiu" and array.size:
            found[name] = array.astype(float)
    return found


def _faults(causes: Sequence[Cause], places: Sequence[tuple[int | None, int] | None]) -> list[Fault]:
    """One a mistake and line."""
    found: dict[tuple[Any, ...], Fault] = {}
    for cause, place in zip(causes, places, strict=True):
        cell, line = place or (None, None)
        fault = Fault(mistake=cause.mistake.slug, hint=cause.mistake.hint, cell=cell, line=line)
        found.setdefault((fault.mistake, cell, line), fault)
    named = {fault.mistake for fault in found.values() if fault.line is not None}
    return [fault for fault in found.values() if fault.line is not None or fault.mistake not in named]


def _where_raised(answers: Answers) -> tuple[int | None, int] | None:
    """A mistake that only raises is where it raised."""
    places = (seen.place for seen in answers.observations if seen.outcome is Outcome.RAISED)
    return next((place for place in places if place is not None), None)


def _steps(trace: Trace, right: Values, wrong: Sequence[Place], lines: _Lines) -> list[Step]:
    """The steps for the report: what a line made, once."""
    found: dict[tuple[Any, ...], Step] = {}
    for step in steps(trace, right, wrong):
        place = lines.of(step.place)
        if place is not None:
            cell, line = place
            found.setdefault((step.name, cell, line), Step(name=step.name, right=step.right, cell=cell, line=line))
    return list(found.values())[:MOST_STEPS]


class _Lines:
    """Traced lines as lines of the submission: a statement of several lines is where it starts."""

    def __init__(self, submission: Submission, loaded: Loaded) -> None:
        self._submission = submission
        self._loaded = loaded
        self._starts: dict[int | None, list[int]] = {}

    def of(self, place: Place | None) -> tuple[int | None, int] | None:
        """Cell (None in modules) and line."""
        where = None if place is None else self._loaded.place([place.file, place.line])
        if where is None:
            return None
        if where.cell not in self._starts:
            self._starts[where.cell] = _statement_starts(self._submission, where.cell)
        starts = self._starts[where.cell]
        before = bisect.bisect_right(starts, where.line)
        return where.cell, starts[before - 1] if before else where.line


def _statement_starts(submission: Submission, number: int | None) -> list[int]:
    """The lines at which statements (and clauses such as `else`) start."""
    starts: set[int] = set()
    for cell in submission.cells:
        if cell.number == number:
            try:
                tree = ast.parse(cell.source)
            except (SyntaxError, ValueError):
                continue  # magics: lines are left as they are
            starts.update(node.lineno + cell.line - 1 for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return sorted(starts)
