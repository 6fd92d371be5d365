"""Statements that some mistakes are about, as the text of a function shows them."""

from __future__ import annotations

import ast
import collections
import dataclasses
import functools
import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from grader.packs.counts import is_count, is_factor
from grader.packs.forms import called, name_called

from .calls import words_in
from .syntax import (
    Function,
    added_name,
    added_to,
    all_called,
    bodies,
    changed_in_place,
    elements_of,
    holds,
    is_read,
    is_turned,
    length,
    moves,
    own_parts,
    position,
    read_in,
    root_of,
    statements_in,
    stored_in,
    target_of,
    text_of,
    value_of,
    walked,
    words_had,
    written_into,
)

PLAIN = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)  # statements without others in them
MODULES = ("np", "numpy", "torch", "math", "random", "copy", "nn", "F")
# How students call a derivative: da_dz, sigmoid_prime, Steigung.
DERIVATIVE = re.compile(r"(?i)^d[a-z]\w*_d[a-z]|deriv|prime|slope|ableit|steig|pente|pend")
# And what a pre-activation: preact, net_in, hidden_raw, logits.
PRE_ACTIVATION = re.compile(
    r"(?i)^(pre|net|lin|raw|sum|arg|inp)|(^|_)(in|pre|raw|lin|net|sum|arg)(_|\d|$)|preact|logit|linear|potential|weighted"
)
LAYER = re.compile(r"(?i)^_?[zah]_?\d*s?$")  # pre-activations and activations: z1, self.a2, zs
PRODUCTS = ("dot", "matmul", "mm", "einsum", "inner", "outer", "tensordot", "multiply", "mul", "sum", "mean")
MOST_ARRAYS = 8  # that a loop moves elements of
MOST_PARTS = 50  # statements that another is made by
MOST_BACK = 3  # steps from a statement to what its parts are made by


def due_to_put_back(loop: ast.For | ast.While) -> Iterator[ast.stmt]:
    """For each array of which a pass moves an element (`x[i] += h`, `x[i] = old - h`) and evaluates something then: the
    statement after the last evaluation, which is where the element should be what it was.

    Where it is written once more after that, it is that statement: it does not put back what was there. Where the array
    got its name in the pass and is no copy (`moved = x`), it is that one.
    """
    body = loop.body
    arrays = [elements_of(node) for node in body]
    calls = [all_called(node) for node in body]
    moved = dict.fromkeys(array for array, node in zip(arrays, body, strict=True) if array and moves(node))
    for array in list(moved)[:MOST_ARRAYS]:
        named = [each for each in body if array in stored_in(each)]
        match named:
            case [ast.Assign(value=ast.Name() | ast.Attribute() as kept)] if not is_turned(kept):
                if any(_hands_over(each, array) for each in body):
                    yield named[0]
                    continue
        written = [number for number, each in enumerate(arrays) if each == array]
        between = set().union(*calls[written[0] + 1 : written[-1]])
        asked = between or set().union(*calls[written[-1] + 1 :])
        evaluations = [number for number, each in enumerate(calls) if each & asked]
        if evaluations and evaluations[-1] > written[-1]:
            yield body[min(evaluations[-1] + 1, len(body) - 1)]
        elif between:
            yield body[written[-1]]


def _hands_over(statement: ast.stmt, name: str) -> bool:
    """Whether a statement hands something to a function by a name: it is made for that."""
    return any(
        _is_name(given, name) for each in ast.walk(statement) if isinstance(each, ast.Call) for given in each.args
    )


def due_after_calls(function: Function, name: str) -> ast.stmt | None:
    """The statement after the last of several that call a function by its name, in one block of another function."""
    for node in [function, *statements_in(function)]:
        for body in bodies(node):
            calling = [
                number for number, each in enumerate(body) if isinstance(each, PLAIN) and name in all_called(each)
            ]
            if len(calling) > 1 and calling[-1] + 1 < len(body):
                return body[calling[-1] + 1]
    return None


