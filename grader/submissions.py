"""What is handed in, as cells.

A notebook's cells are its code cells; a module is cut at its top-level statements, so that one that fails takes
nothing else with it.  Each piece keeps where it came from.
"""

from __future__ import annotations

import ast
import codecs
import dataclasses
import hashlib
import io
import json
import re
import tokenize
import warnings
from pathlib import Path
from typing import Any, Literal

MAX_BYTES = 100 << 20
# What a text becomes when it is parsed is a hundred and more times as large as the text.
MAX_TEXT = 1 << 20  # characters of a module
MAX_STATEMENTS = 50_000  # of a module: lines and semicolons
MAX_CELLS = 5_000
MAX_PARTS = 4_000_000  # lists, objects and commas of a notebook
MOST_PARSED = 4 * MAX_TEXT  # characters of pieces that are tried, where a module doesn't parse as a whole

# A line in column 0 that goes on with the statement before it.
CONTINUES = re.compile(r"(?:else|elif|except|finally|case)\b|[)\]}#\s]|$")


class UnreadableError(Exception):
    """The file can't become cells; the text says why, in a sentence for the student."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a submission.

    Attributes:
      source: its text.
      number: counts a notebook's code cells from 1; None in modules.
      line: the line of the file that it starts at (1 in notebooks).
    """

    source: str
    number: int | None
    line: int


@dataclasses.dataclass(frozen=True, slots=True)
class Submission:
    """One student's file, read.

    Attributes:
      id: names the report.
      file: the path as given, to be shown.
      name: the file's own name, safe to be written into the scratch folder.
      text: a module's text; a notebook's is empty.
      prose: a notebook's Markdown cells.
      runs_as_script: whether a module's `__name__` is "__main__" while it runs.
      modules: what the questions that it is asked will want imported in its process.
      beside: other files that lie beside it when it runs: (relative path, content).
    """

    id: str
    file: str
    name: str
    kind: Literal["module", "notebook"]
    digest: str
    cells: tuple[Cell, ...]
    text: str = ""
    prose: tuple[str, ...] = ()
    runs_as_script: bool = False
    modules: tuple[str, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()

    def line(self, number: int | None, line: int) -> str:
        """A line of a cell (None: of the module), "" if there is none."""
        lines = (
            self.text.split("\n")
            if number is None
            else next((cell.source.split("\n") for cell in self.cells if cell.number == number), [])
        )
        return lines[line - 1] if 0 < line <= len(lines) else ""


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def parse(id: str, file: str, content: bytes, beside: tuple[tuple[str, bytes], ...] = ()) -> Submission:
    """A submission from a file's content; `file`'s suffix says what it is.

    Raises:
      UnreadableError: it is no Python text and no notebook.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"The file has {len(content) >> 20} MB; at most {MAX_BYTES >> 20} MB are read.")
    name = re.sub(r"[^A-Za-z0-9._-]", "_", Path(file).name)[-100:].lstrip(".") or "submission"
    if name.lower().endswith(".ipynb"):
        cells, prose = read_notebook(content)
        return Submission(id, file, name, "notebook", digest(content), cells, prose=prose, beside=beside)
    text = read_text(content)
    return Submission(id, file, name, "module", digest(content), cut(text), text=text, beside=beside)


def read_text(content: bytes) -> str:
    """A module's bytes as text, line ends made uniform.

    Raises:
      UnreadableError: they are no text in UTF-8, UTF-16 with a byte order mark, or the coding they declare.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        except SyntaxError as error:
            raise UnreadableError(
                f"The file is not text that Python could read ({error}). Save it as UTF-8, or declare its coding in "
                "the first line."
            ) from None
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError) as error:  # some codecs raise no more than a UnicodeError
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableError(
            f"The file is not {encoding} text{where}. Save it as UTF-8, or declare its coding in the first line."
        ) from None
    if "\0" in text:
        raise UnreadableError("The file holds NUL bytes, so it is not Python text.")
    if len(text) > MAX_TEXT or text.count("\n") + text.count(";") > MAX_STATEMENTS:
        raise UnreadableError(
            f"The file has {len(text):,} characters and {text.count(chr(10)):,} lines; at most {MAX_TEXT:,} characters "
            f"and {MAX_STATEMENTS:,} statements are read."
        )
    return io.StringIO(text, newline=None).read()


# ----------------------------------------------------------------------------------------------------- notebooks


