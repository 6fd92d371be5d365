"""What endless, huge and dying submissions cost: themselves, and no more than their share."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import nbformat
import pytest

from grader.grading import Task, grade
from grader.reports import Report, to_json
from grader.sandbox import Limits
from grader.sandbox.process import Worker
from grader.submissions import parse

from .conftest import SUBMISSIONS, Grade, children, exercise

NOTEBOOK = (SUBMISSIONS / "sigmoid_network" / "homework.ipynb").read_bytes()


def notebook(*cells: str) -> bytes:
    text = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]))
    return str(text).encode()


@contextmanager
def limits(task: Task, small: Limits) -> Iterator[None]:
    before, task.pack.limits = task.pack.limits, small
    try:
        yield
    finally:
        task.pack.limits = before


HAZARDS = {
    "an endless loop": ("while True: pass", "timed_out"),
    "an endless loop that catches all": (
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass", "timed_out",
    ),
    "waiting for ever": ("import time\n    time.sleep(3600)", "timed_out"),
    "os._exit": ("import os\n    os._exit(0)", "crashed"),
    "a segfault": ("import ctypes\n    ctypes.string_at(0)", "crashed"),
    "64 GB": ("return np.zeros(8 << 30) + x.sum()", "out_of_memory"),
    "growing without end": ("kept = []\n    while True: kept.append(np.empty(1 << 21))", "out_of_memory"),
    "sys.exit": ("import sys\n    sys.exit()", "raised"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "raised"),
    "a BaseException of its own": ("class E(BaseException): pass\n    raise E", "raised"),
    "deep recursion": ("return relu(x)", "raised"),
    "an error whose text fails": (
        "class E(Exception):\n        def __str__(self): raise ValueError\n    raise E", "raised",
    ),
    "a huge answer": ("return np.zeros(20 << 20)", "wrong_dtype"),
    "an endless answer": ("kept = []\n    kept.append(kept)\n    return kept", "wrong_dtype"),
    "closing every file": ("import os\n    os.closerange(0, 100)\n    return x", "crashed"),
    "writing to the judge": (
        "import os\n    for n in range(3, 20):\n        try: os.write(n, b'\\0\\0\\0\\x10' + b'x' * 100)\n"
        "        except OSError: pass\n    return np.maximum(x, 0)", "crashed",
    ),
    "killing itself": ("import os, signal\n    os.kill(os.getpid(), signal.SIGTERM)", "raised"),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _zygote(sigmoid_network: Task, plain: str) -> None:
    """What starts workers is there already, and is no process that a submission leaves."""
    grade(sigmoid_network, parse("hw", "hw.py", plain.encode()))


WAITS = ("waiting for ever", "an endless loop", "an endless loop that catches all")


@pytest.mark.parametrize("kind", ["module", pytest.param("notebook", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in WAITS else []) for name in HAZARDS]
)
def test_one_exercise_loses_its_points_and_the_others_keep_theirs(
    name: str, kind: str, plain: str, sigmoid_network: Task
) -> None:
    body, outcome = HAZARDS[name]
    spoilt = f"def relu(x):\n    {body}\n"
    before = children()
    small = Limits(exercise=1.0, loading=10.0, patience=2.0, memory=1 << 29)
    with limits(sigmoid_network, small):
        if kind == "module":
            submission = parse("hw", "hw.py", f"{plain}\n\n{spoilt}".encode())
        else:
            submission = parse("hw", "hw.ipynb", notebook(plain, spoilt))
        report = grade(sigmoid_network, submission)
    relu = exercise(report, "relu")
    assert (relu.score, relu.outcome) == (0, outcome), relu.checks[0].message
    assert report.score == report.max_score - relu.max_score
    assert children() == before


@pytest.mark.slow
def test_two_hundred_megabytes_of_prints_cost_nothing_and_the_cut_is_said(plain: str, grade_text: Grade) -> None:
    flood = "for _ in range(200): print('x' * (1 << 20))\n"
    said = "It printed more than 1 MB; the rest was not kept."
    for report in (
        grade_text(f"{plain}\n\n{flood}"),
        grade_text(notebook(plain, flood), "hw.ipynb"),
        grade_text(plain.replace("def relu(x):", f"def relu(x):\n    {flood}")),
    ):
        assert (report.score, report.message) == (report.max_score, said)


@pytest.mark.slow
def test_a_notebook_gives_the_same_report_twice_but_for_run(grade_text: Grade) -> None:
    one, other = (json.loads(to_json(grade_text(NOTEBOOK, "hw.ipynb"))) for _ in range(2))
    assert one.pop("run") != other.pop("run")
    assert one == other


def test_random_numbers_of_every_kind_repeat(plain: str, grade_text: Grade) -> None:
    text = (
        f"{plain}\nimport random\n_relu = relu\n"
        "def relu(x): return _relu(x) + random.random() + np.random.rand() + hash('text') % 7\n"
    )
    one, other = (exercise(grade_text(text), "relu") for _ in range(2))
    assert one == other


class Killer:
    """Kills the worker at the n-th frame that goes to or comes from it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.count = 0
        self.at = at
        for name in ("send", "receive"):
            monkeypatch.setattr(Worker, name, self.wrap(getattr(Worker, name)))

    def wrap(self, method: object) -> object:
        def wrapped(worker: Worker, *arguments: object) -> object:
            self.count += 1
            if self.count == self.at:
                os.kill(worker.pid, signal.SIGKILL)
            return method(worker, *arguments)  # type: ignore[operator]

        return wrapped


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["module", "notebook"])
def test_killing_the_students_process_at_any_moment_never_hangs_or_breaks_the_judge(
    kind: str, plain: str, sigmoid_network: Task
) -> None:
    content = plain.encode() if kind == "module" else notebook(plain, "x = 1", "print(x)")
    submission = parse("hw", {"module": "hw.py", "notebook": "hw.ipynb"}[kind], content)

    def killed_at(moment: int) -> tuple[Report, int]:
        with pytest.MonkeyPatch.context() as patch:
            killer = Killer(patch, moment)
            return grade(sigmoid_network, submission), killer.count

    undisturbed, frames = killed_at(0)
    assert undisturbed.score == undisturbed.max_score
    before = children()
    # The first two frames start the worker: a death there is a fault of the machine's, told as such.
    moments = [3 + place * (frames - 3) // 25 for place in range(25)]
    for moment in moments:
        report, _ = killed_at(moment)
        # While cells run, the cell is passed over; in an exercise, it is asked once more.
        lost = {each.id for each in report.exercises if each.score < each.max_score}
        assert not lost or report.loading, moment
    assert children() == before


def test_a_cell_that_ends_the_interpreter_is_passed_over_and_the_rest_runs(plain: str, grade_text: Grade) -> None:
    report = grade_text(
        notebook("import os", "os._exit(0)", plain, "import ctypes; ctypes.string_at(0)", "1 / 0"), "hw.ipynb"
    )
    assert report.score == report.max_score
    assert [(error.cell, error.error) for error in report.loading] == [
        (2, "Crash: ended the interpreter with exit code 0"),
        (4, "Crash: crashed the interpreter (signal SIGSEGV)"),
        (5, "ZeroDivisionError: division by zero"),
    ]


def test_many_deadly_cells_don_t_make_it_endless(plain: str, grade_text: Grade) -> None:
    report = grade_text(notebook(plain, *["import os; os._exit(0)"] * 10, "def relu(x): return None"), "hw.ipynb")
    assert len(report.loading) == 11
    assert report.score == report.max_score
    assert report.loading[-1].error == "Skipped: too many cells before it ended the interpreter"


def test_what_crashes_only_in_company_keeps_its_points_alone(plain: str, grade_text: Grade) -> None:
    text = plain.replace("def sigmoid(x):", "asked = []\ndef sigmoid(x):\n    asked.append(1)").replace(
        "def relu(x):", "def relu(x):\n    import os\n    if asked: os._exit(1)"
    )
    report = grade_text(text)
    assert exercise(report, "relu").outcome == "passed"
    assert report.score == report.max_score
