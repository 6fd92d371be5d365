"""The first wrong line: the exercise is run once more, on a case that tells, under a line tracer."""

from __future__ import annotations

import ast
import bisect
import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from grader.judging import Outcome
from grader.judging.compare import Array, Observation, Verdict, as_array, is_single
from grader.judging.diagnose import Cause
from grader.judging.steps import (
    DOUBLE,
    NEW,
    SINGLE,
    Evidence,
    Known,
    Place,
    Trace,
    Values,
    first_change,
    first_setting,
    first_wrong,
    is_trivial,
    last_line,
    maker_of_wrong,
    steps,
)
from grader.packs.evidence import evidence
from grader.packs.model import Case, Exercise
from grader.reports import Fault, Step
from grader.submissions import Submission

from .asking import Answers, Asker, Loaded, Task
from .calls import parsed, reached
from .follow import FollowThrough

MOST_STEPS = 100
LONGEST_LINE = 200  # characters of a line that is quoted


def locate(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    asked: FollowThrough,
    causes: Sequence[Cause],
    passing: Collection[str],
) -> tuple[list[Fault], list[Step]]:
    """The faults with their lines, and the steps of the trace.

    Args:
      asked: the answers that the causes explain, and the helpers that were the reference's when they were given.
      passing: the exercises that pass by themselves.
    """
    answers = asked.answers
    if answers.outcome is Outcome.PASSED:
        return [], []
    if any(seen.changed for seen in answers.observations):
        # One that may change what it is handed passes with functions that do.
        passing = {name for name in passing if not task.pack.exercises[name].may_change}
    sound = _sound_functions(task, submission, answers.exercise, passing)
    known = task.key.evidence.get(answers.exercise.id, {})
    chosen = _telling_case(answers, known)
    if answers.exercise.is_script and not causes:
        return [], []
    if chosen is None:
        return _faults(submission, causes, [_where_raised(answers, loaded, sound)] * len(causes)), []
    case, observation, verdict = chosen
    lines = _Lines(submission, loaded)
    whole = Asker(task, submission, loaded, asked.replaced).trace(answers.exercise, case, sound)
    trace = _without_loops(whole, lines)
    kept = known[case.name]
    own = [Known(name, value) for name, value in kept["own"]]
    returned = _returned(observation, verdict)
    rtol = SINGLE if any(is_single(value) for value in returned.values()) else DOUBLE
    others = [Known(name, value) for name, value in kept["others"]]
    right = Values([*own, *others], rtol)
    found: list[Place | None] = []
    for cause in causes:
        # What another mistake makes wrong is no sign of this one.
        theirs = [
            each
            for other in causes
            if other.mistake.slug != cause.mistake.slug
            for each in evidence(kept["tables"][0], other.number, 0).after
        ]
        here, own_here = Values([*own, *others, *theirs], rtol), Values([*own, *theirs], rtol)
        wrong = [value for name, value in returned.items() if name in cause.mistake.touches]
        told = _evidence(kept["tables"], cause, causes)
        if observation.changed:
            found.append(first_change(trace))
        elif answers.exercise.is_script:
            # What comes later tells of no setting: what was drawn with another seed, say, is no wrong drawing.
            is_setting = all(is_trivial(each.value) for each in told.made)
            found.append(first_setting(trace, told) if is_setting else first_wrong(trace, here, own_here, told, wrong))
        else:
            # Where what came back is no numbers, it is where it came back that is wrong.
            place = first_wrong(trace, here, own_here, told, wrong)
            found.append(place or (None if wrong else last_line(trace)))
    faults = _faults(submission, causes, [lines.of(_header(place, whole, right, lines)) for place in found])
    if not causes:
        found = [maker_of_wrong(trace, right, list(returned.values()))]
    return faults, _steps(trace, right, [place for place in found if place is not None], lines)


