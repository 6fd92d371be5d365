"""The report: its model, its JSON Schema, the files it is written to, and what it is rendered to."""

from __future__ import annotations

from .feedback import LEVELS, at_level, exercise_at_level
from .files import write_atomically, write_privately, write_report, write_summary
from .model import (
    Assignment,
    Boundary,
    Check,
    Curve,
    Display,
    Example,
    Excerpt,
    ExerciseDisplay,
    ExerciseReport,
    Fault,
    Figure,
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
from .rendering import Audience, Rendered, RenderError, read_reports, seen_by, write_rendered

__all__ = [
    "LEVELS", "Assignment", "Audience", "Boundary", "Check", "Curve", "Display", "Example", "Excerpt", "ExerciseDisplay",
    "ExerciseReport", "Fault", "Figure", "Loading", "RenderError", "Rendered", "Report", "Step", "Student",
    "SubmissionInfo", "Summary", "SummaryRow", "at_level", "exercise_at_level", "from_json", "json_schema", "read_reports", "seen_by",
    "summary_row", "to_json", "write_atomically", "write_privately", "write_rendered", "write_report", "write_summary",
]  # fmt: skip
