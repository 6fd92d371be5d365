"""The pages: what is in them for whom, that nothing a student chooses is more than text, and what pictures show."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.reports import (
    Audience,
    Boundary,
    Curve,
    Display,
    Excerpt,
    ExerciseDisplay,
    Figure,
    Report,
    files,
    html,
    pictures,
    seen_by,
    write_report,
)  # fmt: skip
from grader.reports.model import Example, Student

from .conftest import ROOT
from .report_samples import ATTACKS, EVERY_ATTACK, SECRET, exercise, hostile, plain_class, report, wrong
from .test_display import png
from .test_platforms import FORMULA, SCHEMA, rows_of, workflow_commands

VOID = {"meta", "link", "img", "input", "br", "rect", "line", "path", "circle"}


class Page(HTMLParser):
    """A page taken apart; raises where tags don't fit together."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "script"):
            self.raw[self._open[-1]] = data
        else:
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


def rendered(reports: list[Report], audience: Audience = Audience.STUDENTS) -> dict[str, str]:
    seen = [seen_by(each, audience) for each in reports]
    return dict(html.render(seen, audience).files)


def with_display(found: Report, **others: Any) -> Report:
    """A report with everything that there can be to look at."""
    shown = ExerciseDisplay(
        asked="def backward(self):\n    The gradient.",
        code=[Excerpt(cell=None, line=1, text="def backward(self):\n    dz2 = 1\n    dW1 = 2 * dz2\n    return dW1")],
        right={"db1": [1, 3], "loss": []},
        curve=Curve(name="losses", check="two", places=[0, 1, 2], actual=[1.0, 0.9, None], expected=[1.0, 0.5, 0.25]),
        boundary=Boundary(
            check="two", x_range=[-1, 1], y_range=[-1, 1], predictions=[[0.1, 0.9], [0.2, None]],
            points=[[-1, -1, 0], [1, -1, 0], [5, 5, 1]],
        ),
    )  # fmt: skip
    display = Display(exercises={"backward": shown}, figures=[Figure(cell=2, png=png(), width=3, height=2)], **others)
    return msgspec.structs.replace(found, display=display)


# ----------------------------------------------------------------------------------------------- one file, and no more


@pytest.mark.parametrize("audience", Audience)
def test_a_page_is_one_file_that_may_load_nothing(audience: Audience) -> None:
    for text in rendered([with_display(each) for each in plain_class()], audience).values():
        page = Page(text)
        (policy,) = (each for each in page.values("content") if each.startswith("default-src"))
        for kind, content in page.raw.items():
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'; img-src data:;")
        assert all(each.startswith("data:image/png;base64,") for each in page.values("src"))
        assert all(re.fullmatch(r"data:,|#?[A-Za-z0-9._-]+(#[a-z]+)?", each) for each in page.values("href"))
        assert not page.values("style")
        names = page.values("id")
        assert len(set(names)) == len(names)
        assert {each[1:] for each in page.values("href") if each.startswith("#")} <= set(names)
        assert set(page.values("aria-labelledby")) <= set(names)


def test_links_of_the_class_lead_to_pages() -> None:
    pages = rendered(plain_class(), Audience.STAFF)
    links = {each.partition("#")[0] for each in Page(pages["html/index.html"]).values("href") if ".html" in each}
    assert {f"html/{each}" for each in links} == set(pages) - {"html/index.html"}


def test_a_page_with_two_large_figures_stays_under_500_kb() -> None:
    found = with_display(report("ada", *[wrong("x" * 500) for _ in range(11)]))
    figures = [Figure(cell=1, png="A" * 150_000, width=640, height=480)] * 2
    found = msgspec.structs.replace(found, display=msgspec.structs.replace(found.display, figures=figures))
    assert len(rendered([found])["html/ada.html"].encode()) < 500_000


# --------------------------------------------------------------------------------------------- what a page shows