def _evidence(tables: Sequence[Any], cause: Cause, causes: Sequence[Cause]) -> Evidence:
    """What tells of a cause, and not of the others beside it."""
    told = evidence(tables[cause.table], cause.row, cause.place)
    after = evidence(tables[0], cause.number, 0).after
    if len(causes) > 1:
        others = [each for other in causes if other != cause for each in evidence(tables[0], other.number, 0).after]
        theirs = Values(others)
        told = dataclasses.replace(told, parts=[each for each in told.parts if not theirs.same(each.value)])
    return dataclasses.replace(told, after=after)


def _without_loops(trace: Trace, lines: _Lines) -> Trace:
    """A trace without the names that loops and comprehensions give to what is there already."""
    return dataclasses.replace(
        trace,
        events=[
            event
            for event in trace.events
            if event.kind != NEW
            or not (
                trace.calls[event.call].function.endswith("comp>")
                or trace.calls[event.call].function.endswith("<genexpr>")
                or lines.is_loop(Place(trace.calls[event.call].file, event.line))
            )
        ],
    )


def _header(place: Place | None, trace: Trace, right: Values, lines: _Lines) -> Place | None:
    """Where the items of a loop are listed, if a line in it is right for some of them; else the line."""
    header = None if place is None else lines.header(place)
    if place is None or header is None:
        return place
    passes: dict[int, int] = {}  # by call, the number of the pass
    right_in: dict[int, set[int]] = {}
    wrong_in: dict[int, set[int]] = {}
    seen: set[bytes] = set()  # what a list holds already is not made again
    for number, event in enumerate(trace.events):
        if trace.calls[event.call].file != place.file:
            continue
        if event.line == header and event.kind == NEW:
            passes[event.call] = number
        elif event.line == place.line and event.call in passes and not is_trivial(event.value):
            if event.value.tobytes() in seen:
                continue
            seen.add(event.value.tobytes())
            is_right = event.value.size > 1 and right.equal(event.value) is not None
            (right_in if is_right else wrong_in).setdefault(event.call, set()).add(passes[event.call])
    is_listed = any(right_in[call] - wrong_in.get(call, set()) for call in right_in)
    return Place(place.file, header) if is_listed else place


def _telling_case(answers: Answers, known: Mapping[str, Any]) -> tuple[Case, Observation, Verdict] | None:
    """The first of the cases with evidence on which a wrong answer came back."""
    asked = {case.name: (case, seen, verdict) for case, seen, verdict in answers.in_full}
    for name in known:
        case, seen, verdict = asked[name]
        if seen.outcome in (Outcome.PASSED, Outcome.WRONG_DTYPE) and verdict.outcome is not Outcome.PASSED:
            return case, seen, verdict
    return None


def _returned(observation: Observation, verdict: Verdict) -> dict[str, Array]:
    """What came back and is wrong, by quantity."""
    found = {}
    for name in verdict.wrong:
        array, _ = as_array(observation.values.get(name))
        if (
            array is not None
            and array.dtype.kind in "fiu"
            and array.size
            and (array.dtype.kind == "f" or verdict.wrong[name].outcome is not Outcome.WRONG_DTYPE)
        ):
            found[name] = array.astype(float)
    return found


def _faults(
    submission: Submission, causes: Sequence[Cause], places: Sequence[tuple[int | None, int] | None]
) -> list[Fault]:
    """One a mistake and line."""
    found: dict[tuple[Any, ...], Fault] = {}
    for cause, place in zip(causes, places, strict=True):
        cell, line = place or (None, None)
        source = "" if line is None else submission.line(cell, line).strip()[:LONGEST_LINE]
        fault = Fault(mistake=cause.mistake.slug, hint=cause.mistake.hint, cell=cell, line=line, source=source)
        found.setdefault((fault.mistake, cell, line), fault)
    named = {fault.mistake for fault in found.values() if fault.line is not None}
    return [fault for fault in found.values() if fault.line is not None or fault.mistake not in named]


