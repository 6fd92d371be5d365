"""What an instructor decides over the grader's head: overrides, and scores that were published already."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.judging import total
from grader.reports import Report

COLUMNS = ("id", "exercise", "score", "reason", "by", "date")
NAME = "overrides.csv"
BY_REGRADE = "grader regrade"
KEPT = "The pack was corrected after this score was published; it does not fall."


class OverridesError(Exception):
    """overrides.csv is not as it should be; the text says where."""


@dataclasses.dataclass(frozen=True, slots=True)
class Override:
    """A score set by a person; exercise "" is the whole."""

    exercise: str
    score: float
    reason: str
    by: str
    date: str


Overrides = Mapping[str, Sequence[Override]]  # by report id


def read_overrides(folder: Path, exercises: Mapping[str, float]) -> Overrides:
    """What overrides.csv in a folder says; nothing if there is none.

    Args:
      exercises: those of the pack, with their points.

    Raises:
      OverridesError: a column, an exercise or a score is wrong.
    """
    path = folder / NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OverridesError(f"{path} is not UTF-8 text (at byte {error.start})") from None
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = [name.strip().lower() for name in rows.fieldnames or []]
    if missing := [name for name in ("id", "exercise", "score") if name not in names]:
        raise OverridesError(f"{path} has no column {', '.join(missing)}; it should have {', '.join(COLUMNS)}")
    rows.fieldnames = names
    found: dict[str, list[Override]] = {}
    for row in rows:
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(values.values()):
            continue
        where = f"{path}, line {rows.line_num}"
        exercise = values["exercise"]
        if not values["id"]:
            raise OverridesError(f"{where}: id is empty; it should name a report")
        if exercise and exercise not in exercises:
            raise OverridesError(
                f"{where}: exercise is {exercise!r}, but should be empty (for the whole) or one of: {', '.join(exercises)}"
            )
        try:
            score = float(values["score"])
        except ValueError:
            score = math.nan
        if not (math.isfinite(score) and score >= 0):
            raise OverridesError(f"{where}: score is {values['score']!r}, but should be a number from 0 up")
        found.setdefault(values["id"], []).append(
            Override(exercise, score, values["reason"], values["by"], values["date"])
        )
    return found


def adjusted(report: Report, overrides: Sequence[Override], kept: float = 0.0) -> Report:
    """A report with what was decided about it; one without a score stays so.

    Args:
      overrides: of this report, applied in their order, after all else.
      kept: points that a corrected pack would have taken from a score that was published.
    """
    report = unadjusted(report)
    if report.score is None:
        return report
    scores = {exercise.id: exercise.score for exercise in report.exercises}
    score = report.score
    adjustments: list[dict[str, Any]] = []
    if kept:
        adjustments.append(_adjustment(None, score, total([score, kept]), KEPT, BY_REGRADE, ""))
        score = total([score, kept])
    for each in overrides:
        if not each.exercise:
            before, score = score, each.score
        elif each.exercise in scores:
            before, scores[each.exercise] = scores[each.exercise], each.score
            score = total([score, each.score - before])
        else:
            continue  # an exercise that this report doesn't have
        adjustments.append(_adjustment(each.exercise or None, before, each.score, each.reason, each.by, each.date))
    exercises = [msgspec.structs.replace(each, score=scores[each.id]) for each in report.exercises]
    return msgspec.structs.replace(report, score=score, exercises=exercises, adjustments=adjustments)


def _adjustment(exercise: str | None, before: float, after: float, reason: str, by: str, date: str) -> dict[str, Any]:
    return {"exercise": exercise, "from": before, "to": after, "reason": reason, "by": by, "date": date}


def kept_points(report: Report) -> float:
    """The points that a report has from before its pack was corrected."""
    return total([each["to"] - each["from"] for each in report.adjustments if each.get("by") == BY_REGRADE])


def unadjusted(report: Report) -> Report:
    """The report as it was graded."""
    if not report.adjustments or report.score is None:
        return report
    graded: dict[str, float] = {}
    for each in report.adjustments:
        if each["exercise"] is not None:
            graded.setdefault(each["exercise"], each["from"])
    exercises = [
        msgspec.structs.replace(exercise, score=graded.get(exercise.id, exercise.score))
        for exercise in report.exercises
    ]
    return msgspec.structs.replace(
        report, score=total([each.score for each in exercises]), exercises=exercises, adjustments=[]
    )
