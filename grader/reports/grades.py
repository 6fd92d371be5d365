"""grades.csv: a row a submission, a column an exercise.  It is the instructor's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from .files import cell
from .model import Report
from .rendering import Rendered, exercise_ids, number, visible


def render(reports: Sequence[Report]) -> Rendered:
    """The table; empty where there is no score."""
    exercises = exercise_ids(reports)
    table = io.StringIO()
    writer = csv.writer(table)  # ends lines with \r\n: else a lone \r would not be quoted
    writer.writerow(
        ["id", "student", "name", "file", "status", "score", "max_score", *exercises, "mistakes", "message"]
    )
    for report in reports:
        writer.writerow(cell(value) for value in _row(report, exercises))
    return Rendered({"grades.csv": table.getvalue()})


def _row(report: Report, exercises: Sequence[str]) -> Iterator[str]:
    points = {each.id: each.score for each in report.exercises}
    mistakes = dict.fromkeys(fault.mistake for each in report.exercises for fault in each.diagnosis)
    yield report.submission.id
    yield visible(report.student.id) if report.student else ""
    yield visible(report.student.name) if report.student else ""
    yield visible(report.submission.file)
    yield report.status
    yield number(report.score)
    yield number(report.max_score)
    for name in exercises:
        yield number(points.get(name))
    yield " ".join(mistakes)
    yield visible(report.message)
