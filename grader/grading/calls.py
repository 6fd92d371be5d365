"""Which of a submission's functions call which: read off its text, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator

from grader.submissions import Submission


def parsed(source: str) -> ast.Module:
    """A cell's syntax tree; an empty one where it is no Python (a cell with magics)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SyntaxWarning: invalid escape sequence
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def reached(submission: Submission, start: Iterable[str]) -> set[str]:
    """The functions and methods (as `Class.method`) that some functions lead to, themselves included.

    A method is reached by its name, whatever the object.
    """
    functions: dict[str, ast.AST] = {}
    for cell in submission.cells:
        functions.update(_functions(parsed(cell.source), ""))
    by_name: dict[str, set[str]] = {}
    for name in functions:
        by_name.setdefault(name.rpartition(".")[2], set()).add(name)
    found = {name for name in start if name in functions}
    ahead = list(found)
    while ahead:
        for node in ast.walk(functions[ahead.pop()]):
            word = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            new = by_name.get(word, set()) - found
            found |= new
            ahead += new
    return found


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _functions(node, prefix)
