"""Writes reports: <id>.json, summary.json and summary.csv, each all of it or nothing."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .model import Assignment, Report, Summary, SummaryRow, to_json

# What makes a cell a formula to some spreadsheet; the full-width forms in Japanese ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_privately(path: Path, content: bytes) -> None:
    """Writes a file for its owner alone, all of it or nothing."""
    write_atomically(path, content, mode=0o600)


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file so that a reader, or a full disk, never finds half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_report(report: Report, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.submission.id}.json"
    write_atomically(path, to_json(report))
    return path


def write_summary(
    rows: Sequence[SummaryRow], assignment: Assignment, exercises: Sequence[str], folder: Path, run: dict[str, Any]
) -> None:
    """A row a submission, a column an exercise; `run`: what was graded, so that it can be graded again."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / "summary.json", to_json(Summary(assignment=assignment, submissions=list(rows), run=run)))
    table = io.StringIO()
    writer = csv.writer(table)  # ends lines with \r\n: else a lone \r would not be quoted
    writer.writerow(["id", "file", "status", "score", "max_score", *exercises, "message"])
    for row in rows:
        points = [row.exercises.get(name, "") for name in exercises]
        score = "" if row.score is None else row.score
        writer.writerow([*map(cell, [row.id, row.file, row.status, score, row.max_score, *points, row.message])])
    write_atomically(folder / "summary.csv", table.getvalue().encode())


def cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: students choose file names."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
