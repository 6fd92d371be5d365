"""Edits of a reference: how mistakes and rewrites are made.

An edit names a function, an expression or statement that stands in it exactly once, and what stands there instead.
It is found in the syntax tree, so spacing and brackets don't matter, and made in the text, so that all else keeps
its line.
"""

from __future__ import annotations

import ast
import itertools
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from .model import PackError


class Span(NamedTuple):
    """Characters of the source; `column` is where a statement is indented to, None for expressions."""

    start: int
    end: int
    column: int | None


class OverlapError(PackError):
    """Two edits touch the same text, so they exclude each other."""


class Source:
    """A module's source, and namespaces made from it with and without edits."""

    def __init__(self, path: Path) -> None:
        self.path = path
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

    def function_source(self, name: str) -> str:
        """The text of a function or method."""
        node = self._function(name)
        return self._bytes[self._offset(node.lineno, node.col_offset) : self._end(node)].decode()

    def namespace(self, edits: Iterable[tuple[str, str, str | Callable[[Any], Any]]] = ()) -> dict[str, Any]:
        """What the module defines with these edits made.

        Raises:
          OverlapError: two of them touch the same text.
          PackError: one does not stand in its function exactly once.
        """
        edits = list(edits)
        spans = [(self.span(function, old, new), new) for function, old, new in edits if isinstance(new, str)]
        spans.sort()
        for (first, _), (second, _) in itertools.pairwise(spans):
            if second.start < first.end:
                raise OverlapError("two edits touch the same text")
        content = self._bytes
        for span, text in reversed(spans):
            inserted = f"({text})" if span.column is None else _indented(text, span.column)
            content = content[: span.start] + inserted.encode() + content[span.end :]
        namespace: dict[str, Any] = {"__name__": f"reference.{self.path.stem}", "__file__": str(self.path)}
        try:
            exec(compile(content, str(self.path), "exec"), namespace)
        except Exception as error:
            raise PackError(f"{self.path}: does not run: {type(error).__name__}: {error}") from error
        for function, _, new in edits:
            if not isinstance(new, str):
                _wrap(namespace, function, new)
        return namespace

    def span(self, function: str, old: str, new: str) -> Span:
        """Where an expression or statement stands in a function; a call that statements replace is one too."""
        root = self._function(function)
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

    def _function(self, name: str) -> ast.FunctionDef:
        if name not in self._functions:
            raise PackError(f"{self.path}: there is no function {name!r}; there are {', '.join(self._functions)}")
        return self._functions[name]

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column

    def _end(self, node: ast.stmt | ast.expr) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.end_lineno, node.end_col_offset)


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


def _wrap(namespace: dict[str, Any], function: str, wrapper: Callable[[Any], Any]) -> None:
    owner, _, name = function.rpartition(".")
    if owner:
        setattr(namespace[owner], name, wrapper(getattr(namespace[owner], name)))
    else:
        namespace[name] = wrapper(namespace[name])