def due_after(body: Sequence[ast.stmt], number: int) -> ast.stmt | None:
    """The statement before which one is missing that changes what another has made, since one alike is changed so:
    after `z2 = a1 @ W2`, where `z1 = X @ W1` is followed by `z1 += b1`.
    """
    kind = _kind(body[number])
    if not kind or number + 1 >= len(body) or changed_in_place(body[number + 1]) == target_of(body[number]):
        return None
    for one, following in itertools.pairwise(body):
        if one is not body[number] and _kind(one) == kind and changed_in_place(following) == target_of(one):
            return body[number + 1]
    return None


def before_the_end(body: Sequence[ast.stmt], number: int) -> ast.stmt | None:
    """Of what a function ends with: where the name that it returns got its value, or the last statement in the loop."""
    match body[number]:
        case ast.Return(value=ast.Name(id=name)):
            return next((each for each in reversed(body[:number]) if name in stored_in(each)), None)
        case ast.For() | ast.While() as loop:
            return max((last := loop.body[-1], *statements_in(last)), key=position)
    return None


def predicted_anew(body: Sequence[ast.stmt], number: int) -> ast.stmt | None:
    """The statement that makes, for another, what a call has made before it: `y_pred = forward(X)`, a second time."""
    wanted = read_in(body[number])
    for place in range(number - 1, 0, -1):
        each = body[place]
        if isinstance(each, ast.Assign) and stored_in(each) & wanted and name_called(each.value):
            before = [text_of(node.value) for node in body[:place] if isinstance(node, ast.Assign)]
            return each if text_of(each.value) in before else None
    return None


def count_for(function: Function, line: int) -> tuple[ast.Assign, str] | None:
    """The statement of a function that counts something for the one at a line alone, and the name that the count has.

    Where another one counts something else, that was there to be taken.
    """
    inside = statements_in(function)
    if sum(any(isinstance(each, ast.expr) and is_count(each) for each in own_parts(node)) for node in inside) != 1:
        return None
    here = next((node for node in inside if node.lineno == line and isinstance(node, PLAIN)), None)
    names = _names_of(function)
    for name in [] if here is None else sorted(read_in(here)):
        match names.makes.get(name):
            case [ast.Assign(targets=[ast.Name()], value=value) as count] if is_count(value):
                if names.reads[name] == [here]:
                    return count, name
    return None


def constant_for(function: Function, line: int) -> ast.stmt | None:
    """The statement that gives a number the name by which the one at a line is multiplied or divided, if that is made for
    it alone and the number changes nothing, or the sign alone: `n = 1`, `sign = -1.0`.
    """
    names = _names_of(function)
    here = [node for node in names.plain if holds(node, line)]
    factors = {
        side.id
        for node in here
        for each in own_parts(node)
        if isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Mult, ast.Div))
        for side in (each.left, each.right)
        if isinstance(side, ast.Name)
    }
    found = [
        names.makes[name][0]
        for name in sorted(factors)
        if len(names.makes.get(name, ())) == 1 and names.reads.get(name) == here
    ]
    numbers = [node for node in found if isinstance(node, ast.Assign) and value_of(node.value) in (1, -1)]
    return numbers[0] if len(numbers) == 1 else None


def reset_before(function: Function, line: int) -> ast.stmt | None:
    """The statement before a loop around a line that lets gradients begin anew, where the loop takes backward passes and
    nothing in it does so.
    """
    inside = statements_in(function)
    loops = [node for node in inside if isinstance(node, (ast.For, ast.While)) and holds(node, line)]
    resets = [node for node in inside if isinstance(node, PLAIN) and is_reset(node)]
    if not loops or len(resets) != 1 or "backward" not in all_called(loops[0]):
        return None
    helpers = [node for node in inside if isinstance(node, Function)]  # the loop may call them
    is_inside = any(holds(around, resets[0].lineno) for around in (loops[0], *helpers))
    return None if is_inside or position(resets[0]) > position(loops[0]) else resets[0]


