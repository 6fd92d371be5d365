"""Which of a submission's functions call which: read off its text, never run."""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from grader.packs.counts import is_count, is_factor
from grader.submissions import Submission


@functools.lru_cache(maxsize=128)  # each exercise that fails asks for the same cells several times
def parsed(source: str) -> ast.Module:
    """A cell's syntax tree, to be read alone; an empty one where it is no Python (a cell with magics)."""
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
    functions = {name: node for cell in submission.cells for name, node in _functions(parsed(cell.source), "")}
    bases = _bases(submission)
    by_name: dict[str, set[str]] = {}
    for name in functions:
        by_name.setdefault(name.rpartition(".")[2], set()).add(name)
    heirs = _heirs(bases)
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
            for name in _all_meant(functions[function], function, by_name, heirs)
            if name.rpartition(".")[0] not in excluded and not is_closed(name)
        } - found
        found |= new
        ahead = list(new)
    # What others lead to by the same name may go through it too: one that leads to a method left out is none of these.
    while open_ended := {
        name
        for name in found
        if any(not is_closed(each) for each in _all_meant(functions[name], name, by_name, heirs) - found)
    }:
        found -= open_ended
    return found


def inherited(submission: Submission, names: Iterable[str], methods: Iterable[str]) -> set[str]:
    """Those of some methods that lead to one of others, of a class derived from theirs."""
    derived = {name for name in methods if "." in name}
    heirs = _heirs(_bases(submission))
    return {
        name
        for name in names
        if (below := {each for each in derived if each.rpartition(".")[0] in heirs.get(name.rpartition(".")[0], ())})
        and below & reached(submission, [name])
    }


Names = Mapping[str, Collection[str]]


def _bases(submission: Submission) -> dict[str, set[str]]:
    """By class, the names that it is derived from."""
    return {
        node.name: _words(*node.bases)
        for cell in submission.cells
        for node in ast.walk(parsed(cell.source))
        if isinstance(node, ast.ClassDef)
    }


def _heirs(bases: Names) -> Names:
    """By class, those that are derived from it, however far."""
    found: dict[str, set[str]] = {name: set() for name in bases}
    for name in bases:
        ahead, seen = [name], {name}
        while ahead:
            new = {each for each in bases[ahead.pop()] if each in bases} - seen
            seen |= new
            ahead += new
        for each in seen - {name}:
            found[each].add(name)
    return found


def _all_meant(node: ast.AST, function: str, by_name: Mapping[str, set[str]], heirs: Names) -> set[str]:
    """What all names in a function may stand for."""
    return {name for each in ast.walk(node) for name in _meant(each, function, by_name, heirs)}


def _meant(node: ast.AST, function: str, by_name: Mapping[str, set[str]], heirs: Names) -> set[str]:
    """What a name or an attribute in a function may stand for."""
    if isinstance(node, ast.Name):
        return by_name.get(node.id, set())
    if not isinstance(node, ast.Attribute):
        return set()
    named = by_name.get(node.attr, set())
    owner = function.rpartition(".")[0]
    if not (isinstance(node.value, ast.Name) and node.value.id == "self" and f"{owner}.{node.attr}" in named):
        return named
    return {f"{each}.{node.attr}" for each in (owner, *heirs.get(owner, ()))} & named


def line_of_count(submission: Submission, cell: int | None, line: int, *, alone: bool) -> int | None:
    """Where what a line counts is counted: the factor that it uses (`scale = 2 / (m * k)`).

    Args:
      alone: whether nothing but what is counted can be wrong: the count itself then (`many = len(rows)`), which the line
        uses, or which is the only one that its function takes.
    """
    for each in submission.cells:
        if each.number != cell:
            continue
        before = each.line - 1
        for function in ast.walk(parsed(each.source)):  # outer ones first
            if isinstance(function, ast.FunctionDef) and _holds(function, line - before):
                found = _counting(function, line - before, alone=alone)
                return None if found is None else found + before
    return None


def _counting(function: ast.FunctionDef, line: int, *, alone: bool) -> int | None:
    inside = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    here = min((node for node in inside if _holds(node, line)), key=_length, default=None)
    names: set[str] = set()  # of counts and factors
    counts: dict[str, int] = {}
    factors: dict[str, int] = {}
    for node in sorted(inside, key=lambda node: node.lineno):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_count(value):
                counts[name] = node.lineno
                if isinstance(value, ast.BinOp):
                    factors[name] = node.lineno
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_factor(value, names):
                factors[name] = counts[name] = node.lineno
            case ast.Assign(targets=[ast.Tuple(elts=each)], value=ast.Attribute(attr="shape")):
                names |= {one.id for one in each if isinstance(one, ast.Name)}
        names |= counts.keys()
    read = {name.id for node in inside for name in ast.walk(node) if isinstance(name, ast.Name) and _is_read(name)}
    if here is None or any(isinstance(node, ast.expr) and is_count(node) for node in ast.walk(here)):
        return None  # it counts by itself
    used = _words(here)
    taken = counts if alone else factors
    if not alone and used & names - factors.keys():
        return None  # it scales by more than the factor
    lines = {place for name, place in taken.items() if name in used} or {
        place for name, place in taken.items() if alone and name in read
    }
    return lines.pop() if len(lines) == 1 else None


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


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
