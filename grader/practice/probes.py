"""The probes of a pack, cut out of its exercises.py: what a release ships in place of that file.

A probe comes with what it uses there, and nothing else: no case is drawn in it, so none that is hidden.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from grader.packs.model import Exercise, Pack, PackError

# What is answered by the reference, or run again from seeds that the judge sets.
REFERENCE = ("grader.packs.puppets", "grader.packs.oracles", "grader.packs.loading", "grader.packs.edits")
REPLAY = "reseed"
ROLES = ("probe", "differences", "judged")  # an exercise's functions


class WithheldError(Exception):
    """Something is not for a release; the text says why, to the pack's author."""


class Probes:
    """The parts of a pack's exercises.py.

    Raises:
      PackError: the file can't be read.
    """

    def __init__(self, pack: Pack) -> None:
        path = pack.folder / "exercises.py"
        try:
            self._tree = ast.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, SyntaxError) as error:
            raise PackError(f"{path}: can't be read: {error}") from None
        self._path = str(path)
        self._exercises = frozenset(pack.exercises)
        self._defined: dict[str, int] = {}  # by name, the statement's number
        for number, node in enumerate(self._tree.body):
            for name in _bound(node) - {"_"}:  # what exercises are judged by, and names of loops
                self._defined[name] = number
        self._taken: set[str] = set()
        self._roots: dict[int, str] = {}  # statements that are an exercise's, and what they are called in the release

    def take(self, exercise: Exercise, factories: Iterable[str]) -> None:
        """Puts an exercise's functions into the release, with what they use.

        Args:
          factories: functions that its cases' own functions are made by.

        Raises:
          WithheldError: one needs what no release has.
        """
        roots: dict[int, str] = {}
        needed: set[str] = set()
        for role, function in zip(ROLES, (exercise.probe, exercise.differentiate, exercise.predicate), strict=True):
            if function is None:
                continue
            number = self._statement(function)
            used = self._reached(self._names(self._tree.body[number]))
            try:
                self._refuse(used)
            except WithheldError:
                if role == "differences":
                    continue  # a remark less
                raise
            roots[number] = called(exercise.id, role)
            needed |= used
        made = self._reached(set(factories))
        self._refuse(made)
        self._taken |= needed | made
        self._roots |= roots

    def source(self) -> str:
        """All that was taken, as a module."""
        parts = []
        for number, node in enumerate(self._tree.body):
            if number in self._roots:
                assert isinstance(node, ast.FunctionDef)
                parts.append(_bare(node, self._roots[number]))
            elif names := _bound(node) & self._taken:
                parts.append(ast.unparse(_only(node, names)))
            elif isinstance(node, ast.ImportFrom) and node.module == "__future__":
                parts.append(ast.unparse(node))
        return "\n\n".join(parts) + "\n"

    def _statement(self, function: Callable[..., Any]) -> int:
        """The number of the top-level statement that defines a function."""
        code = getattr(function, "__code__", None)
        if code is None or code.co_filename != self._path:
            raise WithheldError("its probe is not written in exercises.py")
        for number, node in enumerate(self._tree.body):
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                if first == code.co_firstlineno and node.name == code.co_name:
                    return number
        raise WithheldError("its probe is no function at the top level of exercises.py")

    def _names(self, node: ast.AST) -> set[str]:
        """The names of the module's that a statement uses; an exercise's decorators are not part of it."""
        decorators = getattr(node, "decorator_list", []) if self._is_exercise(node) else []
        passed_over = {id(each) for decorator in decorators for each in ast.walk(decorator)}
        return {
            each.id
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and id(each) not in passed_over and each.id in self._defined
        }

    def _is_exercise(self, node: ast.AST) -> bool:
        return isinstance(node, ast.FunctionDef) and (node.name in self._exercises or node.name == "_")

    def _reached(self, names: set[str]) -> set[str]:
        """Names, and all that they lead to."""
        found: set[str] = set()
        ahead = set(names)
        while ahead:
            name = ahead.pop()
            found.add(name)
            ahead |= self._names(self._tree.body[self._defined[name]]) - found if name in self._defined else set()
        return found

    def _refuse(self, names: set[str]) -> None:
        """Raises: WithheldError if one of the names is not for a release."""
        if other := names & self._exercises:
            raise WithheldError(f"it uses the exercise {min(other)} itself")
        for name in sorted(names):
            node = self._tree.body[self._defined[name]] if name in self._defined else None
            if name == "pack" or (isinstance(node, ast.ImportFrom) and (node.level or node.module in REFERENCE)):
                raise WithheldError(f"it uses {name}, which a release does not hold")
            if name == REPLAY:
                raise WithheldError("it is replayed from seeds")


def called(exercise: str, role: str) -> str:
    """The name of an exercise's function in a release."""
    return f"{role}_of_{exercise}"


def load(source: str, origin: str) -> dict[str, Any]:
    """What a release's probes define."""
    namespace: dict[str, Any] = {"__name__": "probes"}
    exec(compile(source, origin, "exec"), namespace)
    return namespace


# ---------------------------------------------------------------------------------------- functions in a case


def parts_of(function: Any) -> tuple[str, dict[str, Any]]:
    """Where a case's function is defined, and what it holds on to: enough to make it again from the source.

    Raises:
      WithheldError: it is no plain function.
    """
    if not isinstance(function, types.FunctionType) or function.__defaults__ or function.__kwdefaults__:
        raise WithheldError("a case holds an object that is neither data nor a plain function")
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    return function.__qualname__, dict(zip(function.__code__.co_freevars, cells, strict=True))


def made_again(source: str, origin: str, namespace: dict[str, Any], qualname: str, held: dict[str, Any]) -> Any:
    """The function that `parts_of` has taken apart."""
    codes = [code for code in _codes(compile(source, origin, "exec")) if code.co_qualname == qualname]
    if len(codes) != 1:
        raise WithheldError(f"{qualname} is defined {len(codes)} times")
    code = codes[0]
    cells = tuple(types.CellType(held[name]) for name in code.co_freevars)
    return types.FunctionType(code, namespace, code.co_name, None, cells)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield each
            yield from _codes(each)


# -------------------------------------------------------------------------------------------------- statements


def _bound(node: ast.stmt) -> set[str]:
    """The names that a top-level statement defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}


def _only(node: ast.stmt, names: set[str]) -> ast.stmt:
    """An import without what nobody uses; another statement as it is."""
    if isinstance(node, ast.ImportFrom):
        kept = [alias for alias in node.names if (alias.asname or alias.name) in names]
        return ast.ImportFrom(node.module, kept, node.level)
    return node


def _bare(node: ast.FunctionDef, name: str) -> str:
    """A function without its decorators, under another name."""
    bare = ast.FunctionDef(name, node.args, node.body, [], node.returns, node.type_comment)
    return ast.unparse(ast.fix_missing_locations(ast.copy_location(bare, node)))
