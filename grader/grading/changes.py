"""Small changes of a submission's text, one at a time: a part left out, another name, sign, number or function."""

from __future__ import annotations

import ast
import dataclasses
import difflib
import enum
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.packs.forms import name_called
from grader.submissions import Cell, Submission

from .lines import Where
from .syntax import added_name, own_parts, parsed, stored_in, text_of, walked, written_into


class Kind(enum.Enum):
    """What a change does."""

    LESS = enum.auto()  # leaves out something around a part
    MORE = enum.auto()  # hands a function more
    TURN = enum.auto()  # turns a sign: of a difference, of what is added
    OTHER = enum.auto()  # puts another number, function, order or count in a place
    NAME = enum.auto()  # puts another name in one's place
    SYNONYM = enum.auto()  # does so where that is all that a statement says: `a = b`


DEPTH = 3  # of what is left out around a part
MOST_NAMES = 8  # that one is exchanged for: those most like it
MOST_COMPARED = 100
NUMBERS = ("0", "1", "2", "(-1)", "0.5")
OPERATORS: Mapping[type[ast.AST], tuple[str, ...]] = {
    ast.Mult: ("/", "@"),
    ast.Div: ("*",),
    ast.MatMult: ("*",),
    ast.Lt: (">", "<="),
    ast.LtE: ("<", ">="),
    ast.Gt: ("<", ">="),
    ast.GtE: (">", "<="),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
}
ONE_WAY: Mapping[type[ast.AST], str] = {ast.Div: "/", ast.MatMult: "@"}  # whose operands can't change places
IN_PLACE: Mapping[type[ast.operator], str] = {ast.Add: "-=", ast.Sub: "+=", ast.Mult: "/=", ast.Div: "*="}
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "abs": ("square",),
    "average": ("sum",),
    "divide": ("multiply",),
    "dot": ("multiply",),
    "greater": ("less",),
    "less": ("greater",),
    "matmul": ("multiply",),
    "maximum": ("minimum",),
    "mean": ("sum",),
    "minimum": ("maximum",),
    "multiply": ("dot", "divide"),
    "ones_like": ("zeros_like",),
    "square": ("abs",),
    "sum": ("mean",),
    "zeros_like": ("ones_like",),
}
SIGNED: Mapping[str, tuple[str, ...]] = {
    "add": ("subtract", "sub"),
    "sub": ("add",),
    "subtract": ("add",),
}
# What functions can be handed besides; the first has it that a sum keeps its row.
BESIDE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sum": (("keepdims", "True"), ("axis", "0")),
    "mean": (("keepdims", "True"), ("axis", "0")),
    "array": (("dtype", "float"),),
    "asarray": (("dtype", "float"),),
    "zeros_like": (("dtype", "float"),),
    "empty_like": (("dtype", "float"),),
    "full_like": (("dtype", "float"),),
}
MODULES = frozenset(["np", "numpy", "torch", "math", "F", "nn", "operator", "self"])
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LINE_END = re.compile(rb"\r\n?|\n")  # as Python has it
MOST_LINES = 300  # of a function that is changed: each change is compiled with all of it


