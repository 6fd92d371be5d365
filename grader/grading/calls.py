"""Which of a submission's functions call which: read off its text, never run."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set

from grader.submissions import Cell, Submission

from .syntax import Function, parsed, walked

# By name, as `Class.method`: the cell, and the statement (an assignment, where a lambda gets a name).
Definitions = Mapping[str, tuple[Cell, Function | ast.Assign]]


def reached(
    submission: Submission, start: Iterable[str], is_closed: Callable[[str], bool] = lambda name: False
) -> set[str]:
    """The functions and methods (as `Class.method`) that some functions lead to, themselves included.

    A method is reached by its name, whatever the object; through `self` it is that of the same class, if there is one,
    and of classes that come from one base those that are named.

    Args:
      is_closed: what is not gone into, by name.
    """
    graph = _graph(submission)
    functions, bases = graph.functions, graph.bases
    found = {name for name in start if name in functions}
    words = {name.partition(".")[0] for name in found if "." in name}
    ahead = list(found)
    while ahead:
        words |= words_in(*(functions[name] for name in ahead))
        excluded = {
            name
            for name in bases.keys() - words
            if any(bases[name] & bases[other] for other in words & bases.keys() if other != name)
        }
        new = {
            name
            for function in ahead
            for name in graph.meant(function)
            if name.rpartition(".")[0] not in excluded and not is_closed(name)
        } - found
        found |= new
        ahead = list(new)
    # What others lead to by the same name may go through it too: one that leads to a method left out is none of these.
    while open_ended := {name for name in found if any(not is_closed(each) for each in graph.meant(name) - found)}:
        found -= open_ended
    return found


def words_of(submission: Submission, function: str) -> set[str]:
    """The names and attributes in a function or method, and in all that they may lead to."""
    return words_in(*(node for _, node in led_to(definitions(submission), [function]).values()))


def led_to(functions: Definitions, start: Collection[str]) -> Definitions:
    """Functions and methods, and all that they may lead to by the names in them."""
    by_name = _by_name(functions)
    ahead = set(own(functions, start))
    seen = set[str]()
    while ahead:
        seen |= ahead
        said = words_in(*(functions[name][1] for name in ahead))
        ahead = {name for word in said for name in by_name.get(word, ())} - seen
    return {name: functions[name] for name in seen}


def own(functions: Definitions, wanted: Collection[str]) -> Definitions:
    """Those of some functions and methods that are wanted, or all of a class's; a method that its own class lacks is any
    of that name.
    """
    lacking = {name.rpartition(".")[2] for name in wanted if "." in name and name not in functions}
    return {
        name: found
        for name, found in functions.items()
        if name in wanted or ("." in name and (name.rpartition(".")[0] in wanted or name.rpartition(".")[2] in lacking))
    }


def with_bases(submission: Submission, names: Collection[str]) -> set[str]:
    """Some names, and those of the classes that any of them is derived from."""
    bases = _graph(submission).bases
    found, ahead = set(names), list(names)
    while ahead:
        new = bases.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def lent(submission: Submission, methods: Iterable[str]) -> set[str]:
    """The methods that classes have from others in place of some which they do not define themselves."""
    defined = definitions(submission)
    found = set[str]()
    for name in methods:
        owner, _, last = name.rpartition(".")
        if owner and name not in defined:
            found |= {f"{base}.{last}" for base in with_bases(submission, [owner])} & defined.keys()
    return found


def inherited(submission: Submission, names: Iterable[str], methods: Iterable[str]) -> set[str]:
    """Those of some methods that lead to one of a class derived from theirs, where that class has one of others."""
    classes = {name.rpartition(".")[0] for name in methods if "." in name}
    derived = {name for name in definitions(submission) if name.rpartition(".")[0] in classes}
    heirs = _graph(submission).heirs
    return {
        name
        for name in names
        if (below := {each for each in derived if each.rpartition(".")[0] in heirs.get(name.rpartition(".")[0], ())})
        and below & reached(submission, [name])
    }


Names = Mapping[str, Collection[str]]


class _Graph:
    """What the names in a submission's functions may stand for.

    Attributes:
      functions: all functions and methods, by name; of those defined again, the last.
      bases: by class, the names that it is derived from or takes methods from.
      heirs: by class, those that are derived from it, however far.
    """

    def __init__(self, submission: Submission) -> None:
        self.functions = {name: node for name, (_, node) in definitions(submission).items()}
        self.bases = _bases(submission)
        self.heirs = _heirs(self.bases)
        self._by_name = _by_name(self.functions)
        self._meant: dict[str, set[str]] = {}

    def meant(self, function: str) -> Set[str]:
        """What all names in a function may stand for."""
        if function not in self._meant:
            self._meant[function] = _all_meant(self.functions, function, self._by_name, self.heirs)
        return self._meant[function]


@functools.lru_cache(maxsize=8)  # each exercise that fails asks for the same submission's several times
def _graph(submission: Submission) -> _Graph:
    return _Graph(submission)


def _by_name(functions: Iterable[str]) -> dict[str, set[str]]:
    """Functions and methods by the last part of their names."""
    found: dict[str, set[str]] = {}
    for name in functions:
        found.setdefault(name.rpartition(".")[2], set()).add(name)
    return found


def _bases(submission: Submission) -> dict[str, set[str]]:
    """By class, the names that it is derived from, and of the classes that it takes methods from (`train = Net.train`)."""
    classes = {node.name: node for cell in submission.cells for node in _classes(parsed(cell.source))}
    return {name: words_in(*node.bases) | (_lenders(node) & classes.keys()) for name, node in classes.items()}


@functools.lru_cache(maxsize=128)
def _classes(tree: ast.Module) -> tuple[ast.ClassDef, ...]:
    return tuple(node for node in walked(tree) if isinstance(node, ast.ClassDef))


def _lenders(node: ast.ClassDef) -> set[str]:
    """The names before the dots in what a class assigns from elsewhere."""
    return {
        each.value.value.id
        for each in node.body
        if isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Attribute)
        and isinstance(each.value.value, ast.Name)
    }


def _heirs(bases: Names) -> Names:
    """By class, those that are derived from it, however far."""
    found: dict[str, set[str]] = {name: set() for name in bases}
    for name in bases:
        ahead, seen = [name], {name}
        while ahead:
            new = {each for each in bases[ahead.pop()] if each in bases} - seen
            seen |= new
            ahead += new
        for each in seen - {name}:
            found[each].add(name)
    return found


def _all_meant(
    functions: Mapping[str, Function | ast.Assign], function: str, by_name: Mapping[str, set[str]], heirs: Names
) -> set[str]:
    """What all names in a function may stand for; what is called can take as many arguments (torch's `loss.backward()`
    is no layer's `backward(upstream)`).
    """
    node = functions[function]
    calls = {id(each.func): each for each in walked(node) if isinstance(each, ast.Call)}
    return {
        name
        for each in _names(node)
        for name in _meant(each, function, by_name, heirs)
        if id(each) not in calls or _takes(functions[name], calls[id(each)])
    }


def _takes(function: Function | ast.Assign, call: ast.Call) -> bool:
    """Whether a function can be called so, as far as the text tells; a class may have a function for a method."""
    node = function.value if isinstance(function, ast.Assign) else function
    is_open = any(isinstance(each, ast.Starred) for each in call.args) or any(not each.arg for each in call.keywords)
    is_changed = isinstance(node, Function) and bool(node.decorator_list)
    if is_open or is_changed or not isinstance(node, (ast.Lambda, Function)):
        return True
    given = len(call.args) + len(call.keywords)
    alone = [each for each, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if default is None]
    positional = len(node.args.posonlyargs) + len(node.args.args) - 1  # without `self`
    most = positional + len(node.args.kwonlyargs) + 1  # through its class, or no method: with what `self` is
    is_variable = bool(node.args.vararg or node.args.kwarg)
    return positional - len(node.args.defaults) + len(alone) <= given and (is_variable or given <= most)


def _meant(node: ast.Name | ast.Attribute, function: str, by_name: Mapping[str, set[str]], heirs: Names) -> set[str]:
    """What a name or an attribute in a function may stand for."""
    if isinstance(node, ast.Name):
        return by_name.get(node.id, set())
    named = by_name.get(node.attr, set())
    owner = function.rpartition(".")[0]
    if not (isinstance(node.value, ast.Name) and node.value.id == "self" and f"{owner}.{node.attr}" in named):
        return named
    return {f"{each}.{node.attr}" for each in (owner, *heirs.get(owner, ()))} & named


def words_in(*trees: ast.AST) -> set[str]:
    """The names and attributes in some code."""
    return {node.id if isinstance(node, ast.Name) else node.attr for tree in trees for node in _names(tree)}


@functools.lru_cache(maxsize=512)  # a function's, which are asked for again and again
def _names(tree: ast.AST) -> tuple[ast.Name | ast.Attribute, ...]:
    return tuple(node for node in walked(tree) if isinstance(node, (ast.Name, ast.Attribute)))


@functools.lru_cache(maxsize=8)
def definitions(submission: Submission) -> Definitions:
    """All functions and methods, by name, and the cells that they are in; of those defined again, the last."""
    return {name: (cell, node) for cell in submission.cells for name, node in _functions(parsed(cell.source), "")}


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, Function | ast.Assign]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _functions(node, prefix)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            yield from ((prefix + each.id, node) for each in node.targets if isinstance(each, ast.Name))
