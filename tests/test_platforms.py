"""What platforms read: each format against its own rules, with partial points, and with attacks in every text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import xmlschema
from markdown_it import MarkdownIt

from grader.reports import (
    Audience,
    Rendered,
    RenderError,
    Report,
    canvas,
    classroom50,
    github,
    grades,
    gradescope,
    junit,
)
from grader.reports.files import write_report
from grader.reports.rendering import read_reports, seen_by, visible, write_rendered

from .conftest import ROOT
from .report_samples import ATTACKS, EVERY_ATTACK, SECRET, exercise, hostile, plain_class, report, unscored, wrong

NOW = dt.datetime(2026, 11, 26, 12, 0, tzinfo=dt.UTC)
RUNNER = {
    "CLASSROOM": "nn", "ASSIGNMENT": "small", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "https://x.example/c",
    "RELEASE_URL": "https://x.example/r", "REVIEW_URL": "https://x.example/v",
}  # fmt: skip
ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,A small assignment (77),Another (78),Current Score (read only)
    Points Possible,,,,,6,10,(read only)
"Lovelace, Ada",101,s101,ada,A,,9,50
"Okri, Ben",102,s102,ben,A,1,8,50
"Young, Cy",103,s103,cy,A,-,7,50
"Rex, Eve",104,s104,eve,A,EX,6,50
"""


def texts(rendered: Rendered) -> dict[str, str]:
    return dict(rendered.files)


def each_attack() -> list[Report]:
    """A class in which everybody attacks, each with one text of the list and the last with all of them."""
    found = [hostile(text) for text in [*ATTACKS, EVERY_ATTACK]]
    return [
        msgspec.structs.replace(each, submission=msgspec.structs.replace(each.submission, id=f"hostile-{place}"))
        for place, each in enumerate(found)
    ]


# ------------------------------------------------------------------------------------------------------------- junit

SCHEMA = xmlschema.XMLSchema(str(ROOT / "tests" / "junit.xsd"))


def test_junit_is_valid_and_keeps_partial_points() -> None:
    text = junit.render(plain_class(), NOW).files["junit.xml"]
    SCHEMA.validate(text)
    suites = xmlschema.XMLResource(text).root
    ada, ben, cy, di = suites.findall("testsuite")
    assert {each.get("name"): each.get("value") for each in ada.iter("property")}["score.backward"] == "1.3333"
    (failure,) = ada.iter("failure")
    assert (failure.get("type"), (failure.get("message") or "")[:22]) == ("wrong_value", "1.3333 of 4 points: tw")
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in (ada, ben, cy, di)] == [
        ("2", "1", "0"), ("2", "0", "0"), ("1", "0", "1"), ("1", "0", "1"),
    ]  # fmt: skip
    assert [each.get("type") for each in suites.iter("error")] == ["unreadable", "harness_error"]


@pytest.mark.parametrize("broken", ['timestamp="2026-11-26T12:00:00Z"', 'tests="x"', 'name=""', "<system-out />"])
def test_the_schema_of_junit_is_strict(broken: str) -> None:
    text = junit.render(plain_class(), NOW).files["junit.xml"]
    name = broken.split("=", maxsplit=1)[0]
    worse = text.replace(broken, "") if broken.startswith("<") else re.sub(f'\\b{name}="[^"]*"', broken, text, count=1)
    assert worse != text
    assert not SCHEMA.is_valid(worse)


def test_junit_survives_attacks() -> None:
    text = junit.render(each_attack(), NOW).files["junit.xml"]
    SCHEMA.validate(text)
    root = xmlschema.XMLResource(text).root
    assert {element.tag for element in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "system-out", "system-err",
    }  # fmt: skip
    assert "<script>attack()</script>" in "".join(root.itertext())


def test_junit_skips_what_was_not_asked_and_what_has_no_points() -> None:
    found = report("a", exercise(outcome="skipped", score=0), exercise("prose", 0, 0, outcome="not_defined"))
    text = junit.render([found], NOW).files["junit.xml"]
    SCHEMA.validate(text)
    assert text.count("<skipped />") == 2


