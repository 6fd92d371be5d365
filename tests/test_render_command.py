"""`grader render` as a command: where things go, what is refused, what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app
from grader.reports import write_report

from .report_samples import plain_class
from .test_platforms import ROSTER, RUNNER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for report in plain_class():
        write_report(report, tmp_path)
    return tmp_path


def render(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(app, ["render", *map(str, arguments)], env=environment)


@pytest.mark.parametrize(
    ("format", "written"),
    [
        ("html", ["html/ada.html", "html/ben.html", "html/cy.html", "html/di.html", "html/index.html"]),
        ("junit", ["junit.xml"]),
        ("gradescope", ["gradescope/ada.json", "gradescope/ben.json", "gradescope/cy.json"]),
        ("github", ["github.md"]),
        ("classroom50", ["classroom50/ada.json", "classroom50/ben.json", "classroom50/cy.json"]),
        ("csv", ["grades.csv"]),
        ("canvas", ["canvas.csv"]),
    ],
)
def test_each_format_is_written_beside_the_reports_or_where_it_is_told(
    format: str, written: list[str], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    roster = tmp_path_factory.mktemp("roster") / "gradebook.csv"
    roster.write_text(ROSTER)
    before = {path.name for path in folder.iterdir()}
    more: list[str | Path] = ["--roster", roster] if format == "canvas" else []
    assert render(folder, "--format", format, *more, **RUNNER).exit_code == 0
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert sorted(found - before) == written
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert render(folder, "--format", format, *more, "-o", elsewhere, **RUNNER).exit_code == 0
    assert sorted(path.relative_to(elsewhere).as_posix() for path in elsewhere.rglob("*") if path.is_file()) == written


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "gradescope", "--for", "staff"], "can't be rendered --for staff"),
        (["--format", "classroom50", "--for", "staff"], "can't be rendered --for staff"),
        (["--format", "canvas"], "needs --roster FILE"),
        (["--format", "csv", "--roster", "x.csv"], "takes no --roster"),
        (["--format", "classroom50"], "CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL: not set"),
        (["--format", "pdf"], "Invalid value"),
        ([], "Missing option"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(arguments: list[str], sentence: str, folder: Path) -> None:
    done = render(folder, *arguments, **dict.fromkeys(RUNNER, ""))
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.replace("│", " ").split())


@pytest.mark.parametrize(("make", "sentence"), [(False, "there is no folder"), (True, "there is no report in")])
def test_a_folder_without_reports_is_refused(make: bool, sentence: str, tmp_path: Path) -> None:
    if make:
        (tmp_path / "x").mkdir()
    done = render(tmp_path / "x", "--format", "csv")
    assert (done.exit_code, sentence in done.output) == (2, True)


def test_reports_of_two_assignments_are_not_mixed(folder: Path) -> None:
    path = folder / "ada.json"
    path.write_text(path.read_text().replace('"id": "small"', '"id": "other"'))
    done = render(folder, "--format", "csv")
    assert done.exit_code == 2
    assert "reports of several assignments in one folder: other, small" in " ".join(done.output.split())


def test_whom_canvas_does_not_know_is_listed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    roster = tmp_path_factory.mktemp("roster") / "gradebook.csv"
    roster.write_text(ROSTER)
    output = render(folder, "--format", "canvas", "--roster", roster).output
    assert "no student for di" in output
    assert "no report for Rex, Eve" in output
