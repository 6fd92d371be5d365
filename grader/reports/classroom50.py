"""classroom50/<id>.json: Classroom 50's result.json, schema `classroom50/result/v1`.

Scores are whole numbers there, so where an assignment has parts of points all of them are multiplied by ten, a
hundred or a thousand.  Who and what was graded comes from the environment that the runner sets.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from .model import Report
from .rendering import Rendered, RenderError, is_complete, number, one_line, told

# Field of the result, and the runner's variable that it is taken from.
IDENTITY = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def render(reports: Sequence[Report], environment: Mapping[str, str], now: dt.datetime) -> Rendered:
    """A result for each submission but those that the grader itself failed on: without one the runner says so.

    Raises:
      RenderError: the runner's variables are not set.
    """
    missing = [name for name in IDENTITY.values() if not environment.get(name)]
    if missing:
        raise RenderError(f"{', '.join(missing)}: not set; Classroom 50's runner sets them where autograder.py runs")
    files, notes = {}, []
    for report in reports:
        if report.status == "harness_error":
            notes.append(f"{report.submission.id} has no result: {one_line(report.message)}")
        else:
            text = json.dumps(result(report, environment, now), indent=2, ensure_ascii=False)
            files[f"classroom50/{report.submission.id}.json"] = text + "\n"
    return Rendered(files, notes=notes)


def result(report: Report, environment: Mapping[str, str], now: dt.datetime) -> dict[str, Any]:
    """One submission's result; the score is the sum of the tests' scores."""
    tests = list(_tests(report))
    return {
        "schema": "classroom50/result/v1",
        **{field: environment[name] for field, name in IDENTITY.items()},
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def _tests(report: Report) -> list[dict[str, Any]]:
    if report.score is None:
        factor = _factor([report.max_score])
        return [_test("submission", False, 0.0, report.max_score, factor, one_line(report.message))]
    # What changed the total afterwards (an override, a late submission) is a test of its own, so that the sum holds.
    rest = report.score - sum(each.score for each in report.exercises)
    factor = _factor([*(points for each in report.exercises for points in (each.score, each.max_score)), rest])
    tests = [
        _test(each.id, is_complete(each), each.score, each.max_score, factor, "\n".join(told(each)))
        for each in report.exercises
    ]
    if round(rest * factor):
        tests.append(_test("adjustments", rest > 0, rest, 0.0, factor, ""))
    return tests


def _test(name: str, passed: bool, score: float, most: float, factor: int, message: str) -> dict[str, Any]:
    return {
        "test-name": one_line(name),
        "passed": passed,
        "score": round(score * factor),
        "max-score": round(most * factor),
        "points": f"{number(score)} of {number(most)}",
        "message": message,
    }


def _factor(points: Sequence[float]) -> int:
    """What all points are multiplied by to be whole; a thousandth of a point is as fine as it gets."""
    return next((factor for factor in (1, 10, 100) if all(_is_whole(each * factor) for each in points)), 1000)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6