def _sound_functions(task: Task, submission: Submission, exercise: Exercise, passing: Collection[str]) -> set[str]:
    """Functions that nothing is blamed on: other exercises', constructors, and all that passing exercises use."""
    functions = task.key.functions
    others = {functions[name] for name in exercise.needs if name in functions}
    constructors = {f"{name.rpartition('.')[0]}.__init__" for name in functions.values() if "." in name}
    # Where many answers are right, passing proves no number.
    proven = [name for name in passing if task.pack.exercises[name].predicate is None]
    used = reached(submission, [functions[name] for name in proven if name in functions])
    return (others | constructors | used) - {functions.get(exercise.id, "")}


def _where_raised(answers: Answers, loaded: Loaded, sound: Collection[str]) -> tuple[int | None, int] | None:
    """A mistake that only raises is where it raised, but for functions that are sound."""
    last_parts = {name.rpartition(".")[2] for name in sound}
    for seen in answers.observations:
        if seen.outcome is Outcome.RAISED:
            frames = [frame for frame in seen.frames if frame[2] not in last_parts] or seen.frames
            places = [place for frame in frames if (place := loaded.place(frame)) is not None]
            if places:
                return places[-1].cell, places[-1].line
    return None


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
        self._loops: set[tuple[int | None, int]] = set()
        self._listed: list[tuple[int | None, range, int]] = []  # cell, lines and header of loops that list their items
        # Of what a statement puts together: the line of an item, by cell, the statement's line and the item's name.
        self._items: dict[tuple[int | None, int, str], int] = {}

    def of(self, place: Place | None) -> tuple[int | None, int] | None:
        """Cell (None in modules) and line."""
        where = None if place is None else self._loaded.place([place.file, place.line])
        if where is None:
            return None
        starts = self._read(where.cell)
        before = bisect.bisect_right(starts, where.line)
        assert place is not None
        line = starts[before - 1] if before else where.line
        return where.cell, self._items.get((where.cell, line, _item(place.name)), line)

    def is_loop(self, place: Place) -> bool:
        """Whether a loop starts there."""
        return self.of(place) in self._loops

    def header(self, place: Place) -> int | None:
        """The line of the innermost loop around it, if that lists its items."""
        where = self._loaded.place([place.file, place.line])
        if where is None:
            return None
        self._read(where.cell)
        around = [header for cell, body, header in self._listed if cell == where.cell and where.line in body]
        return max(around, default=None)

    def _read(self, number: int | None) -> list[int]:
        """The lines at which the statements of a cell start."""
        if number not in self._starts:
            starts: set[int] = set()
            for cell in self._submission.cells:
                if cell.number == number:
                    for node in ast.walk(parsed(cell.source)):
                        if not isinstance(node, ast.stmt):
                            continue
                        line = node.lineno + cell.line - 1
                        starts.add(line)
                        if isinstance(node, (ast.For, ast.AsyncFor)):
                            self._loops.add((number, line))
                            first = node.body[0].lineno + cell.line - 1
                            if _lists(node.iter):
                                last = (node.end_lineno or node.lineno) + cell.line - 1
                                self._listed.append((number, range(first, last + 1), line))
                        for name, item in _items(node):
                            self._items[number, line, name] = item.lineno + cell.line - 1
            self._starts[number] = sorted(starts)
        return self._starts[number]


def _lists(items: ast.expr) -> bool:
    """Whether an expression lists several items."""
    return any(isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) > 1 for node in ast.walk(items))


def _item(name: str) -> str:
    """The last part of a traced name: `return[1]` is "1", `grad.b1` and `grad['b1']` are "b1"."""
    return name.replace("['", ".").replace("[", ".").rstrip("]'").rpartition(".")[2]


def _items(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """What a statement puts together of items: the elements of a tuple or list, the values of a dict or of keywords."""
    value = getattr(statement, "value", None)
    if isinstance(value, (ast.Tuple, ast.List)):
        yield from ((str(place), element) for place, element in enumerate(value.elts))
    elif isinstance(value, ast.Dict):
        for key, item in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant):
                yield str(key.value), item
    elif isinstance(value, ast.Call):
        yield from ((keyword.arg, keyword.value) for keyword in value.keywords if keyword.arg)