# -------------------------------------------------------------------------------------------------------- gradescope

FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
# From Gradescope's specification of results.json.
GRADESCOPE = {
    "type": "object",
    "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": FORMAT,
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": FORMAT,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": VISIBILITY,
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}


def strict(text: str) -> Any:
    return json.loads(text, parse_constant=pytest.fail)


def test_gradescope_keeps_its_rules_and_partial_points() -> None:
    rendered = gradescope.render(plain_class())
    assert set(rendered.files) == {"gradescope/ada.json", "gradescope/ben.json", "gradescope/cy.json"}
    assert rendered.notes == ["di has no result: This is a fault of the grader, not of the submission: OSError."]
    found = {Path(name).stem: strict(text) for name, text in rendered.files.items()}
    for each in found.values():
        jsonschema.validate(each, GRADESCOPE)
    ada = found["ada"]
    assert ada["score"] == sum(test["score"] for test in ada["tests"]) == pytest.approx(3.3333)
    assert [test["status"] for test in ada["tests"]] == ["passed", "failed"]
    assert {test["visibility"] for test in ada["tests"]} == {"visible"}
    assert found["cy"]["tests"][0]["output"] == "Nothing was graded. It is empty."


def test_a_total_that_was_adjusted_is_what_gradescope_shows() -> None:
    result = gradescope.results(report("a", exercise(), score=0.5))
    assert result["score"] == 0.5


def test_gradescope_survives_attacks() -> None:
    for text in gradescope.render(each_attack()).files.values():
        result = strict(text)
        jsonschema.validate(result, GRADESCOPE)
        shown = [result["output"], *(test["output"] for test in result["tests"])]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(shown))
        assert {test.get("output_format", result["test_output_format"]) for test in result["tests"]} == {"text"}


# -------------------------------------------------------------------------------------------------------- classroom50

CLASSROOM50 = {
    "type": "object",
    "required": [
        "schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime", "score",
        "max-score", "tests",
    ],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        **{
            name: {"type": "string", "minLength": 1}
            for name in ("classroom", "assignment", "submission", "commit", "release", "review")
        },
        "datetime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "score": {"type": "integer"},
        "max-score": {"type": "integer"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": {"type": "string", "minLength": 1},
                    "passed": {"type": "boolean"},
                    "score": {"type": "integer"},
                    "max-score": {"type": "integer"},
                },
            },
        },
    },
}  # fmt: skip


def check_classroom50(result: Any) -> None:
    jsonschema.validate(result, CLASSROOM50)
    assert result["score"] == sum(test["score"] for test in result["tests"])
    assert result["max-score"] == sum(test["max-score"] for test in result["tests"])


def test_classroom50_keeps_its_rules_and_partial_points() -> None:
    rendered = classroom50.render(plain_class(), RUNNER, NOW)
    assert set(rendered.files) == {"classroom50/ada.json", "classroom50/ben.json", "classroom50/cy.json"}
    found = {Path(name).stem: strict(text) for name, text in rendered.files.items()}
    for each in found.values():
        check_classroom50(each)
    assert (found["ada"]["score"], found["ada"]["max-score"]) == (3333, 6000)
    assert (found["ben"]["score"], found["ben"]["max-score"]) == (6, 6)
    assert (found["cy"]["score"], found["cy"]["max-score"]) == (0, 6)
    assert found["ada"]["datetime"] == "2026-11-26T12:00:00Z"


def test_classroom50_keeps_the_sum_when_the_total_was_adjusted() -> None:
    result = classroom50.result(report("a", exercise(score=2), score=1.5), RUNNER, NOW)
    check_classroom50(result)
    assert (result["score"], result["max-score"]) == (15, 40)


def test_classroom50_says_what_the_runner_did_not_set() -> None:
    with pytest.raises(RenderError, match=r"^COMMIT_URL, RELEASE_URL: not set"):
        classroom50.render(plain_class(), {**RUNNER, "COMMIT_URL": "", "RELEASE_URL": ""}, NOW)


