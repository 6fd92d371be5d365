"""How much of a report students see: outcome < quantity < line < mistake < hint, as the course has set it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .model import Check, Display, ExerciseDisplay, ExerciseReport, Fault, Report

LEVELS = ("outcome", "quantity", "line", "mistake", "hint")


def at_level(report: Report, level: str) -> Report:
    """The report with no more than a level tells.

    outcome: outcomes and points alone; quantity: which array differs, its numbers and an example too; line: the first
    wrong line too; mistake: its name and what else tells of it; hint: all.
    """
    rank = LEVELS.index(level)
    exercises = {name: _display(each, rank) for name, each in report.display.exercises.items()}
    return msgspec.structs.replace(
        report,
        exercises=[exercise_at_level(each, level) for each in report.exercises],
        display=Display(
            exercises=exercises, figures=report.display.figures, figures_left_out=report.display.figures_left_out
        ),
    )


def exercise_at_level(exercise: ExerciseReport, level: str) -> ExerciseReport:
    """The same of one exercise."""
    if level == LEVELS[-1]:
        return exercise
    knows = {each: LEVELS.index(level) >= place for place, each in enumerate(LEVELS)}
    # The first remark of an exercise with follow-through says why it has its points.
    remarks = exercise.remarks if knows["mistake"] else exercise.remarks[: int(exercise.follow_through)]
    lines = [] if knows["mistake"] or not knows["line"] else list(_lines(exercise.diagnosis))
    return msgspec.structs.replace(
        exercise,
        checks=exercise.checks if knows["quantity"] else [_bare(check) for check in exercise.checks],
        diagnosis=[msgspec.structs.replace(fault, hint="") for fault in exercise.diagnosis] if knows["mistake"] else [],
        remarks=[*remarks, *lines],
        steps=exercise.steps if knows["line"] else [],
        example=exercise.example if knows["quantity"] else None,
    )


def _bare(check: Check) -> Check:
    return msgspec.structs.replace(check, message="")


def _lines(faults: list[Fault]) -> Iterator[str]:
    for fault in faults:
        if fault.line is not None:
            yield f"Look at {'' if fault.cell is None else f'cell {fault.cell}, '}line {fault.line}."


def _display(shown: ExerciseDisplay, rank: int) -> ExerciseDisplay:
    """The question is always shown, the student's own code with it; what came out right, from `quantity` on."""
    return shown if rank else ExerciseDisplay(asked=shown.asked, code=shown.code)