def test_the_wrong_line_is_marked_with_the_mistake_below_it_and_right_steps_before_it() -> None:
    page = rendered([with_display(report("ada", wrong()))])["html/ada.html"]
    lines = re.findall(r'<span class="line ([a-z]*)"><span class="no">(\d+)</span>', page)
    assert lines == [("", "1"), ("right", "2"), ("wrong", "3"), ("", "4")]
    assert Page(page).text.count("Once is enough.") == 2  # at the top, and below its line
    assert "first wrong line: " in Page(page).text


def test_a_mistake_without_a_line_is_told_all_the_same() -> None:
    text = Page(rendered([report("ada", wrong())])["html/ada.html"]).text
    assert text.count("Once is enough.") == 2


def test_each_picture_has_a_sentence() -> None:
    page = rendered([with_display(report("ada", wrong()))])["html/ada.html"]
    text = " ".join(Page(page).text.split())
    assert "dW1: 2 of 2 wrong, by up to 25 % and 1 not finite; db1: right." in text
    assert "losses: Yours go from 1 to not finite, the reference's from 1 to 0.25; they part at number 1." in text
    assert "Above a half on 33% of the square; 1 of 2 samples lie on their own side." in text
    assert "Figure 1, drawn by cell 2" in page


def test_what_could_not_be_graded_has_a_page_without_a_score() -> None:
    pages = rendered(plain_class())
    assert "No score" in pages["html/cy.html"]
    assert "It is empty." in pages["html/cy.html"]
    assert "This costs you nothing" in pages["html/di.html"]


def test_the_class_opens_with_the_mistakes_that_most_have_made() -> None:
    def faulty(id: str, *slugs: str) -> Report:
        diagnosis = [msgspec.structs.replace(wrong().diagnosis[0], mistake=slug) for slug in slugs]
        return report(id, exercise(diagnosis=diagnosis))

    found = [
        faulty("a", "rare", "often"),
        faulty("b", "often", "often"),
        faulty("c", "often", "second"),
        faulty("d", "second", "third"),
    ]
    text = Page(rendered(found)["html/index.html"]).text
    assert re.findall(r"(\d+)\s+of 4\s+(\S+)\s+in\s+backward", text) == [("3", "often"), ("2", "second"), ("1", "rare")]
    assert "1 other mistake" in text


def test_adjustments_are_shown_and_who_made_them_to_staff_alone() -> None:
    found = report("ada", adjustments=[{"exercise": "backward", "score": 3, "reason": "seen by hand", "by": "Prof. X"}])
    assert "seen by hand" in rendered([found])["html/ada.html"]
    assert "Prof. X" not in rendered([found])["html/ada.html"]
    assert "Prof. X" in rendered([found], Audience.STAFF)["html/ada.html"]


def test_staff_know_a_submission_by_its_file_or_folder() -> None:
    assert html.called(report("Zo__M", file="in/Zoë M.py")) == "Zoë M"
    assert html.called(report("Zo__M-2", file="in/Zoë M/stub.py")) == "Zoë M"
    assert html.called(report("x", file="in/y.py")) == "x"
    assert html.called(report("x", student=Student(id="7", name="Zoë"))) == "Zoë"


# ------------------------------------------------------------------------------------------------- who may see what


def test_students_pages_hold_no_hidden_value_and_nobody_else() -> None:
    found = plain_class()
    pages = rendered(found)
    for each in found:
        page = pages[f"html/{each.submission.id}.html"]
        assert SECRET not in page
        assert "12345678" not in page
        others = [other for other in found if other is not each]
        assert not [other for other in others if other.student and other.student.name in page]
        assert not re.search("|".join(rf"\b{other.submission.id}\b" for other in others), Page(page).text)


def test_the_class_page_for_students_names_nobody() -> None:
    page = Page(rendered(plain_class())["html/index.html"])
    assert not re.search(r"\b(ada|ben|cy|di|Lovelace|Okri|101|102)\b", page.text)
    assert not [each for each in page.values("href") if ".html" in each]
    assert "dW1 = " not in page.text  # nor how anybody has written it