class _New(NamedTuple):
    """What stands in the place of an expression or statement.

    Attributes:
      line: of the cell, where what is left out stands, if that is not where the expression starts.
      name: that is exchanged.
    """

    node: ast.expr | ast.stmt
    text: str
    line: int = 0
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """What is changed in: a function, method or assignment that stands by itself.

    Attributes:
      owner: the class that it stands in, "" if in none.
      first: the line of the cell where it starts.
      names: what can be read in it.
      functions: the names of the submission's functions and classes.
    """

    cell: Cell
    owner: str
    node: ast.stmt
    first: int
    rows: Sequence[bytes]
    names: Sequence[str]
    functions: Sequence[str]

    def text(self, node: ast.expr | ast.stmt) -> str:
        """As it is written there."""
        start, end = node.lineno - self.first, (node.end_lineno or node.lineno) - self.first
        if start == end:
            return _decoded(self.rows[start][node.col_offset : node.end_col_offset])
        lines = [
            self.rows[start][node.col_offset :],
            *self.rows[start + 1 : end],
            self.rows[end][: node.end_col_offset],
        ]
        return _decoded(b"\n".join(lines))

    def lines(self, statement: ast.stmt) -> range:
        """Of the file or cell, without those of statements inside."""
        body = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
        return range(statement.lineno + self.cell.line - 1, max(last, statement.lineno) + self.cell.line)


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A function, method or assignment of a lambda with one change."""

    _piece: _Piece
    _statement: ast.stmt
    _new: _New

    @property
    def where(self) -> Where:
        """The cell and line of what is changed."""
        return self._piece.cell.number, (self._new.line or self._new.node.lineno) + self._piece.cell.line - 1

    @property
    def name(self) -> str:
        """In whose place another is put, "" for what is none."""
        return self._new.name

    @property
    def owner(self) -> str:
        """The class that the function stands in, "" if in none."""
        return self._piece.owner

    @property
    def first(self) -> int:
        """The line of the file or cell where the function starts."""
        return self._piece.first + self._piece.cell.line - 1

    @property
    def text(self) -> str:
        """All of the function, indented as it was."""
        node, rows = self._new.node, self._piece.rows
        start, end = node.lineno - self._piece.first, (node.end_lineno or node.lineno) - self._piece.first
        row = rows[start][: node.col_offset] + _encoded(self._new.text) + rows[end][node.end_col_offset :]
        return _decoded(b"\n".join([*rows[:start], row, *rows[end + 1 :]]))

    def is_at(self, where: Where | None) -> bool:
        """Whether it is in the statement that has a line."""
        return where is not None and where[0] == self.where[0] and where[1] in self._piece.lines(self._statement)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def changes(
    submission: Submission,
    wanted: Collection[Where],
    kinds: Collection[Kind],
    attributes: Collection[str] = (),
    *,
    most_names: int | None = MOST_NAMES,
) -> Iterator[Change]:
    """The changes of some kinds in statements that have one of these lines.

    Args:
      attributes: what methods can read besides what their text names, as `self.name`.
      most_names: that each is exchanged for; None: all that can be read there.
    """
    for piece in _pieces(submission, wanted, attributes):
        ends = _ends_of_loops(piece.node)
        for statement in walked(piece.node):
            if (
                isinstance(statement, ast.stmt)
                and statement not in ends
                and any((piece.cell.number, line) in wanted for line in piece.lines(statement))
            ):
                for new in _of_statement(piece, statement, kinds, most_names):
                    if new.text != piece.text(new.node):
                        yield Change(piece, statement, new)


def functions_around(submission: Submission, lines: Collection[Where]) -> set[Where]:
    """All lines of the functions that any of these lines is in, but for very long ones."""
    found = set(lines)
    for cell in submission.cells:
        for node in walked(parsed(cell.source)):
            if isinstance(node, FUNCTION) and (node.end_lineno or node.lineno) - node.lineno < MOST_LINES:
                first, last = (line + cell.line - 1 for line in (node.lineno, node.end_lineno or node.lineno))
                own = {(cell.number, line) for line in range(first, last + 1)}
                found |= own if not own.isdisjoint(lines) else set()
    return found


def _pieces(submission: Submission, wanted: Collection[Where], attributes: Collection[str]) -> Iterator[_Piece]:
    """The functions that have one of these lines."""
    trees = [parsed(cell.source) for cell in submission.cells]
    functions = [each.name for tree in trees for each in tree.body if isinstance(each, NAMED)]
    for cell, tree in zip(submission.cells, trees, strict=True):
        rows = LINE_END.split(_encoded(cell.source))
        lines = {row for row in range(1, len(rows) + 1) if (cell.number, row + cell.line - 1) in wanted}
        for outer in tree.body if lines else ():
            for node in outer.body if isinstance(outer, ast.ClassDef) else [outer]:
                first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
                last = node.end_lineno or node.lineno
                if (
                    last - first < MOST_LINES
                    and not lines.isdisjoint(range(first, last + 1))
                    and any(isinstance(each, FUNCTION) for each in walked(node))
                ):
                    owner = outer.name if isinstance(outer, ast.ClassDef) else ""
                    names = [*dict.fromkeys([*_readable(node, outer), *(attributes if owner else ())])]
                    yield _Piece(cell, owner, node, first, rows[first - 1 : last], names, functions)


def _ends_of_loops(function: ast.stmt) -> set[ast.AST]:
    """The statements without which a `while` would not end."""
    found: set[ast.AST] = set()
    for loop in walked(function):
        if isinstance(loop, ast.While):
            asked = {each.id for each in ast.walk(loop.test) if isinstance(each, ast.Name)}
            found.add(loop)
            found |= {
                each
                for each in walked(loop)
                if isinstance(each, (ast.Break, ast.Return))
                or (isinstance(each, ast.stmt) and (stored_in(each) | added_name(each) | written_into(each)) & asked)
            }
    return found


def _readable(node: ast.stmt, outer: ast.stmt) -> list[str]:
    """What can be read in a function: its names, its object's attributes, what it has under keys."""
    found: dict[str, None] = {}
    for each in ast.walk(node):
        match each:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.setdefault(name)
            case ast.Subscript(value=ast.Name() | ast.Attribute(), slice=ast.Constant()):
                found.setdefault(text_of(each))
    for each in ast.walk(outer):
        match each:
            case ast.Attribute(value=ast.Name(id="self")):
                found.setdefault(text_of(each))
    found.pop("self", None)
    return list(found)


