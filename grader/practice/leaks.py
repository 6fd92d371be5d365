"""What may not be in students' hands: lines of a reference's bodies, and what mistakes should have been."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

import nbformat

from grader.packs import loading, stubs
from grader.packs.model import Pack

SHORTEST = 12  # characters of a line that says something ("else:" does not)
# A name, a call of names alone, a list of quoted names: what any use of them looks like.
NAMES = re.compile(r'[\w.\[\]"]+(\([\w.,="]*\))?|[(\[]?("\w*",?)+[)\]]?')


def secrets(pack: Pack) -> set[str]:
    """The normalised lines that no student may be handed.

    Args:
      pack: with its mistakes loaded.
    """
    source = loading.reference(pack)
    parts = {
        stubs.normalised(line)
        for mistake in pack.mistakes
        for old, _ in [(mistake.old, mistake.new), *mistake.also]
        for line in old.splitlines()
    }
    # A part of a line may stand in what the task itself says ("y_pred - y_true" in a formula); a whole line may not.
    stated = _flat(_docstrings(stubs.stub_module(pack, source)))
    lines = stubs.solution_lines(source) | {part for part in parts if part not in stated}
    return {line for line in lines if len(line) >= SHORTEST and not NAMES.fullmatch(line)}


def _docstrings(module: str) -> str:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return "\n".join(ast.get_docstring(node) or "" for node in ast.walk(ast.parse(module)) if isinstance(node, kinds))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\\n", "").replace("'", '"').replace('\\"', '"')


def found(texts: Iterable[str], lines: set[str]) -> list[str]:
    """Those of the lines that stand in one of the texts, however they are spaced or quoted."""
    flat = [_flat(text) for text in texts]
    return sorted(line for line in lines if any(line in text for text in flat))


def texts(name: str, content: bytes) -> list[str]:
    """A file as texts to be searched: of a notebook each cell, else all bytes, whatever they are."""
    if name.endswith(".ipynb"):
        book = nbformat.reads(content.decode(), as_version=nbformat.current_nbformat)
        return [cell.source for cell in book.cells]
    return [content.decode("latin-1")]
