"""The report: its model, its JSON Schema, and the files it is written to."""

from __future__ import annotations

from .files import write_report, write_summary
from .model import (
    Assignment,
    Check,
    Example,
    ExerciseReport,
    Fault,
    Loading,
    Report,
    Step,
    SubmissionInfo,
    from_json,
    json_schema,
    to_json,
)

__all__ = [
    "Assignment", "Check", "Example", "ExerciseReport", "Fault", "Loading", "Report", "Step", "SubmissionInfo", "from_json",
    "json_schema", "to_json", "write_report", "write_summary",
]  # fmt: skip
