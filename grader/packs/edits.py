"""Edits of a reference: how mistakes and rewrites are made.

An edit names a function, an expression or statement that stands in it exactly once, and what stands there instead.
It is found in the syntax tree, so spacing and brackets don't matter, and made in the text, so that all else keeps
its line.
"""

from __future__ import annotations

import ast
import functools
import textwrap
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from .model import PackError
from .notes import NOTE, Note, Region, is_named, noting, silent

Edit = tuple[str, str, str | Callable[[Any], Any]]


class Span(NamedTuple):
    """Characters of the source; `column` is where a statement is indented to, None for expressions."""

    start: int
    end: int
    column: int | None


class _Inner(NamedTuple):
    """An edit that is made in another's text: what stands there."""

    new: str
    number: int
    old: str


class _Made(NamedTuple):
    """An edit and where it is made; `text` is what stands there then, with those that are made in it."""

    span: Span
    new: str
    number: int
    old: str
    text: str
    inner: tuple[_Inner, ...] = ()

    @property
    def numbers(self) -> set[int]:
        return {self.number, *(each.number for each in self.inner)}


class OverlapError(PackError):
    """Two edits touch the same text, so they exclude each other."""


class ScriptNames(dict[str, Any]):
    """The names of a module with a script; what that leaves is made when it is first asked for.

    Args:
      names: what the module defines; its functions go on using these, not the copy.
      leaves: the names that the script assigns to.
      run: gives their values.
    """

    def __init__(self, names: dict[str, Any], leaves: frozenset[str], run: Callable[[], dict[str, Any]]) -> None:
        super().__init__(names)
        self._leaves = leaves
        self._run = run

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._leaves

    def __missing__(self, name: str) -> Any:
        if name not in self._leaves:
            raise KeyError(name)
        self.update(self._run())
        return super().__getitem__(name)