def test_classroom50_survives_attacks() -> None:
    for text in classroom50.render(each_attack(), RUNNER, NOW).files.values():
        check_classroom50(strict(text))


# ------------------------------------------------------------------------------------------------------------- github


def workflow_commands(line: str) -> tuple[str, dict[str, str], str] | None:
    """What GitHub's runner takes a line for: `::command a=b::message`, or the older `##[command a=b]message`."""

    def decoded(text: str, *names: str) -> str:
        for name in (*names, "%0D", "%0A", "%25"):
            text = text.replace(name, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}[name])
        return text

    line = line.strip()
    if line.startswith("::") and (end := line.find("::", 2)) >= 0:
        command, _, properties = line[2:end].partition(" ")
        pairs = (each.partition("=") for each in properties.split(",") if each)
        found = {name.strip(): decoded(value, "%3A", "%2C") for name, _, value in pairs}
        return command.lower(), found, decoded(line[end + 2 :])
    if (start := line.find("##[")) >= 0:
        command, _, message = line[start + 3 :].partition("]")
        return command.split(" ")[0], {}, message
    return None


def test_the_parser_of_workflow_commands_knows_both_forms() -> None:
    assert workflow_commands(" ::Error file=a%2Cb,line=3::x%0Ay") == ("error", {"file": "a,b", "line": "3"}, "x\ny")
    assert workflow_commands("text ##[error]x") == ("error", {}, "x")
    assert workflow_commands("a ::error::x") is None


def test_annotations_stand_at_the_wrong_line() -> None:
    lines = github.render([report("ada", wrong())]).output
    assert [workflow_commands(line) for line in lines] == [
        (
            "error",
            {"file": "ada.py", "line": "3", "endLine": "3", "title": "backward: 1.3333 of 4 points"},
            "Once is enough. (batch-mean-twice)\ntwo: dW1[0, 1] is 2, but should be 1",
        )
    ]


def test_a_cell_is_named_where_the_file_is_a_notebook() -> None:
    (line,) = github.render([report("ada", wrong(cell=4), file="hw.ipynb")]).output
    found = workflow_commands(line)
    assert found is not None
    assert "line" not in found[1]
    assert found[2].startswith("cell 4, line 3: Once is enough.")


def test_at_most_ten_annotations_and_the_rest_in_the_summary() -> None:
    found = [report(f"r{place}", wrong()) for place in range(13)]
    rendered = github.render(found)
    assert len(rendered.output) == 10
    assert rendered.notes == ["3 more annotations are left to github.md: GitHub shows 10 of a step."]
    assert rendered.files["github.md"].count("<pre>") == 13


def test_a_summary_is_cut_where_github_would_refuse_it() -> None:
    found = [report(f"r{place}", wrong("x" * 40_000)) for place in range(30)]
    text = github.summary(found)
    assert len(text.encode()) < 1 << 20
    assert "more than a summary can hold" in text


def test_workflow_commands_survive_attacks() -> None:
    for found in each_attack():
        lines = github.render([found]).output
        assert lines
        for line in lines:
            assert "\n" not in line
            command = workflow_commands(line)
            assert command is not None
            assert command[0] == "error"
            assert command[1].keys() <= {"file", "line", "endLine", "title"}
            assert command[1]["file"] == visible(found.submission.file).strip()
            assert "backward: 1.3333 of 4 points" in command[1]["title"]


