"""Traced lines as lines of the submission."""

from __future__ import annotations

import ast
import bisect
import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from grader.judging.steps import Place, Trace
from grader.packs.forms import name_called
from grader.submissions import Cell, Submission

from .asking import Loaded
from .statements import PLAIN
from .syntax import bodies, holds, length, own_parts, parsed, picks, text_of, value_of, walked

# What hands on the items of what it is handed.
GATHERERS = frozenset(
    ("chain", "dict", "enumerate", "filter", "list", "map", "product", "reversed", "set", "sorted", "tuple", "zip")
)
PARAMETER = re.compile(r"(?i)(d|grad|nabla|delta)?_?[wb]_?\d*")
MOST_ROWS = 64  # of a table
MOST_WRAPPED = 5  # calls around it
DISPLAYS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

Where = tuple[int | None, int]  # cell (None in modules) and line


@dataclasses.dataclass(frozen=True, slots=True)
class Loop:
    """The lines of a loop or comprehension through items that are written out, and the line where they are.

    Attributes:
      rows: the lines of the items, in the order in which they are gone through, if each has one of its own.
      picks: whether a condition in it asks for the item.
    """

    cell: int | None
    body: range
    header: int
    rows: Sequence[int]
    picks: bool


class Lines:
    """Traced lines as lines of the submission: a statement of several lines is where it starts, but for `within`."""

    def __init__(self, submission: Submission, loaded: Loaded) -> None:
        self._submission = submission
        self._loaded = loaded
        self._starts: dict[int | None, list[int]] = {}
        self._targets: dict[Where, set[str]] = {}  # of loops, by the line where they start
        self._uninitialised: set[Where] = set()  # statements that get memory and nothing in it
        self._taken: set[Where] = set()  # statements that only take something out of what holds it
        self._loops: list[Loop] = []
        # Of what a statement puts together: the line of an item, by cell, the statement's line and the item's name.
        self._items: dict[tuple[int | None, int, str], int] = {}

    def of(self, place: Place | None) -> tuple[int | None, int] | None:
        """Cell (None in modules) and line."""
        where = None if place is None else self._loaded.place([place.file, place.line])
        if where is None:
            return None
        starts = self._read(where.cell)
        before = bisect.bisect_right(starts, where.line)
        assert place is not None
        line = starts[before - 1] if before else where.line
        if place.lacks and not place.name and (loop := self.loop(where.cell, where.line)) and not loop.picks:
            return where.cell, loop.header  # what is left out is not in the list of the loop
        return where.cell, self._items.get((where.cell, line, _item(place.name)), line)

    def targets(self, place: Place) -> Set[str]:
        """The names that a loop which starts there gives to its items."""
        where = self.of(place)
        return self._targets.get(where, set()) if where else set()

    def is_uninitialised(self, place: Place) -> bool:
        """Whether the statement there gets memory and puts nothing into it."""
        return self.of(place) in self._uninitialised

    def is_item(self, place: Place) -> bool:
        """Whether the statement there only takes something out of what holds it: `step = gradients[key]`."""
        return self.of(place) in self._taken

    def only_list(self, trace: Trace) -> Place | None:
        """The loop over a written list that traced lines lie in, if there is just one such."""
        found: dict[tuple[int | None, int], Place] = {}
        for event in trace.events:
            place = Place(trace.calls[event.call].file, event.line, lacks=True)
            where = self.of(place)
            if where is not None and any((loop.cell, loop.header) == where for loop in self._loops if not loop.picks):
                found.setdefault(where, place)
        return next(iter(found.values())) if len(found) == 1 else None

    def loop_around(self, place: Place) -> Loop | None:
        """The innermost loop around a traced line whose items are written out."""
        where = self._loaded.place([place.file, place.line])
        return None if where is None else self.loop(where.cell, where.line)

    def loop(self, cell: int | None, line: int) -> Loop | None:
        """The innermost loop or comprehension around a line whose items are written out."""
        self._read(cell)
        around = [loop for loop in self._loops if loop.cell == cell and line in loop.body]
        return max(around, key=lambda loop: loop.body.start, default=None)

    def within(self, where: Where, names: Collection[str], brings: Collection[str], *, is_scale: bool) -> Where:
        """The line of a statement of several lines that a mistake is in, if its text shows one; else where it starts.

        Args:
          names: what the mistake brings in, as it is called there.
          brings: the functions that are called in it, and the arguments that are others; see `Form`.
          is_scale: whether a factor is wrong.
        """
        number, line = where
        self._read(number)
        if any(line in loop.rows for loop in self._loops if loop.cell == number):
            return where  # the row is the line
        cell = next((each for each in self._submission.cells if each.number == number and _has_line(each, line)), None)
        statements = [] if cell is None else [each for each in walked(parsed(cell.source)) if isinstance(each, PLAIN)]
        statement = next((each for each in statements if cell and holds(each, line - cell.line + 1)), None)
        if cell is None or statement is None or not length(statement):
            return where
        parts = list(ast.walk(statement))
        read = {each.lineno for each in parts if isinstance(each, (ast.Name, ast.Attribute)) and text_of(each) in names}
        calls = {
            each.func.end_lineno or each.lineno
            for each in parts
            if isinstance(each, ast.Call) and name_called(each) in brings
        }
        calls |= {each.lineno for each in parts if isinstance(each, ast.keyword) and f"{each.arg}=" in brings}
        divided = {each.right.lineno for each in parts if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div)}
        times = {
            side.lineno
            for each in parts
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mult)
            for side in (each.left, each.right)
            if isinstance(side, ast.Constant)
        }
        for lines in (read, calls, *((divided, times) if is_scale else ())):
            if len(lines) == 1:
                return number, lines.pop() + cell.line - 1
        value = getattr(statement, "value", None)
        if value is not None and line - cell.line + 1 == statement.lineno:
            return number, value.lineno + cell.line - 1  # `return (` says nothing on its own line
        return where

    def _read(self, number: int | None) -> list[int]:
        """The lines at which the statements of a cell start."""
        if number not in self._starts:
            starts: set[int] = set()
            for cell in self._submission.cells:
                if cell.number == number:
                    starts |= self._visit(cell, parsed(cell.source).body, {})
            starts |= {row for loop in self._loops if loop.cell == number for row in loop.rows}
            self._starts[number] = sorted(starts)
        return self._starts[number]

    def _visit(self, cell: Cell, body: Sequence[ast.stmt], lists: dict[str, tuple[int, Sequence[int]]]) -> set[int]:
        """The lines of statements, in order.

        Args:
          lists: the lines of what is written out before, and of its items, by the names that it has there.
        """
        starts = set()
        for node in body:
            line, last = node.lineno + cell.line - 1, (node.end_lineno or node.lineno) + cell.line - 1
            starts.add(line)
            parts = own_parts(node) if isinstance(node, PLAIN) else ()
            # A function within a statement has its own line.
            starts |= {each.body.lineno + cell.line - 1 for each in parts if isinstance(each, ast.Lambda)}
            for name, item in _items(node):
                self._items[cell.number, line, name] = item.lineno + cell.line - 1
            if isinstance(node, (ast.For, ast.AsyncFor)):
                names = {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
                self._targets.setdefault((cell.number, line), set()).update(names)
                header = line if _lists(node.iter) else _latest(lists, [node.iter])
                if header is not None:
                    first = node.body[0].lineno + cell.line - 1
                    is_picked, rows = picks(node, [node.target]), _rows(node.iter, lists, cell.line - 1)
                    self._loops.append(Loop(cell.number, range(first, last + 1), header, rows, is_picked))
            elif through := [each for each in parts if isinstance(each, ast.comprehension)]:
                header = _latest(lists, [each.iter for each in through])
                if header is not None:
                    is_picked = picks(node, [each.target for each in through])
                    rows = _rows(through[0].iter, lists, cell.line - 1) if len(through) == 1 else ()
                    self._loops.append(Loop(cell.number, range(line, last + 1), header, rows, is_picked))
            if isinstance(node, ast.Assign):
                if isinstance(node.value, ast.Subscript) and not isinstance(node.value.slice, ast.Slice):
                    self._taken.add((cell.number, line))
                if _is_empty(node.value):
                    self._uninitialised.add((cell.number, line))
                for name in {
                    each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)
                }:
                    lists.pop(name, None)
                    if isinstance(node.targets[0], ast.Name) and _lists(node.value):
                        lists[name] = line, _rows(node.value, {}, cell.line - 1)
            elif (changed := _changed_list(node)) in lists:
                lists[changed] = lists[changed][0], ()
            is_scope = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            for inner in bodies(node):
                starts |= self._visit(cell, inner, dict(lists) if is_scope else lists)
        return starts


