"""Checking one's own work: the words of the real report, without the wall, without torch, without a solution."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app
from grader.grading import Task, grade
from grader.grading.repairs import Repairs
from grader.practice import check_file
from grader.practice.compiled import CheckPack, compiled, from_bytes
from grader.practice.here import Clock, OutOfTime
from grader.reports import LEVELS, ExerciseReport, Report, from_json, json_schema
from grader.sandbox import Limits
from grader.submissions import parse

from .conftest import PLAIN, ROOT, SUBMISSIONS, exercise

HOMEWORK = SUBMISSIONS / "sigmoid_network" / "homework.ipynb"

# Runs the command in a Python that has none of these, and says what of the wall it has imported.
WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name in {"torch", "fcntl", "resource", "pwd", "grp", "termios"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Without())
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
from grader.cli.entry import main
try:
    main()
finally:
    wall = {"process", "session", "zygote", "isolation", "worker.lockdown", "worker.zygote", "worker.process"}
    print(sorted(name for name in wall if "grader.sandbox." + name in sys.modules))
"""


@pytest.fixture(scope="module")
def handed_out(sigmoid_network: Task, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout")
    (folder / "sigmoid_network.check").write_bytes(compiled(sigmoid_network).content)
    return folder


@pytest.fixture
def pack(handed_out: Path) -> CheckPack:
    return from_bytes((handed_out / "sigmoid_network.check").read_bytes())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def checked(pack: CheckPack, text: str, folder: Path) -> Report:
    file = folder / "hw.py"
    file.write_text(text)
    return check_file(pack, file)[0]


def public_part(report: ExerciseReport) -> list[tuple[str, str, str]]:
    return [(check.name, check.outcome, check.message) for check in report.checks if not check.hidden]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(HOMEWORK, marks=pytest.mark.slow),
        PLAIN,
        next((SUBMISSIONS / "sigmoid_network" / "double").glob("einsum*.py")),
        next((SUBMISSIONS / "sigmoid_network" / "double").glob("french*.ipynb")),
    ],
    ids=["homework", "plain", "einsum", "french"],
)
def test_a_check_says_what_the_report_will_say(
    file: Path, pack: CheckPack, sigmoid_network: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In a student's own process nothing of theirs is changed to see what repairs it.
    monkeypatch.setattr(Repairs, "line", lambda self, cause, where, brought: where)
    record = grade(sigmoid_network, parse("hw", file.name, file.read_bytes()))
    practice, _ = check_file(pack, file)
    assert practice.authority == "practice"
    assert [each.id for each in practice.exercises] == [each.id for each in record.exercises]
    compared = 0
    for each in practice.exercises:
        real = exercise(record, each.id)
        assert public_part(each) == public_part(real)
        assert each.example == real.example
        assert each.score == pytest.approx(sum(check.score for check in real.checks if not check.hidden))
        if not any(" not right yet" in remark for remark in each.remarks):  # there the right helpers are wanted
            assert each.diagnosis == real.diagnosis
            assert each.steps == real.steps
            assert each.remarks == real.remarks
            compared += each.outcome != "passed"
    assert compared or file == PLAIN


@pytest.mark.parametrize("file", [PLAIN, pytest.param(HOMEWORK, marks=pytest.mark.slow)], ids=["module", "notebook"])
def test_it_needs_neither_torch_nor_linux(file: Path, handed_out: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT, "check", str(handed_out), str(file)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        check=False,
    )
    assert result.returncode == (0 if file == PLAIN else 1), result.stderr
    assert "public checks" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_what_is_right_passes_and_is_told_of_hidden_checks(handed_out: Path, tmp_path: Path) -> None:
    result = run(handed_out, PLAIN, "-o", tmp_path)
    assert result.exit_code == 0
    assert "47 of 47 public checks" in result.output
    assert "11 hidden checks with other numbers come on top" in result.output
    assert " points" not in result.output
    content = (tmp_path / "plain.json").read_bytes()
    report = json.loads(content)
    jsonschema.validate(report, json_schema())
    assert report["authority"] == "practice"
    assert report["score"] == report["max_score"] < 31
    assert from_json(content).exercises


def test_what_is_wrong_ends_with_one(handed_out: Path) -> None:
    result = run(handed_out / "sigmoid_network.check", HOMEWORK)
    assert result.exit_code == 1
    assert "→ batch-mean-twice  (cell 3, line 32): The mean over the batch" in result.output


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.py", None, "can't be read: No such file"),
        ("notes.txt", b"x", "neither a .py nor an .ipynb"),
        ("hw.ipynb", b"{", "not whole JSON"),
        ("hw.py", b"\xff\xfe\x00\x00\x01", "text"),
    ],
)
def test_what_can_not_be_read_says_why(
    name: str, content: bytes | None, told: str, handed_out: Path, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(handed_out, tmp_path / name)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


def test_without_a_check_pack_it_says_where_one_is(tmp_path: Path, handed_out: Path) -> None:
    result = run(tmp_path, PLAIN)
    assert result.exit_code == 2
    assert "the folder that your course has handed out" in " ".join(result.output.split())
    for name in ("one.check", "two.check"):
        (tmp_path / name).write_bytes(b"")
    assert "name one of one.check, two.check" in " ".join(run(tmp_path, PLAIN).output.split())
    assert "no check pack" in " ".join(run(tmp_path / "one.check", PLAIN).output.split())


HARD = """
import os
import sys

def sigmoid(x):
    while True:
        pass

def sigmoid_derivative(x):
    sys.exit(3)

class Own(BaseException):
    pass

def relu(x):
    raise Own("no")

def relu_derivative(x):
    return input("what? ")

print("loud")
sys.stdout = None
this is no Python
"""


def test_code_that_loops_or_leaves_costs_itself_only(pack: CheckPack, tmp_path: Path) -> None:
    pack.task.pack.limits = Limits(exercise=0.2)
    report = checked(pack, HARD, tmp_path)
    told = {each.id: (each.outcome, each.checks[0].message) for each in report.exercises if each.checks}
    assert told["sigmoid"] == ("timed_out", "sigmoid ran longer than 0.2 seconds and was stopped")
    assert told["sigmoid_derivative"] == ("raised", "sigmoid_derivative raised SystemExit: 3   (line 10)")
    assert told["relu"] == ("raised", "relu raised Own: no   (line 16)")
    assert told["relu_derivative"][1].startswith("relu_derivative raised EOFError: input() has nobody to ask")
    assert told["mse_loss"][0] == "not_defined"
    assert [each.error.partition(":")[0] for each in report.loading] == ["SyntaxError"]


def test_a_cell_that_never_ends_is_stopped(pack: CheckPack, tmp_path: Path) -> None:
    pack.task.pack.limits = Limits(loading=0.2)
    report = checked(pack, "while True:\n    pass\n" + PLAIN.read_text(), tmp_path)
    assert [each.error for each in report.loading] == ["TimeoutError: ran longer than 0.2 seconds and was stopped"]
    assert all(each.outcome == "passed" for each in report.exercises)


def test_an_interrupt_is_a_person_s_wish(pack: CheckPack, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        checked(pack, "def sigmoid(x):\n    raise KeyboardInterrupt\n", tmp_path)


def test_a_clock_rings_only_for_what_it_times() -> None:
    with Clock(30):
        pass
    with pytest.raises(OutOfTime), Clock(0.05):
        while True:
            pass
    clock = Clock(0.05)
    with pytest.raises(OutOfTime), clock:
        while True:
            pass
    with pytest.raises(OutOfTime), clock:  # what is used up stays used up
        while True:
            pass


class Slow(Clock):
    """Rings while it is still being set, as any may on a busy machine."""

    def _set(self, seconds: float) -> None:
        super()._set(seconds)
        time.sleep(0.02)


def test_a_clock_that_rings_at_once_rings_for_nothing_else() -> None:
    """Whenever it rings, it is `OutOfTime` of that one clock: never an interrupt, nor one for what comes after."""
    before = signal.getsignal(signal.SIGINT)  # a shell's background jobs ignore it
    with pytest.raises(OutOfTime), Slow(0.001):
        pass
    for turns in range(0, 60_000, 400):
        with contextlib.suppress(OutOfTime), Clock(0.001):
            for _ in range(turns):
                pass
    assert signal.getsignal(signal.SIGINT) is before


class Interrupted(Clock):
    """A person's Ctrl-C while it is being set."""

    def _set(self, seconds: float) -> None:
        super()._set(seconds)
        raise KeyboardInterrupt


def test_an_interrupt_while_a_clock_is_set_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGINT)
    clock = Interrupted(0.01)
    with pytest.raises(KeyboardInterrupt), clock:
        pass
    time.sleep(0.05)  # no ring comes
    assert signal.getsignal(signal.SIGINT) is before


def test_a_clock_rings_where_interrupts_are_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a shell's background job
    try:
        with pytest.raises(OutOfTime), Clock(0.05):
            while True:
                pass
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def drawn_from() -> list[int]:
    """NumPy's global generator, the one that students use."""
    state: list[int] = np.random.get_state(legacy=False)["state"]["key"].tolist()  # noqa: NPY002
    return state


@pytest.mark.slow
def test_everything_is_left_as_it_was(pack: CheckPack, tmp_path: Path) -> None:
    own, numpys = random.getstate(), drawn_from()
    before = (Path.cwd(), list(sys.path), sys.argv, sys.stdout, os.environ.get("MPLBACKEND"), sys.modules["__main__"])
    checked(
        pack, PLAIN.read_text() + "\nimport os, sys\nos.environ['MPLBACKEND'] = 'x'\nsys.path.append('x')\n", tmp_path
    )
    check_file(pack, HOMEWORK)
    after = (Path.cwd(), list(sys.path), sys.argv, sys.stdout, os.environ.get("MPLBACKEND"), sys.modules["__main__"])
    assert after == before
    assert random.getstate() == own
    assert drawn_from() == numpys
    assert "hw" not in sys.modules


def test_files_beside_it_can_be_used(pack: CheckPack, tmp_path: Path) -> None:
    (tmp_path / "helpers_of_mine.py").write_text("import numpy as np\ndef s(x):\n    return 1 / (1 + np.exp(-x))\n")
    (tmp_path / "points.csv").write_text("1,2\n")
    text = "import helpers_of_mine\nwith open('points.csv') as f: f.read()\ndef sigmoid(x):\n    return helpers_of_mine.s(x)\n"
    report = checked(pack, text, tmp_path)
    assert report.loading == []
    assert public_part(exercise(report, "sigmoid"))[0][1] == "passed"


@pytest.mark.parametrize(
    "level", [pytest.param(level, marks=[] if level == "hint" else pytest.mark.slow) for level in LEVELS]
)
def test_a_level_of_feedback_says_no_more(level: str, sigmoid_network: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sigmoid_network.pack.feedback, "check", level)
    report, _ = check_file(from_bytes(compiled(sigmoid_network).content), HOMEWORK)
    backward = exercise(report, "backward")
    told = LEVELS.index(level)
    assert ("dW1[0, 1] is" in backward.checks[0].message) == (told >= 1)
    assert (backward.example is not None) == (told >= 1)
    assert bool(backward.steps) == (told >= 2)
    assert bool(backward.diagnosis) == (told >= 3)
    assert any(fault.hint for fault in backward.diagnosis) == (told >= 4)
