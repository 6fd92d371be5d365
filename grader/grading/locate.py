"""The first wrong line: the exercise is run once more, on its smallest failing case, under a line tracer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.judging import Outcome, Verdict
from grader.judging.compare import Observation, as_array
from grader.judging.steps import Judged, Known, Traced, judge_steps
from grader.packs.model import Case
from grader.reports import Fault, Step
from grader.submissions import Submission

from .asking import Answers, Asker, Loaded, Task

MOST_STEPS = 100


def locate(
    task: Task,
    submission: Submission,
    loaded: Loaded,
    answers: Answers,
    replaced: Sequence[str],
    faults: Sequence[Fault],
) -> tuple[list[Fault], list[Step]]:
    """The faults with their lines, and the steps of the trace.

    Args:
      answers: those that the faults explain.
      replaced: the helpers that were the reference's when they were given.
    """
    chosen = _smallest_failing(answers, task.key.traces.get(answers.exercise.id, {}))
    if chosen is None:
        return [_at_raise(fault, answers) for fault in faults], []
    case, observation, verdict = chosen
    traced = Asker(task, submission, loaded, replaced).trace(answers.exercise, case)
    kept = task.key.traces[answers.exercise.id][case.name]
    right = Known([Traced(name, value) for name, value in kept["right"]])
    wrong = {
        fault.mistake: [Traced(name, value) for name, value in kept["wrong"].get(fault.mistake, ())] for fault in faults
    }
    located = [_with_line(fault, judge_steps(traced, right, Known(wrong[fault.mistake])), loaded) for fault in faults]
    everything = [value for values in wrong.values() for value in values]
    steps = judge_steps(traced, right, Known(everything or _wrong_quantities(observation, verdict)))
    if not faults and not _is_evidence(steps):
        steps = [Judged(step.seen, step.name, step.right or None) for step in steps]
    return located, _steps(steps, loaded)


def _smallest_failing(answers: Answers, traced: Mapping[str, Any]) -> tuple[Case, Observation, Verdict] | None:
    for case, observation, verdict in zip(answers.cases, answers.observations, answers.verdicts, strict=True):
        if verdict.wrong and case.name in traced:
            return case, observation, verdict
    return None


def _wrong_quantities(observation: Observation, verdict: Verdict) -> list[Traced]:
    """What came back and is wrong: the line that made it has made it wrong."""
    found = []
    for name in verdict.wrong:
        array, _ = as_array(observation.values.get(name))
        if array is not None and array.dtype.kind == "f" and array.size:
            found.append(Traced(name, array.astype(float)))
    return found


def _is_evidence(steps: Sequence[Judged]) -> bool:
    """Whether every value up to the first wrong one was recognised: then the wrong line took right values."""
    for step in steps:
        if step.right is False:
            return True
        if step.right is None:
            return False
    return False


def _with_line(fault: Fault, steps: Sequence[Judged], loaded: Loaded) -> Fault:
    for step in steps:
        place = loaded.place(step.seen.frame)
        if step.right is False and place is not None:
            return Fault(mistake=fault.mistake, hint=fault.hint, cell=place.cell, line=place.line)
    return fault


def _steps(steps: Sequence[Judged], loaded: Loaded) -> list[Step]:
    """The steps for the report: what a line made, once; up to the first wrong one and some after it."""
    found: dict[tuple[Any, ...], Step] = {}
    for step in steps:
        place = loaded.place(step.seen.frame)
        if place is not None:
            key = (step.name, place.cell, place.line)
            found.setdefault(key, Step(name=step.name, right=step.right, cell=place.cell, line=place.line))
    return list(found.values())[:MOST_STEPS]


def _at_raise(fault: Fault, answers: Answers) -> Fault:
    """A mistake that only raises is where it raised."""
    for observation in answers.observations:
        if observation.outcome is Outcome.RAISED and observation.place is not None:
            cell, line = observation.place
            return Fault(mistake=fault.mistake, hint=fault.hint, cell=cell, line=line)
    return fault