def _is_empty(value: ast.expr) -> bool:
    """Whether it is memory without content: `np.empty(shape)`."""
    match value:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in ("empty", "empty_like")
    return False


def _latest(lists: Mapping[str, tuple[int, Sequence[int]]], through: Sequence[ast.expr]) -> int | None:
    """The line of the last of the lists that some expressions name."""
    named = {each.id for node in through for each in ast.walk(node) if isinstance(each, ast.Name)}
    return max((lists[name][0] for name in named & lists.keys()), default=None)


def _rows(items: ast.expr, lists: Mapping[str, tuple[int, Sequence[int]]], before: int) -> Sequence[int]:
    """The lines of items that are written out, each on one of its own, in the order in which they are gone through; none
    if there is nothing in them but parameters' names: they are no choice.

    Args:
      before: the lines of the file before their cell.
    """
    backwards = False
    for _ in range(MOST_WRAPPED):
        match items:
            case (
                ast.Call(func=ast.Attribute(value=inner, attr="items" | "keys" | "values"))
                | ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_])
            ):
                items = inner
            case ast.Call(func=ast.Name(id="reversed"), args=[inner]):
                items, backwards = inner, not backwards
            case ast.Subscript(value=inner, slice=ast.Slice(lower=None, upper=None, step=ast.expr() as step)) if (
                value_of(step) == -1
            ):
                items, backwards = inner, not backwards
            case _:
                break
    order = -1 if backwards else 1
    match items:
        case ast.Name(id=name) if name in lists:
            return lists[name][1][::order]
        case ast.Tuple(elts=written) | ast.List(elts=written):
            chosen = [part for each in written for part in (each.elts if isinstance(each, ast.Tuple) else [each])]
        case ast.Dict(keys=keys, values=chosen) if None not in keys:
            written = [key for key in keys if key is not None]
        case _:
            return ()
    lines = [each.lineno + before for each in written if not isinstance(each, ast.Starred)]
    is_table = len(written) == len(lines) == len({*lines}) and 1 < len(lines) <= MOST_ROWS
    return lines[::order] if is_table and not all(map(_is_parameter, chosen)) else ()


