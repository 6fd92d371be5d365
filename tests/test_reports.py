"""Reports: the contract's JSON, its schema, the summary, and what untrusted text can't do."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from grader import reports
from grader.cli.main import app
from grader.reports import files, from_json, json_schema, to_json

from .conftest import PLAIN, ROOT, Grade

SCHEMA = ROOT / "grader" / "reports" / "report.schema.json"


def test_the_shipped_schema_is_that_of_the_model() -> None:
    assert json.loads(SCHEMA.read_text()) == json_schema()


def test_a_report_is_valid_json_of_the_schema_and_reads_back(grade_text: Grade) -> None:
    report = grade_text("import numpy as np\n1/0\ndef sigmoid(x): return np.nan * x\ndef relu(x): return -x\n")
    text = to_json(report)
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(text, parse_constant=pytest.fail))
    assert from_json(text) == report


def test_the_same_file_and_seed_give_the_same_report_but_for_run(grade_text: Grade) -> None:
    text = "import numpy as np, time\ndef relu(x):\n    raise ValueError(object())\ndef sigmoid(x): return np.random.rand(*np.shape(x))\n"
    one, other = (json.loads(to_json(grade_text(text))) for _ in range(2))
    assert one.pop("run") != other.pop("run")
    assert one == other


@pytest.mark.slow
def test_summary_has_a_row_a_submission_and_a_column_an_exercise(tmp_path: Path) -> None:
    broken = tmp_path / "=cmd|x.py"
    broken.write_bytes(b"\0")
    out = tmp_path / "out"
    app(["grade", "sigmoid_network", str(PLAIN), str(broken), "-o", str(out)], standalone_mode=False)
    summary = json.loads((out / "summary.json").read_text())
    assert [(row["id"], row["status"], row["score"]) for row in summary["submissions"]] == [
        ("plain", "graded", 30.0),
        ("_cmd_x", "unreadable", None),
    ]
    assert summary["schema"] == 1
    assert summary["submissions"][0]["exercises"]["backward"] == 8
    rows = list(csv.reader((out / "summary.csv").read_text().splitlines()))
    assert rows[0][:6] == ["id", "file", "status", "score", "max_score", "sigmoid"]
    assert rows[0][-1] == "message"
    assert rows[2][3] == ""
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "＝1"])
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    assert str(files.cell(text)).startswith("'")


def test_a_full_disk_leaves_the_old_report_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    with pytest.raises(OSError, match="No space"):
        files.write_atomically(path, b"new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_public_names_are_there() -> None:
    assert set(reports.__all__) <= set(vars(reports))