def test_staff_find_hidden_messages_and_names() -> None:
    pages = rendered(plain_class(), Audience.STAFF)
    assert SECRET in pages["html/ada.html"]
    assert "Ada Lovelace" in pages["html/index.html"]


def test_folders_that_others_may_be_named_in_are_not_shown_to_students() -> None:
    found = report("ada", file="class/shared with ben/hw.py")
    assert "shared with ben" not in rendered([found])["html/ada.html"]


@pytest.mark.slow
def test_pages_for_staff_do_not_outlive_a_rendering_for_students(tmp_path: Path) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    for each in plain_class():
        write_report(each, reports)
    (out / "html").mkdir(parents=True)
    (out / "html" / "mine.html").write_text("<p>somebody's own</p>")
    assert run("render", reports, "--format", "html", "--for", "staff", "-o", out).returncode == 0
    (reports / "ben.json").unlink()
    assert run("render", reports, "--format", "html", "-o", out).returncode == 0
    assert sorted(path.name for path in (out / "html").iterdir()) == [
        "ada.html",
        "cy.html",
        "di.html",
        "index.html",
        "mine.html",
    ]


# ------------------------------------------------------------------------------------------------------------ attacks


def parts(page: Page) -> tuple[set[str], set[str]]:
    return {tag for tag, _ in page.tags}, {name for _, attributes in page.tags for name in attributes}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("text", [*ATTACKS, EVERY_ATTACK], ids=range(len(ATTACKS) + 1))
def test_no_text_is_more_than_text(text: str, audience: Audience) -> None:
    tags, attributes = parts(Page("".join(rendered([attacked("harmless")], Audience.STAFF).values())))
    for content in rendered([attacked(text)], audience).values():
        page = Page(content)
        found = parts(page)
        assert found[0] <= tags
        assert found[1] <= attributes
        assert [tag for tag, _ in page.tags].count("script") == ("Table of all submissions" in content)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", content)
        assert "49" not in re.findall(r"\{\{.*?49.*?\}\}", content)
    own = Page(rendered([attacked(text)], audience)["html/hostile.html"]).text
    for attack in ("<script>attack()</script>", "{{ 7 * 7 }}"):
        assert (attack in own) == (attack in text)


def attacked(text: str) -> Report:
    """A hostile report whose code, names and curves attack too."""
    found = hostile(text)
    shown = ExerciseDisplay(
        asked=text,
        code=[Excerpt(cell=1, line=2, text=f"x = '''{text}'''\n{text}")],
        right={text[:50]: [2]},
        curve=Curve(name=text[:50], check=text, places=[0, 1, 2], actual=[1, 2, 3], expected=[]),
    )
    display = Display(exercises={"backward": shown}, figures=[Figure(cell=1, png=png(), width=3, height=2)])
    return msgspec.structs.replace(found, display=display, adjustments=[{text[:50]: text, "reason": text}])


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("sigmoid_network")
def test_a_hostile_submission_under_a_hostile_path_changes_nothing_in_any_format(tmp_path: Path) -> None:
    folder = tmp_path / "::error::x" / "<img src=x onerror=attack()>"
    folder.mkdir(parents=True)
    content = (ROOT / "tests" / "attacks" / "texts.py").read_bytes()
    for name in ("=1+1,::error::x.py", "<script>attack()<%2fscript>.py", "\x1b[31m\n::warning::x.py", "@x [a](b)|`.py"):
        (folder / name).write_bytes(content)
    out = tmp_path / "out"
    done = run("grade", "sigmoid_network", folder, "-o", out, GITHUB_ACTIONS="true")
    assert done.returncode == 0
    # All that is printed stands between a command that stops commands and the one that lets them on again.
    first, *inside, last = done.stdout.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert len(token) >= 32
    assert last == f"::{token}::"
    assert token not in "\n".join(inside)
    for audience in Audience:
        assert run("render", out, "--format", "html", "--for", audience).returncode == 0
        for path in (out / "html").iterdir():
            page = Page(path.read_text())
            assert not [name for name in parts(page)[1] if name.startswith("on")]
            assert [tag for tag, _ in page.tags].count("script") == (
                audience is Audience.STAFF and path.stem == "index"
            )
            assert "\x1b" not in path.read_text()
    assert run("render", out, "--format", "junit").returncode == 0
    SCHEMA.validate((out / "junit.xml").read_text())
    assert run("render", out, "--format", "csv").returncode == 0
    rows = rows_of((out / "grades.csv").read_text())
    assert (len(rows), {len(row) for row in rows}) == (5, {len(rows[0])})
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]
    printed = run("render", out, "--format", "github")
    commands = [workflow_commands(line) for line in printed.stdout.splitlines()]
    assert len(commands) == 10
    assert {command[0] for command in commands if command} == {"error"}
    assert all(workflow_commands(line) is None for line in printed.stderr.splitlines())