@pytest.mark.parametrize("text", [*ATTACKS, EVERY_ATTACK], ids=range(len(ATTACKS) + 1))
def test_a_summary_survives_attacks(text: str) -> None:
    parsed = MarkdownIt("commonmark").enable("table").parse(github.summary([hostile(text)]))
    tokens = [token for outer in parsed for token in [outer, *(outer.children or [])]]
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "fence", "code_inline", "hr", "blockquote_open", "em_open", "strong_open"}
    assert [token.tag for token in parsed if token.type == "heading_open"] == ["h1", "h2", "h3"]
    assert {token.content for token in tokens if token.type == "html_inline"} == {"<code>", "</code>"}
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert [re.sub(r"[^<>]", "", block) for block in blocks] == ["<><>"]  # one <pre>, and nothing within it
    assert sum(token.type == "tr_open" for token in tokens) == 3
    # Mentions and bare links are looked for afterwards, in what the source has of them.
    assert not re.search(
        r"[@#]|https?:|www\.", re.sub(r"&#\d+;|^#+ ", "", github.summary([hostile(text)]), flags=re.MULTILINE)
    )


# ---------------------------------------------------------------------------------------------------------------- csv


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_grades_have_a_row_a_submission_and_a_column_an_exercise() -> None:
    header, ada, ben, cy, di = rows_of(grades.render(plain_class()).files["grades.csv"])
    assert header == [
        "id", "student", "name", "file", "status", "score", "max_score", "sigmoid", "backward", "mistakes", "message",
    ]  # fmt: skip
    assert ada == [
        "ada",
        "101",
        "Ada Lovelace",
        "ada.py",
        "graded",
        "3.3333",
        "6",
        "2",
        "1.3333",
        "batch-mean-twice",
        "",
    ]
    assert ben[5:9] == ["6", "6", "2", "4"]
    assert cy[4:9] == ["unreadable", "", "6", "", ""]
    assert di[4:7] == ["harness_error", "", "6"]


FORMULA = re.compile("[=+@\t\r\n＝＋－＠-]")


def test_no_cell_of_the_grades_is_a_formula() -> None:
    rows = rows_of(grades.render(each_attack()).files["grades.csv"])
    assert len(rows) == len(ATTACKS) + 2
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]


# ------------------------------------------------------------------------------------------------------------- canvas


def test_canvas_fills_its_own_column_and_lists_who_is_left() -> None:
    rendered = canvas.render([*plain_class(), report("stranger")], ROSTER.encode())
    rows = rows_of(rendered.files["canvas.csv"])
    # As Canvas's importer reads it: the student's columns up to Section, then assignments by their number.
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "A small assignment (77)"]
    assert "Points Possible" in rows[1][0]
    assert [(row[1], row[5]) for row in rows[1:]] == [
        ("", "6"), ("101", "3.3333"), ("102", "6"), ("103", "-"), ("104", "EX"),
    ]  # fmt: skip
    assert rendered.notes == [
        "Young, Cy has no score (unreadable)",
        "no student for di",
        "no student for stranger",
        "no report for Rex, Eve",
    ]


@pytest.mark.parametrize("key", ["104", "s104", "EVE", "Rex, Eve", "eve  rex", "Eve_Rex"])
def test_students_are_found_by_id_login_and_name(key: str) -> None:
    rendered = canvas.render([report(key.replace(" ", "_") if key == "Eve_Rex" else key)], ROSTER.encode())
    assert "Rex, Eve" in [row[0] for row in rows_of(rendered.files["canvas.csv"]) if row[5] == "3.3333"]


def test_nobody_is_guessed() -> None:
    twins = ROSTER + '"Rex, Eve",105,s105,eve2,B,,6,50\n'
    rendered = canvas.render([report("Eve Rex"), report("ada"), report("s101")], twins.encode())
    assert "3.3333" not in rendered.files["canvas.csv"]
    assert rendered.notes[:3] == [
        "Eve Rex could be any of: Rex, Eve; Rex, Eve",
        "ada is one of several reports of Lovelace, Ada (the others: s101); none is filled in",
        "s101 is one of several reports of Lovelace, Ada (the others: ada); none is filled in",
    ]


def test_other_points_in_canvas_are_told() -> None:
    rendered = canvas.render([report("ada")], ROSTER.replace(",6,10,", ",100,10,").encode())
    assert rendered.notes[0] == "Canvas has 100 points possible, the assignment 6: scores are written as they are"


