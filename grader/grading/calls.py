"""Which of a submission's functions call which: read off its text, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable, Iterator

from grader.submissions import Submission


def parsed(source: str) -> ast.Module:
    """A cell's syntax tree; an empty one where it is no Python (a cell with magics)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SyntaxWarning: invalid escape sequence
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def reached(
    submission: Submission, start: Iterable[str], is_closed: Callable[[str], bool] = lambda name: False
) -> set[str]:
    """The functions and methods (as `Class.method`) that some functions lead to, themselves included.

    A method is reached by its name, whatever the object; through `self` it is that of the same class, if there is one,
    and of classes that come from one base those that are named.

    Args:
      is_closed: what is not gone into, by name.
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
            for function in ahead
            for name in _all_meant(functions[function], function, by_name)
            if name.rpartition(".")[0] not in excluded and not is_closed(name)
        } - found
        found |= new
        ahead = list(new)
    # What others lead to by the same name may go through it too: one that leads to a method left out is none of these.
    while open_ended := {
        name
        for name in found
        if any(not is_closed(each) for each in _all_meant(functions[name], name, by_name) - found)
    }:
        found -= open_ended
    return found


def _all_meant(node: ast.AST, function: str, by_name: dict[str, set[str]]) -> set[str]:
    """What all names in a function may stand for."""
    return {name for each in ast.walk(node) for name in _meant(each, function, by_name)}


def _meant(node: ast.AST, function: str, by_name: dict[str, set[str]]) -> set[str]:
    """What a name or an attribute in a function may stand for."""
    if isinstance(node, ast.Name):
        return by_name.get(node.id, set())
    if not isinstance(node, ast.Attribute):
        return set()
    named = by_name.get(node.attr, set())
    own = f"{function.rpartition('.')[0]}.{node.attr}"
    is_own = isinstance(node.value, ast.Name) and node.value.id == "self" and own in named
    return {own} if is_own else named


def line_of_count(submission: Submission, cell: int | None, line: int) -> int | None:
    """The line where the function that a line lies in takes its only count (`many = len(rows)`), if it is used there."""
    trees = [(parsed(each.source), each.line - 1) for each in submission.cells if each.number == cell]
    for tree, before in trees:
        for function in ast.walk(tree):  # outer ones first
            if not isinstance(function, ast.FunctionDef) or not _holds(function, line - before):
                continue
            inside = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
            taken = [node for node in inside if isinstance(node, ast.Assign) and _is_count(node.value)]
            read = {
                name.id for node in inside for name in ast.walk(node) if isinstance(name, ast.Name) and _is_read(name)
            }
            match [(each.targets, each.lineno) for each in taken]:
                case [([ast.Name(id=name)], found)] if name in read:
                    return found + before
            return None
    return None


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _is_count(node: ast.expr) -> bool:
    """Whether an expression is `Y.shape[1]`, `len(Y)`, `np.size(Y)` or the like, or a multiple or fraction of such."""
    match node:
        case ast.Subscript(value=inner):
            return _is_count(inner)
        case ast.Attribute(attr=name) | ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in ("shape", "size", "len")
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            sides = [left, right]
            return any(map(_is_count, sides)) and all(
                _is_count(side) or isinstance(side, ast.Constant) for side in sides
            )
    return False


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
