"""Lines of a submission, and what its text says of them: read off it, never run."""

from __future__ import annotations

import ast
import bisect
import contextlib
import dataclasses
import itertools
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from typing import Any

from grader.judging.diagnose import ANEW, BACKUP, COMPARISON, END, KEPT, PUT_BACK, SLICE, Form
from grader.judging.steps import Place, Trace
from grader.packs.counts import is_count, is_factor
from grader.packs.forms import called, name_called
from grader.submissions import Cell, Submission

from .asking import Loaded
from .calls import Definitions, Function, definitions, led_to, own, parsed, with_bases, words_in
from .statements import begun_anew, due_after, due_to_put_back, kept_before, stored_in, taken_over

# A power of a student's could take for ever.
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], int | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
# What hands on the items of what it is handed.
GATHERERS = frozenset(
    ("chain", "dict", "enumerate", "filter", "list", "map", "product", "reversed", "set", "sorted", "tuple", "zip")
)
DISPLAYS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

PLAIN = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)  # statements without others in them

# How students call what takes an activation function's place, in parts of names.
ACTIVATIONS = {"maximum": ("maximum", "relu", "rectif"), "relu": ("relu", "rectif"), "tanh": ("tanh",)}
RESETS = re.compile(r"(^|_)(zero|reset|clear)(_|$|[A-Z])")  # functions that let sums begin anew: zero_grad
LONGEST_NAME = 30  # characters of a text that may be a function's name

MOST_BACK = 3  # steps from a statement to what its parts are made by

Where = tuple[int | None, int]  # cell (None in modules) and line


@dataclasses.dataclass(frozen=True, slots=True)
class _Loop:
    """The lines of a loop or comprehension through items that are written out, and the line where they are.

    Attributes:
      picks: whether a condition in it asks for the item.
    """

    cell: int | None
    body: range
    header: int
    picks: bool