class Source:
    """A module's source, and namespaces made from it with and without edits.

    What stands under `if __name__ == "__main__":` is its script.  It runs, with the edits made, only for those who
    ask for one of the variables that it leaves.

    Args:
      path: the file.
      origin: what tracers take its code to come from, if not from there.
    """

    def __init__(self, path: Path, origin: Path | None = None) -> None:
        self.path = origin or path
        try:
            self.text = path.read_text(encoding="utf-8")
            self._tree = ast.parse(self.text)
        except (OSError, UnicodeDecodeError, SyntaxError) as error:
            raise PackError(f"{path}: can't be read: {error}") from None
        # ast counts columns in bytes of UTF-8, so offsets are those of the encoded text.
        self._bytes = self.text.encode()
        self._lines = [0]
        for line in self._bytes.split(b"\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._functions = dict(_functions(self._tree.body, ""))
        self._code = compile(self.text, str(self.path), "exec")
        body = [statement for node in self._tree.body if _is_guard(node) for statement in node.body]
        self._script = compile(ast.Module(body, []), str(self.path), "exec") if body else None
        self._leaves = frozenset(
            name.id for node in body for name in ast.walk(node) if isinstance(name, ast.Name) and _is_stored(name)
        )
        self._left: dict[tuple[tuple[Edit, ...], ...], dict[str, Any]] = {}
        self._compiled: dict[
            tuple[str, tuple[tuple[str, str, int], ...], bool], tuple[types.CodeType, frozenset[int]]
        ] = {}
        self._spans: dict[tuple[str, str, str], Span] = {}

    def functions(self) -> Iterable[tuple[str, ast.FunctionDef]]:
        """All functions and methods by name, as `NeuralNetwork.backward`."""
        return self._functions.items()

    def attributes(self, owner: str) -> set[str]:
        """The attributes that a class's methods read or set on themselves."""
        return {
            node.attr
            for name, function in self.functions()
            if name.rpartition(".")[0] == owner and owner
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
        } - {name.rpartition(".")[2] for name, _ in self.functions()}

    def namespace(self, *faults: Iterable[Edit], note: Note | None = None, everything: bool = False) -> dict[str, Any]:
        """What the module defines with faults made, each of one or more edits.

        Args:
          note: is told what the faults yield, each by its place among them; if `everything`, what all code yields.

        Raises:
          OverlapError: they don't fit together (see `fit_together`).
          PackError: one does not stand in its function exactly once.
        """
        made = tuple(tuple(edits) for edits in faults)
        namespace: dict[str, Any] = {
            "__name__": f"reference.{self.path.stem}", "__file__": str(self.path), NOTE: note or silent,
        }  # fmt: skip
        self._run(self._noting_code if everything else self._code, namespace)
        by_function: dict[str, list[tuple[int, Edit]]] = {}
        for number, edits in enumerate(made):
            for edit in edits:
                by_function.setdefault(edit[0], []).append((number, edit))
        done = {number for number, edits in enumerate(made) for _, _, new in edits if not isinstance(new, str)}
        for function, each in by_function.items():
            texts = tuple((old, new, number) for number, (_, old, new) in each if isinstance(new, str))
            if texts:
                owner, name = _owner(namespace, function)
                scope: dict[str, Any] = {}
                code, numbers = self._edited(function, texts, everything)
                self._run(code, namespace, scope)
                owner[name] = scope[name]
                done |= numbers
            for _, (_, _, new) in each:
                if not isinstance(new, str):
                    owner, name = _owner(namespace, function)
                    owner[name] = new(owner[name])
        if len(done) < len([edits for edits in made if edits]):
            raise OverlapError("one is left out by another")
        if self._script is None:
            return namespace
        return ScriptNames(namespace, self._leaves, lambda: self._variables(namespace, made, is_told=note is not None))

    def _variables(
        self, namespace: dict[str, Any], faults: tuple[tuple[Edit, ...], ...], *, is_told: bool
    ) -> dict[str, Any]:
        """What the script leaves; with the same faults it runs once, since a run may take long, but for who is told."""
        if faults not in self._left or is_told:
            assert self._script is not None
            scope: dict[str, Any] = {}
            exec(self._script, namespace, scope)
            if is_told:
                return scope
            self._left[faults] = scope
        return self._left[faults]

    @functools.cached_property
    def _noting_code(self) -> types.CodeType:
        return compile(noting(ast.parse(self.text), None), str(self.path), "exec")

    def _run(self, code: types.CodeType, namespace: dict[str, Any], scope: dict[str, Any] | None = None) -> None:
        try:
            exec(code, namespace, scope)
        except Exception as error:
            raise PackError(f"{self.path}: does not run: {type(error).__name__}: {error}") from error

    def _edited(
        self, function: str, texts: tuple[tuple[str, str, int], ...], everything: bool
    ) -> tuple[types.CodeType, frozenset[int]]:
        """The code that defines one function with edits made, and notes of what they yield; and which of them are made."""
        key = (function, texts, everything)
        if key in self._compiled:
            return self._compiled[key]
        node = self.function(function)
        content = b"\n" * (node.lineno - 1)
        regions, place = [], self._offset(node.lineno, 0)
        numbers: set[int] = set()
        for made in self._made(function, texts):
            numbers |= made.numbers
            content += self._bytes[place : made.span.start]
            start = _position(content)
            text = (f"({made.text})" if made.span.column is None else _indented(made.text, made.span.column)).encode()
            regions.append((start, _position(content + text), made.number, _names(made.old)))
            for new, number, old in made.inner:
                before = content + text[: text.index(new.encode())]
                regions.append((_position(before), _position(before + new.encode()), number, _names(old)))
            content += text
            place = made.span.end
        content += self._bytes[place : self._end(node)]
        indent = node.col_offset  # taken away from each line, so that a method parses by itself
        shifted = [
            Region((line, column - indent), (last, end - indent), number, names)
            for (line, column), (last, end), number, names in regions
        ]
        try:
            tree = ast.parse(textwrap.dedent(content.decode()))
        except SyntaxError as error:
            raise PackError(f"{self.path}: {function} does not parse when edited: {error.msg}") from None
        code = compile(noting(tree, None if everything else shifted), str(self.path), "exec")
        self._compiled[key] = code, frozenset(numbers)
        return self._compiled[key]

    def _made(self, function: str, texts: Iterable[tuple[str, str, int]]) -> list[_Made]:
        """Edits of a function in the order of their places; one that lies in another is made in that one's text, but for
        what that leaves out.

        Raises:
          OverlapError: two of them touch the same text, and can't be made one in the other.
        """
        each = [_Made(self.span(function, old, new), new, number, old, new) for old, new, number in texts]
        found: list[_Made] = []
        for made in sorted(each, key=lambda made: (made.span.start, -made.span.end)):
            if not found or found[-1].span.end <= made.span.start:
                found.append(made)
                continue
            if (made.span, made.new) == (found[-1].span, found[-1].new):
                raise OverlapError("two edits are the same")
            both = [(found[-1], made)] if made.span.column is None and made.span.end <= found[-1].span.end else []
            if both and made.span == found[-1].span and not found[-1].inner:
                both.append((made, found[-1]))
            together = [one for pair in both if (one := _within(*pair)) is not None]
            together += [around for around, inner in both if _is_left_out(inner.old, around.old, around.new)]
            if not together:
                raise OverlapError("two edits touch the same text")
            found[-1] = together[0]
        return found

    def fit_together(self, *faults: Iterable[Edit]) -> bool:
        """Whether faults touch different texts, or can be made one in the other, each of them somewhere."""
        texts: dict[str, list[tuple[str, str, int]]] = {}
        made: set[int] = set()
        for number, edits in enumerate(faults):
            for function, old, new in edits:
                if isinstance(new, str):
                    texts.setdefault(function, []).append((old, new, number))
                else:
                    made.add(number)
        try:
            for function, each in texts.items():
                for done in self._made(function, each):
                    made |= done.numbers
        except OverlapError:
            return False
        return made == {*range(len(faults))}

    def span(self, function: str, old: str, new: str) -> Span:
        """Where an expression or statement stands in a function; a call that statements replace is one too."""
        if (function, old, new) not in self._spans:
            self._spans[function, old, new] = self._find(function, old, new)
        return self._spans[function, old, new]

    def line(self, function: str, old: str, new: str) -> int:
        """The line at which an edit starts."""
        return self._bytes[: self.span(function, old, new).start].count(b"\n") + 1

    def _find(self, function: str, old: str, new: str) -> Span:
        root = self.function(function)
        try:
            wanted = ast.parse(textwrap.dedent(old).strip()).body
        except SyntaxError as error:
            raise PackError(f"{self.path}: {function}: {old!r} is no Python: {error.msg}") from None
        if len(wanted) == 1 and isinstance(wanted[0], ast.Expr) and _is_expression(new):
            text = ast.dump(wanted[0].value)
            found: list[tuple[ast.AST, ast.AST]] = [
                (node, node) for node in ast.walk(root) if isinstance(node, ast.expr) and ast.dump(node) == text
            ]
        else:
            found = list(_statements(root, [ast.dump(statement) for statement in wanted]))
        if len(found) != 1:
            raise PackError(
                f"{self.path}: {old!r} stands {len(found)} times in {function}, but should stand there exactly once"
            )
        first, last = found[0]
        assert isinstance(first, (ast.expr, ast.stmt))
        assert isinstance(last, (ast.expr, ast.stmt))
        column = None if isinstance(first, ast.expr) else first.col_offset
        return Span(self._offset(first.lineno, first.col_offset), self._end(last), column)

    def function(self, name: str) -> ast.FunctionDef:
        """Raises: PackError if there is none of this name."""
        if name not in self._functions:
            raise PackError(f"{self.path}: there is no function {name!r}; there are {', '.join(self._functions)}")
        return self._functions[name]

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column

    def _end(self, node: ast.stmt | ast.expr) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.end_lineno, node.end_col_offset)


