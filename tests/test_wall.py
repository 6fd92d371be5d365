"""The wall: what runs on its other side, what comes back, and what is over when it is over."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from grader.grading import Task
from grader.sandbox import Limits, Session
from grader.sandbox.scratch import Scratch
from grader.submissions import parse

from .conftest import ROOT, Grade, children, exercise


def names_of_worker_imports(text: str) -> str:
    with Session(parse("a", "a.py", text.encode()), Limits(), 0) as session:
        return session.output


def test_the_students_process_imports_nothing_of_the_judge() -> None:
    # `grader` itself is a stand-in: students leave `from grader import check` in what they hand in.
    text = "import sys\nprint(sorted(sys.modules))\nprint(sys.path)\nassert not hasattr(sys.modules['grader'], '__file__')\n"
    printed = names_of_worker_imports(text)
    assert "'numpy'" in printed
    assert "'grader." not in printed
    assert "'reference'" not in printed
    assert str(ROOT) not in printed.replace(sys.prefix, "")


@pytest.mark.parametrize(
    "name", ["grader.sandbox", "grader.packs", "reference", "assignments", "reference.sigmoid_network"]
)
def test_the_judges_packages_cannot_be_imported_by_a_student(name: str, grade_text: Grade) -> None:
    report = grade_text(f"import {name}\n")
    assert [error.error.split(":")[0] for error in report.loading] == ["ModuleNotFoundError"]


def test_no_secret_of_the_environment_reaches_the_student(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_KEY", "/secret.key")
    monkeypatch.setenv("API_TOKEN", "secret")
    assert "secret" not in names_of_worker_imports("import os\nprint(os.environ)\n")


def test_a_cell_that_fails_takes_nothing_else_with_it(plain: str, grade_text: Grade) -> None:
    report = grade_text(
        plain.replace("def relu(x):", "1 / 0\nimport nothing_of_that_name\nraise SystemExit(3)\ndef relu(x):")
    )
    assert report.score == report.max_score
    assert [(error.line, error.error) for error in report.loading] == [
        (13, "ZeroDivisionError: division by zero"),
        (14, "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        (15, "SystemExit: 3"),
    ]


def test_what_an_exercise_leaves_behind_costs_no_other_its_points(plain: str, grade_text: Grade) -> None:
    spoiling = """
right, right_loss = relu, mse_loss
def relu(x):
    np.maximum = np.minimum
    return right(x)
def relu_derivative(x):
    return np.where(np.maximum(x, 0) > 0, 1.0, 0.0)
def mse_loss(y_pred, y_true):
    global sigmoid
    sigmoid = None
    return right_loss(y_pred, y_true)
