"""The zip for Gradescope: what is in it, and that its two scripts, run as Gradescope runs them, give a result."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from grader.gradescope import autograder, requirements
from grader.grading import Task

from .conftest import PLAIN, ROOT
from .test_platforms import GRADESCOPE

HOMEWORK = ROOT / "tests" / "submissions" / "sigmoid_network" / "homework.ipynb"


@pytest.fixture(scope="module")
def archive(sigmoid_network: Task) -> bytes:
    return autograder(sigmoid_network.pack, sigmoid_network.key, sigmoid_network.seed)


def test_the_zip_has_the_two_scripts_at_its_top_and_all_that_they_need(archive: bytes, sigmoid_network: Task) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        names = set(content.namelist())
        modes = {
            name: content.getinfo(name).external_attr >> 16 for name in ("setup.sh", "run_autograder", "private.key")
        }
        assert content.read("seed").decode() == f"{sigmoid_network.seed}\n"
    assert {
        "requirements.txt",
        "private.key",
        "assignments/sigmoid_network/exercises.py",
        "reference/sigmoid_network.py",
    } <= names
    assert {"grader/cli/main.py", "grader/reports/templates/base.html"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("assignments/relu")]
    assert modes == {"setup.sh": 0o755, "run_autograder": 0o755, "private.key": 0o644}


def test_the_same_pack_and_key_give_the_same_zip(archive: bytes, sigmoid_network: Task) -> None:
    assert autograder(sigmoid_network.pack, sigmoid_network.key, sigmoid_network.seed) == archive


def test_the_versions_are_those_that_the_key_was_made_with() -> None:
    lines = requirements()
    assert all("==" in line and "+" not in line for line in lines)
    assert {"numpy", "nbclient", "jinja2", "torch"} <= {line.partition("==")[0] for line in lines}


class Machine:
    """Gradescope's machine: /autograder is a folder of the test's, all else is as it is here."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = {
            "PATH": os.environ["PATH"], "AUTOGRADER": str(root), "HOME": str(root), "PIP_EXTRA_INDEX_URL": "",
        }  # fmt: skip

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", self.root / "source" / script],
            cwd="/", env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def grade(self, **files: bytes) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(self.root / "submission", ignore_errors=True)
        (self.root / "submission").mkdir()
        for name, content in files.items():
            (self.root / "submission" / name.replace("__", ".")).write_bytes(content)
        return self.run("run_autograder")

    @property
    def results(self) -> dict[str, object]:
        found = dict(json.loads((self.root / "results" / "results.json").read_text()))
        jsonschema.validate(found, GRADESCOPE)
        return found


@pytest.fixture(scope="module")
def machine(archive: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Set up as Gradescope does it, but for torch, which takes long and is not needed by what is graded here."""
    root = tmp_path_factory.mktemp("autograder")
    zipfile.ZipFile(io.BytesIO(archive)).extractall(root / "source")
    wanted = root / "source" / "requirements.txt"
    wanted.write_text("".join(line for line in wanted.read_text().splitlines(keepends=True) if "torch" not in line))
    found = Machine(root)
    done = found.run("setup.sh")
    assert done.returncode == 0, done.stderr
    yield found
    shutil.rmtree(root)


@pytest.mark.slow
def test_a_notebook_is_graded(machine: Machine) -> None:
    done = machine.grade(homework__ipynb=HOMEWORK.read_bytes())
    assert done.returncode == 0, done.stderr
    assert machine.results["score"] == pytest.approx(20.6)
    assert (machine.root / "source").stat().st_mode & 0o077 == 0  # the answers are root's own
    assert (machine.root / "results" / "results.json").stat().st_mode & 0o044


@pytest.mark.slow
def test_what_can_not_be_read_is_told(machine: Machine) -> None:
    done = machine.grade(one__py=PLAIN.read_bytes(), two__py=PLAIN.read_bytes())
    assert done.returncode == 0, done.stderr
    assert machine.results["score"] == 0
    assert "several files that could be it (one.py, two.py)" in str(machine.results["tests"])


@pytest.mark.slow
def test_nothing_handed_in_is_told(machine: Machine) -> None:
    assert machine.grade().returncode == 0
    assert "has no .py or .ipynb file" in str(machine.results["tests"])


@pytest.mark.slow
def test_a_fault_of_the_grader_is_no_result_and_leaves_no_older_one(machine: Machine) -> None:
    assert machine.grade(hw__py=PLAIN.read_bytes()).returncode == 0
    key = machine.root / "source" / "private.key"
    content = key.read_bytes()
    key.write_bytes(content[:1000])
    try:
        done = machine.grade(hw__py=PLAIN.read_bytes())
        assert done.returncode == 1
        assert "there is no score" in done.stderr
        assert not (machine.root / "results" / "results.json").exists()
    finally:
        key.write_bytes(content)
