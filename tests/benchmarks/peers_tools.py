"""How each grader is installed, what it is handed, what is run, and where it says who has full marks."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
import numpy as np

from . import peers_tests
from .peers_class import Student, notebook
from .peers_tests import Test

ROOT = Path(__file__).parents[2]
PACK = "sigmoid_network"
PACKAGES = {"otter": "otter-grader==7.0.0", "nbgrader": "nbgrader==0.9.6", "check50": "check50==3.5.0"}
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "course"
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Command:
    """What is run, where, and with which environment variables."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]

    def run(self) -> str:
        """What it prints; untimed.

        Raises:
          SystemExit: it failed.
        """
        done = subprocess.run(
            self.words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise SystemExit(
                f"{' '.join(self.words)} ended with exit code {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return done.stdout


@dataclasses.dataclass(frozen=True, slots=True)
class Tool:
    """A way to grade a class.

    Attributes:
      name: what the table calls it.
      kind: notebooks or modules.
      prepare: lays out the class in a new folder and returns the commands that grade it.
      scores: each one's share of the points, read from that folder afterwards. Whoever has no result is missing.
      together: how many of the commands run at a time.
    """

    name: str
    kind: str
    prepare: Callable[[Path, Sequence[Student]], list[Command]]
    scores: Callable[[Path], dict[str, float]]
    together: int = 2


class Environments:
    """The virtual environments of the other graders, made where they are missing.

    Args:
      cache: the folder that they are kept in.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def make(self, tool: str) -> None:
        """Makes a tool's environment, with the NumPy that this grader has."""
        folder = self._folder(tool)
        if (folder / "complete").exists():
            return
        print(f"installing {PACKAGES[tool]} in {folder}", flush=True)
        venv.EnvBuilder(with_pip=True, clear=True).create(folder)
        packages = (PACKAGES[tool], f"numpy=={np.__version__}", "ipykernel")
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-qq", *packages], check=True)
        (folder / "complete").touch()

    def command(self, tool: str, folder: Path, *words: str | Path) -> Command:
        """One of a tool's commands; the first word is a program in its environment."""
        bin = self._folder(tool) / "bin"
        home = self._cache / "home"  # nothing of the user's own settings, but caches that stay warm
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name in ("LANG", "TMPDIR", "TZ")}
        environment = {**kept, "PATH": f"{bin}:/usr/bin:/bin", "HOME": str(home)}
        return Command((str(bin / words[0]), *map(str, words[1:])), folder, environment)

    def _folder(self, tool: str) -> Path:
        return self._cache / PACKAGES[tool].replace("==", "-")


def suffix(kind: str) -> str:
    return ".ipynb" if kind == "notebooks" else ".py"


def content(student: Student, kind: str) -> str:
    return notebook(student.cells()) if kind == "notebooks" else student.text


# ------------------------------------------------------------------------------------------------------- this grader


def ours(kind: str) -> Tool:
    def prepare(folder: Path, students: Sequence[Student]) -> list[Command]:
        handed_in = folder / "class"
        handed_in.mkdir()
        for student in students:
            (handed_in / f"{student.id}{suffix(kind)}").write_text(content(student, kind))
        words = (sys.executable, "-m", "grader", "grade", PACK, str(handed_in), "-o", str(folder / "out"), "-j", "2")
        return [Command(words, ROOT, {**os.environ, "PYTHONPATH": str(ROOT)})]

    def scores(folder: Path) -> dict[str, float]:
        reports = (json.loads(path.read_text()) for path in (folder / "out").glob("student*.json"))
        return {
            report["submission"]["id"]: report["score"] / report["max_score"]
            for report in reports
            if report["status"] == "graded"
        }

    return Tool("this grader", kind, prepare, scores)


# ------------------------------------------------------------------------------------------------------------- otter


def otter(kind: str, environments: Environments, tests: Sequence[Test], cache: Path) -> Tool:
    """`otter run` of each submission, without a container. A module is wrapped by otter itself, as one cell."""
    points = sum(test.points for test in tests)
    archive = cache / "autograder.zip"
    folder = fresh(cache / "otter-tests")
    (folder / "tests").mkdir()
    for test in tests:
        (folder / "tests" / f"{test.exercise}.py").write_text(peers_tests.otter(test))
    environments.command("otter", folder, "otter", "generate", "-t", "tests", "-o", archive).run()

    def prepare(folder: Path, students: Sequence[Student]) -> list[Command]:
        commands = []
        for student in students:
            own = folder / student.id
            own.mkdir()
            file = own / f"hw{suffix(kind)}"
            file.write_text(content(student, kind))
            commands.append(environments.command("otter", own, "otter", "run", "-a", archive, "-o", own, file))
        return commands

    def scores(folder: Path) -> dict[str, float]:
        found = {}
        for path in folder.glob("*/results.json"):
            asked = [test for test in json.loads(path.read_text())["tests"] if test.get("max_score")]
            found[path.parent.name] = sum(test["score"] for test in asked) / points
        return found

    return Tool("otter-grader 7.0.0, `otter run`", kind, prepare, scores)


# ---------------------------------------------------------------------------------------------------------- nbgrader


def nbgrader(environments: Environments, tests: Sequence[Test], cache: Path, courses: int) -> Tool:
    """`nbgrader autograde` of a whole class.

    Args:
      courses: how many courses the class is split into, each graded by a process of its own, at the same time.
    """
    base = fresh(cache / "nbgrader-course")
    (base / "nbgrader_config.py").write_text(CONFIG)
    (base / "source" / "ps1").mkdir(parents=True)
    (base / "source" / "ps1" / "hw.ipynb").write_text(notebook([], [test_cell(test) for test in tests]))
    environments.command("nbgrader", base, "nbgrader", "generate_assignment", "ps1").run()
    released = nbformat.read(base / "release" / "ps1" / "hw.ipynb", as_version=4).cells

    def prepare(folder: Path, students: Sequence[Student]) -> list[Command]:
        commands = []
        for number in range(min(courses, len(students))):
            course = folder / f"course{number}"
            shutil.copytree(base, course)
            for student in students[number::courses]:
                own = course / "submitted" / student.id / "ps1"
                own.mkdir(parents=True)
                (own / "hw.ipynb").write_text(notebook(student.cells(), released))
            commands.append(environments.command("nbgrader", course, "nbgrader", "autograde", "ps1"))
        return commands

    def scores(folder: Path) -> dict[str, float]:
        found = {}
        for course in folder.glob("course*"):
            environments.command("nbgrader", course, "nbgrader", "export", "--to", "grades.csv").run()
            for row in csv.DictReader((course / "grades.csv").read_text().splitlines()):
                if row["timestamp"] or (course / "autograded" / row["student_id"]).exists():
                    found[row["student_id"]] = float(row["score"]) / float(row["max_score"])
        return found

    how = "one process" if courses == 1 else f"{courses} courses at once"
    return Tool(f"nbgrader 0.9.6, {how}", "notebooks", prepare, scores, courses)


def test_cell(test: Test) -> nbformat.NotebookNode:
    about = {
        "schema_version": 3,
        "grade": True,
        "solution": False,
        "task": False,
        "locked": True,
        "points": test.points,
        "grade_id": test.exercise,
    }
    return nbformat.v4.new_code_cell(  # type: ignore[no-any-return]
        peers_tests.nbgrader(test), id=f"test-{test.exercise}", metadata={"nbgrader": about}
    )


# ----------------------------------------------------------------------------------------------------------- check50


def check50(environments: Environments, tests: Sequence[Test], cache: Path) -> Tool:
    """`check50` of each module, with its checks in a folder, offline."""
    checks = fresh(cache / "checks")
    (checks / "__init__.py").write_text(peers_tests.check50(list(tests)))
    (checks / ".cs50.yaml").write_text("check50:\n  files:\n    - !require hw.py\n")

    def prepare(folder: Path, students: Sequence[Student]) -> list[Command]:
        commands = []
        for student in students:
            own = folder / student.id
            own.mkdir()
            (own / "hw.py").write_text(student.text)
            result = folder / f"{student.id}.json"
            words = ("check50", "--dev", "--log-level", "error", "-o", "json", "--output-file", result, checks)
            commands.append(environments.command("check50", own, *words))
        return commands

    def scores(folder: Path) -> dict[str, float]:
        found = {}
        for path in folder.glob("*.json"):
            results = json.loads(path.read_text()).get("results")
            if results:
                found[path.stem] = sum(each["passed"] is True for each in results) / len(tests)
        return found

    return Tool("check50 3.5.0", "modules", prepare, scores)


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