def is_reset(statement: ast.stmt) -> bool:
    """Whether a statement lets gradients begin anew: `optimizer.zero_grad()`, `w.grad = None`, `w.grad.fill_(0)`."""
    targets = [*getattr(statement, "targets", ()), *filter(None, [getattr(statement, "target", None)])]
    return (
        "zero" in called(statement)
        or (called(statement) == "fill_" and ".grad" in text_of(statement))
        or any(".grad" in text_of(each) for each in targets)
    )


def said_twice(function: Function) -> Iterator[ast.stmt]:
    """The statements that say what one in a row of such before them says: copied, and a name not changed in one.

    `w1.grad.zero_()`, `b1.grad.zero_()`, `w2.grad.zero_()`, `b1.grad.zero_()`.
    """
    for node in [function, *statements_in(function)]:
        for body in bodies(node):
            row: set[str] = set()  # the texts of statements alike, one after the other
            last = ""
            for each in body:
                text = text_of(each) if isinstance(each, (ast.Assign, ast.AugAssign, ast.Expr)) else ""
                kind = re.sub(r"\w+\b(?!\()", "_", text)  # but for the functions that are called
                row = row if kind == last else set()
                if text in row and len(row) > 1 and called(each) != "print":
                    yield each
                row.add(text)
                last = kind


def bound_anew(function: Function) -> Iterator[ast.stmt]:
    """The statements by which a loop gives the name of its item another value, which nothing reads: `b = b - step` changes
    no array.
    """
    for loop in walked(function):
        if isinstance(loop, ast.For):
            items = stored_in(loop)
            for number, node in enumerate(loop.body):
                lost = stored_in(node) & read_in(node) & items if isinstance(node, ast.Assign) else frozenset[str]()
                later = (one for each in loop.body[number + 1 :] for one in (each, *statements_in(each)))
                if lost and not any(read_in(each) & lost for each in later):
                    yield node


def after_sum(function: Function, line: int) -> ast.stmt | None:
    """The first statement after a loop that reads a name which grows in it, at a line: `total += x`."""
    inside = statements_in(function)
    here = min((node for node in inside if isinstance(node, PLAIN) and holds(node, line)), key=length, default=None)
    loops = [node for node in inside if isinstance(node, (ast.For, ast.While)) and holds(node, line)]
    for name in sorted(set[str]() if here is None else _grown(here)):
        for loop in loops:  # outer ones first
            if not any(name in stored_in(node) - _grown(node) for node in statements_in(loop)):
                after = (node for node in _after(function, loop) if isinstance(node, PLAIN) and name in read_in(node))
                return min(after, key=position, default=None)
    return None


def taken_unscaled(function: Function, line: int) -> ast.stmt | None:
    """The statement, on the way to what is made at a line, that takes something of which a scaled one is there by then:
    `da = dz @ W.T` after `scaled = dz / m`.
    """
    names = _names_of(function)
    counts: set[str] = set()
    for node in names.plain:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_count(value) or is_factor(value, counts):
                counts.add(name)
            case ast.Assign(targets=[ast.Tuple(elts=each)], value=ast.Attribute(attr="shape")):
                counts |= {one.id for one in each if isinstance(one, ast.Name)}
    scaling = {name: [each for each in names.reads[name] if _scales(each, name, counts)] for name in names.reads}
    ahead = [node for node in names.plain if node.lineno == line]
    seen: set[int] = set()
    while ahead and len(seen) + len(ahead) < MOST_PARTS:
        for node in ahead:
            for name in sorted(read_in(node)) if not _has_factor(node, counts) else ():
                before = [each for each in scaling[name] if position(each) < position(node)][:MOST_BACK]
                if any(
                    names.last_stores(name, each) == names.last_stores(name, node)
                    and not stored_in(each) & read_in(node)
                    for each in before
                ):
                    return node
        seen |= {id(node) for node in ahead}
        made = (each for node in ahead for name in sorted(read_in(node)) for each in names.last_stores(name, node))
        ahead = list({id(node): node for node in made if id(node) not in seen}.values())
    return None


