"""Small changes of a submission's text, one at a time: a part left out, another name, sign, number or function."""

from __future__ import annotations

import ast
import dataclasses
import difflib
import enum
import itertools
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.packs.forms import name_called
from grader.submissions import Cell, Submission

from .syntax import own_parts, text_of, walked

Where = tuple[int | None, int]  # cell (None in modules) and line


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


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A function, method or assignment of a lambda with one change.

    Attributes:
      where: the cell and line of what is changed.
      kind: what it does.
      name: in whose place another is put, "" for what is none.
      lines: of the statement.
      owner: the class that it stands in, "" if in none.
      first: the line of the file or cell where its text starts.
      text: all of it, indented as it was.
    """

    where: Where
    kind: Kind
    name: str
    lines: range
    owner: str
    first: int
    text: str

    def is_at(self, where: Where | None) -> bool:
        """Whether it is in the statement that has a line."""
        return where is not None and where[0] == self.where[0] and where[1] in self.lines


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """What is changed in: a function, method or assignment that stands by itself."""

    cell: Cell
    owner: str
    node: ast.stmt
    first: int  # line of the cell
    rows: Sequence[bytes]
    names: Sequence[str]  # that can be read in it
    functions: Sequence[str]  # of the cell, and classes

    def text(self, node: ast.expr | ast.stmt) -> str:
        """As it is written there."""
        start, end = node.lineno - self.first, (node.end_lineno or node.lineno) - self.first
        if start == end:
            return self.rows[start][node.col_offset : node.end_col_offset].decode()
        lines = [
            self.rows[start][node.col_offset :],
            *self.rows[start + 1 : end],
            self.rows[end][: node.end_col_offset],
        ]
        return b"\n".join(lines).decode()

    def change(self, statement: ast.stmt, new: _New) -> Change:
        node, shift = new.node, self.cell.line - 1
        start, end = node.lineno - self.first, (node.end_lineno or node.lineno) - self.first
        row = self.rows[start][: node.col_offset] + new.text.encode() + self.rows[end][node.end_col_offset :]
        text = b"\n".join([*self.rows[:start], row, *self.rows[end + 1 :]]).decode()
        where = self.cell.number, (new.line or node.lineno) + shift
        return Change(where, new.kind, new.name, self.lines(statement), self.owner, self.first + shift, text)

    def lines(self, statement: ast.stmt) -> range:
        """Of the file or cell, without those of statements inside."""
        body = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
        return range(statement.lineno + self.cell.line - 1, max(last, statement.lineno) + self.cell.line)


class _New(NamedTuple):
    """What stands in the place of an expression or statement.

    Attributes:
      line: of the cell, where what is left out stands, if that is not where the expression starts.
      name: that is exchanged.
    """

    node: ast.expr | ast.stmt
    text: str
    kind: Kind
    line: int = 0
    name: str = ""


def changes(submission: Submission, wanted: Collection[Where], kinds: Collection[Kind]) -> Iterator[Change]:
    """The changes of some kinds in statements that have one of these lines."""
    for piece in _pieces(submission, wanted):
        for statement in ast.walk(piece.node):
            if isinstance(statement, ast.stmt) and any(
                (piece.cell.number, line) in wanted for line in piece.lines(statement)
            ):
                for new in _of_statement(piece, statement, kinds):
                    if new.text != piece.text(new.node):
                        yield piece.change(statement, new)


def functions_around(submission: Submission, lines: Collection[Where]) -> set[Where]:
    """All lines of the functions that any of these lines is in."""
    found = set(lines)
    for cell in submission.cells:
        for node in walked(_read(cell)):
            if isinstance(node, FUNCTION):
                own = {
                    (cell.number, line + cell.line - 1)
                    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
                }
                found |= own if own & {*lines} else set()
    return found


def _read(cell: Cell) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(cell.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _pieces(submission: Submission, wanted: Collection[Where]) -> Iterator[_Piece]:
    for cell in submission.cells:
        lines = {line - cell.line + 1 for number, line in wanted if number == cell.number}
        if not lines:
            continue
        rows, tree = cell.source.encode().split(b"\n"), _read(cell)
        functions = [each.name for each in tree.body if isinstance(each, (*FUNCTION[:2], ast.ClassDef))]
        for outer in tree.body:
            inner = outer.body if isinstance(outer, ast.ClassDef) else [outer]
            for node in inner:
                first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
                last = node.end_lineno or node.lineno
                if not lines & {*range(first, last + 1)} or not any(isinstance(e, FUNCTION) for e in ast.walk(node)):
                    continue
                owner = outer.name if isinstance(outer, ast.ClassDef) else ""
                yield _Piece(cell, owner, node, first, rows[first - 1 : last], _readable(node, outer), functions)


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


def _of_statement(piece: _Piece, statement: ast.stmt, kinds: Collection[Kind]) -> Iterator[_New]:
    """All changes of a statement, but for the statements in it."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() if Kind.LESS in kinds:
            yield _New(statement, "pass", Kind.LESS)
        case ast.AugAssign(target=target, op=op, value=value):
            one, other = piece.text(target), piece.text(value)
            if Kind.LESS in kinds:
                yield _New(statement, "pass", Kind.LESS)
                yield _New(statement, f"{one} = {other}", Kind.LESS)
            kind = Kind.TURN if isinstance(op, ast.Add | ast.Sub) else Kind.OTHER
            if kind in kinds and type(op) in IN_PLACE:
                yield _New(statement, f"{one} {IN_PLACE[type(op)]} {other}", kind)
    parts = own_parts(statement)
    parents = {child: parent for parent in parts for child in ast.iter_child_nodes(parent)}
    for node in parts:
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", None), (ast.Load, type(None))):
            if Kind.LESS in kinds:
                yield from (_New(node, f"({piece.text(each)})", Kind.LESS, line) for each, line in _inside(node))
                yield from _with_less(piece, node)
            if Kind.MORE in kinds:
                yield from (_New(node, text, Kind.MORE) for text in _with_more(piece, node))
            if Kind.TURN in kinds:
                yield from (_New(node, text, Kind.TURN) for text in _turned(piece, node))
            if Kind.OTHER in kinds:
                parent = parents.get(node, statement)
                yield from (_New(node, text, Kind.OTHER) for text in _instead(piece, node, parent))
            is_all = isinstance(statement, ast.Assign) and statement.value is node
            if (kind := Kind.SYNONYM if is_all else Kind.NAME) in kinds:
                yield from _other_names(piece, node, parents.get(node, statement), kind)


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
        yield _New(node, text, Kind.LESS, keyword.value.lineno)


