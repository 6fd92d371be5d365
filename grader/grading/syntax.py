"""What a statement does, as its text shows it: what it reads, stores, changes, calls; read off, never run."""

from __future__ import annotations

import ast
import contextlib
import functools
import operator
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grader.judging.diagnose import COMPARISON, SLICE
from grader.packs.forms import called, name_called

# A power of a student's could take for ever.
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], int | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
SHIFTS = (ast.Add, ast.Sub)
# `%matplotlib inline`, `!pip install numpy`, `?np.sum`; `files = !ls`.
COMMAND, ASSIGNED = re.compile(r"(?m)^([ \t]*)[%!?].*$"), re.compile(r"(?m)(=[ \t]*)[%!].*$")
MOST_KEPT = 16384  # statements, whose parts are kept
LONGEST_NAME = 30  # characters of a text that may be a function's name


Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.lru_cache(maxsize=64)  # each exercise that fails asks for the same cells several times
def parsed(source: str) -> ast.Module:
    """A cell's syntax tree, to be read alone, without the types that are said of names, and without IPython's own
    commands; an empty one where it is no Python.
    """
    tree = _parsed(source) or _parsed(ASSIGNED.sub(r"\1None", COMMAND.sub(r"\1pass", source))) or ast.Module([], [])
    for node in ast.walk(tree):
        for body in bodies(node):
            body[:] = map(_untyped, body)
    return tree


def _parsed(source: str) -> ast.Module | None:
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SyntaxWarning: invalid escape sequence
        return ast.parse(source)
    return None


def _untyped(node: ast.stmt) -> ast.stmt:
    """A statement as it is without a type: `m: int = len(y)`."""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return ast.copy_location(ast.Assign([node.target], node.value), node)
    return node


