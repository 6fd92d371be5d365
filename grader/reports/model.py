"""The report, as it is written to <id>.json.  `schema` grows when it changes."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

SCHEMA = 1


Record = msgspec.Struct


class Assignment(Record, frozen=True, kw_only=True):
    """What was graded by: the digest is that of the pack, `course` that of its course.toml, null without one.

    `feedback` is how much students are told: outcome < quantity < line < mistake < hint.
    """

    id: str
    title: str
    digest: str
    course: str | None = None
    deadline: str | None = None
    feedback: Literal["outcome", "quantity", "line", "mistake", "hint"] = "hint"


class SubmissionInfo(Record, frozen=True, kw_only=True):
    """The file that was graded; `attempts` lists what else the student handed in."""

    id: str
    file: str
    kind: Literal["notebook", "module"] | None
    digest: str
    submitted_at: str | None = None
    late_seconds: float | None = None
    attempts: list[dict[str, Any]] = []


class Student(Record, frozen=True, kw_only=True):
    id: str
    name: str


class Check(Record, frozen=True, kw_only=True):
    """One case of an exercise.  The message of a hidden check holds no number of it."""

    name: str
    outcome: str
    score: float
    max_score: float
    hidden: bool
    message: str


class Fault(Record, frozen=True, kw_only=True):
    """A mistake that explains what came back; cell counts code cells from 1 and is null for modules.

    `source` is the line's text.
    """

    mistake: str
    hint: str
    cell: int | None
    line: int | None
    source: str = ""


class Step(Record, frozen=True, kw_only=True):
    """A value on the way, in order of execution; right is null where the reference has no such value."""

    name: str
    right: bool | None
    cell: int | None
    line: int | None


class Example(Record, frozen=True, kw_only=True):
    """The smallest public case that failed: what went in, what came back, what should have."""

    check: str
    inputs: dict[str, Any]
    actual: dict[str, Any]
    expected: dict[str, Any]


class ExerciseReport(Record, frozen=True, kw_only=True):
    id: str
    title: str
    outcome: str
    score: float
    max_score: float
    follow_through: bool
    checks: list[Check]
    diagnosis: list[Fault] = []
    remarks: list[str] = []
    steps: list[Step] = []
    example: Example | None = None


class Loading(Record, frozen=True, kw_only=True):
    """A cell that failed when the submission was run."""

    cell: int | None
    line: int | None
    error: str


class Excerpt(Record, frozen=True, kw_only=True):
    """Lines of the submission: the first one's number in the cell, or in the file where cell is null."""

    cell: int | None
    line: int
    text: str


class Curve(Record, frozen=True, kw_only=True):
    """Numbers that came back in a row (losses), thinned: where each stood, what it is and what it should be.

    `expected` is empty where many answers are right; null is NaN or infinity.
    """

    name: str
    check: str
    places: list[int]
    actual: list[float | None]
    expected: list[float | None]


class Boundary(Record, frozen=True, kw_only=True):
    """What a network predicts on a grid, rows from the smallest y up; `points` are the samples as [x, y, label]."""

    check: str
    x_range: list[float]
    y_range: list[float]
    predictions: list[list[float | None]]
    points: list[list[float]] = []


class Figure(Record, frozen=True, kw_only=True):
    """A picture that a cell drew, a PNG in base64."""

    cell: int
    png: str
    width: int
    height: int


class ExerciseDisplay(Record, frozen=True, kw_only=True):
    """What there is to look at in an exercise.

    `asked` is what the stub says, `code` what the submission has for it (where not all is right), `right` the shapes of
    what came back right in the example.
    """

    asked: str = ""
    code: list[Excerpt] = []
    right: dict[str, list[int]] = {}
    curve: Curve | None = None
    boundary: Boundary | None = None


class Display(Record, frozen=True, kw_only=True):
    """What pages show beside the verdict; nothing in it decides a point.  Of public cases alone."""

    exercises: dict[str, ExerciseDisplay] = {}
    figures: list[Figure] = []
    figures_left_out: int = 0


class Report(Record, frozen=True, kw_only=True):
    """Only a submission of status "graded" has a score; the message says why there is none."""

    schema: int = SCHEMA
    authority: Literal["record", "practice"]
    assignment: Assignment
    submission: SubmissionInfo
    student: Student | None = None
    status: Literal["graded", "unreadable", "harness_error"]
    score: float | None
    max_score: float
    message: str = ""
    adjustments: list[dict[str, Any]] = []
    exercises: list[ExerciseReport] = []
    loading: list[Loading] = []
    display: Display = Display()
    staff: dict[str, Any] = {}
    run: dict[str, Any] = {}


class SummaryRow(Record, frozen=True, kw_only=True):
    id: str
    file: str
    status: Literal["graded", "unreadable", "harness_error"]
    score: float | None
    max_score: float
    message: str
    exercises: dict[str, float]


class Summary(Record, frozen=True, kw_only=True):
    schema: int = SCHEMA
    assignment: Assignment
    submissions: list[SummaryRow]
    run: dict[str, Any] = {}


def summary_row(report: Report) -> SummaryRow:
    return SummaryRow(
        id=report.submission.id,
        file=report.submission.file,
        status=report.status,
        score=report.score,
        max_score=report.max_score,
        message=report.message,
        exercises={exercise.id: exercise.score for exercise in report.exercises},
    )


def to_json(record: Record) -> bytes:
    """UTF-8 JSON, indented, for people too."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def from_json(content: bytes) -> Report:
    """Raises: msgspec.ValidationError if it is no report."""
    return msgspec.json.decode(content, type=Report)


def json_schema() -> dict[str, Any]:
    """JSON Schema of the report; shipped as report.schema.json."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Report)}
