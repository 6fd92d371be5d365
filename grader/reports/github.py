"""GitHub: annotations at the wrong lines (workflow commands on standard output), and github.md, a job's summary.

Annotations are shown ten per kind and step; the rest is in the summary, which holds at most 1 MiB.  Untrusted text
stands in the summary within <code> or <pre>, where neither Markdown nor mentions work, with its punctuation as
character references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .model import ExerciseReport, Fault, Report
from .rendering import Rendered, first_failed, is_complete, number, one_line, place, told, told_of_all, visible

MOST_ANNOTATIONS = 10
LARGEST_SUMMARY = 1_000_000  # bytes; GitHub takes 1 MiB


def render(reports: Sequence[Report]) -> Rendered:
    """The annotations and the summary."""
    found = [annotation for report in reports for annotation in _annotations(report)]
    rest = len(found) - MOST_ANNOTATIONS
    notes = [f"{rest} more annotations are left to github.md: GitHub shows {MOST_ANNOTATIONS} of a step."]
    return Rendered({"github.md": summary(reports)}, found[:MOST_ANNOTATIONS], notes if rest > 0 else ())


# ------------------------------------------------------------------------------------------------------ annotations


def _annotations(report: Report) -> Iterator[str]:
    """An annotation for each fault, where points were lost first the most; one for what could not be graded."""
    file = report.submission.file
    if report.status != "graded":
        yield _command(report.message, file=file, title=f"{report.status.replace('_', ' ')}: no score")
    for exercise in _by_loss(report):
        title = f"{exercise.id}: {_earned(report, [exercise])}"
        check = first_failed(exercise)
        why = "" if check is None else f"{check.name}: {check.message or check.outcome}"
        for fault in exercise.diagnosis:
            where = f"{place(fault)}: " if fault.cell is not None else ""
            yield _command(f"{where}{fault.hint} ({fault.mistake})\n{why}", file=file, line=_line(fault), title=title)
        if not exercise.diagnosis:
            wrong = next((step for step in exercise.steps if step.right is False), None)
            line = wrong.line if wrong is not None and wrong.cell is None else None
            yield _command(why or exercise.outcome, file=file, line=line, title=title)


def _by_loss(report: Report) -> list[ExerciseReport]:
    """The exercises that lost points, those that lost the most first."""
    lost = [exercise for exercise in report.exercises if exercise.max_score and not is_complete(exercise)]
    return sorted(lost, key=lambda each: each.score - each.max_score)


def _line(fault: Fault) -> int | None:
    """A line of the file; a cell's lines are none of the notebook's file."""
    return fault.line if fault.cell is None else None


def _command(message: str, *, file: str, title: str, line: int | None = None) -> str:
    properties = {"file": file, **({} if line is None else {"line": str(line), "endLine": str(line)}), "title": title}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {written}::{_message(message)}"


def _message(text: str) -> str:
    return visible(text).strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


# ---------------------------------------------------------------------------------------------------------- summary


def summary(reports: Sequence[Report]) -> str:
    """The summary, cut with a sentence where it would be too large."""
    parts = [f"# {code(reports[0].assignment.title)}\n"]
    room = LARGEST_SUMMARY - len(parts[0].encode())
    for report in reports:
        part = _of_one(report)
        room -= len(part.encode())
        if room < 0:
            parts.append("\n**There is more than a summary can hold;** the rest is in the reports.\n")
            break
        parts.append(part)
    return "".join(parts)


def _of_one(report: Report) -> str:
    lines = [f"\n## {code(report.submission.file)}: {_score(report)}", ""]
    lines += [f"- {code(line)}" for line in told_of_all(report)]
    if report.exercises:
        counted = "public checks" if report.authority == "practice" else "points"
        lines += [*([""] if lines[-1] else []), f"| exercise | {counted} | |", "|---|---:|---|"]
        lines += [
            f"| {code(each.id)} | {_earned(report, [each]).removesuffix(f' {counted}')} | {_mark(each)} |"
            for each in report.exercises
        ]
    for exercise in report.exercises:
        text = "\n".join(told(exercise))
        if text:
            lines += ["", f"### {code(exercise.id)}", "", f"<pre>\n{escaped(text)}\n</pre>"]
    return "\n".join(lines) + "\n"


def _score(report: Report) -> str:
    if report.score is None:
        return f"{report.status.replace('_', ' ')}, no score"
    if report.authority == "practice":
        return f"{_earned(report, report.exercises)}; more, and hidden ones, when it is graded"
    return f"{number(report.score)} of {number(report.max_score)} points"


def _earned(report: Report, exercises: Sequence[ExerciseReport]) -> str:
    """Points; where nothing is graded, the checks that passed."""
    if report.authority == "practice":
        checks = [check for each in exercises for check in each.checks]
        return f"{sum(check.outcome == 'passed' for check in checks)} of {len(checks)} public checks"
    score, most = (sum(values) for values in zip(*((each.score, each.max_score) for each in exercises), strict=True))
    return f"{number(score)} of {number(most)} points"


def _mark(exercise: ExerciseReport) -> str:
    if exercise.outcome == "skipped" and not exercise.max_score:
        return "–"
    mark = "✔" if is_complete(exercise) else "◐" if exercise.score else "✘"
    return f"{mark} follow-through" if exercise.follow_through else mark


def code(text: str) -> str:
    """Untrusted text in one line, as a piece of code."""
    return f"<code>{escaped(one_line(text))}</code>"


def escaped(text: str) -> str:
    """Text that neither Markdown nor HTML sees anything in: ASCII punctuation as character references.

    Empty lines would end a block of HTML that is not <pre>, and are kept from it all the same.
    """
    text = re.sub(r"\n\s*\n", "\n", visible(text).replace("\r", "\n"))
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", text)
