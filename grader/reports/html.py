"""html/<id>.html, a page a submission, and html/index.html, the page of the class.

Each page is one file: its style, script and pictures are inside, and its content security policy lets it load, send
and run nothing else.  All text is escaped by the templates; control characters are written out.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import re
import statistics
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from markupsafe import Markup

from . import pictures
from .model import Excerpt, ExerciseReport, Fault, Report
from .rendering import Audience, Rendered, exercise_ids, first_failed, is_complete, number, one_line, place, visible

TEMPLATES = Path(__file__).parent / "templates"
GENERATOR = '<meta name="generator" content="backprop-grader">'
STOPPED = ("timed_out", "crashed", "out_of_memory", "skipped")
MOST_TO_TALK_ABOUT = 3
MOST_WAYS = 4  # lines shown in which a mistake was written

OUTCOMES = {
    "passed": "right",
    "wrong_value": "a number is wrong",
    "wrong_shape": "wrong shape",
    "wrong_dtype": "wrong kind of number",
    "not_finite": "NaN or infinity",
    "changed_input": "changed its input",
    "raised": "raised an exception",
    "timed_out": "ran too long",
    "out_of_memory": "needed too much memory",
    "crashed": "ended the interpreter",
    "not_defined": "not there",
    "not_implemented": "still the stub",
    "skipped": "not asked",
}


def render(reports: Sequence[Report], audience: Audience) -> Rendered:
    """All pages."""
    environment = _environment()
    pages = {f"html/{report.submission.id}.html": _submission(environment, report, audience) for report in reports}
    return Rendered({"html/index.html": _class(environment, reports, audience), **pages})


def stale(folder: Path, rendered: Rendered) -> list[Path]:
    """Pages of an earlier rendering that this one has not written: they may be for other readers."""
    kept = {folder / name for name in rendered.files}
    return [path for path in (folder / "html").glob("*.html") if path not in kept and _is_ours(path)]


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(2000)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.filters |= {"points": number, "one_line": one_line, "value": _value}
    style, script = (Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("style.css", "table.js"))  # noqa: S704 - ours
    environment.globals |= {
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
        "generator": Markup(GENERATOR),  # noqa: S704 - ours
        "outcomes": OUTCOMES,
        "shades": [*(name for _, name in pictures.SHADES), pictures.MORE],
        "CELL": pictures.CELL,
        "P": pictures,
    }
    return environment


def _finalized(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _value(value: Any) -> str:
    return pictures.told_value(value)


# ------------------------------------------------------------------------------------------------- one submission


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of code: its number, the mark in front of it, pieces as (class, text), and what is said below it."""

    number: int
    mark: str
    pieces: list[tuple[str, str]]
    notes: list[Fault]


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """What came back under a name, and what should have, as rows of texts; cells are (text, is wrong)."""

    name: str
    actual: list[list[tuple[str, bool]]]
    expected: list[list[tuple[str, bool]]]


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """An exercise as a page shows it."""

    report: ExerciseReport
    asked: str
    code: list[tuple[Excerpt, list[Line]]]
    heats: list[pictures.Heat]
    quantities: list[Quantity]
    inputs: list[tuple[str, str]]
    lines: pictures.Lines | None
    curve_name: str
    region: pictures.Region | None

    @property
    def state(self) -> str:
        """ "full", "part" or "none" of its points; without points, whether it is right."""
        return state(self.report)

    @property
    def failed(self) -> Any:
        return first_failed(self.report)

    @property
    def lost(self) -> float:
        return max(0.0, self.report.max_score - self.report.score)

    @property
    def faults_without_line(self) -> list[Fault]:
        """Mistakes that no line of the code shown has."""
        noted = {id(note) for _, lines in self.code for line in lines for note in line.notes}
        return [fault for fault in self.report.diagnosis if id(fault) not in noted]


def state(exercise: ExerciseReport) -> str:
    return "full" if is_complete(exercise) else "part" if exercise.score else "none"


def _submission(environment: jinja2.Environment, report: Report, audience: Audience) -> str:
    views = [_view(report, exercise) for exercise in report.exercises]
    losing = sorted((view for view in views if view.lost), key=lambda view: -view.lost)
    return environment.get_template("submission.html").render(
        report=report,
        file=_file(report, audience),
        views=views,
        losing=losing,
        is_staff=audience is Audience.STAFF,
        full=sum(view.state == "full" for view in views),
        place=place,
        state=state,
    )


def _file(report: Report, audience: Audience) -> str:
    """The path as given for staff; its last part for students, since folders may be called like others."""
    return report.submission.file if audience is Audience.STAFF else PurePosixPath(report.submission.file).name


