"""gradescope/<id>.json: what Gradescope reads as results.json, a test an exercise.

Every test is visible, since Gradescope hides the total from students as soon as one test is not; hidden checks give
their outcome only, as in the report.  Text is plain text: nothing in it is taken for HTML, Markdown or ANSI.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .model import ExerciseReport, Report
from .rendering import Rendered, is_complete, number, one_line, told, told_of_all


def render(reports: Sequence[Report]) -> Rendered:
    """A file for each submission but those that the grader itself failed on: these have no result at all."""
    files, notes = {}, []
    for report in reports:
        if report.status == "harness_error":
            notes.append(f"{report.submission.id} has no result: {one_line(report.message)}")
        else:
            result = json.dumps(results(report), indent=2, ensure_ascii=False, allow_nan=False)
            files[f"gradescope/{report.submission.id}.json"] = result + "\n"
    return Rendered(files, notes=notes)


def results(report: Report) -> dict[str, Any]:
    """Gradescope's record of one submission.

    It wants a number for each: a submission that can't be read has 0 there, with the sentence that says why.
    """
    seconds = report.run.get("seconds")
    return {
        "score": 0.0 if report.score is None else report.score,
        **({"execution_time": seconds} if isinstance(seconds, (int, float)) else {}),
        "output": "\n".join(told_of_all(report)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": [_test(place, each) for place, each in enumerate(report.exercises, 1)] or [_unreadable(report)],
        "extra_data": {"status": report.status, "max_score": report.max_score, "authority": report.authority},
    }


def _test(place: int, exercise: ExerciseReport) -> dict[str, Any]:
    test: dict[str, Any] = {
        "number": str(place),
        "name": one_line(f"{exercise.id}: {exercise.title}"),
        "status": "passed" if is_complete(exercise) else "failed",
        "output": "\n".join([*_checks(exercise), *told(exercise)]),
        "visibility": "visible",
    }
    if exercise.max_score:  # without points it only informs
        test |= {"score": exercise.score, "max_score": exercise.max_score}
    return test


def _checks(exercise: ExerciseReport) -> list[str]:
    """How many checks passed, where not all did."""
    passed = sum(check.outcome == "passed" for check in exercise.checks)
    if passed == len(exercise.checks):
        return []
    return [
        f"{passed} of {len(exercise.checks)} checks passed, {number(exercise.score)} of {number(exercise.max_score)} points."
    ]


def _unreadable(report: Report) -> dict[str, Any]:
    return {
        "name": "submission",
        "score": 0.0,
        "max_score": report.max_score,
        "status": "failed",
        "output": f"Nothing was graded. {one_line(report.message)}",
        "visibility": "visible",
    }
