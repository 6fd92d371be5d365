"""What is counted, in a syntax tree: `Y.shape[1]`, `len(Y)`, `2 / (m * k)`."""

from __future__ import annotations

import ast
from collections.abc import Collection

COUNTERS = ("shape", "size", "len")


def is_count(node: ast.expr) -> bool:
    """Whether an expression is `Y.shape[1]`, `len(Y)`, `np.size(Y)` or the like, or a multiple or fraction of such."""
    try:
        return _is_count(node)
    except RecursionError:
        return False


def _is_count(node: ast.expr) -> bool:
    match node:
        case ast.Subscript(value=inner):
            return _is_count(inner)
        case ast.Attribute(attr=name) | ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in COUNTERS
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            counts = [_is_count(side) for side in (left, right)]  # each once: it would be exponential
            return any(counts) and all(
                is_one or isinstance(side, ast.Constant) for is_one, side in zip(counts, (left, right), strict=True)
            )
    return False


def is_factor(node: ast.expr, names: Collection[str]) -> bool:
    """Whether an expression is a product or fraction of counts and constants.

    Args:
      names: those of counts.
    """
    try:
        is_of_counts = isinstance(node, ast.BinOp) and _is_of_counts(node, names)
    except RecursionError:
        return False
    return is_of_counts and not all(
        isinstance(each, (ast.Constant, ast.BinOp, ast.operator)) for each in ast.walk(node)
    )


def _is_of_counts(node: ast.expr, names: Collection[str]) -> bool:
    match node:
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            return _is_of_counts(left, names) and _is_of_counts(right, names)
        case ast.Call(func=ast.Name(id="float" | "int"), args=[inner]):
            return _is_of_counts(inner, names)
        case ast.Name(id=name):
            return name in names
        case ast.Constant():
            return True
    return is_count(node)