def _view(report: Report, exercise: ExerciseReport) -> View:
    shown = report.display.exercises.get(exercise.id)
    example = exercise.example
    return View(
        report=exercise,
        asked=shown.asked if shown else "",
        code=[(excerpt, _lines(excerpt, exercise)) for excerpt in (shown.code if shown else ())],
        heats=pictures.heats(example, shown.right if shown else {}),
        quantities=[]
        if example is None
        else [_quantity(name, example.actual[name], example.expected.get(name)) for name in example.actual],
        inputs=[]
        if example is None
        else [(name, _flat(value)) for name, value in example.inputs.items() if not isinstance(value, bool)],
        lines=pictures.lines(shown.curve if shown else None),
        curve_name=shown.curve.name if shown and shown.curve else "",
        region=pictures.region(shown.boundary if shown else None),
    )


def _quantity(name: str, actual: Any, expected: Any) -> Quantity:
    """Both sides with five digits, or with as many as it takes to tell them apart."""
    is_, should = pictures.matrix(actual), pictures.matrix(expected)
    if is_ is None or should is None:
        return Quantity(name, [[(_flat(actual), True)]], [[(_flat(expected), False)]])
    alike = is_.shape == should.shape
    digits = 5
    if alike:
        wrong = abs(is_ - should) > 1e-7 * abs(should).max(initial=0.0)
        wrong |= ~(abs(is_) < float("inf"))
        while digits < 12 and any(
            f"{one:.{digits}g}" == f"{other:.{digits}g}" for one, other in zip(is_[wrong], should[wrong], strict=True)
        ):
            digits += 2
    return Quantity(
        name,
        [
            [(f"{value:.{digits}g}", not alike or bool(wrong[row, column])) for column, value in enumerate(values)]
            for row, values in enumerate(is_)
        ],
        [[(f"{value:.{digits}g}", False) for value in values] for values in should],
    )


def _flat(value: Any) -> str:
    """A value in one line, with five digits."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flat, value))}]"
    return pictures.told_value(value)


# ----------------------------------------------------------------------------------------------------------- the code


def _lines(excerpt: Excerpt, exercise: ExerciseReport) -> list[Line]:
    """The lines with what the trace says of them, and the mistakes below theirs."""
    # Only what comes before the first wrong line is marked as right: what comes after it may be wrong because of it, or
    # hold the same mistake again.
    wrong = next((place for place, step in enumerate(exercise.steps) if step.right is False), len(exercise.steps))
    steps: dict[int, list[bool | None]] = {}
    for step in exercise.steps[:wrong]:
        if step.cell == excerpt.cell and step.line is not None:
            steps.setdefault(step.line, []).append(step.right)
    first = exercise.steps[wrong] if wrong < len(exercise.steps) else None
    found = []
    for number_, pieces in enumerate(_highlighted(textwrap.dedent(excerpt.text)), excerpt.line):
        notes = [fault for fault in exercise.diagnosis if fault.cell == excerpt.cell and fault.line == number_]
        rights = steps.get(number_, [])
        is_first = first is not None and (first.cell, first.line) == (excerpt.cell, number_)
        is_right = bool(rights) and all(each is True for each in rights)
        mark = "wrong" if notes or is_first else "right" if is_right else ""
        found.append(Line(number_, mark, pieces, notes))
    return found


def _highlighted(text: str) -> Iterator[list[tuple[str, str]]]:
    """Python's lines in pieces: (class, text)."""
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    classes = (
        (Keyword, "k"), (Operator.Word, "k"), (String, "s"), (Comment, "c"), (Number, "n"), (Name.Function, "f"), (Name.Class, "f"),
    )  # fmt: skip
    line: list[tuple[str, str]] = []
    for kind, piece in _lexer().get_tokens(visible(text)):
        name = next((name for token, name in classes if kind in token), "")
        first, *rest = piece.split("\n")
        line.append((name, first))
        for part in rest:
            yield [each for each in line if each[1]]
            line = [(name, part)]
    yield [each for each in line if each[1]]


@functools.cache
def _lexer() -> Any:
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False, stripall=False, ensurenl=False)


# ---------------------------------------------------------------------------------------------------------- the class


@dataclasses.dataclass(frozen=True, slots=True)
class Talk:
    """A mistake to talk about.

    Attributes:
      reports: the submissions that have it.
      ways: lines in which it was written.
    """

    mistake: str
    exercise: str
    hint: str
    reports: list[Report]
    ways: list[str]
    lost: float