def _with_more(piece: _Piece, node: ast.expr) -> Iterator[str]:
    """Calls that are handed more, and counts of one more or less."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Name(id=name)):
            yield from (f"({piece.text(left)} / ({name} {sign} 1))" for sign in "-+")
        case ast.Call(func=ast.Attribute(value=array, attr="copy"), args=[]):
            yield f"{piece.text(array)}.astype(float)"
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
    yield from (each for each in _counts(piece, node) if each != own)
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
            return [f"{piece.text(array)}{each}" for each in (".size", ".numel()", ".shape[0]", ".shape[1]")]
    return []


def _other_names(piece: _Piece, node: ast.expr, parent: ast.AST, kind: Kind) -> Iterator[_New]:
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
            yield _New(node, f"{own}.T", kind)
    else:
        return
    for name in _most_like(own, [each for each in names if each != own]):
        yield _New(node, name, kind, name=own)


def _most_like(name: str, others: Sequence[str]) -> Sequence[str]:
    def likeness(other: str) -> float:
        return difflib.SequenceMatcher(None, name, other, autojunk=False).ratio()

    return sorted(others, key=likeness, reverse=True)[:MOST_NAMES] if len(others) > MOST_NAMES else others


def _named(piece: _Piece, node: ast.Call) -> list[str]:
    """What a call is handed by name, as it is written."""
    return [
        f"{each.arg}={piece.text(each.value)}" if each.arg else f"**{piece.text(each.value)}" for each in node.keywords
    ]


def _call(piece: _Piece, node: ast.Call, handed: Sequence[str]) -> str:
    return f"{piece.text(node.func)}({', '.join(handed)})"
