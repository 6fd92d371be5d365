"""Where a mistake is, as far as a submission's text tells: read off it, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Set

from grader.judging.diagnose import ANEW, BACKUP, END, KEPT, PUT_BACK, SLICE, Form
from grader.judging.steps import Place
from grader.packs.counts import is_count
from grader.packs.forms import called, name_called
from grader.submissions import Cell, Submission

from .calls import Definitions, definitions, led_to, own, with_bases, words_in
from .lines import Lines, Where
from .statements import (
    after_sum,
    before_the_end,
    begun_anew,
    bound_anew,
    changed_for_some,
    chosen_for_alone,
    constant_for,
    count_for,
    counting,
    due_after,
    due_after_calls,
    due_to_put_back,
    kept_before,
    made_for_alone,
    predicted_anew,
    reset_before,
    said_twice,
    taken_over,
    taken_unscaled,
)
from .syntax import (
    Function,
    axis_of,
    bodies,
    handed_whole,
    holds,
    is_said,
    is_text,
    is_turned,
    length,
    own_parts,
    parsed,
    picks,
    stored_in,
    text_of,
    value_of,
    walked,
    word_of,
    words_had,
    written_into,
)

# How students call what takes an activation function's place, in parts of names.
ACTIVATIONS = {"maximum": ("maximum", "relu", "rectif"), "relu": ("relu", "rectif"), "tanh": ("tanh",)}
RESETS = re.compile(r"(^|_)(zero|reset|clear)(_|$|[A-Z])")  # functions that let sums begin anew: zero_grad
OPTIMIZERS = ("SGD", "Adam", "AdamW", "Adagrad", "Adadelta", "RMSprop", "LBFGS", "NAdam", "RAdam")
MOST_BACK = 3  # functions that hand on what the next one returns


class Text:
    """A submission's text.

    Args:
      lines: of the same submission.
      asked: the functions and methods that an exercise asks; None if it is about the whole text.
      sound: functions that nothing is blamed on.
    """

    def __init__(
        self, submission: Submission, lines: Lines, asked: Collection[str] | None, sound: Collection[str] = ()
    ) -> None:
        self._sound = sound
        self._submission = submission
        self._lines = lines
        self._asked = None if asked is None else with_bases(submission, asked)
        self._classes = {name.rpartition(".")[0] or name for name in asked or ()}
        self._names = {name.rpartition(".")[2] for name in asked or ()}
        self._kept: dict[tuple[bool, bool], list[tuple[Where, ast.stmt]]] = {}  # statements, by what is asked for

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
            found = self._not_called() or self._in_functions(said_twice) or self._in_functions(bound_anew)
        if found is None and form.lists and where is not None:
            before = self._led_to(where, reset_before)
            found = before if before != where else None
        if found is None and form.lists and not form.words and not form.call:  # what is left out is handed over
            found = self._handed_to_optimizer()
        if found is None and where is None and form.number is not None:
            found = self._number(form.number, form.call)
        if found is None and form.call and (where is None or not is_made):
            # Where values tell nothing, a helper's call (of its own seed, say) is no sign.
            statements = self._statements(only_asked=where is None)
            found = _only({place for place, node in statements if called(node) == form.call})
        if found is None and where is not None and form.lists:
            loop = self._lines.loop(*where)
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

    def due(self, place: Place | None) -> Where | None:
        """As `Lines.of`, or, as far as the text tells, where what is known of the line is due to be otherwise.

        Where a statement is missing after one that is right, and follows one alike, it is the one before which; where
        something is measured too late, where it is predicted once more for that; where something ended with a name or
        a loop, where the name got its value, and the last line of the loop.
        """
        where = self._lines.of(place)
        if place is None or where is None:
            return where
        if not (place.ended or place.late or place.lacks or place.misplaced):
            return where
        if place.late:
            where = self._asked_from(where)
        find = before_the_end if place.ended else predicted_anew if place.late else due_after
        number, line = where
        # A module's cells are its single statements: they have no neighbours.
        texts = [(each.source, each.line - 1) for each in self._submission.cells if each.number == number]
        for source, before in texts if number is not None else [(self._submission.text, 0)]:
            for node in walked(parsed(source)):
                for body in bodies(node) if isinstance(node, (ast.stmt, ast.Module)) else ():
                    for place_in, each in enumerate(body):
                        if each.lineno + before == line and (found := find(body, place_in)) is not None:
                            return number, found.lineno + before
        return where

    def summed_up(self, where: Where) -> Where:
        """Where a sum is used first after the loop in which it grows in a line; else where."""
        return self._led_to(where, after_sum)

    def taken_unscaled(self, where: Where) -> Where:
        """Where something is taken, on the way to what is made at a line, that has been scaled by then, and not that."""
        return self._led_to(where, taken_unscaled)

    def constant_of(self, where: Where) -> Where:
        """Where the number gets its name that a line multiplies by; else where."""
        return self._led_to(where, constant_for)

    def for_some(self, where: Where) -> Where:
        """Where a loop changes some of what is returned at a line, and leaves out others: `for d in (dW1, db1): d /= m`."""
        return self._led_to(where, changed_for_some)

    def last_value_of(self, names: Collection[str]) -> Where | None:
        """Where a script gives the one of its variables that is wrong the value that it leaves."""
        found: Where | None = None
        for cell in self._submission.cells if len(names) == 1 else ():
            ahead: list[ast.AST] = [parsed(cell.source)]
            while ahead:
                node = ahead.pop(0)
                if isinstance(node, ast.stmt) and (stored_in(node) | written_into(node)) & {*names}:
                    place = cell.number, node.lineno + cell.line - 1
                    is_later = found is None or found[0] != place[0] or found[1] < place[1]
                    found = place if is_later else found
                if not isinstance(node, (Function, ast.ClassDef, ast.expr)):
                    ahead += ast.iter_child_nodes(node)
        return found

    def made_for(self, where: Where, form: Form, names: Collection[str]) -> Where:
        """Where the part of a statement that is mistaken is made, if it has a name that nothing else uses; else where.

        `mask = A1 >= 0` is wrong for `delta * mask`, if that is what it is made for.

        Args:
          names: of what is right by itself, and mistaken for something else.
        """
        around = list(_functions_at(self._submission, where))
        if not around:
            return where
        function, before = min(around, key=lambda each: length(each[0]))
        line = where[1] - before
        found = made_for_alone(function, line, {*form.brings}) if form.brings else None
        found = found or chosen_for_alone(function, line, names)
        if found is None and form.place == BACKUP and (kept := kept_before(function, line)) is not None:
            found = kept.lineno
        return where if found is None else (where[0], found + before)

    def count_for(self, where: Where) -> tuple[Where, str, tuple[str, int] | None] | None:
        """Where something is counted for the statement there alone, the name of that, and what it is the length of, an
        array's axis, if that is said: `n = y.shape[0]`.
        """
        for function, before in _functions_at(self._submission, where):
            if (found := count_for(function, where[1] - before)) is not None:
                count, name = found
                return (where[0], count.lineno + before), name, axis_of(count.value)
        return None

    def default_of(self, where: Where, name: str) -> Where:
        """Where a class gives an attribute its value for all objects: that of one made at a line; else where.

        Args:
          name: the attribute, as `settings.rate` where `settings = Settings()`.
        """
        attribute = name.rpartition(".")[2]
        made = [node for place, node in self._statements(everywhere=True) if place == where and attribute != name]
        match made:
            case [ast.Assign(value=ast.Call(args=[], keywords=given) as call)] if all(
                each.arg not in (attribute, None) for each in given
            ):
                for cell in reversed(self._submission.cells):
                    for node in reversed(parsed(cell.source).body):
                        if isinstance(node, ast.ClassDef) and node.name == name_called(call):
                            found = _set_for_all(node, attribute)
                            return where if found is None else (cell.number, found.lineno + cell.line - 1)
        return where

    def handed_on(self, where: Where, names: Collection[str]) -> Where:
        """Where a function returns that is called at one place alone, which hands on what comes back; else where.

        Args:
          names: of what a mistake brings in: it was chosen where it is handed over.
        """
        functions = definitions(self._submission)
        for _ in range(MOST_BACK):
            statements = self._statements(everywhere=True)
            match [node for place, node in statements if place == where]:
                case [ast.Return(value=ast.Call() as call)] if all(map(_is_plain, [*call.args, *call.keywords])):
                    name = name_called(call)
                case _:
                    break
            calls = [place for place, node in statements for each in own_parts(node) if name_called(each) == name]
            meant = [each for each in functions if each.rpartition(".")[2] == name]
            handed = {text_of(each) for each in [*call.args, *(keyword.value for keyword in call.keywords)]}
            if (
                len(calls) != 1
                or len(meant) != 1
                or name in self._names
                or meant[0] in self._sound
                or handed & {*names}
            ):
                break
            cell, function = functions[meant[0]]
            last = function.body[-1] if isinstance(function, Function) else None
            if not isinstance(last, ast.Return):
                break
            where = cell.number, last.lineno + cell.line - 1
        return where

    def _asked_from(self, where: Where) -> Where:
        """Where a function is called that only measures at a line (`return loss(self.forward(X), y)`), if that is one
        place; else where.
        """
        for function, before in _functions_at(self._submission, where):
            body = [node for node in function.body if not is_text(node)]
            last = body[-1] if body else None
            is_it = isinstance(last, (ast.Return, ast.Expr)) and holds(last, where[1] - before)
            if is_it and all(map(_is_noted, body[:-1])):
                calls = {
                    place
                    for place, node in self._statements(everywhere=True)
                    for each in own_parts(node)
                    if name_called(each) == function.name
                }
                return _only(calls) or where
        return where

    def _led_to(self, where: Where, find: Callable[[Function, int], ast.stmt | None]) -> Where:
        """The statement that a line leads to in a function around it; the line, if there is none."""
        for function, before in _functions_at(self._submission, where):
            if (found := find(function, where[1] - before)) is not None:
                return where[0], found.lineno + before
        return where

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
        """Where a function counts that a statement calls, and no other in what is asked: `return Y.shape[1]`."""
        calls = [
            (place, name)
            for place, node in self._statements()
            for each in own_parts(node)
            if (name := name_called(each))
        ]
        names = {name for place, name in calls if place == where}
        names -= {name for place, name in calls if place != where}
        functions = definitions(self._submission)
        found: dict[str, list[Where]] = {}  # by the class of the function, what it returns
        for name, (cell, function) in functions.items():
            owner, _, last = name.rpartition(".")
            if last in names and isinstance(function, Function) and name not in self._sound:
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
            statements = self._statements(only_asked=only_asked, everywhere=not only_asked)
            named = {
                (place, (place[0], place[1] + each.lineno - node.lineno))
                for place, node in statements
                for each in (() if is_said(node) else own_parts(node))
                if isinstance(each, ast.expr) and _is_any_in(words, word_of(each))
            }
            if only_asked and any(place == where for place, _ in named):
                return None  # it is called there
            bodies = [
                (place[0], range(place[1], place[1] + length(node) + 1))
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
            lines = range(line, line + length(node) + 1)
            if where is not None and where[0] == cell and where[1] in lines:
                around.append(lines)
        if where is not None and not due and (after := self._after_calls(where)) is not None:
            return after
        for lines in sorted(around, key=len):
            if found := {place for place in due if where and place[0] == where[0] and place[1] in lines}:
                return _only(found)
        return _only(due)

    def _after_calls(self, where: Where) -> Where | None:
        """After the last of several calls of the innermost function around a line, by the one that it is defined in."""
        around = sorted(_functions_at(self._submission, where), key=lambda each: length(each[0]))
        if len(around) < 2 or around[0][0].name in self._names:
            return None
        (inner, _), (outer, before), *_ = around
        found = due_after_calls(outer, inner.name)
        return None if found is None else (where[0], found.lineno + before)

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
                inside = [node for node in walked(function) if isinstance(node, ast.Assign)]
                into = {(cell.number, node.lineno + cell.line - 1) for node in inside if written_into(node) & returned}
                if where is None or where in into:
                    found.add((cell.number, last.lineno + cell.line - 1))
        return _only(found)

    def _not_called(self) -> Where | None:
        """The one statement that names a function and does nothing: `self.update`, `model.zero_grad`."""
        functions = {name.rpartition(".")[2] for name in definitions(self._submission)}
        return _only(
            {
                place
                for place, node in self._statements(only_asked=True)
                if isinstance(node, ast.Expr)
                and (word_of(node.value) in functions or RESETS.search(word_of(node.value)))
                and not isinstance(node.value, ast.Constant)
            }
        )

    def _handed_to_optimizer(self) -> Where | None:
        """The one statement that hands parameters to an optimizer, each by its name."""
        return _only(
            {
                place
                for place, node in self._statements(only_asked=True)
                for each in own_parts(node)
                if isinstance(each, ast.Call)
                and name_called(each) in OPTIMIZERS
                and any(isinstance(argument, (ast.List, ast.Tuple)) for argument in each.args)
            }
        )

    def _where_nothing_is_reset(self, where: Where | None) -> Where | None:
        """Where a function that is asked begins, if there is one that resets what is added to: where others add to it,
        or the function itself does and does not call that one.
        """
        functions = definitions(self._submission)
        resets = {last for name in functions if RESETS.search(last := name.rpartition(".")[2])}
        begins = set[Where]()
        is_inside, is_reset = False, False
        for cell, node in own(functions, self._asked or ()).values():
            if isinstance(node, Function) and resets and where is not None:
                is_inside |= where[0] == cell.number and holds(node, where[1] - cell.line + 1)
                is_reset |= bool(words_in(node) & resets)
                first = next((each for each in node.body if not is_text(each)), node.body[0])
                begins.add((cell.number, first.lineno + cell.line - 1))
        return None if is_inside and is_reset else _only(begins)

    def _loops_through(self) -> Where | None:
        """The loop that what is asked consists of, if it is one that lies in no other."""
        return self._in_functions(
            lambda function: (_where_it_picks(each) for each in function.body if isinstance(each, (ast.For, ast.While)))
        )

    def _number(self, number: int | float, call: str) -> Where | None:
        """Where a number is written that is wrong: handed to that function, if there is one, or given a name or handed
        over anywhere, if that is the only place.
        """
        statements = self._statements()
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
            return _only({place for place, each in [*handed, *given] if value_of(each) == number})
        written = [
            ((place[0], place[1] + each.lineno - node.lineno), value)
            for place, node in statements
            for each in handed_whole(node)
            if (value := value_of(each)) == number
        ]
        alike = {place for place, value in written if type(value) is type(number)}
        return _only(alike or {place for place, _ in written})

    def _statements(self, *, only_asked: bool = False, everywhere: bool = False) -> list[tuple[Where, ast.stmt]]:
        """The statements of what is asked and what that leads to, with their places."""
        if (only_asked, everywhere) not in self._kept:
            scope: set[Where] | None = None
            if self._asked is not None and not everywhere:
                found = (own if only_asked else led_to)(definitions(self._submission), self._asked)
                scope = {(cell.number, node.lineno + cell.line - 1) for cell, node in found.values()}
            self._kept[only_asked, everywhere] = list(_statements(self._submission, scope))
        return self._kept[only_asked, everywhere]


def _statements(submission: Submission, scope: Set[Where] | None) -> Iterator[tuple[Where, ast.stmt]]:
    """All statements, or those that start in a scope and what is in them, with their places."""
    for cell in submission.cells:
        ahead: list[tuple[ast.stmt | ast.Module, bool]] = [(parsed(cell.source), scope is None)]
        while ahead:
            node, is_inside = ahead.pop()
            if isinstance(node, ast.stmt):
                place = (cell.number, node.lineno + cell.line - 1)
                is_inside = is_inside or (scope is not None and place in scope)
                if is_inside:
                    yield place, node
            ahead += [(each, is_inside) for body in bodies(node) for each in body]


def _set_for_all(owner: ast.ClassDef, attribute: str) -> ast.stmt | None:
    """The statement by which a class gives an attribute its value, if objects have no say in it."""
    if any(isinstance(each, Function) and each.name == "__init__" for each in owner.body):
        return None
    with_value = [each for each in owner.body if getattr(each, "value", None) is not None]
    return next((each for each in reversed(with_value) if attribute in stored_in(each)), None)


def _functions_at(submission: Submission, where: Where) -> Iterator[tuple[Function, int]]:
    """The functions that a line lies in, outer ones first, and the lines of the file before their cell."""
    number, line = where
    for cell in submission.cells:
        for node in walked(parsed(cell.source)) if cell.number == number else ():
            if isinstance(node, Function) and holds(node, line - cell.line + 1):
                yield node, cell.line - 1


def _is_noted(statement: ast.stmt) -> bool:
    """Whether a statement gives names to what it makes, and does nothing else."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = [each for target in targets for each in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return bool(names) and all(isinstance(each, ast.Name) for each in names)


