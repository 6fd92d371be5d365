"""What the tests share: packs, keys (in a cache of the session's own) and a way to grade."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import Pack, key, loading
from grader.reports import ExerciseReport, Report
from grader.submissions import parse

from .small_pack import write_pack

ROOT = Path(__file__).parent.parent
SUBMISSIONS = ROOT / "tests" / "submissions"
PLAIN = SUBMISSIONS / "sigmoid_network" / "right" / "plain.py"

Grade = Callable[..., Report]

USERS_KEYS = key.cache_folder()  # before the session has one of its own


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of the session's own, no seed or key from outside, the project as the current folder."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(shared_folder(tmp_path_factory) / "cache"))
    patch.delenv("GRADER_SEED", raising=False)
    patch.delenv("GRADER_KEY", raising=False)
    patch.setenv("PYTHONPATH", str(ROOT))
    patch.chdir(ROOT)
    yield
    patch.undo()


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run's, the same for all of its processes."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def tasks(_surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Task]:
    """What the submissions of a pack are graded by."""

    @functools.cache
    def task(pack: str) -> Task:
        # One process makes the key, the others wait for it.
        with (shared_folder(tmp_path_factory) / f"{pack}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            loaded = loading.load(pack)
            borrow_key(loaded)
            return make_task(loaded, None)

    return task


def borrow_key(pack: Pack) -> None:
    """Takes a key from the user's cache: its name says that the same code made it from the same pack."""
    for path in USERS_KEYS.glob(f"{key.stem_of(pack, key.ingredients(pack, pack.seed))}-*.key"):
        if not (key.cache_folder() / path.name).exists():
            key.cache_folder().mkdir(parents=True, exist_ok=True)
            shutil.copy(path, key.cache_folder())


@pytest.fixture(scope="session")
def sigmoid_network(tasks: Callable[[str], Task]) -> Task:
    return tasks("sigmoid_network")


@pytest.fixture(scope="session")
def half(_surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pack's folder, its key made: for tests that grade much and cheaply."""
    folder = shared_folder(tmp_path_factory) / "small"
    with (shared_folder(tmp_path_factory) / "small.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pack = folder / "half" if (folder / "half").exists() else write_pack(folder)
        make_task(loading.load(str(pack)), None)
    return pack


@pytest.fixture(scope="session")
def plain() -> str:
    """A right module, to be spoilt: what is written after it comes last and counts."""
    return PLAIN.read_text()


@pytest.fixture(scope="session")
def grade_text(sigmoid_network: Task) -> Grade:
    """Grades a module's text through the real wall."""

    def run(text: str | bytes, name: str = "hw.py") -> Report:
        content = text.encode() if isinstance(text, str) else text
        return grade(sigmoid_network, parse("hw", name, content))

    return run


def exercise(report: Report, name: str) -> ExerciseReport:
    return next(each for each in report.exercises if each.id == name)


def children() -> set[int]:
    """Process ids of what this process has started and not yet seen the end of."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return {int(number) for number in text.split()}
