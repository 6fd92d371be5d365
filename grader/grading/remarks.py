"""What can be said of a wrong answer that no known mistake explains: how it relates to the right one, and to itself."""

from __future__ import annotations

from collections.abc import Iterable, Set

import numpy as np

from grader.judging import Outcome
from grader.judging.compare import as_array
from grader.judging.relations import Answered, relations
from grader.packs.differences import central_differences
from grader.packs.implementation import Connection, Implementation, StudentFault
from grader.packs.model import Case, PackError
from grader.reports import Fault
from grader.sandbox import WorkerLost

from .asking import Answers, Asker, Task
from .lines import Where

MOST_ELEMENTS = 60  # that are moved, twice each
NEAR = 1e-5  # relative to the largest; central differences are good to 1e-9


def related(task: Task, answers: Answers) -> list[str]:
    """A constant factor, a transpose, an exchange: what holds on every case that gave an answer."""
    answered = [
        Answered(seen.values, task.key.expected(answers.exercise, case), task.pack.sizes(case))
        for case, seen, verdict in answers.in_full
        if seen.outcome is Outcome.PASSED and not (case.tolerance is not None and case.tolerance.rtol == 0.0)
    ]
    return relations(answered)


def shared(ran: Set[Where], told: Iterable[tuple[str, Fault]]) -> list[str]:
    """Where an exercise runs a line that another one's mistake has been found in.

    Args:
      ran: the lines that it runs.
      told: what has been found, each with its exercise.
    """
    found: dict[Where, str] = {}
    for name, fault in told:
        if fault.line is not None and (fault.cell, fault.line) in ran:
            found.setdefault((fault.cell, fault.line), name)
    return [
        f"It runs {'' if cell is None else f'cell {cell}, '}line {line} too, where {name} has its mistake: put that right "
        "first, and look again."
        for (cell, line), name in found.items()
    ]


def own_derivative(asker: Asker, answers: Answers) -> list[str]:
    """Whether what came back is the derivative of the student's own function, by central differences of that."""
    differentiate = answers.exercise.differentiate
    what = (getattr(differentiate, "__doc__", None) or "").strip()
    chosen = next(
        (
            (case, seen)
            for case, seen, verdict in answers.in_full
            if verdict.outcome is Outcome.WRONG_VALUE and not case.kinked and not case.hidden
        ),
        None,
    )
    if differentiate is None or not what or chosen is None:
        return []
    case, seen = chosen
    try:
        with asker.connection(answers.exercise, calls_wait=True) as connection:
            found = _differences(connection, answers, case)
    except (StudentFault, WorkerLost, PackError, TypeError, ValueError):
        return []
    name = answers.exercise.id
    for quantity, numeric in found.items():
        actual, _ = as_array(seen.values.get(quantity))
        if actual is None or actual.shape != numeric.shape or not np.all(np.isfinite(numeric)):
            return []
        error = np.abs(actual - numeric)
        if not np.all(error <= NEAR * np.max(np.abs(numeric), initial=1e-12)):
            place = np.unravel_index(int(np.argmax(error)), error.shape)
            where = f"[{', '.join(map(str, place))}]" if place else ""
            return [f"Your {name} is not the derivative of {what}: the largest difference is at {quantity}{where}."]
    return [
        f"Your {name} is exactly the derivative of {what}: what differs from what is asked is that, or the factor in it."
    ]


def _differences(
    connection: Connection, answers: Answers, case: Case
) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    assert answers.exercise.differentiate is not None
    connection.begin(case, 0)
    functions = answers.exercise.differentiate(Implementation(connection), case.fresh())
    if sum(np.size(point) for _, point in functions.values()) > MOST_ELEMENTS:
        return {}
    return {name: central_differences(function, point, 1.0) for name, (function, point) in functions.items()}