def _of_statement(
    piece: _Piece, statement: ast.stmt, kinds: Collection[Kind], most_names: int | None
) -> Iterator[_New]:
    """All changes of a statement, but for the statements in it."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() if Kind.LESS in kinds:
            yield _New(statement, "pass")
        case ast.AugAssign(target=target, op=op, value=value):
            one, other = piece.text(target), f"({piece.text(value)})"
            if Kind.LESS in kinds:
                yield _New(statement, "pass")
                yield _New(statement, f"{one} = {other}")
            kind = Kind.TURN if isinstance(op, ast.Add | ast.Sub) else Kind.OTHER
            if kind in kinds and type(op) in IN_PLACE:
                yield _New(statement, f"{one} {IN_PLACE[type(op)]} {other}")
    parts = own_parts(statement)
    parents = {child: parent for parent in parts for child in ast.iter_child_nodes(parent)}
    for node in parts:
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", None), (ast.Load, type(None))):
            if Kind.LESS in kinds:
                yield from (_New(node, f"({piece.text(each)})", line) for each, line in _inside(node))
                yield from _with_less(piece, node)
            if Kind.MORE in kinds:
                yield from (_New(node, text) for text in _with_more(piece, node))
            if Kind.TURN in kinds:
                yield from (_New(node, text) for text in _turned(piece, node))
            if Kind.OTHER in kinds:
                parent = parents.get(node, statement)
                yield from (_New(node, text) for text in _instead(piece, node, parent))
            is_all = isinstance(statement, ast.Assign) and statement.value is node
            if (kind := Kind.SYNONYM if is_all else Kind.NAME) in kinds:
                yield from _other_names(piece, node, parents.get(node, statement), most_names)


def _inside(node: ast.expr, depth: int = DEPTH) -> Iterator[tuple[ast.expr, int]]:
    """The parts that are left where all around them is left out, and the line of that."""
    parts: Sequence[tuple[ast.expr, int]] = ()
    match node:
        case ast.BinOp(left=left, right=right):
            parts = (left, right.lineno), (right, left.lineno)
        case ast.UnaryOp(operand=inner):
            parts = ((inner, node.lineno),)
        case ast.Attribute(value=inner, attr="T"):
            parts = ((inner, node.end_lineno or node.lineno),)
        case ast.Call(func=ast.Attribute(value=inner) as function, args=args):
            line = function.end_lineno or node.lineno
            parts = [(each, line) for each in ([] if _is_module(inner) else [inner]) + args]
        case ast.Call(args=args):
            parts = [(each, node.lineno) for each in args]
        case ast.Subscript(value=inner, slice=ast.Slice() | ast.Tuple() | ast.Compare() as part):
            parts = ((inner, part.lineno),)
        case ast.IfExp(test=test, body=one, orelse=other):
            parts = (one, test.lineno), (other, test.lineno)
    for each, line in parts if depth else ():
        if not isinstance(each, ast.Starred):
            yield each, line
            yield from ((inner, line) for inner, _ in _inside(each, depth - 1))


def _is_module(node: ast.expr) -> bool:
    """Whether it is something that functions are taken from, and no value: `np`, `torch.nn`."""
    return isinstance(node, ast.Name) and node.id in MODULES


def _with_less(piece: _Piece, node: ast.expr) -> Iterator[_New]:
    """Calls that are handed one thing less by name."""
    for place, keyword in enumerate(getattr(node, "keywords", ())):
        assert isinstance(node, ast.Call)
        named = _named(piece, node)
        text = _call(piece, node, [*map(piece.text, node.args), *named[:place], *named[place + 1 :]])
        yield _New(node, text, keyword.value.lineno)


def _with_more(piece: _Piece, node: ast.expr) -> Iterator[str]:
    """Calls that are handed more, and counts of one more or less."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Name(id=name)):
            yield from (f"(({piece.text(left)}) / ({name} {sign} 1))" for sign in "-+")
        case ast.Call(func=ast.Attribute(value=array, attr="copy"), args=[]):
            yield f"({piece.text(array)}).astype(float)"
        case ast.Call(args=args, keywords=keywords):
            lacking = [
                f"{key}={value}"
                for key, value in BESIDE.get(name_called(node), ())
                if key not in {each.arg for each in keywords}
            ]
            for count in range(1, len(lacking) + 1):
                for each in itertools.combinations(lacking, count):
                    yield _call(piece, node, [*map(piece.text, args), *_named(piece, node), *each])