def _is_plain(node: ast.AST) -> bool:
    """Whether an argument is handed on as it is: a name, an attribute, a constant."""
    value = node.value if isinstance(node, (ast.keyword, ast.Starred)) else node
    while isinstance(value, ast.Attribute) and not is_turned(value):
        value = value.value
    return isinstance(value, (ast.Name, ast.Constant))


def _end_of(functions: Definitions, name: str) -> tuple[Cell, ast.stmt, ast.stmt | None]:
    """A function's last statement; that of another one, if it hands on what that returns."""
    for _ in range(MOST_BACK):
        cell, function = functions[name]
        last = function.body[-1] if isinstance(function, Function) else None
        if not (isinstance(last, ast.Return) and last.value is not None and name_called(last.value) in functions):
            break
        name = name_called(last.value)
    return cell, function, last


def _where_it_picks(loop: ast.For | ast.While) -> ast.stmt:
    """The condition on the item, where all that a loop does hangs on one; else the loop."""
    match loop:
        case ast.For(target=target, body=[ast.If(orelse=[]) as condition]) if picks(condition, [target]):
            return condition
    return loop


def _only(found: Collection[Where]) -> Where | None:
    return next(iter(found)) if len(found) == 1 else None


def line_of_count(submission: Submission, cell: int | None, line: int, *, alone: bool) -> int | None:
    """Where what a line counts is counted: the factor that it uses (`scale = 2 / (m * k)`).

    Args:
      alone: whether nothing but what is counted can be wrong: the count itself then (`many = len(rows)`), which the line
        uses, or which is the only one that its function takes.
    """
    for function, before in _functions_at(submission, (cell, line)):
        found = counting(function, line - before, alone=alone)
        return None if found is None else found + before
    return None


def _is_any_in(words: Collection[str], name: str) -> bool:
    return any(word in name.lower() for word in words)
