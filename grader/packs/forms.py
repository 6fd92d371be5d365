"""What mistakes are about, as the texts of their edits show."""

from __future__ import annotations

import ast
import textwrap
from typing import Any

from grader.judging.diagnose import COMPARISON, KEPT, Form

from .counts import COUNTERS, is_count
from .model import Mistake


def form_of(mistake: Mistake) -> Form:
    """Of its edits; a mistake that is none of the text has no form."""
    edits = [(_parsed(old), _parsed(new)) for _, old, new in mistake.edits if isinstance(new, str)]
    if not edits:
        return Form(words=mistake.words, place=mistake.place, adds=mistake.place == KEPT)
    old, new = edits[0]
    counts = any(_counts_otherwise(*each) for each in edits)
    return Form(
        counts=counts,
        lists=_leaves_out(old, new),
        call=_call(old, new),
        number=_other_number(old, new) if len(edits) == 1 else None,
        brings=() if counts else tuple(sorted(set.union(*(_brought(*each) for each in edits)))),
        words=mistake.words,
        place=mistake.place,
        adds=all(_is_part(right, wrong) for right, wrong in edits),
        turns=all(_is_turned(right, wrong) for right, wrong in edits),
        hands_less=any(_hands_less(*each) for each in edits),
    )


def _is_part(one: Any, other: Any) -> bool:
    """Whether the first is the second with parts left out: operands, functions around something, arguments."""
    if isinstance(one, ast.AST) and isinstance(other, ast.AST):
        if isinstance(one, ast.expr) and any(ast.dump(each) == ast.dump(one) for each in ast.walk(other)):
            return True
        return type(one) is type(other) and all(
            _is_part(getattr(one, field, None), getattr(other, field, None)) for field in one._fields
        )
    if isinstance(one, list) and isinstance(other, list):
        ahead = iter(other)
        return all(any(_is_part(each, candidate) for candidate in ahead) for each in one)
    return bool(one == other)


def _is_turned(one: Any, other: Any) -> bool:
    """Whether two texts differ in nothing but signs: a minus, plus for minus, a difference the other way round."""
    if isinstance(one, ast.AST) and isinstance(other, ast.AST):
        for first, second in ((one, other), (other, one)):
            match first, second:
                case ast.UnaryOp(op=ast.USub(), operand=inner), _ if ast.dump(inner) == ast.dump(second):
                    return True
        match one, other:
            case ast.BinOp(left=a, op=ast.Sub(), right=b), ast.BinOp(left=c, op=ast.Sub(), right=d) if ast.dump(
                a
            ) == ast.dump(d) and ast.dump(b) == ast.dump(c):
                return True
            case ((ast.Add() | ast.Sub()), (ast.Add() | ast.Sub())):
                return True
        return type(one) is type(other) and all(
            _is_turned(getattr(one, field, None), getattr(other, field, None)) for field in one._fields
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_turned, one, other))
    return bool(one == other)


def _hands_less(old: ast.Module, new: ast.Module) -> bool:
    """Whether something that a function is handed by name is left out."""
    words = [{name for _, name in _keywords(tree)} for tree in (old, new)]
    return not words[0] <= words[1]


def _parsed(text: str) -> ast.Module:
    return ast.parse(textwrap.dedent(text).strip())


def _counts_otherwise(old: ast.Module, new: ast.Module) -> bool:
    """Whether a count takes another's place, or that of a mean; one more is right, but has no place there."""
    before, after = _counts(old), _counts(new)
    takes_means_place = not before and _is_mean(old) and not _is_mean(new)
    return bool(after - before) and (len(after | before) > 1 or takes_means_place)


def _is_mean(tree: ast.Module) -> bool:
    return any(name_called(node) == "mean" for node in ast.walk(tree))


def _counts(tree: ast.Module) -> set[str]:
    """What is counted in a text."""
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.expr) and is_count(node)}


