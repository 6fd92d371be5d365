"""The report: its model, its JSON Schema, and the files it is written to."""

from __future__ import annotations

from .files import write_atomically, write_report, write_summary
from .model import (
    Assignment,
    Check,
    Example,
    ExerciseReport,
    Fault,
    Loading,
    Report,
    Step,
    Student,
    SubmissionInfo,
    Summary,
    SummaryRow,
    from_json,
    json_schema,
    summary_row,
    to_json,
)

__all__ = [
    "Assignment", "Check", "Example", "ExerciseReport", "Fault", "Loading", "Report", "Step", "Student",
    "SubmissionInfo", "Summary", "SummaryRow", "from_json", "json_schema", "summary_row", "to_json", "write_atomically", "write_report", "write_summary",
]  # fmt: skip
