"""The pages in a real browser: Chromium, from the distribution's package, driven by Playwright; axe-core looks too."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from grader import batch
from grader.grading import Task
from grader.reports import Audience, Display, html, seen_by, write_rendered
from grader.sandbox import Session

from .report_samples import EVERY_ATTACK, exercise, plain_class, report, wrong
from .sample_class import gather
from .test_pages import attacked, with_display

pytestmark = pytest.mark.slow

CHROMIUM = "/usr/bin/chromium"
# Nothing of Chromium's own goes out either; there is no second user here to be kept apart by its sandbox.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
SIZES = list(itertools.product((360, 1280), ("light", "dark")))


@pytest.fixture(scope="module")
def pages(sigmoid_network: Task, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each audience with the pages of a class of thirty, and of reports that have everything."""
    folder = tmp_path_factory.mktemp("class")
    found = batch.discover(gather(folder / "in"), sigmoid_network.pack.id)
    reports = [
        batch.grade_one(sigmoid_network, each, id, Session)
        for each, id in zip(found, batch.identify(found), strict=True)
    ]
    assert len(reports) == 30
    others = [with_display(each) for each in plain_class()] + [
        attacked(EVERY_ATTACK),
        report("few", exercise(), wrong()),
    ]
    staffed = msgspec.structs.replace(others[0], staff={"faults": {"display": "Traceback"}, "traceback": "Traceback"})
    for audience in Audience:
        for name, group in (("class", reports), ("others", [staffed, *others[1:]])):
            seen = [seen_by(each, audience) for each in group]
            write_rendered(html.render(seen, audience), folder / audience / name)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "install the package chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@contextlib.contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, scheme: str = "light", **options: Any) -> Iterator[Page]:
    """A page that may say nothing on the console and ask nothing of anybody."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda request: troubles.append(request.url) if request.url.startswith(("http", "ws")) else None)
    page.goto(path.as_uri())
    yield page
    context.close()
    assert troubles == []


def class_page(pages: Path) -> Path:
    return pages / "staff" / "class" / "html" / "index.html"


def names(page: Page) -> list[str]:
    return page.locator("#class tbody tr:visible th a").all_inner_texts()


def test_nothing_overflows_at_any_width_and_nothing_is_said_or_asked(browser: Browser, pages: Path) -> None:
    paths = sorted(pages.rglob("*.html"))
    assert len(paths) == 2 * (31 + 7)
    for place, path in enumerate(paths):
        # Each page in one of the four ways, and pages of the class in all.
        for width, scheme in SIZES if path.stem in ("index", "Amara_Diallo", "hostile") else [SIZES[place % 2]]:
            with opened(browser, path, width, scheme) as page:
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                assert page.evaluate("document.documentElement.scrollWidth") == width, f"{path}, {width}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(scheme: str, browser: Browser, pages: Path) -> None:
    chosen = [
        class_page(pages),
        pages / "students" / "class" / "html" / "index.html",
        pages / "students" / "class" / "html" / "Amara_Diallo.html",
        *(pages / "staff" / "others" / "html" / f"{name}.html" for name in ("ada", "cy", "di", "hostile")),
    ]
    for path in chosen:
        with opened(browser, path, scheme=scheme) as page:
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found = Axe().run(page, options=WCAG)
            told = [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]]
            assert told == [], path


def test_the_table_sorts_by_any_column_and_back(browser: Browser, pages: Path) -> None:
    with opened(browser, class_page(pages)) as page:
        before = names(page)
        points = page.locator("#class thead th").nth(1)
        points.get_by_role("button").click()
        scores = [text.strip() for text in page.locator("#class tbody td.points").all_inner_texts()]
        assert scores[0] == "–"
        assert scores[1:] == sorted(scores[1:], key=float)
        assert points.get_attribute("aria-sort") == "ascending"
        points.get_by_role("button").click()
        assert page.locator("#class tbody td.points").first.inner_text().strip() == "30"
        name = page.locator("#class thead th").first.get_by_role("button")
        name.focus()
        page.keyboard.press("Enter")
        assert points.get_attribute("aria-sort") == "none"
        assert sorted(names(page)) == sorted(before)
        assert names(page)[0] == "Adaeze Obi"


def test_the_table_is_searched_and_its_links_lead_to_pages(browser: Browser, pages: Path) -> None:
    with opened(browser, class_page(pages)) as page:
        page.get_by_label("Find").fill("BATCH-MEAN amara")
        assert names(page) == ["Amara Diallo"]
        assert page.get_by_role("status").inner_text() == "1 of 30"
        page.get_by_role("link", name="Amara Diallo").last.click()
        assert page.locator("h1").inner_text().endswith("Amara Diallo.ipynb")
        page.locator(".lead a").click()
        assert page.url.endswith("#backward")
        page.go_back()
        page.go_back()
        page.get_by_label("Find").fill("")
        assert len(names(page)) == 30


def test_the_class_page_is_whole_without_scripts(browser: Browser, pages: Path) -> None:
    with opened(browser, class_page(pages), java_script_enabled=False) as page:
        assert len(names(page)) == 30
        assert not page.get_by_label("Find").is_visible()


def test_dark_is_dark(browser: Browser, pages: Path) -> None:
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, each) => sum + +each, 0)"
    for name in ("index", "Amara_Diallo"):
        path = pages / "students" / "class" / "html" / f"{name}.html"
        with opened(browser, path, scheme="light") as page:
            assert page.evaluate(brightness) > 600
        with opened(browser, path, scheme="dark") as page:
            assert page.evaluate(brightness) < 150


def test_the_keyboard_reaches_everything(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "students" / "class" / "html" / "Amara_Diallo.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the result"
        page.keyboard.press("Enter")
        reached = set()
        for _ in range(80):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()")
            )
        assert "SUMMARY What was asked" in reached
        assert "A backward" in reached


def test_print_shows_what_is_folded_away(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "students" / "class" / "html" / "Amara_Diallo.html") as page:
        table = page.locator("details .matrix table").first
        assert not table.is_visible()
        page.emulate_media(media="print")
        assert (table.bounding_box() or {"height": 0})["height"] > 20
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_attacks_stay_text(browser: Browser, pages: Path) -> None:
    for audience in Audience:
        for name in ("hostile", "index"):
            with opened(browser, pages / audience / "others" / "html" / f"{name}.html") as page:
                assert page.evaluate("typeof attack") == "undefined"
                assert page.locator("[onerror], [onload], iframe, object, embed, form").count() == 0
                assert page.locator("script").count() == (name == "index" and audience is Audience.STAFF)


def test_the_policy_holds_even_where_text_got_in(browser: Browser, pages: Path, tmp_path: Path) -> None:
    """The last fence is seen to hold: a script and a picture that were put into a page do nothing."""
    text = (pages / "students" / "class" / "html" / "index.html").read_text()
    evil = "<script>window.attacked = 1</script><img src='https://attack.example/x.png' onerror='window.attacked = 1'>"
    path = tmp_path / "evil.html"
    path.write_text(text.replace("<main", f"{evil}<main"))
    page = browser.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.evaluate("window.attacked") is None
    assert [url for url in asked if url.startswith("http")] == []
    page.close()


def test_a_display_with_nothing_in_it_is_a_page(browser: Browser, tmp_path: Path) -> None:
    bare = msgspec.structs.replace(report("ada", wrong()), display=Display())
    write_rendered(html.render([bare], Audience.STUDENTS), tmp_path)
    with opened(browser, tmp_path / "html" / "ada.html") as page:
        assert page.locator("article").count() == 1