class Lines:
    """Traced lines as lines of the submission: a statement of several lines is where it starts, but for `within`.

    Args:
      asked: the functions and methods that an exercise asks; None if it is about the whole text.
    """

    def __init__(self, submission: Submission, loaded: Loaded, asked: Collection[str] | None) -> None:
        self._submission = submission
        self._loaded = loaded
        self._asked = None if asked is None else with_bases(submission, asked)
        self._classes = {name.rpartition(".")[0] or name for name in asked or ()}
        self._starts: dict[int | None, list[int]] = {}
        self._targets: dict[Where, set[str]] = {}  # of loops, by the line where they start
        self._uninitialised: set[Where] = set()  # statements that get memory and nothing in it
        self._loops: list[_Loop] = []
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
        if place.lacks and not place.name and (loop := self._loop(where.cell, where.line)) and not loop.picks:
            return where.cell, loop.header  # what is left out is not in the list of the loop
        return where.cell, self._items.get((where.cell, line, _item(place.name)), line)

    def due(self, place: Place | None) -> Where | None:
        """As `of`; where a statement is missing after one that is right, and follows one alike, the one before which."""
        where = self.of(place)
        if place is None or where is None or not (place.lacks or place.misplaced):
            return where
        due = self._due_after(*where)
        return where if due is None else (where[0], due)

    def last_value_of(self, names: Collection[str]) -> Where | None:
        """Where a script gives the one of its variables that is wrong the value that it leaves."""
        found: Where | None = None
        for cell in self._submission.cells if len(names) == 1 else ():
            ahead: list[ast.AST] = [parsed(cell.source)]
            while ahead:
                node = ahead.pop(0)
                if isinstance(node, ast.stmt) and (stored_in(node) | _written_into(node)) & {*names}:
                    place = cell.number, node.lineno + cell.line - 1
                    is_later = found is None or found[0] != place[0] or found[1] < place[1]
                    found = place if is_later else found
                if not isinstance(node, (Function, ast.ClassDef, ast.expr)):
                    ahead += ast.iter_child_nodes(node)
        return found

    def _due_after(self, number: int | None, line: int) -> int | None:
        """Where a statement is missing that should change what the one at a line makes, as it does with one alike."""
        for cell in self._submission.cells:
            for node in ast.walk(parsed(cell.source)) if cell.number == number else ():
                for body in _bodies(node) if isinstance(node, ast.stmt) else ():
                    for place, each in enumerate(body):
                        if each.lineno + cell.line - 1 == line and (due := due_after(body, place)) is not None:
                            return due.lineno + cell.line - 1
        return None

    def by_form(
        self, form: Form, where: Where | None = None, *, alone: bool = False, is_made: bool = True
    ) -> Where | None:
        """Where a mistake is, as far as its form says more than values do.

        Args:
          where: as values say, if they do.
          alone: whether nothing but what is counted can be wrong.
          is_made: whether the mistaken statements make anything.
        """
        if where is not None and (alone or form.counts):
            line = line_of_count(self._submission, *where, alone=alone)
            if line is not None:
                return where[0], line
            if (counter := self._counter(where)) is not None:
                return counter
        found = self._by_place(form.place, where)
        if found is None and form.lists:
            found = self._not_called()
        if found is None and where is None and form.number is not None:
            found = self._number(form.number, form.call)
        if found is None and form.call and (where is None or not is_made):
            # Where values tell nothing, a helper's call (of its own seed, say) is no sign.
            statements = self._statements(only_asked=where is None)
            found = _only({place for place, node in statements if called(node) == form.call})
        if found is None and where is not None and form.lists:
            loop = self._loop(*where)
            found = None if loop is None or loop.picks else (where[0], loop.header)
        if found is None and where is None and form.lists:
            found = self._loops_through()
        if found is None and form.words:
            had = [(place, words_had(node)) for place, node in self._statements(only_asked=True)]
            by_name = {place for place, words in had if words & {*form.words} - {SLICE}}
            found = _only(by_name or {place for place, words in had if words & {*form.words}})
        if found is None and where is not None:
            found = self._where_chosen(form, where)
        return found or where

    def _by_place(self, kind: str, where: Where | None) -> Where | None:
        """Where a mistake of a kind of place is (see `PLACES`), as far as the text tells."""
        if kind == PUT_BACK:
            return self._where_due(where)
        if kind == KEPT:
            return self._in_functions(taken_over) or self._where_nothing_is_reset(where)
        if kind == ANEW:
            return self._in_functions(begun_anew)
        return self._where_it_ends(where) if kind == END else None

    def _counter(self, where: Where) -> Where | None:
        """Where a function counts that a statement calls, and no other does: `return Y.shape[1]`."""
        calls = [
            (place, name)
            for place, node in self._statements(everywhere=True)
            for each in _own(node)
            if (name := name_called(each))
        ]
        names = {name for place, name in calls if place == where}
        names -= {name for place, name in calls if place != where}
        functions = definitions(self._submission)
        found: dict[str, list[Where]] = {}  # by the class of the function, what it returns
        for name, (cell, function) in functions.items():
            owner, _, last = name.rpartition(".")
            if last in names and isinstance(function, Function):
                found.setdefault(owner, []).extend(
                    (cell.number, node.lineno + cell.line - 1)
                    for node in function.body
                    if isinstance(node, ast.Return) and node.value is not None and is_count(node.value)
                )
        own = [place for owner in self._classes for place in found.get(owner, ())]
        return _only(own or [place for places in found.values() for place in places])

    def _where_chosen(self, form: Form, where: Where) -> Where | None:
        """Where the activation function is chosen that takes another one's place: in a list of layers, say.

        It is the one place that names it in what is asked, or else in all of the text but its own definition.
        """
        words = {word for brought in form.brings for word in ACTIVATIONS.get(brought, ())}
        for only_asked in (True, False) if words else ():
            statements = list(self._statements(only_asked=only_asked, everywhere=not only_asked))
            named = {
                (place, (place[0], place[1] + each.lineno - node.lineno))
                for place, node in statements
                for each in (() if _is_said(node) else _own(node))
                if isinstance(each, ast.expr) and _is_any_in(words, _names(each))
            }
            if only_asked and any(place == where for place, _ in named):
                return None  # it is called there
            bodies = [
                (place[0], range(place[1], place[1] + _length(node) + 1))
                for place, node in statements
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and _is_any_in(words, node.name)
            ]
            found = {
                place for _, place in named if not any(place[0] == cell and place[1] in body for cell, body in bodies)
            }
            if found:
                return _only(found)
        return None

    def _where_due(self, where: Where | None) -> Where | None:
        """Where elements that a loop moves are due to be put back: in the least around a line that has such a loop."""
        due: set[Where] = set()
        around: list[range] = []
        for (cell, line), node in self._statements():
            if isinstance(node, (ast.For, ast.While)):
                due |= {(cell, line + each.lineno - node.lineno) for each in due_to_put_back(node)}
            lines = range(line, line + _length(node) + 1)
            if where is not None and where[0] == cell and where[1] in lines:
                around.append(lines)
        for lines in sorted(around, key=len):
            if found := {place for place in due if where and place[0] == where[0] and place[1] in lines}:
                return _only(found)
        return _only(due)

    def _in_functions(self, find: Callable[[Function], Iterator[ast.stmt]]) -> Where | None:
        """The one statement that is found in what is asked."""
        inside = [(place, node) for place, node in self._statements(only_asked=True) if isinstance(node, Function)]
        return _only({(cell, line + each.lineno - node.lineno) for (cell, line), node in inside for each in find(node)})

    def _where_it_ends(self, where: Where | None) -> Where | None:
        """The statement by which what is asked returns, if no line before is known to be wrong, or one that only writes
        into what is returned.
        """
        functions = definitions(self._submission)
        found = set[Where]()
        for name in own(functions, self._asked or ()):
            cell, function, last = _end_of(functions, name)
            if isinstance(last, ast.Return):
                returned = {last.value.id} if isinstance(last.value, ast.Name) else set[str]()
                inside = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
                into = {(cell.number, node.lineno + cell.line - 1) for node in inside if _written_into(node) & returned}
                if where is None or where in into:
                    found.add((cell.number, last.lineno + cell.line - 1))
        return _only(found)

    def _not_called(self) -> Where | None:
        """The one statement that names a function of the submission's and does nothing: `self.update`."""
        functions = {name.rpartition(".")[2] for name in definitions(self._submission)}
        return _only(
            {
                place
                for place, node in self._statements(only_asked=True)
                if isinstance(node, ast.Expr)
                and _names(node.value) in functions
                and not isinstance(node.value, ast.Constant)
            }
        )

    def _where_nothing_is_reset(self, where: Where | None) -> Where | None:
        """Where a function that is asked begins, if it has others add to what they keep, and there is one to reset it."""
        functions = definitions(self._submission)
        asked = [
            (cell.number, range(node.lineno, (node.end_lineno or node.lineno) + 1), node.body, cell.line - 1)
            for cell, node in own(functions, self._asked or ()).values()
            if isinstance(node, Function)
        ]
        is_elsewhere = where is not None and not any(
            where[0] == number and where[1] - before in lines for number, lines, _, before in asked
        )
        if not is_elsewhere or not any(RESETS.search(name.rpartition(".")[2]) for name in functions):
            return None
        begins = (
            (number, next((each for each in body if not _is_text(each)), body[0]).lineno + before)
            for number, _, body, before in asked
        )
        return _only({*begins})

    def _loops_through(self) -> Where | None:
        """The loop that what is asked consists of, if it is one that lies in no other."""
        return self._in_functions(
            lambda function: (_where_it_picks(each) for each in function.body if isinstance(each, (ast.For, ast.While)))
        )

    def made_for(self, where: Where, form: Form, names: Collection[str]) -> Where:
        """Where the part of a statement that is mistaken is made, if it has a name that nothing else uses; else where.

        `mask = A1 >= 0` is wrong for `delta * mask`, if that is what it is made for.

        Args:
          names: of what is right by itself, and mistaken for something else.
        """
        number, line = where
        for cell in self._submission.cells:
            if cell.number != number:
                continue
            here = line - cell.line + 1
            functions = [node for node in ast.walk(parsed(cell.source)) if isinstance(node, Function)]
            function = min((node for node in functions if _holds(node, here)), key=_length, default=None)
            if function is None:
                continue
            found = _made_for(function, here, {*form.brings}) if form.brings else None
            found = found or _made_alone(function, here, names)
            if found is None and form.place == BACKUP and (kept := kept_before(function, here)) is not None:
                found = kept.lineno
            if found is not None:
                return number, found + cell.line - 1
        return where

    def within(self, where: Where, names: Collection[str], *, is_scale: bool) -> Where:
        """The line of a statement of several lines that a mistake is in, if its text shows one; else where it starts.

        Args:
          names: what the mistake brings in, as it is called there.
          is_scale: whether a factor is wrong.
        """
        number, line = where
        cell = next((each for each in self._submission.cells if each.number == number and _has_line(each, line)), None)
        statements = [] if cell is None else [each for each in ast.walk(parsed(cell.source)) if isinstance(each, PLAIN)]
        statement = next((each for each in statements if cell and _holds(each, line - cell.line + 1)), None)
        if cell is None or statement is None or not _length(statement):
            return where
        parts = list(ast.walk(statement))
        read = {
            each.lineno for each in parts if isinstance(each, (ast.Name, ast.Attribute)) and ast.unparse(each) in names
        }
        divided = {each.right.lineno for each in parts if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div)}
        for lines in (read, divided if is_scale else set()):
            if len(lines) == 1:
                return number, lines.pop() + cell.line - 1
        return where

    def _number(self, number: int | float, call: str) -> Where | None:
        """Where a number is written that is wrong: handed to that function, if there is one, or given a name or handed
        over anywhere, if that is the only place.
        """
        statements = list(self._statements())
        if call:
            calls = [
                (place, node.value) for place, node in statements if isinstance(node, ast.Expr) and called(node) == call
            ]
            handed = [(place, each) for place, node in calls if isinstance(node, ast.Call) for each in node.args]
            names = {each.id for _, each in handed if isinstance(each, ast.Name)}
            given = [
                (place, node.value)
                for place, node in self._statements(everywhere=True)
                if isinstance(node, ast.Assign)
                and any(isinstance(each, ast.Name) and each.id in names for each in node.targets)
            ]
            return _only({place for place, each in [*handed, *given] if _value(each) == number})
        written = [
            ((place[0], place[1] + each.lineno - node.lineno), value)
            for place, node in statements
            for each in _whole(node)
            if (value := _value(each)) == number
        ]
        alike = {place for place, value in written if type(value) is type(number)}
        return _only(alike or {place for place, _ in written})

    def _statements(self, *, only_asked: bool = False, everywhere: bool = False) -> Iterator[tuple[Where, ast.stmt]]:
        """The statements of what is asked and what that leads to, with their places."""
        scope: set[Where] | None = None
        if self._asked is not None and not everywhere:
            found = (own if only_asked else led_to)(definitions(self._submission), self._asked)
            scope = {(cell.number, node.lineno + cell.line - 1) for cell, node in found.values()}
        for cell in self._submission.cells:
            ahead: list[tuple[ast.AST, bool]] = [(parsed(cell.source), scope is None)]
            while ahead:
                node, is_inside = ahead.pop()
                if isinstance(node, ast.stmt):
                    place = (cell.number, node.lineno + cell.line - 1)
                    is_inside = is_inside or (scope is not None and place in scope)
                    if is_inside:
                        yield place, node
                ahead += [(each, is_inside) for each in ast.iter_child_nodes(node)]

    def targets(self, place: Place) -> Set[str]:
        """The names that a loop which starts there gives to its items."""
        where = self.of(place)
        return self._targets.get(where, set()) if where else set()

    def is_uninitialised(self, place: Place) -> bool:
        """Whether the statement there gets memory and puts nothing into it."""
        return self.of(place) in self._uninitialised

    def only_list(self, trace: Trace) -> Place | None:
        """The loop over a written list that traced lines lie in, if there is just one such."""
        found: dict[tuple[int | None, int], Place] = {}
        for event in trace.events:
            place = Place(trace.calls[event.call].file, event.line, lacks=True)
            where = self.of(place)
            if where is not None and any((loop.cell, loop.header) == where for loop in self._loops if not loop.picks):
                found.setdefault(where, place)
        return next(iter(found.values())) if len(found) == 1 else None

    def header(self, place: Place) -> int | None:
        """The line where the items of the innermost loop around it are listed, if they are written out."""
        where = self._loaded.place([place.file, place.line])
        loop = None if where is None else self._loop(where.cell, where.line)
        return None if loop is None else loop.header

    def _loop(self, cell: int | None, line: int) -> _Loop | None:
        self._read(cell)
        around = [loop for loop in self._loops if loop.cell == cell and line in loop.body]
        return max(around, key=lambda loop: loop.body.start, default=None)

    def _read(self, number: int | None) -> list[int]:
        """The lines at which the statements of a cell start."""
        if number not in self._starts:
            starts: set[int] = set()
            for cell in self._submission.cells:
                if cell.number == number:
                    starts |= self._visit(cell, parsed(cell.source).body, {})
            self._starts[number] = sorted(starts)
        return self._starts[number]

    def _visit(self, cell: Cell, body: Sequence[ast.stmt], lists: dict[str, int]) -> set[int]:
        """The lines of statements, in order.

        Args:
          lists: the lines of what is written out before, by the names that it has there.
        """
        starts = set()
        for node in body:
            line, last = node.lineno + cell.line - 1, (node.end_lineno or node.lineno) + cell.line - 1
            starts.add(line)
            parts = list(ast.walk(node)) if isinstance(node, PLAIN) else []
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
                    self._loops.append(_Loop(cell.number, range(first, last + 1), header, _picks(node, [node.target])))
            elif through := [each for each in parts if isinstance(each, ast.comprehension)]:
                header = _latest(lists, [each.iter for each in through])
                if header is not None:
                    picks = _picks(node, [each.target for each in through])
                    self._loops.append(_Loop(cell.number, range(line, last + 1), header, picks))
            if isinstance(node, ast.Assign):
                if _is_empty(node.value):
                    self._uninitialised.add((cell.number, line))
                for name in {
                    each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)
                }:
                    lists.pop(name, None)
                    if isinstance(node.targets[0], ast.Name) and _lists(node.value):
                        lists[name] = line
            is_scope = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            for inner in _bodies(node):
                starts |= self._visit(cell, inner, dict(lists) if is_scope else lists)
        return starts


