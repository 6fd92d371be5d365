"""The rooms of the house: imports point downwards, judging is pure, the worker knows nothing of the judge."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

GRADER = ROOT / "grader"
ORDER = ["cli", "batch", "grading", "reports", "packs", "judging", "sandbox", "submissions"]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (
                [f"grader.{alias.name}" for alias in node.names] if node.module == "grader" else [node.module or ""]
            )
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level]
            yield ".".join([*package, *([node.module] if node.module else [])])


def room(path: Path) -> str:
    return path.relative_to(GRADER).parts[0].removesuffix(".py")


FILES = [path for path in GRADER.rglob("*.py") if room(path) in ORDER]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GRADER)))
def test_imports_point_downwards(path: Path) -> None:
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("grader.") and name.count(".")}
    assert all(ORDER.index(other) >= ORDER.index(room(path)) for other in rooms if other in ORDER)


@pytest.mark.parametrize("path", [*(GRADER / "judging").glob("*.py")], ids=lambda path: path.name)
def test_judging_is_pure(path: Path) -> None:
    standard = {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "math", "re", "typing"}
    allowed = standard | {"numpy", "grader"}
    assert {name.split(".")[0] for name in imports(path)} <= allowed
    assert all(name.startswith("grader.judging") for name in imports(path) if name.startswith("grader"))


@pytest.mark.parametrize("path", [*(GRADER / "sandbox" / "worker").glob("*.py")], ids=lambda path: path.name)
def test_the_worker_imports_nothing_of_the_judge(path: Path) -> None:
    assert all(name.startswith("grader.sandbox.worker") for name in imports(path) if name.startswith("grader"))


@pytest.mark.parametrize("path", [*(ROOT / "reference").glob("*.py")], ids=lambda path: path.name)
def test_references_stand_by_themselves(path: Path) -> None:
    if "autograd" in path.name:
        assert set(imports(path)) <= {"copy", "itertools", "numpy", "torch", "torch.nn"}
    else:
        # What a judge loads for a stand-in: torch only where a function that needs it is called.
        body = [node for node in ast.parse(path.read_text()).body if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert [ast.unparse(node) for node in body] == ["import numpy as np"]
        assert set(imports(path)) <= {"numpy", "torch"}


def test_only_the_command_line_prints() -> None:
    # A notebook's cell shows what is printed in it; so does the log of a workflow, whose commands `ci` holds.
    for path in GRADER.rglob("*.py"):
        if room(path) not in ("cli", "ci") and path.name not in ("stubs.py", "notebook.py"):
            calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls), path
