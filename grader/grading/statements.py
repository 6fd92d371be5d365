"""Statements that some mistakes are about, as the text of a function shows them."""

from __future__ import annotations

import ast
import collections
import itertools
import re
from collections.abc import Iterator, Sequence

from grader.packs.forms import name_called

from .calls import Function

SHIFTS = (ast.Add, ast.Sub)
MODULES = ("np", "numpy", "torch", "math", "random", "copy", "nn", "F")
MOST_ARRAYS = 8  # that a loop moves elements of


def due_to_put_back(loop: ast.For | ast.While) -> Iterator[ast.stmt]:
    """For each array of which a pass moves an element (`x[i] += h`, `x[i] = old - h`) and evaluates something then: the
    statement after the last evaluation, which is where the element should be what it was.

    Where it is written once more after that, it is that statement: it does not put back what was there.
    """
    body = loop.body
    arrays = [_written(node) for node in body]
    calls = [_called(node) for node in body]
    moved = dict.fromkeys(array for array, node in zip(arrays, body, strict=True) if array and _moves(node))
    for array in list(moved)[:MOST_ARRAYS]:
        written = [number for number, each in enumerate(arrays) if each == array]
        between = set().union(*calls[written[0] + 1 : written[-1]])
        asked = between or set().union(*calls[written[-1] + 1 :])
        evaluations = [number for number, each in enumerate(calls) if each & asked]
        if evaluations and evaluations[-1] > written[-1]:
            yield body[min(evaluations[-1] + 1, len(body) - 1)]
        elif between:
            yield body[written[-1]]


def due_after(body: Sequence[ast.stmt], number: int) -> ast.stmt | None:
    """The statement before which one is missing that changes what another has made, since one alike is changed so:
    after `z2 = a1 @ W2`, where `z1 = X @ W1` is followed by `z1 += b1`.
    """
    kind = _kind(body[number])
    if not kind or number + 1 >= len(body) or _changed(body[number + 1]) == _target(body[number]):
        return None
    for one, following in itertools.pairwise(body):
        if one is not body[number] and _kind(one) == kind and _changed(following) == _target(one):
            return body[number + 1]
    return None


def _kind(statement: ast.stmt) -> str:
    """What a statement makes, without the numbers in its name, and by what; "" if it is another statement."""
    match statement:
        case ast.Assign(value=ast.BinOp(op=by)):
            return re.sub(r"\d", "", _target(statement)) + f" {type(by).__name__}"
        case ast.Assign(value=ast.Call() as call):
            return re.sub(r"\d", "", f"{_target(statement)} {name_called(call)}")
    return ""


def _target(statement: ast.stmt) -> str:
    """What a statement gives a value, as it is called there."""
    match statement:
        case ast.Assign(targets=[target]):
            return _text(target)
    return ""


def _changed(statement: ast.stmt) -> str:
    """What a statement changes in place, as it is called there; else ""."""
    match statement:
        case ast.AugAssign(target=ast.Subscript(value=target)) | ast.AugAssign(target=target):
            return _text(target)
        case ast.Assign(targets=[ast.Subscript(value=target)]):
            return _text(target)
    return ""


def taken_over(function: Function) -> Iterator[ast.stmt]:
    """The statements that give a name to what an object keeps (`sums = self.sums`), where it is added to later."""
    owners = [each.arg for each in (*function.args.posonlyargs, *function.args.args)][:1]
    inside = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    added = {name for node in inside for name in _added_to(node)}
    for node in inside:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in added and not isinstance(
                value, ast.Name
            ):
                if _root(value) in owners:
                    yield node


def begun_anew(function: Function) -> Iterator[ast.stmt]:
    """The statements in a loop that give a name what was there before the loop, though the loop gives it another value
    later: each pass begins where the first did.
    """
    for loop in ast.walk(function):
        if not isinstance(loop, (ast.For, ast.While)):
            continue
        inside = [node for node in ast.walk(loop) if isinstance(node, ast.stmt) and node is not loop]
        stored = collections.Counter(name for node in inside for name in stored_in(node) | _added_name(node))
        known = {*stored, *stored_in(loop)}
        for node in loop.body:
            read = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
            read -= {*MODULES, *_called(node)}
            is_stored_again = any(stored[name] > 1 for name in stored_in(node))
            if isinstance(node, ast.Assign) and is_stored_again and read and not read & known:
                yield node


def kept_before(function: Function, line: int) -> ast.stmt | None:
    """The statement that gives a name to an array (`old = self.W`) which is changed in place before a statement reads
    it by that name: no copy.
    """
    inside = sorted((node for node in ast.walk(function) if isinstance(node, ast.stmt)), key=lambda node: node.lineno)
    here = [node for node in inside if node.lineno == line]
    before = [node for node in inside if node is not function and node.lineno < line]
    for name in {each.id for node in here for each in ast.walk(node) if isinstance(each, ast.Name)}:
        last = max((number for number, node in enumerate(before) if name in stored_in(node)), default=None)
        match None if last is None else before[last]:
            case ast.Assign(targets=[ast.Name()], value=ast.Name() | ast.Attribute() as kept) as found:
                text, between = _text(kept), before[before.index(found) + 1 :]
                if any(isinstance(each, ast.AugAssign) and _changed(each) == text for each in between):
                    return found
    return None


def stored_in(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value; what it changes in place has one."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    if isinstance(statement, ast.AugAssign):
        return set()
    return {
        each.id
        for target in targets
        if target is not None
        for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _added_name(statement: ast.stmt) -> set[str]:
    """The name that a statement adds to."""
    match statement:
        case ast.AugAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _added_to(statement: ast.stmt) -> set[str]:
    """The names of what a statement adds something to: `x += y`, `x["W"] += y`, `x[key] = x.get(key, 0) + y`."""
    match statement:
        case ast.AugAssign(target=target) if name := _root(target):
            return {name}
        case ast.Assign(targets=[ast.Subscript() as target], value=value) if name := _root(target):
            read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
            return {name} & read
    return set()


def _root(node: ast.expr) -> str:
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


def _moves(statement: ast.stmt) -> bool:
    """Whether a statement moves an element: by adding to it, or to what it was."""
    match statement:
        case ast.AugAssign(op=op):
            return isinstance(op, SHIFTS)
        case ast.Assign(value=ast.BinOp(left=left, op=op, right=right)):
            return isinstance(op, SHIFTS) and any(not isinstance(side, (ast.BinOp, ast.Call)) for side in (left, right))
    return False


def _written(statement: ast.stmt) -> str:
    """The array that a statement writes elements of, as it is called there; else ""."""
    match statement:
        case ast.AugAssign(target=ast.Subscript(value=array)) | ast.Assign(targets=[ast.Subscript(value=array)]):
            return "" if any(isinstance(node, ast.Call) for node in ast.walk(array)) else _text(array)
    return ""


def _called(statement: ast.stmt) -> set[str]:
    """The names of what a statement calls."""
    return {name for node in ast.walk(statement) if (name := name_called(node))}


def _text(node: ast.expr) -> str:
    """An expression's text; "" where it is too deep to be read."""
    try:
        return ast.unparse(node)
    except RecursionError:
        return ""
