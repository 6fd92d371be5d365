"""Authors: a new pack holds every law as it stands, and the page that teaches it works block by block."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.main import app
from grader.packs import PackError, loading, starting
from grader.packs.validation import validate

from .conftest import ROOT

PAGE = ROOT / "grader" / "packs" / "README.md"


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def graded(pack: Path, text: str) -> dict[str, dict[str, object]]:
    """A module's report, exercise by exercise."""
    (pack.parent / "hw.py").write_text(text)
    done = run("grader", "grade", pack, "hw.py", "-o", "out", cwd=pack.parent)
    assert done.returncode == 0, done.stderr
    report = json.loads((pack.parent / "out" / "hw.json").read_text())
    return {each["id"]: each for each in report["exercises"]}


@pytest.mark.slow
def test_a_new_pack_validates_and_grades_at_once(tmp_path: Path) -> None:
    done = run("grader", "new", "my_pack", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Next: grader validate my_pack")
    folder = tmp_path / "my_pack"
    assert "starter" not in "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    pack = loading.load_mistakes(loading.load(str(folder)))
    assert validate(pack).findings == []
    assert (len(pack.exercises), len(pack.mistakes)) == (2, 3)
    text = (folder / "reference" / "my_pack.py").read_text()
    assert {each["outcome"] for each in graded(folder, text).values()} == {"passed"}
    wrong = graded(folder, text.replace("inputs.T @ difference / len(targets)", "difference @ inputs"))
    assert wrong["squared_error_gradient"]["score"] == 0
    assert [fault["mistake"] for fault in wrong["squared_error_gradient"]["diagnosis"]] == ["missing-batch-mean"]  # type: ignore[attr-defined]


def test_mistakes_belong_to_the_pack_that_they_are_asked_for_even_after_another_was_loaded() -> None:
    first = loading.load("list_network")
    second = loading.load("list_network")
    assert len(loading.load_mistakes(first).mistakes) == len(loading.load_mistakes(second).mistakes) > 0
    assert loading.load_mistakes(first).equivalents == second.equivalents


def test_a_bare_name_goes_under_assignments_where_that_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert starting.place("hw") == Path("hw")
    (tmp_path / "assignments").mkdir()
    assert starting.place("hw") == Path("assignments/hw")
    assert starting.place("./elsewhere/hw") == Path("elsewhere/hw")
    assert starting.place(str(tmp_path / "hw")) == tmp_path / "hw"


@pytest.mark.parametrize("name", ["my-pack", "1st", "a b", "..", "pack.py", "ä/ö-"])
def test_a_name_that_can_be_no_packs_is_told_so(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["new", name])
    assert done.exit_code == 2
    assert "it is made of letters, digits and underscores" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "my_pack").mkdir()
    (tmp_path / "my_pack" / "exercises.py").write_text("precious")
    done = run("grader", "new", "my_pack", cwd=tmp_path)
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    assert (tmp_path / "my_pack" / "exercises.py").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["my_pack"]


def test_a_pack_that_can_not_be_made_whole_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(pack: object) -> dict[Path, str]:
        raise PackError("no")

    monkeypatch.setattr("grader.packs.stubs.generated", fails)
    with pytest.raises(PackError):
        starting.new(tmp_path / "my_pack")
    assert list(tmp_path.iterdir()) == []


ANOTHER = [
    "new", "mine", "--from", ROOT / "assignments" / "list_network", "--rename", "Network=Layers", "--rename",
    "backprop=gradient_of", "--resize", "5=6", "--resize", "7=8", "--resize", "2=4",
]  # fmt: skip