@dataclasses.dataclass(frozen=True, slots=True)
class Difficulty:
    """How an exercise went: the mean share of its points, how many have all and how many none."""

    id: str
    title: str
    most: float
    share: float
    full: int
    none: int
    unexplained: int


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A submission in the table."""

    report: Report
    name: str
    share: float | None
    exercises: list[ExerciseReport | None]
    mistakes: list[str]


def _class(environment: jinja2.Environment, reports: Sequence[Report], audience: Audience) -> str:
    graded = [report for report in reports if report.score is not None]
    shares = [_share(report) for report in graded]
    scores = [report.score for report in graded if report.score is not None]
    ids = exercise_ids(reports)
    talks = _talks(graded)
    return environment.get_template("class.html").render(
        assignment=reports[0].assignment,
        reports=reports,
        graded=graded,
        most=max(report.max_score for report in reports),
        talks=talks[:MOST_TO_TALK_ABOUT],
        other_talks=talks[MOST_TO_TALK_ABOUT:],
        bins=pictures.bins(shares),
        mean=statistics.mean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        difficulties=[_difficulty(name, graded) for name in ids],
        looks=[(report, reasons) for report in reports if (reasons := list(_reasons(report)))],
        ids=ids,
        rows=[_row(report, ids) for report in reports],
        is_staff=audience is Audience.STAFF,
        state=state,
        called=called,
    )


def called(report: Report) -> str:
    """What staff know a submission by: its student's name, else the file or folder that its id was made of."""
    if report.student is not None:
        return report.student.name or report.student.id
    id = re.sub(r"-\d+$", "", report.submission.id)
    for part in reversed(PurePosixPath(report.submission.file).parts):
        for name in (part, PurePosixPath(part).stem):
            if re.sub(r"[^A-Za-z0-9._-]", "_", name).lstrip(".") in (id, report.submission.id):
                return name
    return report.submission.id


def _share(report: Report) -> float:
    return (report.score or 0.0) / report.max_score if report.max_score else 0.0


def _talks(reports: Sequence[Report]) -> list[Talk]:
    """The mistakes by how many have made them, then by what they cost."""
    found: dict[tuple[str, str], Talk] = {}
    for report in reports:
        for exercise in report.exercises:
            for fault in exercise.diagnosis:
                new = Talk(fault.mistake, exercise.id, fault.hint, [], [], 0.0)
                talk = found.setdefault((fault.mistake, exercise.id), new)
                if not talk.reports or talk.reports[-1] is not report:
                    talk.reports.append(report)
                    lost = talk.lost + exercise.max_score - exercise.score
                    talk = found[fault.mistake, exercise.id] = dataclasses.replace(talk, lost=lost)
                source = fault.source.strip()
                if source and source not in talk.ways and len(talk.ways) < MOST_WAYS:
                    talk.ways.append(source)
    return sorted(found.values(), key=lambda talk: (-len(talk.reports), -talk.lost, talk.mistake, talk.exercise))


def _difficulty(name: str, reports: Sequence[Report]) -> Difficulty:
    all_ = [exercise for report in reports for exercise in report.exercises if exercise.id == name]
    shares = [exercise.score / exercise.max_score for exercise in all_ if exercise.max_score]
    return Difficulty(
        id=name,
        title=all_[0].title if all_ else "",
        most=all_[0].max_score if all_ else 0.0,
        share=statistics.mean(shares) if shares else 0.0,
        full=sum(is_complete(exercise) for exercise in all_),
        none=sum(not exercise.score and not is_complete(exercise) for exercise in all_),
        unexplained=sum(_is_unexplained(exercise) for exercise in all_),
    )


def _is_unexplained(exercise: ExerciseReport) -> bool:
    """Wrong, and no known mistake explains it."""
    return exercise.outcome in ("wrong_value", "wrong_shape") and not exercise.diagnosis and not exercise.follow_through


def _reasons(report: Report) -> Iterator[str]:
    """Why somebody should look at a submission."""
    if report.status != "graded":
        yield f"{report.status.replace('_', ' ')}: {report.message}"
    if report.authority == "practice":
        yield "a practice run, not one for the record"
    if report.loading:
        yield f"{len(report.loading)} piece{'s' * (len(report.loading) > 1)} of the code failed when it was run"
    stopped = [exercise for exercise in report.exercises if exercise.outcome in STOPPED]
    if stopped:
        yield "; ".join(f"{exercise.id}: {OUTCOMES[exercise.outcome]}" for exercise in stopped)
    unexplained = [exercise.id for exercise in report.exercises if _is_unexplained(exercise)]
    if unexplained:
        yield f"wrong in no known way: {', '.join(unexplained)}"
    if report.staff.get("faults"):
        yield "the grader itself failed to explain a part"


def _row(report: Report, ids: Sequence[str]) -> Row:
    exercises = {exercise.id: exercise for exercise in report.exercises}
    return Row(
        report=report,
        name=called(report),
        share=None if report.score is None else _share(report),
        exercises=[exercises.get(name) for name in ids],
        mistakes=list(dict.fromkeys(fault.mistake for each in report.exercises for fault in each.diagnosis)),
    )
