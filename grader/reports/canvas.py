"""canvas.csv: a gradebook exported from Canvas, with the assignment's own column filled in.

Only the columns that name a student and this one are written: importing the others again would take back what has
changed in Canvas since the export.  A student is found by ID, SIS ID, login or name, in this order, as Canvas's own
importer does; whoever is not found without doubt is listed, never guessed.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator, Sequence

from .files import cell
from .model import Report
from .rendering import Rendered, RenderError, number, one_line

# The columns that name students; "Section" is the last of them.
IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
NAMES = ("Student", "LastName", "FirstName")
STUDENT_COLUMNS = (*NAMES, *IDS, "Root Account", "Section")


def render(reports: Sequence[Report], roster: bytes) -> Rendered:
    """The gradebook, with a note for each report without a student and each student without a score.

    Raises:
      RenderError: it is no gradebook of Canvas's, or has no column for the assignment.
    """
    book = _read(roster)
    column = _column(book, reports[0])
    notes = [*_points(book, column, reports[0])]
    matches = {place: found for place, found in enumerate(_match(book, reports)) if found}
    filled: dict[int, str] = {}
    for place, report in enumerate(reports):
        rows = matches.get(place, [])
        others = [reports[other].submission.id for other, found in matches.items() if other != place and found == rows]
        if not rows:
            notes.append(f"no student for {one_line(report.submission.id)}{_named(report)}")
        elif len(rows) > 1:
            names = "; ".join(one_line(book.name(row)) for row in rows)
            notes.append(f"{one_line(report.submission.id)} could be any of: {names}")
        elif others:
            notes.append(
                f"{one_line(report.submission.id)} is one of several reports of {one_line(book.name(rows[0]))} "
                f"(the others: {', '.join(map(one_line, others))}); none is filled in"
            )
        elif report.score is None:
            notes.append(f"{one_line(book.name(rows[0]))} has no score ({report.status.replace('_', ' ')})")
        else:
            filled[rows[0]] = number(report.score)
    seen = {row for rows in matches.values() for row in rows}
    notes += [f"no report for {one_line(book.name(row))}" for row in book.students if row not in seen]
    return Rendered({"canvas.csv": _write(book, column, filled)}, notes=notes)


@dataclasses.dataclass(frozen=True, slots=True)
class _Book:
    """A gradebook: its first row, and all others."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str

    @property
    def points(self) -> int | None:
        """The row of the points possible."""
        return next((place for place, row in enumerate(self.rows[:2]) if "points possible" in row[0].lower()), None)

    @property
    def students(self) -> list[int]:
        """The rows of students."""
        start = 0 if self.points is None else self.points + 1
        return [place for place, row in enumerate(self.rows) if place >= start and self.name(place)]

    def value(self, row: int, column: str) -> str:
        return self.rows[row][self.header.index(column)].strip() if column in self.header else ""

    def name(self, row: int) -> str:
        both = [self.value(row, "FirstName"), self.value(row, "LastName")]
        return self.value(row, "Student") or " ".join(filter(None, both))


def _read(content: bytes) -> _Book:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RenderError(
            f"the roster is not UTF-8 text (at byte {error.start}); export it from Canvas again"
        ) from None
    first = text.split("\n", maxsplit=1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise RenderError(f"the roster is no CSV: {error}") from None
    header = [title.strip() for title in rows[0]] if rows else []
    if "ID" not in header or "Section" not in header or not any(name in header for name in NAMES):
        raise RenderError(
            "the roster should be a gradebook exported from Canvas, with the columns Student, ID and Section; "
            f"its first row is: {one_line(', '.join(header)) or 'empty'}"
        )
    width = len(header)
    # A manual-posting row, and rows that were cut short by an editor, are as wide as the header here.
    return _Book(header, [(row + [""] * width)[:width] for row in rows[1:]], delimiter)


def _column(book: _Book, report: Report) -> int:
    """The assignment's own column, which Canvas calls "Title (number)"."""
    start = book.header.index("Section") + 1
    columns = [(place, title) for place, title in enumerate(book.header) if place >= start and title]
    wanted = {_same(report.assignment.title), _same(report.assignment.id)}
    found = [place for place, title in columns if _same(re.sub(r"\s*\(\d+\)$", "", title)) in wanted]
    if len(found) != 1:
        told = "; ".join(one_line(title) for _, title in columns if "(read only)" not in title) or "none"
        raise RenderError(
            f"the roster has {'no column' if not found else 'several columns'} called {report.assignment.title!r} or "
            f"{report.assignment.id!r}; call the assignment so in Canvas. Its columns are: {told}"
        )
    return found[0]


def _points(book: _Book, column: int, report: Report) -> Iterator[str]:
    """A note where Canvas counts other points than the assignment."""
    most = "" if book.points is None else book.rows[book.points][column].strip().replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", most) and float(most) != report.max_score:
        yield (
            f"Canvas has {number(float(most))} points possible, the assignment {number(report.max_score)}: scores are "
            "written as they are"
        )


def _match(book: _Book, reports: Sequence[Report]) -> Iterator[list[int]]:
    """The rows that each report may be of."""
    indexes = [_index((book.value(row, column), row) for row in book.students) for column in IDS]
    names = [(name, row) for row in book.students for name in _spellings(book.name(row))]
    for report in reports:
        known = [report.student.id, report.student.name] if report.student else [report.submission.id]
        keys = [_same(each) for each in known if each]
        by_name = _index(names)
        yield next((index[key] for index in [*indexes, by_name] for key in keys if key in index), [])


def _index(entries: Iterator[tuple[str, int]] | Sequence[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for text, row in entries:
        if _same(text) and row not in found.setdefault(_same(text), []):
            found[_same(text)].append(row)
    return found


def _spellings(name: str) -> list[str]:
    """A name as "First Last" and as "Last, First"."""
    last, comma, first = name.partition(",")
    if comma:
        return [name, f"{first} {last}"]
    first, _, last = name.rpartition(" ")
    return [name, f"{last}, {first}"]


def _same(text: str) -> str:
    """Text as it is compared: without regard to case, spaces and underscores."""
    return re.sub(r"[\s_]+", " ", text).strip().casefold()


def _named(report: Report) -> str:
    return f" ({one_line(report.student.name or report.student.id)})" if report.student else ""


def _write(book: _Book, column: int, filled: dict[int, str]) -> str:
    places = [place for place, title in enumerate(book.header) if title in STUDENT_COLUMNS]
    table = io.StringIO()
    writer = csv.writer(table, delimiter=book.delimiter)  # ends lines with \r\n: else a lone \r would not be quoted
    writer.writerow([*(book.header[place] for place in places), book.header[column]])
    for number_, row in enumerate(book.rows):
        writer.writerow([*(cell(row[place]) for place in places), filled.get(number_, _kept(row[column]))])
    return table.getvalue()


def _kept(value: str) -> object:
    """What stood in the column: a score, EX, or "-" for none."""
    return value if re.fullmatch(r"\s*(-|-?[\d.,]+%?|EX)\s*", value, re.IGNORECASE) else cell(value)
