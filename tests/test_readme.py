"""Every command of README works as it is printed, one after the other, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.packs import loading

from .conftest import ROOT

TEXT = (ROOT / "README.md").read_text()
INSTALLING = "python3 -m venv .venv && "  # `.ci/run` runs these two


def blocks() -> list[str]:
    return [block for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) if not block.startswith(INSTALLING)]


def commands() -> list[str]:
    """All of them, but those for a cluster; the section CI is tested with its workflows."""
    own = TEXT.partition("\n## CI\n")[2].partition("\n## ")[0]
    return [
        line.partition("  #")[0].strip()
        for block in blocks()
        if block not in own and not block.startswith("dask ")
        for line in block.splitlines()
    ]


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder like a clone, and an environment with `grader` and `dask` on its path."""
    folder, tools = tmp_path / "clone", tmp_path / "bin"
    for path in (folder, tools):
        path.mkdir()
    for name in ("reference", "tests", "grader"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "assignments", folder / "assignments", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("grader", "dask"):
        (tools / name).write_text(f'#!/bin/sh\nexec {sys.executable} -m {name} "$@"\n')
        (tools / name).chmod(0o755)
    return folder, {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def test_the_picture_and_the_pages_are_there() -> None:
    names = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXT)
    assert ".ci/report.png" in names
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_table_of_packs_has_their_exercises_and_points() -> None:
    table = TEXT.partition("\n### Packs\n")[2].partition("\n\nWhich one")[0]
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE))
    assert said.keys() == {path.name for path in loading.available(ROOT / "assignments")}
    for name, text in said.items():
        exercises = loading.load(name).exercises.values()
        kept = " (0, for a person to read)"
        due = [f"{each.id}{kept if each.is_prose else f' ({each.points:g})'}" for each in exercises]
        assert re.sub(r" \(0, [^)]*\)", kept, text).split(", ") == ", ".join(due).split(", "), name


@pytest.mark.slow
def test_every_command_works(copy: tuple[Path, dict[str, str]]) -> None:
    folder, environment = copy
    assert len(commands()) >= 10
    for command in commands():
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        # A stub has nothing right: that is what `check` is to say of it.
        expected = 1 if command.startswith("grader check") else 0
        assert done.returncode in (0, expected), f"{command}\n{done.stdout}{done.stderr}"
        assert done.stdout, command


@pytest.mark.slow
def test_a_cluster_grades(copy: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, environment = copy
    (block,) = (block for block in blocks() if block.startswith("dask "))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    scheduler, worker, grading = block.replace("8786", str(port)).splitlines()
    homework = ROOT / "tests" / "submissions" / "sigmoid_network" / "homework.ipynb"
    shutil.copy(homework, tmp_path / "homework.ipynb")
    shutil.make_archive(str(folder / "submissions"), "zip", tmp_path, "homework.ipynb")
    started = [
        subprocess.Popen(
            ["bash", "-c", f"exec {command.partition('  #')[0]}"],
            cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for command in (scheduler, worker)
    ]  # fmt: skip
    try:
        done = subprocess.run(
            ["bash", "-c", grading], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert (folder / "results" / "sigmoid_network" / "homework.json").is_file()
    finally:
        for each in started:
            each.terminate()
            each.wait()