def _has_factor(statement: ast.stmt, counts: Collection[str]) -> bool:
    """Whether a statement multiplies or divides by counts itself."""
    return any(
        _is_of_counts(side, counts)
        for node in own_parts(statement)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div))
        for side in (node.left, node.right)
    )


def _scales(statement: ast.stmt, name: str, counts: Collection[str]) -> bool:
    """Whether a statement makes a multiple of what has a name, by counts."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.BinOp(left=left, op=ast.Div() | ast.Mult() as by, right=right)):
            return (_is_name(left, name) and _is_of_counts(right, counts)) or (
                isinstance(by, ast.Mult) and _is_name(right, name) and _is_of_counts(left, counts)
            )
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_of_counts(node: ast.expr, counts: Collection[str]) -> bool:
    """Whether it is a count, by its name or by itself, or a product or fraction of such."""
    return (isinstance(node, ast.Name) and node.id in counts) or is_count(node) or is_factor(node, counts)


def changed_for_some(function: Function, line: int) -> ast.stmt | None:
    """The loop that changes in place some of what a function returns at a line, each by its name, and not all of it."""
    inside = statements_in(function)
    returned = {
        each.id
        for node in inside
        if isinstance(node, ast.Return) and node.lineno == line and node.value is not None
        for each in _put_together(node.value)
        if isinstance(each, ast.Name)
    }
    found = []
    for node in inside:
        match node:
            case ast.For(target=ast.Name(id=item), iter=ast.Tuple(elts=listed) | ast.List(elts=listed), body=body):
                names = {each.id for each in listed if isinstance(each, ast.Name)}
                changes = all(
                    isinstance(each, ast.AugAssign)
                    and isinstance(each.op, (ast.Mult, ast.Div))
                    and root_of(each.target) == item
                    for each in body
                )
                if changes and len(names) == len(listed) and names < returned:
                    found.append(node)
    return found[0] if len(found) == 1 else None


def _put_together(value: ast.expr) -> list[ast.expr]:
    """What a tuple, a list, a dict or a call is made of."""
    match value:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Dict(values=items):
            return items
        case ast.Call(args=given, keywords=named):
            return [*given, *(each.value for each in named)]
    return []


def _after(function: Function, inner: ast.stmt) -> Iterator[ast.stmt]:
    """The statements that run after one: those that follow in its own block, and in those around it."""
    for node in [function, *statements_in(function)]:
        for body in bodies(node):
            for number, each in enumerate(body):
                if each is inner or (holds(each, inner.lineno) and any(inner is one for one in statements_in(each))):
                    yield from (one for later in body[number + 1 :] for one in (later, *statements_in(later)))


def _grown(statement: ast.stmt) -> set[str]:
    """The names of what a statement adds to: `x += y`, `x = x + y`."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.Add()) as value):
            return {name} & {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
        case ast.AugAssign(op=ast.Add(), target=ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name))):
            return {name}
    return set()


def _kind(statement: ast.stmt) -> str:
    """What a statement makes, without the numbers in its name, and by what; "" if it is another statement."""
    match statement:
        case ast.Assign(value=ast.BinOp(op=by)):
            return re.sub(r"\d", "", target_of(statement)) + f" {type(by).__name__}"
        case ast.Assign(value=ast.Call() as call):
            return re.sub(r"\d", "", f"{target_of(statement)} {name_called(call)}")
    return ""