def _end_of(functions: Definitions, name: str) -> tuple[Cell, ast.stmt, ast.stmt | None]:
    """A function's last statement; that of another one, if it hands on what that returns."""
    for _ in range(MOST_BACK):
        cell, function = functions[name]
        last = function.body[-1] if isinstance(function, Function) else None
        if not (isinstance(last, ast.Return) and last.value is not None and name_called(last.value) in functions):
            break
        name = name_called(last.value)
    return cell, function, last


def _is_empty(value: ast.expr) -> bool:
    """Whether it is memory without content: `np.empty(shape)`."""
    match value:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in ("empty", "empty_like")
    return False


def _bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks in a statement."""
    for name in ("body", "orelse", "finalbody"):
        if isinstance(inner := getattr(node, name, None), list):
            yield inner
    for each in [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]:
        yield each.body


def _picks(loop: ast.stmt, targets: Sequence[ast.expr]) -> bool:
    """Whether a condition in a loop asks for the item."""
    items = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    tests = [
        test
        for node in ast.walk(loop)
        for test in [*([node.test] if isinstance(node, (ast.If, ast.IfExp)) else ()), *getattr(node, "ifs", ())]
    ]
    return any(isinstance(each, ast.Name) and each.id in items for test in tests for each in ast.walk(test))


def _where_it_picks(loop: ast.For | ast.While) -> ast.stmt:
    """The condition on the item, where all that a loop does hangs on one; else the loop."""
    match loop:
        case ast.For(target=target, body=[ast.If(orelse=[]) as condition]) if _picks(condition, [target]):
            return condition
    return loop


def _latest(lists: Mapping[str, int], through: Sequence[ast.expr]) -> int | None:
    """The line of the last of the lists that some expressions name."""
    named = {each.id for node in through for each in ast.walk(node) if isinstance(each, ast.Name)}
    return max((lists[name] for name in named & lists.keys()), default=None)


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


def _whole(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement gives a name, or hands over, as it is: `rate = 0.5`, `{"rate": 0.5}`, `train(rate=0.5)`."""
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and statement.value is not None:
        yield statement.value
        if isinstance(statement.value, ast.Tuple):
            yield from statement.value.elts
    # Its own expressions: statements inside are asked for themselves.
    ahead = [each for each in ast.iter_child_nodes(statement) if not isinstance(each, ast.stmt)]
    while ahead:
        node = ahead.pop()
        match node:
            case ast.Call(args=given, keywords=named):
                yield from given
                yield from (each.value for each in named)
            case ast.Dict(values=given):
                yield from given
            case ast.arguments(defaults=given, kw_defaults=named_ones):
                yield from given
                yield from (each for each in named_ones if each is not None)
        ahead += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt)]