# ----------------------------------------------------------------------------------------------------------- pictures


def example(actual: Any, expected: Any) -> Example:
    return Example(check="a", inputs={}, actual={"x": actual}, expected={"x": expected})


@pytest.mark.parametrize(
    ("actual", "expected", "rows"),
    [
        ([[1.0, 2.0]], [[1.0, 2.0]], [[0, 0]]),
        ([1.001, 2.0, 4.0], [1.0, 2.0, 4.0], [[1, 0, 0]]),
        ([1.2, 3.0, 8.0, 9.0], [1.0, 2.0, 4.0, 4.0], [[2, 3, 4, 5]]),
        (["nan", "inf"], [1.0, 2.0], [[5, 5]]),
        ([[1.0], [0.0]], [[0.0], [0.0]], [[4], [0]]),
    ],
)
def test_shades_are_errors_relative_to_the_largest_element(actual: Any, expected: Any, rows: Any) -> None:
    (heat,) = pictures.heats(example(actual, expected), {})
    assert heat.rows == rows


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ([1.0], [1.0, 2.0]),
        ("a dict", [1.0, 2.0]),
        ([[[1.0]]], [[[1.0]]]),
        (2.0, 1.0),
        (None, [1.0, 2.0]),
        ([[1.0], [1.0, 2.0]], [1.0]),
    ],
)
def test_what_can_not_be_compared_element_by_element_has_no_heat_map(actual: Any, expected: Any) -> None:
    assert pictures.heats(example(actual, expected), {}) == []


@pytest.mark.parametrize(
    ("actual", "expected"),
    [([None, None], []), ([1.0, 1.0], [1.0, 1.0]), ([1e-300, 1e300], []), ([-1.0, None, 0.0], []), ([0.0, 0.0], [])],
)
def test_any_curve_can_be_drawn_or_is_left_out(actual: Any, expected: Any) -> None:
    curve = Curve(name="losses", check="a", places=list(range(len(actual))), actual=actual, expected=expected)
    lines = pictures.lines(curve)
    assert (lines is None) == (set(actual) == {None})
    if lines is not None:
        numbers = [float(each) for each in re.findall(r"[\d.]+", lines.actual)]
        assert all(0 <= each <= pictures.WIDTH for each in numbers)


def test_scores_fall_into_tenths() -> None:
    assert pictures.bins([0, 0.05, 0.1, 0.3, 0.999, 1, 1.2]) == [2, 1, 0, 1, 0, 0, 0, 0, 0, 3]


def test_numbers_are_told_apart_in_tables() -> None:
    quantity = html._quantity("x", [1.00000001, 2.0], [1.00000002, 2.0])
    assert quantity.actual[0][0] == ("1", False)
    quantity = html._quantity("x", [1.000001, 2.0], [1.000002, 2.0])
    assert (quantity.actual[0][0], quantity.expected[0][0]) == (("1.000001", True), ("1.000002", False))
    assert files.cell("x") == "x"
