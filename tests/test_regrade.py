"""A pack that is corrected after it was graded: who changes and why; nothing published falls by itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import app

from .small_class import reports, stamps, submission
from .small_pack import write_pack

# The pack as it was first: it wants a wrong half, so that right ones lose a point and some wrong ones earn it.
BUGGY = {"half": ("x / 2", "x / 4"), "half_twin": ("np.asarray(x) * 0.5", "np.asarray(x) * 0.25")}


def grader(*arguments: str | Path) -> int:
    return app([*map(str, arguments)], standalone_mode=False) or 0


@pytest.fixture
def buggy(tmp_path: Path) -> Path:
    pack = write_pack(tmp_path, **BUGGY)
    path = pack / "mistakes.py"
    path.write_text(path.read_text().replace('"x / 2"', '"x / 4"').replace('"0.5 * x"', '"0.25 * x"'))
    return pack


def correct(pack: Path, tmp_path: Path) -> None:
    """The bug is found."""
    shutil.copytree(write_pack(tmp_path / "corrected"), pack, dirs_exist_ok=True)


def report(out: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((out / f"{name}.json").read_text()))


@pytest.fixture
def graded(buggy: Path, tmp_path: Path) -> Path:
    """Reports by the pack with the bug."""
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "right.py").write_text(submission(0, "right"))
    (folder / "quarter.py").write_text(submission(1, "right").replace("x / 2", "x / 4"))
    (folder / "factor.py").write_text(submission(2, "factor"))
    (folder / "other.py").write_text(submission(3, "not_halved"))
    assert grader("grade", buggy, folder, "-o", tmp_path / "out") == 0
    out = tmp_path / "out"
    assert [report(out, name)["score"] for name in ("right", "quarter", "factor", "other")] == [2, 3, 0, 2]
    return out


def test_regrade_says_who_changes_and_why_and_nothing_published_falls(
    buggy: Path, graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (graded / f"{name}.json").read_bytes() for name in ("right", "quarter", "factor", "other")}
    old = report(graded, "right")["assignment"]["digest"].removeprefix("sha256:")[:12]
    correct(buggy, tmp_path)
    capsys.readouterr()
    assert grader("regrade", graded) == 0
    printed = capsys.readouterr().out
    assert f"2 → 3  {tmp_path}/class/right.py\n" in printed
    assert "half 0 of 1 → 1 of 1 (two: wrong_value → passed; five: wrong_value → passed)" in printed
    assert f"3 → 3  {tmp_path}/class/quarter.py  (would be less; kept)\n" in printed
    assert "half 1 of 1 → 0 of 1 (two: passed → wrong_value; five: passed → wrong_value)" in printed
    assert "other.py" not in printed
    assert "4 submissions: 2 rise, 0 fall, 1 stay, 1 would fall and are kept (--allow-lower lets them)" in printed
    quarter = report(graded, "quarter")
    assert (quarter["score"], quarter["exercises"][0]["score"]) == (3, 0)
    assert quarter["adjustments"] == [
        {
            "exercise": None, "from": 2, "to": 3, "by": "grader regrade", "date": "",
            "reason": "The pack was corrected after this score was published; it does not fall.",
        }
    ]  # fmt: skip
    assert {path.stem: path.read_bytes() for path in (graded / "old" / old).iterdir()} == before
    summary = json.loads((graded / "summary.json").read_text())
    assert {row["id"]: row["score"] for row in summary["submissions"]} == {
        "right": 3, "quarter": 3, "factor": 1, "other": 2,
    }  # fmt: skip
    # Graded once more, by either command, it stays: published is published.
    before_again = stamps(graded)
    grader("regrade", graded)
    grader("grade", buggy, tmp_path / "class", "-o", graded)
    assert stamps(graded) == before_again
    # Only who says so lets it fall.
    capsys.readouterr()
    grader("regrade", graded, "--allow-lower")
    assert "3 → 2" in capsys.readouterr().out
    assert (report(graded, "quarter")["score"], report(graded, "quarter")["adjustments"]) == (2, [])


@pytest.mark.slow
def test_an_override_survives_and_what_it_lowers_stays_low(buggy: Path, graded: Path, tmp_path: Path) -> None:
    (graded / "overrides.csv").write_text(
        "id,exercise,score,reason,by,date\n"
        "factor,gradient,1.5,right idea,X,2026-11-26\n"
        "quarter,,0,copied,X,2026-11-26\n"
    )
    grader("grade", buggy, tmp_path / "class", "-o", graded)
    assert [report(graded, name)["score"] for name in ("factor", "quarter")] == [1.5, 0]
    correct(buggy, tmp_path)
    grader("regrade", graded)
    factor, quarter = report(graded, "factor"), report(graded, "quarter")
    assert (factor["score"], [each["to"] for each in factor["adjustments"]]) == (2.5, [1.5])
    assert (quarter["score"], [each["by"] for each in quarter["adjustments"]]) == (0, ["X"])


@pytest.mark.slow
def test_without_a_change_nothing_is_graded_or_changes(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, text = stamps(graded), reports(graded)
    capsys.readouterr()
    assert grader("regrade", graded) == 0
    assert "4 submissions: 0 rise, 0 fall, 4 stay." in capsys.readouterr().out
    assert (stamps(graded), reports(graded)) == (before, text)
    assert not (graded / "old").exists()


@pytest.mark.slow
def test_regrade_after_it_was_stopped_keeps_what_was_published(buggy: Path, graded: Path, tmp_path: Path) -> None:
    correct(buggy, tmp_path)
    whole = tmp_path / "whole"
    shutil.copytree(graded, whole)
    grader("regrade", whole)
    # As if it had been killed with just one report written.
    (graded / "old").mkdir()
    for name in ("quarter",):
        shutil.copytree(whole / "old", graded / "old", dirs_exist_ok=True)
        shutil.copy2(whole / f"{name}.json", graded / f"{name}.json")
    grader("regrade", graded)
    assert reports(graded) == reports(whole)
    assert {path.relative_to(graded) for path in (graded / "old").rglob("*.json")} == {
        path.relative_to(whole) for path in (whole / "old").rglob("*.json")
    }


@pytest.mark.slow
def test_a_new_a_changed_and_a_missing_submission(
    buggy: Path, graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(buggy, tmp_path)
    folder = tmp_path / "class"
    (folder / "late.py").write_text(submission(5, "right"))
    (folder / "other.py").write_text(submission(6, "right"))
    (folder / "factor.py").unlink()
    kept = (graded / "factor.json").read_bytes()
    grader("regrade", graded)
    printed = capsys.readouterr()
    assert "late.py: new" in printed.out
    assert "the file was changed since it was graded" in printed.out
    assert "factor has a report, but its file is not there any more; its report stays as it was." in printed.err
    assert (graded / "factor.json").read_bytes() == kept
    rows = json.loads((graded / "summary.json").read_text())["submissions"]
    assert {row["id"] for row in rows} == {"factor", "late", "other", "quarter", "right"}


def test_what_was_not_finished_or_not_graded_cannot_be_regraded(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (graded / "summary.json").unlink()
    assert grader("regrade", graded) == 2
    assert "has no summary.json: what was begun there was not finished" in capsys.readouterr().err
    (graded / "summary.json").write_text("{")
    assert grader("regrade", graded) == 2
    assert "summary.json can't be read" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "class")
