"""Makes code that tells what its expressions and statements yield, by calls of `NOTE` put into its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .counts import is_count

NOTE = "__note__"
PART, MADE, OPERAND = "part", "made", "operand"

# Called with the number of an edit (-1: none), PART (of a formula), MADE (by a statement) or OPERAND (a name that the
# edit brings in), the name ("" for parts), and the value, which it returns.
Note = Callable[[int, str, str, object], object]


def silent(number: int, kind: str, name: str, value: object) -> object:
    """For code whose notes nobody wants."""
    return value


class Region(NamedTuple):
    """Where an edit stands in a text: from (line, column) up to (line, column), columns in bytes.

    `names` are those that stood there before.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    number: int
    names: frozenset[str]


EVERYWHERE = Region((0, 0), (0, 0), -1, frozenset())


def noting(tree: ast.Module, regions: Sequence[Region] | None) -> ast.Module:
    """The tree with notes.

    Args:
      regions: what to note: the expressions in them, and what the statements that hold them make; None: everything.
    """
    _Noting(regions).visit(tree)
    return ast.fix_missing_locations(tree)


class _Noting(ast.NodeTransformer):
    def __init__(self, regions: Sequence[Region] | None) -> None:
        self._regions = regions

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [each for statement in node.body for each in self._statement(statement)]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(statement) if _is_definition(statement) else statement for statement in node.body]
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = [self.visit(statement) if _is_definition(statement) else statement for statement in node.body]
        return node

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        """A statement, with notes in it and after it."""
        region = self._region(node)
        for field in ("body", "orelse", "finalbody"):
            if inner := getattr(node, field, None):
                setattr(node, field, [each for statement in inner for each in self._statement(statement)])
        if isinstance(node, (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef)):
            if isinstance(node, ast.For):
                node.iter = self.visit(node.iter)
            return [node]
        if region is None:
            return [self.visit(node)]
        number = region.number
        after: list[ast.stmt] = []
        if isinstance(node, ast.Return) and node.value is not None:
            node.value = _call(number, MADE, "return", self.visit(node.value))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            node.value.args = [_call(number, MADE, "", self.visit(argument)) for argument in node.value.args]
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and node.value is not None:
            node.value = self.visit(node.value)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                each = target.elts if isinstance(target, ast.Tuple) else [target]
                each = [one.value if isinstance(one, ast.Subscript) else one for one in each]  # the array written into
                after += [ast.Expr(_call(number, MADE, ast.unparse(one), _loaded(one))) for one in each]
        else:
            return [self.visit(node)]
        return [node, *after]

    def visit(self, node: Any) -> Any:
        """Expressions: a note of each that may be a number."""
        if not isinstance(node, ast.expr):
            return super().visit(node)
        region = self._region(node)
        if region is not None and region is not EVERYWHERE and is_count(node):
            # It is the number that comes in, not what is counted.
            return _call(region.number, PART, "", node)
        text = ast.unparse(node) if is_named(node) else ""
        skipped: ast.expr | None = node.func if isinstance(node, ast.Call) else None
        if isinstance(skipped, ast.Attribute):
            skipped.value = self.visit(skipped.value)
        if text and isinstance(node, ast.Subscript) and region is not EVERYWHERE:
            skipped = node.value  # the item is brought in, not all of the dict
        for field, value in ast.iter_fields(node):
            if value is skipped or isinstance(node, (ast.Lambda, ast.JoinedStr)):
                continue
            if isinstance(value, ast.expr):
                setattr(node, field, self.visit(value))
            elif isinstance(value, list):
                setattr(node, field, [self.visit(each) if isinstance(each, ast.AST) else each for each in value])
        is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if region is None or not is_read:
            return node
        is_brought_in = bool(text) and region is not EVERYWHERE and text not in region.names
        if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Call, ast.Subscript)) or (text and region is EVERYWHERE):
            node = _call(region.number, PART, "", node)
        return _call(region.number, OPERAND, "", node) if is_brought_in else node

    def _region(self, node: ast.stmt | ast.expr) -> Region | None:
        """The edit that an expression lies in, or that a statement holds a part of."""
        if self._regions is None:
            return EVERYWHERE
        start = (node.lineno, node.col_offset)
        end = (node.end_lineno or 0, node.end_col_offset or 0)
        inside = [region for region in self._regions if region.start <= start and end <= region.end]
        around = [region for region in self._regions if start < region.end and region.start < end]
        # Of two edits, one in the other, the inner one comes later.
        return inside[-1] if inside else around[0] if around else None


def is_named(node: ast.AST) -> bool:
    """Whether it is a name, an attribute, or an item of a dict that is named."""
    return isinstance(node, (ast.Attribute, ast.Name)) or (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    )


def _is_definition(node: ast.stmt) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.ClassDef))


def _call(number: int, kind: str, name: str, value: ast.expr) -> ast.Call:
    parts: list[ast.expr] = [ast.Constant(number), ast.Constant(kind), ast.Constant(name), value]
    call = ast.Call(ast.Name(NOTE, ast.Load()), parts, [])
    return ast.copy_location(call, value)


def _loaded(target: ast.expr) -> ast.expr:
    """What was assigned to, to be read."""
    node = copy.deepcopy(target)
    for each in ast.walk(node):
        if hasattr(each, "ctx"):
            each.ctx = ast.Load()
    return node