"""
    report = grade_text(plain.replace("class ", spoiling + "class ", 1))
    assert {each.id for each in report.exercises if each.score < each.max_score} == {"relu", "train"}  # their own


def test_a_package_that_may_not_be_read_is_not_there(plain: str, grade_text: Grade) -> None:
    report = grade_text(f"try:\n    import rich\nexcept ImportError:\n    pass\nimport typer.main\n{plain}")
    assert report.score == report.max_score
    missing = "No module named 'typer' (it is installed, but not among the packages that may be used here)"
    assert [(error.line, error.error) for error in report.loading] == [(5, f"ModuleNotFoundError: {missing}")]


def test_lines_of_a_module_are_those_of_the_file(plain: str, grade_text: Grade) -> None:
    report = grade_text("\n\n\ndef relu(x):\n    a = 1\n    return a / 0\n")
    assert exercise(report, "relu").checks[0].message == "relu raised ZeroDivisionError: division by zero   (line 6)"


def test_a_notebooks_lines_are_those_of_its_cells(grade_text: Grade) -> None:
    cells = ["import math", "", "def relu(x):\n    return helper(x)", "def helper(x):\n\n    return 1 / 0\nrelu(1)"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    report = grade_text(nbformat.writes(notebook), "hw.ipynb")
    assert exercise(report, "relu").checks[0].message.endswith("division by zero   (cell 4, line 3)")
    assert [(error.cell, error.line) for error in report.loading] == [(4, 4)]


@pytest.mark.parametrize(
    ("body", "outcome", "message"),
    [
        ("import os; os._exit(0)", "crashed", "relu ended the interpreter with exit code 0"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "relu crashed the interpreter (signal SIGSEGV)"),
        ("import sys; sys.exit(0)", "raised", "relu raised SystemExit: 0"),
        ("raise KeyboardInterrupt", "raised", "relu raised KeyboardInterrupt"),
        ("class E(BaseException): pass\n    raise E('mine')", "raised", "relu raised E: mine"),
        ("return relu(x)", "raised", "relu raised RecursionError"),
        ("return np.zeros(8 << 30)", "out_of_memory", "relu needed more memory"),
        ("raise NotImplementedError", "not_implemented", "relu is not implemented yet"),
    ],
)
def test_an_exercise_costs_itself_alone(body: str, outcome: str, message: str, plain: str, grade_text: Grade) -> None:
    report = grade_text(f"{plain}\ndef relu(x):\n    {body}\n")
    relu = exercise(report, "relu")
    assert (relu.score, relu.outcome) == (0, outcome)
    assert relu.checks[0].message.startswith(message)
    assert report.score == report.max_score - relu.max_score


def test_what_printed_floods_cost_nothing_and_is_cut(plain: str) -> None:
    text = plain + "\nfor _ in range(300_000): print('x' * 20)\n"
    with Session(parse("a", "a.py", text.encode()), Limits(output=1000), 0) as session:
        assert session.loading == ()
        assert len(session.output) == 1000


def test_notebook_outputs_and_figures_are_kept() -> None:
    cells = ["print('hello')", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "6 * 7"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with Session(parse("a", "a.ipynb", nbformat.writes(notebook).encode()), Limits(), 0) as session:
        outputs = [list(cell.outputs) for cell in session.notebook.cells]
    assert outputs[0][0]["text"] == "hello\n"
    assert "image/png" in outputs[1][0]["data"]
    assert outputs[2][0]["data"]["text/plain"] == "42"


@pytest.mark.slow
def test_a_notebooks_endless_cell_is_stopped_and_the_next_one_runs() -> None:
    cells = [
        "while True:\n    pass",
        "def f(): pass",
        "while True:\n    try:\n        input()\n    except Exception: pass",
        "g = 1",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    limits = Limits(loading=1.0)
    with Session(parse("a", "a.ipynb", nbformat.writes(notebook).encode()), limits, 0) as session:
        assert [(error.cell, error.error) for error in session.loading] == [
            (1, "TimeoutError: ran longer than 1 seconds and was stopped"),
            (3, "TimeoutError: ran longer than 1 seconds and was stopped"),
        ]


def test_no_process_and_no_folder_is_left(
    plain: str, grade_text: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = children()
    grade_text(plain + "\nimport os; os.system('sleep 60 &')\n")
    grade_text("import os\nos._exit(1)\n")
    assert children() == before
    assert list(tmp_path.iterdir()) == []
    assert subprocess.run(["pgrep", "-f", "sleep 60"], check=False, capture_output=True).stdout == b""


def test_a_function_handed_in_is_answered_by_the_judge_and_its_errors_come_back(plain: str, grade_text: Grade) -> None:
    text = plain + (
        "\ndef numerical_gradient(f, x, h=1e-5):\n"
        "    try:\n        f(np.zeros(17))\n    except ValueError as error:\n        raise KeyError(str(error)[:14])\n"
    )
    found = exercise(grade_text(text), "numerical_gradient")
    assert "raised KeyError: 'f takes an array'" in found.checks[0].message.replace(
        "f takes an arr'", "f takes an array'"
    )


def test_with_a_warm_key_the_judge_imports_neither_torch_nor_the_reference(
    sigmoid_network: Task, tmp_path: Path
) -> None:
    code = (
        "import sys\n"
        "from grader.cli.main import app\n"
        f"app(['grade', 'sigmoid_network', 'tests/submissions/sigmoid_network/right/plain.py', '-o', {str(tmp_path)!r}], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('torch', 'reference')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "30 of 30" in done.stdout


@pytest.mark.parametrize("closed", ["", "a", "a/b"])
def test_a_folder_that_a_submission_has_closed_is_removed(closed: str) -> None:
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:  # who may open all the same
                os.setuid(65534)
            tempfile.tempdir = str(place)
            folder = Scratch([("a/b/data.csv", b"1")])
            (folder.path / closed).chmod(0)
            folder.remove()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert list(place.iterdir()) == []
    place.rmdir()