def _value(node: ast.expr) -> int | float | None:
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


def _only(found: Collection[Where]) -> Where | None:
    return next(iter(found)) if len(found) == 1 else None


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
            if isinstance(key, ast.Constant):
                yield str(key.value), item
    elif isinstance(value, ast.Call):
        yield from ((keyword.arg, keyword.value) for keyword in value.keywords if keyword.arg)


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
    used = words_in(here)
    taken = counts if alone else factors
    if not alone and used & names - factors.keys():
        return None  # it scales by more than the factor
    lines = {place for name, place in taken.items() if name in used} or {
        place for name, place in taken.items() if alone and name in read
    }
    return lines.pop() if len(lines) == 1 else None


def _made_for(function: Function, line: int, brings: set[str]) -> int | None:
    """The line of the statement that makes what another in a function is mistaken by, for that one alone.

    Args:
      brings: what shows that it is mistaken; see `Form`.
    """
    plain: list[ast.stmt] = sorted((node for node in ast.walk(function) if isinstance(node, PLAIN)), key=_position)
    others = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    here = [node for node in plain if _holds(node, line)]
    ahead = [node for node in here if node.lineno == line] or here
    if not ahead or any(words_had(node) & brings for node in ahead):
        return None
    targets = {name for node in ahead for name in stored_in(node)}
    # What is written into what it makes, before another reads it.
    later = [node for node in plain if _position(node) > _position(ahead[-1])]
    ahead += itertools.takewhile(lambda node: _written_into(node) & targets, _from_first(later, targets))
    seen: list[ast.stmt] = []
    for _ in range(MOST_BACK):
        found = [node for node in ahead if words_had(node) & brings]
        if found:
            return found[0].lineno if len(found) == 1 else None
        seen += ahead
        ahead = [
            node
            for each in ahead
            for name in {word.id for word in ast.walk(each) if isinstance(word, ast.Name)}
            if not any(
                name in _read(other) and name not in _written_into(other) for other in others if other not in seen
            )
            for node in _last_stores(plain, name, each)
            if node not in seen
        ]
    return None


