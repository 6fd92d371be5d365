"""Reports made into what people and platforms read.  Nothing is graded here: the JSON reports are all there is.

A format is a function from reports to the files that are to be written; which they are, and who may see what, is
decided here.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from grader.sandbox.text import CONTROL

from .feedback import at_level
from .files import write_atomically
from .model import Check, ExerciseReport, Fault, Report, from_json

NO_REPORTS = ("summary.json",)  # other JSON files that lie beside reports


class Audience(StrEnum):
    """Who is to read what is rendered."""

    STUDENTS = "students"
    STAFF = "staff"


class RenderError(Exception):
    """What was asked for can't be rendered; the text says why and what would help."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """What a format gives.

    Attributes:
      files: contents by path, relative to the folder that they are written to.
      output: lines for standard output, where the format is read from there.
      notes: sentences for whoever runs it: what is missing, or was left out.
    """

    files: Mapping[str, str]
    output: Sequence[str] = ()
    notes: Sequence[str] = ()


def read_reports(folder: Path) -> tuple[list[Report], list[str]]:
    """The reports that lie in a folder, in order of id, and a sentence for each file that is none.

    Raises:
      RenderError: there is no report.
    """
    if not folder.is_dir():
        raise RenderError(f"there is no folder {visible(str(folder))}")
    reports, notes = [], []
    for path in sorted(folder.glob("*.json")):
        if path.name in NO_REPORTS or path.name.startswith("."):
            continue
        try:
            report = from_json(path.read_bytes())
        except (msgspec.MsgspecError, OSError) as error:
            notes.append(f"{visible(path.name)} is no report and was passed over: {error}")
            continue
        # Files are named by the id: one that doesn't fit was copied here, and its id could lead anywhere.
        if report.submission.id != path.stem:
            notes.append(f"{visible(path.name)} was passed over: it is the report of {visible(report.submission.id)!r}")
            continue
        reports.append(report)
    assignments = sorted({report.assignment.id for report in reports})
    if len(assignments) > 1:
        raise RenderError(
            f"there are reports of several assignments in one folder: {', '.join(map(visible, assignments))}"
        )
    if not reports:
        raise RenderError(
            f"there is no report in {visible(str(folder))}; `grader grade PACK FILE... -o {visible(str(folder))}` writes them"
        )
    return reports, notes


def write_rendered(rendered: Rendered, folder: Path) -> None:
    """Writes the files, each all of it or nothing."""
    for name, content in rendered.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content.encode("utf-8", "backslashreplace"))


# ------------------------------------------------------------------------------------------------- who may see what


def seen_by(report: Report, audience: Audience) -> Report:
    """The report as its audience may see it.

    Students get no more than the course's level of feedback tells, and nothing that hidden cases would give away:
    neither what is kept for staff nor the seed that hidden cases are drawn from.  Staff find the hidden checks' own messages in their place.
    """
    if audience is Audience.STUDENTS:
        seconds = {"seconds": report.run["seconds"]} if isinstance(report.run.get("seconds"), (int, float)) else {}
        return at_level(msgspec.structs.replace(report, staff={}, run=seconds), report.assignment.feedback)
    hidden = report.staff.get("hidden")
    return msgspec.structs.replace(
        report, exercises=[_uncovered(each, _messages(hidden, each.id)) for each in report.exercises]
    )


def _messages(hidden: Any, exercise: str) -> Mapping[str, Any]:
    found = hidden.get(exercise) if isinstance(hidden, dict) else None
    return found if isinstance(found, dict) else {}


def _uncovered(exercise: ExerciseReport, messages: Mapping[str, Any]) -> ExerciseReport:
    checks = [
        msgspec.structs.replace(check, message=str(messages[check.name]))
        if check.hidden and check.name in messages
        else check
        for check in exercise.checks
    ]
    return msgspec.structs.replace(exercise, checks=checks)


# ------------------------------------------------------------------------------------------------ what formats share


def visible(text: str) -> str:
    """Untrusted text whose control characters, and those that turn the direction of text, are escaped.

    Line ends and tabs stay: what they mean depends on the format.
    """
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def one_line(text: str, limit: int = 500) -> str:
    """Untrusted text as a single line."""
    text = re.sub(r"\s+", " ", visible(text)).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def number(value: float | None) -> str:
    """Points, without needless zeros."""
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def is_complete(exercise: ExerciseReport) -> bool:
    """Whether it has all of its points; one without points, whether it is right."""
    return exercise.score >= exercise.max_score if exercise.max_score else exercise.outcome == "passed"


def first_failed(exercise: ExerciseReport) -> Check | None:
    """The first check that failed, a public one if there is one."""
    failed = [check for check in exercise.checks if check.outcome != "passed"]
    return next((check for check in failed if not check.hidden), failed[0] if failed else None)


def place(fault: Fault) -> str:
    """Where a fault is: "cell 4, line 12", "" where that is not known."""
    if fault.line is None:
        return ""
    return f"line {fault.line}" if fault.cell is None else f"cell {fault.cell}, line {fault.line}"


def told(exercise: ExerciseReport) -> Iterator[str]:
    """What is said of an exercise, in lines of plain text."""
    if (check := first_failed(exercise)) is not None:
        yield f"{visible(check.name)}: {visible(check.message or check.outcome)}"
    for fault in exercise.diagnosis:
        where = f" ({place(fault)})" if place(fault) else ""
        yield f"{fault.mistake}{where}{': ' if fault.hint else ''}{visible(fault.hint)}"
        if fault.line is not None and fault.source:
            yield f"    {fault.line} | {one_line(fault.source)}"
    for remark in exercise.remarks:
        yield visible(remark)


def told_of_all(report: Report) -> Iterator[str]:
    """What is said of a submission as a whole, in lines of plain text."""
    if report.message:
        yield visible(report.message)
    for each in report.loading:
        cell = "" if each.cell is None else f"cell {each.cell}"
        where = ", ".join(filter(None, [cell, "" if each.line is None else f"line {each.line}"])) or "a cell"
        yield f"{where} failed when it was run: {visible(each.error)}"


def exercise_ids(reports: Sequence[Report]) -> list[str]:
    """The exercises, in the assignment's order."""
    return list(dict.fromkeys(each.id for report in reports for each in report.exercises))