def _leaves_out(old: ast.Module, new: ast.Module) -> bool:
    """Whether some of the statements or items are left out, or a loop around the same statements goes through others."""
    before, after = _statements(old), _statements(new)
    if len(after) < len(before):
        return set(after) <= set(before)
    loops = [[node for node in ast.walk(tree) if isinstance(node, ast.For)] for tree in (old, new)]
    if not (len(loops[0]) == len(loops[1]) == 1):
        return False
    one, other = (loop for found in loops for loop in found)
    return ast.dump(one.iter) != ast.dump(other.iter) and [*map(ast.dump, one.body)] == [*map(ast.dump, other.body)]


def _statements(tree: ast.Module) -> list[str]:
    """The statements of a text, or the items of a list that is written out."""
    match tree.body:
        case [ast.Expr(value=ast.Tuple(elts=items) | ast.List(elts=items))]:
            return [ast.dump(item) for item in items]
    return [ast.dump(node) for node in tree.body if not isinstance(node, ast.Pass)]


def _other_number(old: ast.Module, new: ast.Module) -> int | float | None:
    """The one number that differs, where nothing else does; an index is none."""
    before, after = (
        [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) in (int, float)]
        for tree in (old, new)
    )
    if len(before) != len(after):
        return None
    different = [(node, other.value) for node, other in zip(after, before, strict=True) if node.value != other.value]
    if len(different) != 1:
        return None
    node, right = different[0]
    if any(isinstance(each, ast.Subscript) and node in ast.walk(each.slice) for each in ast.walk(new)):
        return None
    number, node.value = node.value, right  # now it is the text of the right one, if nothing else differs
    is_all = ast.dump(old) == ast.dump(new)
    node.value = number
    return number if isinstance(number, (int, float)) and is_all else None


def _call(old: ast.Module, new: ast.Module) -> str:
    """The one function that is called in statements of their own, there as here."""
    found = {called(node) for node in new.body} & {called(node) for node in ast.walk(old)} - {""}
    return found.pop() if len(found) == 1 else ""


def _brought(old: ast.Module, new: ast.Module) -> set[str]:
    """What the innermost of the calls and comparisons that differ are; what only comes on top is in nothing's place."""
    if {*_inside(old)} < {*_inside(new)}:
        return set()
    before, after = _asked(old), _asked(new)
    inner = {
        text: node
        for text, node in after.items()
        if text not in before and not any(each in after and each not in before for each in _asked(node, itself=False))
    }
    found = {name_called(node) for node in inner.values() if isinstance(node, ast.Call)}
    found -= {name_called(node) for node in before.values()} | {"", *COUNTERS}
    keywords, others = _keywords(old), _keywords(new)
    found |= {f"{name}=" for of, name in keywords if others.get((of, name), keywords[of, name]) != keywords[of, name]}
    return found | {COMPARISON for node in inner.values() if isinstance(node, ast.Compare)}


def _inside(tree: ast.Module) -> list[str]:
    """All statements in a text that have no others in them."""
    return [ast.dump(node) for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "body")]


def _keywords(tree: ast.AST) -> dict[tuple[str, str], str]:
    """What functions are handed under a name, by both names."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {(name_called(call), each.arg): ast.dump(each.value) for call in calls for each in call.keywords if each.arg}


def _asked(tree: ast.AST, *, itself: bool = True) -> dict[str, ast.Call | ast.Compare]:
    """The calls and comparisons in a tree, by content."""
    return {
        ast.dump(node): node
        for node in ast.walk(tree)
        if isinstance(node, (ast.Call, ast.Compare)) and (itself or node is not tree)
    }


def name_called(node: ast.AST) -> str:
    """The last part of the name of what a call calls; else ""."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
    return ""


def called(statement: ast.AST) -> str:
    """The last part of the name of what a statement calls, if it does nothing else; else ""."""
    return name_called(statement.value) if isinstance(statement, ast.Expr) else ""