def _made_alone(function: Function, line: int, names: Collection[str]) -> int | None:
    """The line that turns round, for a statement alone, something of one of these names: `turned = np.transpose(z)`."""
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    here = [node for node in statements if isinstance(node, PLAIN) and _holds(node, line)]
    for name in names:
        made = [node for node in statements if name in stored_in(node) | _written_into(node)]
        read = [node for node in statements if name in _read(node)]
        match made:
            case [ast.Assign(targets=[ast.Name()], value=value)] if read and read == here and _is_turned(value):
                names_in = [each.id for each in ast.walk(read[0]) if isinstance(each, ast.Name)]
                if names_in.count(name) == 1:
                    return made[0].lineno
    return None


def _is_turned(value: ast.expr) -> bool:
    """Whether an expression turns a matrix round."""
    match value:
        case ast.Attribute(attr="T" | "mT" | "H"):
            return True
    return name_called(value) in ("transpose", "t", "swapaxes", "permute")


def _from_first(statements: Sequence[ast.stmt], names: Collection[str]) -> Iterator[ast.stmt]:
    """The statements from the first on that one of the names is in."""
    return itertools.dropwhile(lambda node: not words_in(node) & {*names}, statements)


def _last_stores(statements: Sequence[ast.stmt], name: str, before: ast.stmt) -> list[ast.stmt]:
    """What gives a name its value before a statement, and what writes into that."""
    found: list[ast.stmt] = []
    for node in statements:
        if _position(node) >= _position(before):
            break
        if name in stored_in(node):
            found = [node]
        elif name in _written_into(node):
            found.append(node)
    return found