def taken_over(function: Function) -> Iterator[ast.stmt]:
    """The statements that give a name to what an object keeps (`sums = self.sums`), where it is added to later."""
    owners = [each.arg for each in (*function.args.posonlyargs, *function.args.args)][:1]
    inside = statements_in(function)
    added = {name for node in inside for name in added_to(node)}
    for node in inside:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in added and not isinstance(
                value, ast.Name
            ):
                if root_of(value) in owners:
                    yield node


def begun_anew(function: Function) -> Iterator[ast.stmt]:
    """The statements in a loop that give a name what was there before the loop, though the loop gives it another value
    later: each pass begins where the first did.
    """
    for loop in walked(function):
        if not isinstance(loop, (ast.For, ast.While)):
            continue
        inside = statements_in(loop)
        stored = collections.Counter(name for node in inside for name in stored_in(node) | added_name(node))
        known = {*stored, *stored_in(loop)}
        for node in loop.body:
            read = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
            read -= {*MODULES, *all_called(node)}
            is_stored_again = any(stored[name] > 1 for name in stored_in(node))
            if isinstance(node, ast.Assign) and is_stored_again and read and not read & known:
                yield node


def kept_before(function: Function, line: int) -> ast.stmt | None:
    """The statement that gives a name to an array (`old = self.W`) which is changed in place before a statement reads
    it by that name: no copy.
    """
    inside = sorted(statements_in(function), key=lambda node: node.lineno)
    here = [node for node in inside if node.lineno == line]
    before = [node for node in inside if node.lineno < line]
    for name in sorted({each.id for node in here for each in ast.walk(node) if isinstance(each, ast.Name)}):
        last = max((number for number, node in enumerate(before) if name in stored_in(node)), default=None)
        match None if last is None else before[last]:
            case ast.Assign(targets=[ast.Name()], value=ast.Name() | ast.Attribute() as kept) as found:
                text, between = text_of(kept), before[before.index(found) + 1 :]
                if any(isinstance(each, ast.AugAssign) and changed_in_place(each) == text for each in between):
                    return found
    return None


def counting(function: Function, line: int, *, alone: bool) -> int | None:
    """The line of a function where what one of its lines counts is counted.

    Args:
      alone: whether nothing but what is counted can be wrong: the count itself then, not only a factor made of it.
    """
    inside = statements_in(function)
    here = min((node for node in inside if holds(node, line)), key=length, default=None)
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
    read = {name.id for node in inside for name in ast.walk(node) if isinstance(name, ast.Name) and is_read(name)}
    if here is None or any(isinstance(node, ast.expr) and is_count(node) for node in ast.walk(here)):
        return None  # it counts by itself
    used = words_in(here)
    taken = counts if alone else factors
    if not alone and used & names - factors.keys():
        return None  # it scales by more than the factor
    lines = {place for name, place in taken.items() if name in used} or {
        place for name, place in taken.items() if alone and name in read
    }
    return lines.pop() if len(lines) == 1 else None


def made_for_alone(function: Function, line: int, brings: set[str]) -> int | None:
    """The line of the statement that makes what another in a function is mistaken by, for that one alone.

    Args:
      brings: what shows that it is mistaken; see `Form`.
    """
    names = _names_of(function)
    here = [node for node in names.plain if holds(node, line)]
    ahead = [node for node in here if node.lineno == line] or here
    if not ahead or any(words_had(node) & brings for node in ahead):
        return None
    targets = {name for node in ahead for name in stored_in(node)}
    # What is written into what it makes, before another reads it.
    later = [node for node in names.plain if position(node) > position(ahead[-1])]
    ahead += itertools.takewhile(
        lambda node: (written_into(node) | (stored_in(node) & read_in(node))) & targets, _from_first(later, targets)
    )
    seen: set[int] = set()
    for _ in range(MOST_BACK):
        found = [node for node in ahead if words_had(node) & brings]
        if found or len(ahead) > MOST_PARTS:
            return found[0].lineno if len(found) == 1 else None
        seen |= {id(node) for node in ahead}
        said = dict.fromkeys(word.id for each in ahead for word in ast.walk(each) if isinstance(word, ast.Name))
        own = [name for name in said if all(id(other) in seen for other in names.reads_only.get(name, ()))]
        made = (node for name in own for each in ahead for node in names.last_stores(name, each))
        ahead = list({id(node): node for node in made if id(node) not in seen}.values())
    return None