def _with(text: str, old: str, new: str) -> str | None:
    """A text with an expression replaced that stands in it exactly once; None if it does not."""
    text = textwrap.dedent(text).strip()
    wanted = ast.dump(ast.parse(old.strip(), mode="eval").body)
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr) and ast.dump(node) == wanted]
    if len(found) != 1 or "\n" in new or new in text:
        return None
    lines = text.encode().split(b"\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    node = found[0]
    first = starts[node.lineno - 1] + node.col_offset
    last = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return (text.encode()[:first] + new.encode() + text.encode()[last:]).decode()


def _within(around: _Made, made: _Made) -> _Made | None:
    """An edit with another one made in its text; None if that has no place there."""
    inner = _Inner(f"({made.new})", made.number, made.old)
    text = _with(around.text, made.old, inner.new)
    if text is None or not all(each.new in text for each in around.inner):
        return None
    return around._replace(text=text, inner=(*around.inner, inner))


def _is_left_out(old: str, around: str, new: str) -> bool:
    """Whether an expression is left out of a text around it by a new one, which has nothing of its own: some of its
    statements, or a part of what it is.
    """
    before, after = (ast.parse(textwrap.dedent(text).strip()).body for text in (around, new))
    wanted = ast.dump(ast.parse(old.strip(), mode="eval").body)
    parts, kept = ({ast.dump(each) for node in body for each in ast.walk(node)} for body in (before, after))
    statements = {ast.dump(node) for node in after if not isinstance(node, ast.Pass)}
    match after:
        case [ast.Expr(value=value)]:
            is_less = ast.dump(value) in parts
        case _:
            is_less = statements < {ast.dump(node) for node in before}
    return is_less and wanted in parts and wanted not in kept


def _is_guard(node: ast.stmt) -> TypeGuard[ast.If]:
    """Whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _names(text: str) -> frozenset[str]:
    """The names, attributes and items of dicts in a text."""
    tree = ast.parse(textwrap.dedent(text).strip())
    return frozenset(ast.unparse(node) for node in ast.walk(tree) if is_named(node))


def _position(content: bytes) -> tuple[int, int]:
    """Line and column of a text's end."""
    return content.count(b"\n") + 1, len(content) - content.rfind(b"\n") - 1


def _indented(statements: str, column: int) -> str:
    """Statements at a column, but for the first line, whose place has its indent already."""
    return textwrap.indent(textwrap.dedent(statements).strip(), " " * column).lstrip()


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return False
    return True


def _functions(body: list[ast.stmt], prefix: str) -> Iterable[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{prefix}{node.name}.")


def _statements(root: ast.AST, wanted: list[str]) -> Iterable[tuple[ast.stmt, ast.stmt]]:
    """First and last of each run of statements that reads like the wanted ones."""
    for node in ast.walk(root):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                for start in range(len(body) - len(wanted) + 1):
                    run = body[start : start + len(wanted)]
                    if [ast.dump(statement) for statement in run] == wanted:
                        yield run[0], run[-1]


class _Attributes:
    """A class's attributes, set like a dict's items."""

    def __init__(self, owner: type) -> None:
        self._owner = owner

    def __getitem__(self, name: str) -> Any:
        return getattr(self._owner, name)

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self._owner, name, value)


def _owner(namespace: dict[str, Any], function: str) -> tuple[dict[str, Any] | _Attributes, str]:
    """Where a function is kept, and under which name."""
    owner, _, name = function.rpartition(".")
    return (_Attributes(namespace[owner]) if owner else namespace), name
