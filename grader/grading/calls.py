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

    A method is reached by its name, whatever the object; but of classes that come from one base, those that are named.
    """
    functions: dict[str, ast.AST] = {}
    bases: dict[str, set[str]] = {}
    for cell in submission.cells:
        tree = parsed(cell.source)
        functions.update(_functions(tree, ""))
        bases.update({node.name: _words(*node.bases) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)})
    by_name: dict[str, set[str]] = {}
    for name in functions:
        by_name.setdefault(name.rpartition(".")[2], set()).add(name)
    found = {name for name in start if name in functions}
    words = {name.partition(".")[0] for name in found if "." in name}
    ahead = list(found)
    while ahead:
        words |= _words(*(functions[name] for name in ahead))
        excluded = {
            name
            for name in bases.keys() - words
            if any(bases[name] & bases[other] for other in words & bases.keys() if other != name)
        }
        new = {
            name
            for word in words & by_name.keys()
            for name in by_name[word]
            if "." not in name or name.partition(".")[0] not in excluded
        } - found
        found |= new
        ahead = list(new)
    # What others lead to by the same name may go through it too: one that leads to a method left out is none of these.
    while open_ended := {
        name for name in found if any(by_name[word] - found for word in _words(functions[name]) & by_name.keys())
    }:
        found -= open_ended
    return found


def _words(*trees: ast.AST) -> set[str]:
    """The names and attributes in some code."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _functions(node, prefix)