def _position(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _written_into(statement: ast.stmt) -> set[str]:
    """The names of what a statement changes in place: `x += 1`, `x[mask] = 0`."""
    match statement:
        case ast.AugAssign(target=target) | ast.Assign(targets=[ast.Subscript(value=target)]):
            return {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
    return set()


def _read(statement: ast.stmt) -> set[str]:
    """The names that a statement reads itself."""
    return {node.id for node in _own(statement) if isinstance(node, ast.Name) and _is_read(node)}


def words_had(statement: ast.AST) -> set[str]:
    """The functions that a statement calls itself, and whether it compares (not to decide what is done) or cuts."""
    found = set()
    parts = list(_own(statement))
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


def _names(node: ast.expr) -> str:
    """What an expression that reads something calls it: the last part of a name, or a short text; else ""."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            return name
        case ast.Constant(value=str(text)) if len(text) <= LONGEST_NAME:
            return text
    return ""


def _is_text(statement: ast.stmt) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_said(statement: ast.stmt) -> bool:
    """Whether a statement only says something: a docstring, what is printed, an exception."""
    return _is_text(statement) or called(statement) == "print" or isinstance(statement, (ast.Raise, ast.Assert))


def _is_any_in(words: Collection[str], name: str) -> bool:
    return any(word in name.lower() for word in words)


def _steps_over(node: ast.AST) -> bool:
    """Whether it leaves out some of a range: `range(0, n, 2)`."""
    if not isinstance(node, ast.Call) or name_called(node) not in ("range", "arange"):
        return False
    steps = [*node.args[2:], *(each.value for each in node.keywords if each.arg == "step")]
    return any(_value(step) not in (1, -1) for step in steps)


def _own(statement: ast.AST) -> Iterator[ast.AST]:
    """The parts of a statement, without the statements in it."""
    ahead = [statement]
    while ahead:
        yield (node := ahead.pop())
        ahead += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt)]


def _has_line(cell: Cell, line: int) -> bool:
    return cell.line <= line < cell.line + len(cell.source.splitlines())


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