@functools.lru_cache(maxsize=256)  # each rule goes through a file and its functions once more
def walked(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes, as `ast.walk` gives them."""
    return tuple(ast.walk(tree))


def statements_in(tree: ast.AST) -> list[ast.stmt]:
    """All statements in something, but for itself."""
    return [node for node in walked(tree) if isinstance(node, ast.stmt) and node is not tree]


@functools.lru_cache(maxsize=MOST_KEPT)  # each rule asks for all statements
def own_parts(statement: ast.AST) -> tuple[ast.AST, ...]:
    """The parts of a statement, itself first, without the statements in it."""
    found, ahead = [], [statement]
    while ahead:
        found.append(node := ahead.pop())
        ahead += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt)]
    return tuple(found)


def bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks in a statement."""
    for name in ("body", "orelse", "finalbody"):
        if isinstance(inner := getattr(node, name, None), list):
            yield inner
    for each in [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]:
        yield each.body


@functools.lru_cache(maxsize=MOST_KEPT)
def read_in(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement reads itself."""
    return frozenset(node.id for node in own_parts(statement) if isinstance(node, ast.Name) and is_read(node))


@functools.lru_cache(maxsize=MOST_KEPT)
def stored_in(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement gives a value; what it changes in place has one."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    if isinstance(statement, ast.AugAssign):
        return frozenset()
    return frozenset(
        each.id
        for target in targets
        if target is not None
        for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    )


@functools.lru_cache(maxsize=MOST_KEPT)
def written_into(statement: ast.stmt) -> frozenset[str]:
    """The names of what a statement changes in place: `x += 1`, `x[mask] = 0`."""
    target = _changed(statement)
    return frozenset(each.id for each in ast.walk(target) if isinstance(each, ast.Name)) if target else frozenset()


def changed_in_place(statement: ast.stmt) -> str:
    """What a statement changes in place, as it is called there; else ""."""
    target = _changed(statement)
    return text_of(target) if target else ""


def _changed(statement: ast.stmt) -> ast.expr | None:
    match statement:
        case (
            ast.AugAssign(target=ast.Subscript(value=target))
            | ast.AugAssign(target=target)
            | ast.Assign(targets=[ast.Subscript(value=target)])
        ):
            return target
    return None


def target_of(statement: ast.stmt) -> str:
    """What a statement gives a value, as it is called there."""
    match statement:
        case ast.Assign(targets=[target]):
            return text_of(target)
    return ""


def added_name(statement: ast.stmt) -> set[str]:
    """The name that a statement adds to."""
    match statement:
        case ast.AugAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def added_to(statement: ast.stmt) -> set[str]:
    """The names of what a statement adds something to: `x += y`, `x["W"] += y`, `x[key] = x.get(key, 0) + y`."""
    match statement:
        case ast.AugAssign(target=target) if name := root_of(target):
            return {name}
        case ast.Assign(targets=[ast.Subscript() as target], value=value) if name := root_of(target):
            read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
            return {name} & read
    return set()


def root_of(node: ast.expr) -> str:
    """The name that an attribute, an item or what a dict has under a key belongs to; else ""."""
    while True:
        match node:
            case ast.Name(id=name):
                return name
            case (
                ast.Attribute(value=inner)
                | ast.Subscript(value=inner)
                | ast.Call(func=ast.Attribute(value=inner, attr="setdefault" | "get"))
            ):
                node = inner
            case _:
                return ""


def moves(statement: ast.stmt) -> bool:
    """Whether a statement moves an element: by adding to it, or to what it was."""
    match statement:
        case ast.AugAssign(op=op):
            return isinstance(op, SHIFTS)
        case ast.Assign(value=ast.BinOp(left=left, op=op, right=right)):
            return isinstance(op, SHIFTS) and any(not isinstance(side, (ast.BinOp, ast.Call)) for side in (left, right))
    return False


def elements_of(statement: ast.stmt) -> str:
    """The array that a statement writes elements of, as it is called there; else ""."""
    match statement:
        case ast.AugAssign(target=ast.Subscript(value=array)) | ast.Assign(targets=[ast.Subscript(value=array)]):
            return "" if any(isinstance(node, ast.Call) for node in ast.walk(array)) else text_of(array)
    return ""


def all_called(statement: ast.stmt) -> set[str]:
    """The names of what a statement calls."""
    return {name for node in ast.walk(statement) if (name := name_called(node))}


def words_had(statement: ast.AST) -> set[str]:
    """The functions that a statement calls itself, and whether it compares (not to decide what is done) or cuts."""
    found = set()
    parts = own_parts(statement)
    conditions = {id(each) for node in parts for each in [getattr(node, "test", None), *getattr(node, "ifs", ())]}
    for node in parts:
        found |= {name_called(node)} - {""}
        if isinstance(node, ast.Compare) and id(node) not in conditions:
            found.add(COMPARISON)
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.add(node.value.value)  # `MSELoss(reduction="sum")`
        if (isinstance(node, ast.Slice) and (node.lower or node.upper or node.step)) or _steps_over(node):
            found.add(SLICE)
    return found


def _steps_over(node: ast.AST) -> bool:
    """Whether it leaves out some of a range: `range(0, n, 2)`."""
    if not isinstance(node, ast.Call) or name_called(node) not in ("range", "arange"):
        return False
    steps = [*node.args[2:], *(each.value for each in node.keywords if each.arg == "step")]
    return any(value_of(step) not in (1, -1) for step in steps)


def word_of(node: ast.expr) -> str:
    """What an expression that reads something calls it: the last part of a name, or a short text; else ""."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            return name
        case ast.Constant(value=str(text)) if len(text) <= LONGEST_NAME:
            return text
    return ""


def picks(loop: ast.stmt, targets: Sequence[ast.expr]) -> bool:
    """Whether a condition in a loop asks for the item."""
    items = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    tests = [
        test
        for node in ast.walk(loop)
        for test in [*([node.test] if isinstance(node, (ast.If, ast.IfExp)) else ()), *getattr(node, "ifs", ())]
    ]
    return any(isinstance(each, ast.Name) and each.id in items for test in tests for each in ast.walk(test))


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_said(statement: ast.stmt) -> bool:
    """Whether a statement only says something: a docstring, what is printed, an exception."""
    return is_text(statement) or called(statement) == "print" or isinstance(statement, (ast.Raise, ast.Assert))


def is_turned(value: ast.expr) -> bool:
    """Whether an expression turns a matrix round."""
    match value:
        case ast.Attribute(attr="T" | "mT" | "H"):
            return True
    return name_called(value) in ("transpose", "t", "swapaxes", "permute")


def axis_of(value: ast.expr) -> tuple[str, int] | None:
    """The array and the axis that an expression is the length of: `len(y)`, `y.shape[1]`, `y.size(1)`."""
    match value:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
            return name, 0
        case (
            ast.Subscript(
                value=ast.Attribute(value=ast.Name(id=name), attr="shape"), slice=ast.Constant(value=int(axis))
            )
            | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="size"), args=[ast.Constant(value=int(axis))])
        ):
            return name, axis
    return None


def handed_whole(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement gives a name, or hands over, as it is: `rate = 0.5`, `{"rate": 0.5}`, `train(rate=0.5)`."""
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and statement.value is not None:
        yield statement.value
        if isinstance(statement.value, ast.Tuple):
            yield from statement.value.elts
    for node in own_parts(statement):  # statements inside are asked for themselves
        match node:
            case ast.Call(args=given, keywords=named):
                yield from given
                yield from (each.value for each in named)
            case ast.Dict(values=given):
                yield from given
            case ast.arguments(defaults=given, kw_defaults=named_ones):
                yield from given
                yield from (each for each in named_ones if each is not None)


def value_of(node: ast.expr) -> int | float | None:
    """What an expression of numbers alone comes to."""
    with contextlib.suppress(ArithmeticError, RecursionError, ValueError):
        return _folded(node)
    return None


def _folded(node: ast.expr) -> int | float | None:
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return value  # type: ignore[return-value]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            value = _folded(inner)
            return None if value is None else -value
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            sides = _folded(left), _folded(right)
            return None if None in sides else ARITHMETIC[type(op)](*sides)
    return None


def position(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno


def holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def text_of(node: ast.expr | ast.stmt) -> str:
    """The text of an expression or statement; "" where it is too deep to be read."""
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):  # or with a number of thousands of digits
        return ""
