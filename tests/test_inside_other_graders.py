"""`grader.explain` in tests of other graders: README's examples, run by the tools themselves where they install."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.grading import Task
from grader.practice.compiled import compiled

from .conftest import PLAIN, ROOT

README = ROOT / "grader" / "practice" / "README.md"
WRONG = """

_backward = SimpleNeuralNetwork.backward


def _twice(self, X, y, y_pred):
    return tuple(gradient / len(X) for gradient in _backward(self, X, y, y_pred))


SimpleNeuralNetwork.backward = _twice
"""
NAMED = "→ batch-mean-twice"

Tool = Callable[..., subprocess.CompletedProcess[str]]


def example(heading: str) -> str:
    """The code under a heading of README."""
    text = README.read_text().split(f"\n### {heading}\n", 1)[1]
    match = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert match is not None
    return match[1]


@pytest.fixture
def folder(sigmoid_network: Task, tmp_path: Path) -> Path:
    """Where a test runs: the compiled pack, a right homework and a wrong one."""
    (tmp_path / "sigmoid_network.check").write_bytes(compiled(sigmoid_network).content)
    (tmp_path / "right.py").write_text(PLAIN.read_text())
    (tmp_path / "wrong.py").write_text(PLAIN.read_text() + WRONG)
    return tmp_path


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Tool]:
    """Installs a tool beside what is installed here, in an environment that is thrown away."""

    def tool(requirement: str) -> Tool:
        root = tmp_path_factory.mktemp("tool")
        subprocess.run([sys.executable, "-m", "venv", root], check=True)
        (packages,) = root.glob("lib/python*/site-packages")
        (packages / "here.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n")
        # What it needs in other versions than are installed here is its environment's own.
        pip: list[str | Path] = [
            root / "bin" / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            requirement,
        ]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{requirement} can't be installed here: {done.stderr.strip().splitlines()[-1]}")

        def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
            first = root / "bin" / str(arguments[0])
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{root / 'bin'}:{os.environ['PATH']}"}
            command = [str(first), *map(str, arguments[1:])]
            return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

        return run

    return tool


@pytest.mark.slow
def test_otter(install: Callable[[str], Tool], folder: Path) -> None:
    run = install("otter-grader==7.0.0")
    (folder / "tests").mkdir()
    (folder / "tests" / "backward.py").write_text(example("Otter"))
    right = run("otter", "check", "right.py", "-t", "tests", "-q", "backward", cwd=folder)
    assert "All tests passed" in right.stdout, right.stdout + right.stderr
    wrong = run("otter", "check", "wrong.py", "-t", "tests", "-q", "backward", cwd=folder)
    assert "Test case failed" in wrong.stdout
    assert NAMED in wrong.stdout


@pytest.mark.slow
def test_nbgrader(install: Callable[[str], Tool], folder: Path) -> None:
    run = install("nbgrader==0.9.6")

    def notebook(solution: str, path: Path) -> None:
        new: Any = nbformat.v4.new_code_cell
        marks = {"schema_version": 3, "task": False}
        book = nbformat.v4.new_notebook(
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        )
        book.cells = [
            new(solution, metadata={"nbgrader": {
                **marks, "grade": False, "solution": True, "locked": False, "grade_id": "work"}}),
            new(example("nbgrader"), metadata={"nbgrader": {
                **marks, "grade": True, "solution": False, "locked": True, "grade_id": "backward", "points": 8}}),
        ]  # fmt: skip
        path.parent.mkdir(parents=True)
        nbformat.write(book, path)

    course = folder / "course"
    notebook(PLAIN.read_text(), course / "source" / "one" / "hw.ipynb")
    (course / "source" / "one" / "sigmoid_network.check").write_bytes((folder / "sigmoid_network.check").read_bytes())
    for name, text in (("right", "right.py"), ("wrong", "wrong.py")):
        notebook((folder / text).read_text(), course / "submitted" / name / "one" / "hw.ipynb")
    for command in ("generate_assignment", "autograde"):
        done = run("nbgrader", command, "one", cwd=course)
        assert done.returncode == 0, done.stdout + done.stderr
    asked = (
        "from nbgrader.api import Gradebook\nimport json\nwith Gradebook('sqlite:///gradebook.db') as book:\n"
        "    print(json.dumps({n: book.find_submission('one', n).score for n in ('right', 'wrong')}))\n"
    )
    scores = json.loads(run("python", "-c", asked, cwd=course).stdout)
    assert scores["right"] == 8
    assert 0 < scores["wrong"] < 4
    graded = nbformat.read(course / "autograded" / "wrong" / "one" / "hw.ipynb", 4)
    assert NAMED in str(graded.cells[-1].outputs)


@pytest.mark.slow
def test_gradescope(install: Callable[[str], Tool], folder: Path) -> None:
    run = install("gradescope-utils==0.5.0")
    (folder / "test_homework.py").write_text(example("Gradescope"))
    (folder / "run.py").write_text(
        "import unittest\nfrom gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner\n"
        "suite = unittest.defaultTestLoader.discover('.', pattern='test_homework.py')\n"
        "with open('results.json', 'w') as file:\n    JSONTestRunner(stream=file, visibility='visible').run(suite)\n"
    )

    def result(text: str) -> dict[str, object]:
        (folder / "homework.py").write_text((folder / text).read_text())
        done = run("python", "run.py", cwd=folder)
        assert done.returncode == 0, done.stderr
        (test,) = json.loads((folder / "results.json").read_text())["tests"]
        return dict(test)

    right, wrong = result("right.py"), result("wrong.py")
    assert (right["score"], right["max_score"]) == (8, 8)
    assert 0 < float(str(wrong["score"])) < 4
    assert NAMED in str(wrong["output"])


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("pl_unit_test") is None,
    reason="PrairieLearn's grader is part of its container image and in no package index; run this where its "
    "graders/python/python_autograder is on PYTHONPATH",
)
def test_prairielearn(folder: Path) -> None:
    for text, points in (("right.py", 1.0), ("wrong.py", None)):
        done = prairielearn(folder, text)
        told = json.loads(done.stdout.splitlines()[-1])
        assert (told["points"] == points) if points else (0 < told["points"] < 0.5)
        assert (NAMED in told["feedback"]) == (text == "wrong.py")


def prairielearn(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Runs README's test case as PrairieLearn's grader does, but for files that it would write to /grade."""
    (folder / "test.py").write_text(example("PrairieLearn").replace("/grade/tests/", f"{folder}/"))
    (folder / "ans.py").write_text("")
    (folder / "setup_code.py").write_text("")
    names = [{"name": "SimpleNeuralNetwork"}]
    (folder / "data.json").write_text(json.dumps({"params": {"names_for_user": [], "names_from_user": names}}))
    (folder / "user_code.py").write_text((folder / text).read_text())
    driver = (
        "import json\nfrom code_feedback import Feedback\nimport test\nsaid = []\n"
        "Feedback.add_feedback = classmethod(lambda cls, text: said.append(text))\n"
        "test.Test.setUpClass()\ncase = test.Test('test_0')\ncase.setUp()\ncase.test_0()\n"
        "print()\nprint(json.dumps({'points': case.points, 'feedback': said[0]}))\n"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path), str(ROOT)]),
        "MERGE_DIR": str(folder),
        "FILENAMES_DIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", driver], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done
