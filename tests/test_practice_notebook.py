"""Checks in a notebook: results at once, in the kernel that everybody has; and none while it is graded."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

import grader
from grader.cli.main import make_task
from grader.grading import Task, grade
from grader.packs import loading
from grader.practice import notebook
from grader.practice.compiled import NoCheckPackError, compiled
from grader.practice.examine import NoSuchExerciseError
from grader.practice.notebook import NotCheckedError
from grader.practice.release import release, write
from grader.submissions import parse

from .conftest import PLAIN
from .small_pack import write_pack

PACKS = [folder.name for folder in loading.available(Path(__file__).parent.parent / "assignments")]
RIGHT_SIGMOID = "def sigmoid(x):\n    return 1 / (1 + np.exp(-np.clip(np.asarray(x, float), -700, 700)))"


@pytest.fixture(scope="module")
def handed_out(sigmoid_network: Task, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout")
    write(release(sigmoid_network), sigmoid_network.pack, folder)
    return folder


@pytest.fixture
def here(handed_out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(handed_out)
    return handed_out


def defined(text: str, folder: Path) -> dict[str, Any]:
    """What a module's text defines; the text lies in a file, as a student's does."""
    path = folder / "hw.py"
    path.write_text(text)
    namespace: dict[str, Any] = {"__name__": "hw"}
    exec(compile(text, str(path), "exec"), namespace)
    return namespace


WRONG = PLAIN.read_text() + "\n\ndef relu(x):\n    return np.where(x > 0, x, 0.01 * x)\n"


def test_an_exercise_is_explained_with_its_mistake_and_line(handed_out: Path, tmp_path: Path) -> None:
    result = grader.explain(handed_out, "relu", defined(WRONG, tmp_path))
    assert not result.passed
    assert result.score < result.max_score < 1  # the hidden check's part comes on top
    line = WRONG.count("\n")
    assert f"→ leaky-mask  (line {line}): A small slope" in result.text
    assert f"{line} │ return np.where(x > 0, x, 0.01 * x)" in result.text
    assert str(result) == repr(result) == result.text
    assert grader.explain(handed_out, "sigmoid", defined(WRONG, tmp_path)).passed


def test_no_text_of_a_student_s_is_markup(handed_out: Path, tmp_path: Path) -> None:
    text = "def relu(x):\n    raise ValueError('<script>alert(1)</script>\\x1b[31m\\u202e')\n"
    result = grader.explain(handed_out, "relu", defined(text, tmp_path))
    page = result._repr_html_()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert not {"\x1b", "\u202e"} & set(page + result.text)


def test_html_says_what_the_text_says_and_shows_the_numbers(handed_out: Path, tmp_path: Path) -> None:
    result = grader.explain(handed_out, "relu", defined(WRONG, tmp_path))
    page = result._repr_html_()
    for said in (
        "leaky-mask",
        "A small slope",
        "0 of 4" if result.score == 0 else "of 4 public checks",
        "comes on top",
    ):
        assert said in page
        assert said in result.text
    assert "should be" in page


def test_what_is_not_there_is_said(handed_out: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchExerciseError, match="there are: sigmoid, "):
        grader.explain(handed_out, "backwards", {})
    with pytest.raises(NoCheckPackError):
        grader.explain(tmp_path, "backward", {})
    assert "sigmoid is not defined" in grader.explain(handed_out, "sigmoid", {}).text


def test_what_is_printed_and_drawn_meanwhile_leaves_no_trace(
    handed_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "import random\ndef relu(x):\n    print('noise')\n    return random.random()\n"
    namespace = defined(text, tmp_path)
    before = random.getstate()
    assert not grader.explain(handed_out, "relu", namespace).passed
    assert random.getstate() == before
    assert capsys.readouterr().out == ""


def test_the_pack_is_found_in_the_folder_or_above_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inner = here / "a" / "b"
    inner.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(inner)
    assert notebook.nearest() == here / "sigmoid_network.check"
    far = tmp_path / "a" / "b" / "c" / "d"
    far.mkdir(parents=True)
    monkeypatch.chdir(far)
    with pytest.raises(NoCheckPackError, match="Open the notebook in the folder"):
        notebook.nearest()


def test_check_prints_where_there_is_no_notebook(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grader.check("sigmoid")
    assert "sigmoid is not defined" in capsys.readouterr().out
    grader.check("nothing")
    assert "there is no exercise 'nothing'" in capsys.readouterr().out
    grader.check()
    assert capsys.readouterr().out.count("public checks") == 11
    grader.check("sigmoid", pack=here / "gone")
    assert "there is no file *.check" in capsys.readouterr().out


@pytest.mark.slow
def test_another_pack_in_its_place_is_read_again(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    file = tmp_path / "half.check"
    namespace = {"half": lambda x: x / 2, "gradient": lambda x: 2 * x}
    file.write_bytes(compiled(make_task(loading.load(str(root)), None)).content)
    assert grader.explain(file, "half", namespace).passed
    other = write_pack(tmp_path / "other", exercises=("student.half(case.x)", "student.half(4 * case.x)"))
    file.write_bytes(compiled(make_task(loading.load(str(other)), None)).content)
    namespace["half"] = lambda x: x / 2 + 1
    assert "should be" in grader.explain(file, "half", namespace).text


@pytest.mark.slow
def test_what_is_graded_after_hand_in_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit = ('    return {"half": student.half(case.x)}', '    return {"half": pack and student.half(case.x)}')
    task = make_task(loading.load(str(write_pack(tmp_path, exercises=edit))), None)
    (tmp_path / "half.check").write_bytes(compiled(task).content)
    grader.check("half", pack=tmp_path)
    assert capsys.readouterr().out == "– half: graded after hand-in\n"
    with pytest.raises(NotCheckedError, match="half can't be explained: graded after hand-in"):
        grader.explain(tmp_path, "half", {"half": lambda x: x / 2})


def test_checks_in_what_is_handed_in_do_nothing(sigmoid_network: Task, handed_out: Path, tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook()
    for source in (
        "from grader import check\nimport grader", "check('relu')\ngrader.check()", "%load_ext grader", "%check relu",
        "import numpy as np\ndef relu(x):\n    return np.maximum(0, x)", "check()",
    ):  # fmt: skip
        book.cells.append(nbformat.v4.new_code_cell(source))
    content = nbformat.writes(book).encode()
    report = grade(sigmoid_network, parse("hw", "hw.ipynb", content))
    assert report.loading == []
    assert next(each for each in report.exercises if each.id == "relu").outcome == "passed"

    from grader.practice import check_file
    from grader.practice.compiled import find, read

    file = tmp_path / "hw.ipynb"
    file.write_bytes(content)
    practice, _ = check_file(read(find(handed_out)), file)
    assert practice.loading == []


# ------------------------------------------------------------------------------------------------ in a real kernel


def executed(book: Any, folder: Path) -> Any:
    from nbclient import NotebookClient

    NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return book


def told(book: Any, source: str) -> str:
    """What the cell with a source shows."""
    cell = next(cell for cell in book.cells if cell.cell_type == "code" and cell.source == source)
    return "".join(out.get("text", "") or out["data"]["text/plain"] for out in cell.outputs)


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_released_notebook_runs_from_top_to_bottom(name: str, tmp_path: Path) -> None:
    task = make_task(loading.load(name), None)
    made = release(task)
    write(made, task.pack, tmp_path)
    book = executed(nbformat.read(tmp_path / f"{name}.ipynb", 4), tmp_path)
    for each in task.pack.exercises:
        shown = told(book, f'check("{each}")')
        assert ("graded after hand-in" if each in made.reasons else " public checks\n") in shown, each


@pytest.mark.slow
def test_who_fills_in_one_exercise_sees_its_result_at_once(handed_out: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(handed_out, tmp_path / "mine")
    book = nbformat.read(folder / "sigmoid_network.ipynb", 4)
    for cell in book.cells:
        if cell.source.startswith("def sigmoid(x)"):
            cell.source = RIGHT_SIGMOID
        if cell.source.startswith("def relu_derivative(x)"):
            cell.source = "def relu_derivative(x):\n    return np.maximum(0.0, x)"
    book.cells += [nbformat.v4.new_code_cell("%load_ext grader"), nbformat.v4.new_code_cell("%check sigmoid")]
    book = executed(book, folder)
    assert "✔ sigmoid: 5 of 5 public checks" in told(book, 'check("sigmoid")')
    assert "✔ sigmoid: 5 of 5 public checks" in told(book, "%check sigmoid")
    number = next(cell.execution_count for cell in book.cells if cell.source.startswith("def relu_derivative"))
    assert f"→ relu-value-as-derivative  (cell {number}, line 2): That is the" in told(book, 'check("relu_derivative")')
    assert "sigmoid_derivative is not implemented yet" in told(book, 'check("sigmoid_derivative")')
    outputs = next(cell.outputs for cell in book.cells if cell.source == 'check("sigmoid")')
    assert outputs[0]["data"]["text/html"].startswith("<div")