def read_notebook(content: bytes) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """Code cells and Markdown cells of a notebook of any version that nbformat knows.

    Raises:
      UnreadableError: it is no JSON, no notebook, or newer than known.
    """
    import nbformat

    if not content.strip():
        raise UnreadableError("The notebook is empty (zero bytes); it was probably not saved or not uploaded whole.")
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("The notebook holds NUL bytes, so it is not a notebook's JSON text.")
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_PARTS:
        raise UnreadableError(f"The notebook has more than {MAX_PARTS:,} parts. Clear its outputs and save it again.")
    try:
        node = json.loads(content.decode(json.detect_encoding(content)))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"The notebook is not UTF-8 text (at byte {error.start}).") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"The notebook is not whole JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableError("The notebook is not JSON that could be a notebook.") from None
    version = node.get("nbformat") if isinstance(node, dict) else None
    if type(version) is not int or not isinstance(node, dict) or not ("cells" in node or "worksheets" in node):
        raise UnreadableError("The file is JSON, but not a notebook: it has no `nbformat` number or no cells.")
    sheets = node.get("worksheets", [])  # of format 3
    parts = [node, *sheets] if isinstance(sheets, list) else [node]
    count = sum(len(each["cells"]) for each in parts if isinstance(each, dict) and isinstance(each.get("cells"), list))
    if count > MAX_CELLS:
        raise UnreadableError(f"The notebook has {count:,} cells; at most {MAX_CELLS:,} are read.")
    if version > nbformat.current_nbformat:
        raise UnreadableError(
            f"The notebook is of format {version}; {nbformat.current_nbformat} is the newest known. "
            "Save it again with an ordinary Jupyter."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook: Any = nbformat.from_dict(node)
            if version < nbformat.current_nbformat:
                notebook = nbformat.convert(notebook, nbformat.current_nbformat)
        cells = [(cell["cell_type"], joined(cell.get("source", ""))) for cell in notebook["cells"]]
    except Exception as error:  # nbformat raises many kinds, its own and KeyError, TypeError …
        raise UnreadableError(f"The notebook's cells can't be read ({type(error).__name__}: {error}).") from None
    code = (source for kind, source in cells if kind == "code")
    return (
        tuple(Cell(source, number, 1) for number, source in enumerate(code, 1)),
        tuple(source for kind, source in cells if kind == "markdown"),
    )


def joined(source: Any) -> str:
    """A cell's source, which files hold as text or as a list of lines."""
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return text.replace("\r\n", "\n").replace("\0", "�")


# ------------------------------------------------------------------------------------------------------- modules


def cut(text: str) -> tuple[Cell, ...]:
    """A module's pieces: a top-level statement each (several, where they share a line); lines end with "\\n" alone.

    Text that doesn't parse as a whole is cut at lines that start a statement in column 0; a piece that doesn't
    parse by itself stays a piece, and fails when it is run.
    """
    lines = text.split("\n")
    spans = _spans_of_statements(text)
    if spans is None:
        spans = _spans_by_column(lines)
    return tuple(Cell("\n".join(lines[start - 1 : end]), None, start) for start, end in spans)


def _parse(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SyntaxWarning: invalid escape sequence
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _spans_of_statements(text: str) -> list[tuple[int, int]] | None:
    """First and last line of each top-level statement, or None if the text doesn't parse."""
    tree = _parse(text)
    if tree is None:
        return None
    spans: list[tuple[int, int]] = []
    for statement in tree.body:
        decorators = getattr(statement, "decorator_list", [])
        start = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
        end = statement.end_lineno or statement.lineno
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _spans_by_column(lines: list[str]) -> list[tuple[int, int]]:
    starts = [number for number, line in enumerate(lines, 1) if not CONTINUES.match(line)]
    # A decorator belongs to the definition after it.
    starts = [
        number for place, number in enumerate(starts) if place == 0 or not lines[starts[place - 1] - 1].startswith("@")
    ]
    ends = [*(number - 1 for number in starts[1:]), len(lines)]
    spans, place, room = [], 0, MOST_PARSED

    def is_whole(first: int, last: int) -> bool:
        nonlocal room
        piece = "\n".join(lines[starts[first] - 1 : ends[last]])
        room -= len(piece) + 1000  # what a short one costs
        return room > 0 and _parse(piece) is not None

    while place < len(starts):
        # A text in column 0 may be inside a string of many lines: then some later cut makes a piece that parses.
        reach = next((far for far in range(place, min(place + 40, len(starts))) if is_whole(place, far)), place)
        spans.append((starts[place], ends[reach]))
        place = reach + 1
    return spans