@pytest.mark.slow
def test_a_variant_has_other_names_sizes_and_seed_and_is_the_same_otherwise(tmp_path: Path) -> None:
    done = run("grader", *ANOTHER, cwd=tmp_path)
    assert done.returncode == 2
    assert "exercises.py: no case is drawn with a length 7" in done.stderr  # it is that of a list that is repeated
    assert list(tmp_path.iterdir()) == []
    done = run(
        "grader", *[each for each in ANOTHER if each not in ("--resize", "7=8")][:8], "--resize", "5=6", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "mine"
    pack = loading.load_mistakes(loading.load(str(folder)))
    original = loading.load_mistakes(loading.load(str(ROOT / "assignments" / "list_network")))
    assert (pack.max_score, len(pack.mistakes)) == (original.max_score, len(original.mistakes))
    assert list(pack.exercises) == [{"backprop": "gradient_of"}.get(name, name) for name in original.exercises]
    assert pack.seed != original.seed
    cases = {case.name: case for case in pack.exercises["gradient_of"].cases(pack.seed, pack.seed)}
    assert cases["four, six and three units, three samples"].sizes == [4, 6, 3]
    # A number that stands for something else in the same call too (a mini-batch of five) stays.
    assert "samples=5, epochs=3, size=5" in (folder / "exercises.py").read_text()
    text = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert not re.search(r"\bNetwork\b|\bbackprop\b|list_network", text)
    assert "class Layers:" in (folder / "stub.py").read_text()
    assert not (folder / "course.toml").exists()


@pytest.mark.slow
def test_a_variant_validates_and_the_published_solution_does_not_fit(tmp_path: Path) -> None:
    done = run("grader", *ANOTHER[:8], "--resize", "5=6", "--seed", "5", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "mine"
    assert validate(loading.load_mistakes(loading.load(str(folder)))).findings == []
    published = graded(folder, (ROOT / "reference" / "list_network.py").read_text())
    assert published["gradient_of"]["outcome"] == "not_defined"
    own = graded(folder, (folder / "reference" / "mine.py").read_text())
    assert {each["outcome"] for each in own.values()} == {"passed"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rename", "Network=Layers"], "--rename, --resize and --seed are for a variant"),
        (["--from", "starter", "--rename", "step"], "--rename is 'step', but should be OLD=NEW"),
        (["--from", "starter", "--rename", "step=walk"], "starter has no function, class or method 'step'; it has: squared_error, squared"),
        (["--from", "starter", "--rename", "squared_error=class"], "squared_error can't be called 'class'"),
        (["--from", "starter", "--rename", "squared_error=weights"], "'weights': that word stands in the pack already"),
        (["--from", "starter", "--resize", "7=nine"], "should be whole numbers above 0"),
        (["--from", "starter", "--resize", "9=7"], "no case is drawn with a length 9"),
    ],
)  # fmt: skip
def test_a_variant_that_can_not_be_made_is_told_so(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [str(starting.STARTER) if each == "starter" else each for each in arguments]
    done = CliRunner().invoke(app, ["new", "mine", *given])
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []


BLOCK = re.compile(r"```(sh|python|toml)\n(.*?)```", re.DOTALL)
TARGET = re.compile(r"(?:Add to|Write)\s+`([^`]+)`")


@pytest.mark.slow
def test_every_block_of_the_page_works(tmp_path: Path) -> None:
    page, place = PAGE.read_text(), 0
    ran = []
    for block in BLOCK.finditer(page):
        kind, text = block.groups()
        if kind == "sh":
            for line in text.strip().splitlines():
                command = line if line.startswith("python -m") else f"python -m {line}"
                done = run(*command.split()[2:], cwd=tmp_path)
                assert done.returncode == 0, f"{line}: {done.stdout} {done.stderr}"
                ran.append((line, done.stdout))
        else:
            target = TARGET.findall(page[place : block.start()])[-1]
            file = tmp_path / "my_pack" / target
            assert file.exists() or kind == "toml", target
            file.write_text((file.read_text() if file.exists() else "") + text)
        place = block.end()
    assert "7 of 7" in ran[-1][1]
    pack = loading.load_mistakes(loading.load(str(tmp_path / "my_pack")))
    assert (pack.max_score, pack.limits.exercise) == (13, 5)
    assert [each.slug for each in pack.mistakes[-2:]] == ["gradient-ascent", "learning-rate-missing"]


def test_the_page_is_one_page() -> None:
    assert len(PAGE.read_text().splitlines()) <= 160
    assert "PYTHONPATH" in os.environ  # the commands run this tree