def test_a_gradebook_with_semicolons_a_byte_order_mark_and_posting_policies_is_read() -> None:
    lines = ROSTER.replace("Lovelace, Ada", "Lovelace; Ada").replace('"Lov', "'Lov").splitlines()
    lines.insert(1, ",,,,,Manual Posting,,")
    text = "\ufeff" + "\r\n".join(lines).replace(",", ";")
    rows = rows_of(canvas.render([report("ben", exercise(score=4))], text.encode()).files["canvas.csv"], ";")
    assert ["102", "4"] in [[row[1], row[-1]] for row in rows]
    assert rows[1][-1] == "Manual Posting"


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        (b"", "its first row is: empty"),
        (b"name,grade\nada,1\n", "its first row is: name, grade"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (ROSTER.replace("A small assignment (77)", "Other (79)").encode(), "Its columns are: Other (79); Another (78)"),
        (ROSTER.replace("Another (78)", "small").encode(), "several columns called 'A small assignment'"),
    ],
)
def test_what_is_no_gradebook_is_told(roster: bytes, sentence: str) -> None:
    with pytest.raises(RenderError, match=re.escape(sentence)):
        canvas.render([report("ada")], roster)


def test_canvas_writes_no_formula() -> None:
    roster = ROSTER + "".join(
        f'"{text.replace(chr(34), "")}",{200 + place},,,A,"=1+{place}",,\n' for place, text in enumerate(ATTACKS[:20])
    )
    text = canvas.render([report("ada"), *each_attack()], roster.encode(errors="replace")).files["canvas.csv"]
    assert not [cell for row in rows_of(text) for cell in row if FORMULA.match(cell) and cell != "-"]


# ---------------------------------------------------------------------------------------------- who may see what


def test_students_get_nothing_that_hidden_cases_would_give_away(tmp_path: Path) -> None:
    found = [seen_by(each, Audience.STUDENTS) for each in plain_class()]
    for rendered in (
        junit.render(found, NOW), gradescope.render(found), github.render(found),
        classroom50.render(found, RUNNER, NOW), grades.render(found), canvas.render(found, ROSTER.encode()),
    ):  # fmt: skip
        text = "".join([*rendered.files.values(), *rendered.output, *rendered.notes])
        assert SECRET not in text
        assert "12345678" not in text  # the seed that hidden cases are drawn from


def test_staff_find_the_hidden_checks_messages() -> None:
    found = seen_by(report("ada", exercise(checks=exercise().checks[2:])), Audience.STAFF)
    assert SECRET in junit.render([found], NOW).files["junit.xml"]


def test_what_is_no_report_is_passed_over_with_a_sentence(tmp_path: Path) -> None:
    write_report(report("ada"), tmp_path)
    (tmp_path / "copied.json").write_bytes((tmp_path / "ada.json").read_bytes())
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "summary.json").write_text("{}")
    reports, notes = read_reports(tmp_path)
    assert [each.submission.id for each in reports] == ["ada"]
    assert [note.split(" ")[0] for note in notes] == ["broken.json", "copied.json"]


@pytest.mark.parametrize("id", ["../up", "/etc/x", "a/b", ""])
def test_an_id_leads_nowhere(id: str, tmp_path: Path) -> None:
    path = write_report(report("ada"), tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"id": "ada"', f'"id": "{id}"'.encode()))
    with pytest.raises(RenderError, match="there is no report"):
        read_reports(tmp_path)


def test_files_are_written_whatever_is_in_them(tmp_path: Path) -> None:
    write_rendered(Rendered({"a/b.txt": "\ud800x"}), tmp_path)
    assert (tmp_path / "a" / "b.txt").read_text() == "\\ud800x"


def test_a_submission_that_could_not_be_read_is_annotated() -> None:
    (line,) = github.render([unscored("cy", "unreadable")]).output
    assert workflow_commands(line) == ("error", {"file": "cy.py", "title": "unreadable: no score"}, "It is empty.")
