"""Every outcome and status, from a module and from a notebook, with the whole report that it must give.

`UPDATE_GOLDEN=1 pytest tests/test_outcomes.py` writes the reports anew; read their difference before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from grader import batch
from grader.grading import Task
from grader.judging import Outcome
from grader.reports import to_json
from grader.sandbox import Limits, Session

from .conftest import SUBMISSIONS

FOLDER = SUBMISSIONS / "outcomes"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".py", ".ipynb"))
LIMITS = {"skipped": Limits(exercise=1.0, loading=5.0, whole=2.5)}
SMALL = Limits(exercise=1.0, loading=5.0)


def expected_outcome(path: Path) -> str:
    return path.stem.removesuffix("_notebook")


def golden(task: Task, path: Path) -> dict[str, Any]:
    """The report without what varies from run to run, or with each change of the pack's texts."""
    pack = task.pack
    before, pack.limits = pack.limits, LIMITS.get(expected_outcome(path), SMALL)
    try:
        found = batch.Found(path.stem, path.name, path.read_bytes)
        report = json.loads(to_json(batch.grade_one(task, found, path.stem, Session)))
    finally:
        pack.limits = before
    del report["run"], report["display"], report["assignment"]["digest"]
    return dict(report)


WAITS = ("timed_out_notebook.ipynb", "skipped_notebook.ipynb", "skipped.py", "timed_out.py")


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=pytest.mark.slow if path.name in WAITS else [], id=path.name) for path in FILES]
)
def test_the_report_is_the_one_that_it_must_get(path: Path, sigmoid_network: Task) -> None:
    report = golden(sigmoid_network, path)
    outcome = expected_outcome(path)
    if outcome == "unreadable":
        assert report["status"] == "unreadable"
    else:
        relu, after = report["exercises"][2], report["exercises"][3]
        assert (after if outcome == "skipped" else relu)["outcome"] == outcome
        assert report["score"] == (1 if outcome == "passed" else 0)
    kept = path.with_name(f"{path.name}.json")
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    assert report == json.loads(kept.read_text())


def test_every_outcome_has_a_module_and_a_notebook() -> None:
    names = {(expected_outcome(path), path.suffix) for path in FILES}
    assert names == {(name, suffix) for name in [*Outcome, "unreadable"] for suffix in (".py", ".ipynb")}