def _turned(piece: _Piece, node: ast.expr) -> Iterator[str]:
    """Other signs; that of what a number is subtracted from is none (`a * (1 - a)`)."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            one, other = f"({piece.text(left)})", f"({piece.text(right)})"
            yield f"({one} {'-' if isinstance(op, ast.Add) else '+'} {other})"
            if isinstance(op, ast.Sub) and not any(isinstance(each, ast.Constant) for each in (left, right)):
                yield f"({other} - {one})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield f"({piece.text(operand)})"
        case ast.Call(func=function, args=[one_arg, other_arg]) if (name := name_called(node)) in SIGNED:
            before = piece.text(function).removesuffix(name)
            yield from (f"{before}{each}({piece.text(one_arg)}, {piece.text(other_arg)})" for each in SIGNED[name])
            if name != "add":
                yield f"{before}{name}({piece.text(other_arg)}, {piece.text(one_arg)})"


def _instead(piece: _Piece, node: ast.expr, parent: ast.AST) -> Iterator[str]:
    """What else may stand in the place of an expression: another sign, number, order, function or count."""
    own = piece.text(node)
    match node:
        case ast.BinOp(left=left, op=op, right=right) | ast.Compare(left=left, ops=[op], comparators=[right]):
            one, other = f"({piece.text(left)})", f"({piece.text(right)})"
            for sign in OPERATORS.get(type(op), ()):
                yield f"({one} {sign} {other})"
            if type(op) in ONE_WAY:
                yield f"({other} {ONE_WAY[type(op)]} {one})"
        case ast.Constant(value=value) if type(value) in (int, float):
            yield from (number for number in NUMBERS if number != own)
        case ast.Call(func=function, args=args):
            given, named = [*map(piece.text, args)], _named(piece, node)
            if len(given) == 2:
                yield _call(piece, node, [given[1], given[0], *named])
            for name in FUNCTIONS.get(name_called(node), ()):
                yield f"{piece.text(function).removesuffix(name_called(node))}{name}({', '.join([*given, *named])})"
        case ast.Tuple(elts=[one_item, other_item]) if not isinstance(parent, ast.Subscript):
            yield f"({piece.text(other_item)}, {piece.text(one_item)})"
    yield from _counts(piece, node)
    is_value = isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return)) and parent.value is node
    is_handed = isinstance(parent, ast.Call) and node in parent.args
    if (is_value or is_handed) and not isinstance(node, (ast.Tuple, ast.List, ast.Dict, ast.Starred)):
        yield f"(-({own}))"


def _counts(piece: _Piece, node: ast.expr) -> list[str]:
    """What else may be counted where something is."""
    match node:
        case (
            ast.Call(func=ast.Name(id="len"), args=[array])
            | ast.Call(func=ast.Attribute(value=array, attr="size"), args=[_])
            | ast.Call(func=ast.Attribute(value=array, attr="numel" | "nelement"), args=[])
            | ast.Subscript(value=ast.Attribute(value=array, attr="shape"))
            | ast.Subscript(value=ast.Call(func=ast.Attribute(value=array, attr="size"), args=[]))
            | ast.Attribute(value=array, attr="size")
        ):
            return [f"({piece.text(array)}){each}" for each in (".size", ".numel()", ".shape[0]", ".shape[1]")]
    return []


def _other_names(piece: _Piece, node: ast.expr, parent: ast.AST, most: int | None) -> Iterator[_New]:
    """Names in another's place."""
    own = piece.text(node).replace('"', "'")
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
        return
    if isinstance(parent, ast.Call) and parent.func is node:
        names = piece.functions if own in piece.functions else ()
    elif own in piece.names and not (
        isinstance(parent, (ast.Attribute, ast.Subscript)) and text_of(parent) in piece.names
    ):
        names = piece.names
        if isinstance(parent, (ast.BinOp, ast.Call)):
            yield _New(node, f"{own}.T")
    else:
        return
    for name in _most_like(own, [each for each in names if each != own], most):
        yield _New(node, name, name=own)


def _most_like(name: str, others: Sequence[str], most: int | None) -> Sequence[str]:
    """Those that are most like a name; of very many none, since each is compared."""
    if most is None or len(others) <= most:
        return others
    if len(others) > MOST_COMPARED:
        return ()
    return difflib.get_close_matches(name, others, most, cutoff=0.0)


def _named(piece: _Piece, node: ast.Call) -> list[str]:
    """What a call is handed by name, as it is written."""
    return [
        f"{each.arg}={piece.text(each.value)}" if each.arg else f"**{piece.text(each.value)}" for each in node.keywords
    ]


def _call(piece: _Piece, node: ast.Call, handed: Sequence[str]) -> str:
    return f"{piece.text(node.func)}({', '.join(handed)})"