def chosen_for_alone(function: Function, line: int, names: Collection[str]) -> int | None:
    """The line that gives something one of these names for a statement alone, turns it round or takes it for what it is
    not: `turned = np.transpose(z)`, `dz_dw = w`, `hidden = z1[i]`.
    """
    known = _names_of(function)
    here = [node for node in known.plain if holds(node, line)]
    for name in sorted(names):
        read = known.reads.get(name, [])
        match known.makes.get(name):
            case [ast.Assign(targets=[ast.Name()], value=value) as made] if read and read == here:
                names_in = [each.id for each in ast.walk(read[0]) if isinstance(each, ast.Name)]
                is_found = isinstance(value, (ast.Name, ast.Attribute, ast.Subscript, ast.Call))
                is_found = is_found and name_called(value) not in PRODUCTS
                is_derivative = is_found and DERIVATIVE.search(name)
                if names_in.count(name) == 1 and (is_turned(value) or is_derivative):
                    return made.lineno
                if _is_item_by_another_name(name, value):
                    return made.lineno
    return None


def _is_item_by_another_name(name: str, value: ast.expr) -> bool:
    """Whether an item of a layer's values gets a name that does not even begin like theirs: `hidden = self.z1[i]`."""
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr="reshape" | "ravel" | "flatten" | "squeeze" | "copy")):
            value = inner
    is_item = isinstance(value, ast.Subscript)
    for _ in range(MOST_BACK):
        match value:
            case ast.Subscript(slice=ast.Constant(value=str(array))):
                break
            case ast.Subscript(value=inner):
                value = inner
            case ast.Name(id=array) | ast.Attribute(attr=array):
                break
    else:
        return False
    is_layer = is_item and bool(LAYER.search(array))
    return is_layer and name[0].lower() != array.lstrip("_")[0].lower() and not PRE_ACTIVATION.search(name)


@dataclasses.dataclass(frozen=True, slots=True)
class _Names:
    """The statements of a function, in order, by the names in them.

    Attributes:
      plain: those without others in them.
      makes: what gives a name a value, or writes into that.
      reads, reads_only: what reads it, and of that what does not write into it.
    """

    plain: list[ast.stmt]
    makes: dict[str, list[ast.stmt]]
    reads: dict[str, list[ast.stmt]]
    reads_only: dict[str, list[ast.stmt]]

    def last_stores(self, name: str, before: ast.stmt) -> list[ast.stmt]:
        """What gives a name its value before a statement, and what writes into that."""
        found: list[ast.stmt] = []
        for node in self.makes.get(name, ()):
            if not isinstance(node, PLAIN):
                continue
            if position(node) >= position(before):
                break
            if name in stored_in(node):
                found = []
            found.append(node)
        return found


@functools.lru_cache(maxsize=64)
def _names_of(function: Function) -> _Names:
    inside = sorted(statements_in(function), key=position)
    names = _Names([node for node in inside if isinstance(node, PLAIN)], {}, {}, {})
    for node in inside:
        for name in stored_in(node) | written_into(node):
            names.makes.setdefault(name, []).append(node)
        for name in read_in(node):
            names.reads.setdefault(name, []).append(node)
            if name not in written_into(node):
                names.reads_only.setdefault(name, []).append(node)
    return names


def _from_first(statements: Sequence[ast.stmt], names: Collection[str]) -> Iterator[ast.stmt]:
    """The statements from the first on that one of the names is in."""
    return itertools.dropwhile(lambda node: not words_in(node) & {*names}, statements)