def _is_parameter(part: ast.expr) -> bool:
    """Whether a part of a row is a parameter or its gradient, or the name of one: `self.W1`, `"db2"`."""
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return bool(PARAMETER.fullmatch(name))
    return False


def _changed_list(statement: ast.stmt) -> str:
    """The name of what a statement changes by a method, an item or an operator: `rows.reverse()`, `rows += more`."""
    match statement:
        case (
            ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))))
            | ast.AugAssign(target=ast.Name(id=name))
            | ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)))
        ):
            return name
    return ""


def _lists(items: ast.expr) -> bool:
    """Whether several items are written out: `("W1", "W2")`, `{"W1": W1}.items()`, `"W1 W2".split()`, a `zip` of such;
    or are picked by a condition.
    """
    match items:
        case (
            ast.Tuple(elts=[_, _, *_])
            | ast.List(elts=[_, _, *_])
            | ast.Set(elts=[_, _, *_])
            | ast.Dict(keys=[_, _, *_])
            | ast.Call(func=ast.Name(id="dict"), keywords=[_, _, *_])
            | ast.Call(func=ast.Attribute(value=ast.Constant()))
        ):
            return True
        case ast.Call(func=ast.Attribute(value=inner, attr="items" | "keys" | "values")):
            return _lists(inner)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=given) if name in GATHERERS:
            return any(map(_lists, given))
        case ast.Starred(value=inner):
            return _lists(inner)
    return isinstance(items, DISPLAYS) and any(each.ifs or _lists(each.iter) for each in items.generators)


def _item(name: str) -> str:
    """The last part of a traced name: `return[1]` is "1", `grad.b1` and `grad['b1']` are "b1"."""
    return name.replace("['", ".").replace("[", ".").rstrip("]'").rpartition(".")[2]


def _items(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """What a statement puts together of items: the elements of a tuple or list, the values of a dict or of keywords."""
    value = getattr(statement, "value", None)
    if isinstance(value, (ast.Tuple, ast.List)):
        yield from ((str(place), element) for place, element in enumerate(value.elts))
    elif isinstance(value, ast.Dict):
        for key, item in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, item
    elif isinstance(value, ast.Call):
        yield from ((keyword.arg, keyword.value) for keyword in value.keywords if keyword.arg)


def _has_line(cell: Cell, line: int) -> bool:
    return cell.line <= line < cell.line + len(cell.source.splitlines())
