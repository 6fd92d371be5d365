"""What a person sees in the terminal.  Everything of a student's is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.packs.model import Pack
from grader.reports import Check, Example, ExerciseReport, Fault, Report, SummaryRow
from grader.sandbox import shown

if TYPE_CHECKING:
    from grader.packs.validation import Validation

MARKS = {True: ("✔", "green"), False: ("✘", "red"), None: ("◐", "yellow")}


def number(value: float | None) -> str:
    """Points, without needless zeros."""
    return "–" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def packs(found: Sequence[Pack]) -> RenderableType:
    """The packs with their exercises."""
    parts: list[RenderableType] = []
    for pack in found:
        parts.append(Text(f"{pack.id}: {pack.title}, {number(pack.max_score)} points", style="bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        for each in pack.exercises.values():
            table.add_row(each.id, number(each.points), each.title)
        parts.append(table)
    return Group(*parts)


def line(report: Report) -> Text:
    """One submission in one line."""
    score = f"{number(report.score)} of {number(report.max_score)}" if report.status == "graded" else report.status
    return Text(f"{score:>14}  {shown(report.submission.file)}")


def closing(rows: Sequence[SummaryRow], folder: str, rate: str) -> Text:
    graded = [row.score for row in rows if row.score is not None]
    mean = f", mean {number(round(sum(graded) / len(graded), 2))}" if graded else ""
    speed = f", {rate}" if rate else ""
    return Text(
        f"{len(rows)} submissions, {len(graded)} graded{mean}{speed}. Reports and summary.csv: {folder}", style="dim"
    )


def result(report: Report) -> RenderableType:
    """One submission: what passed, what failed and why."""
    title = Text(f"{shown(report.submission.file)}: ", style="bold")
    if report.status != "graded":
        return Group(title + Text(f"{report.status.replace('_', ' ')}, no score"), Text(shown(report.message)))
    title += Text(_checks(report.exercises) if _is_practice(report) else f"{_points(report)} points", style="bold")
    parts: list[RenderableType] = [title]
    if report.message:
        parts.append(Text(f"  ! {shown(report.message)}", style="yellow"))
    for each in report.loading:
        where = f"cell {each.cell}" if each.cell is not None else f"line {each.line}"
        if each.cell is not None and each.line is not None:
            where += f", line {each.line}"
        parts.append(Text(f"  ! {where} failed when it was run: {shown(each.error)}", style="yellow"))
    width = max((len(each.id) for each in report.exercises), default=0)
    for exercise_ in report.exercises:
        parts.append(_practised(exercise_, width) if _is_practice(report) else _heading(exercise_, width))
        if failed := _first_failed(exercise_):
            parts.append(_indented(_why(failed)))
        parts += [_indented(_fault(fault)) for fault in exercise_.diagnosis]
        parts += [_indented(Text(f"· {shown(remark)}")) for remark in exercise_.remarks]
        if exercise_.example is not None and not (exercise_.follow_through and exercise_.score == exercise_.max_score):
            parts.append(_indented(_example(exercise_.example, most=1)))
    return Group(*parts)


def exercise(report: ExerciseReport) -> RenderableType:
    """One exercise in full: each check."""
    parts: list[RenderableType] = [_heading(report, 0), Text(f"  {report.title}", style="dim")]
    for check in report.checks:
        mark, style = MARKS[check.outcome == "passed"]
        text = Text(f"{mark} {check.name}: {number(check.score)} of {number(check.max_score)}", style=style)
        parts.append(_indented(text))
        if check.message:
            parts.append(Padding(Text(shown(check.message, 2000)), (0, 0, 0, 6)))
    parts += [_indented(_fault(fault)) for fault in report.diagnosis]
    parts += [_indented(Text(f"· {shown(remark)}")) for remark in report.remarks]
    if report.example is not None:
        parts.append(_indented(_example(report.example)))
    return Group(*parts)


def _is_practice(report: Report) -> bool:
    return report.authority == "practice"


def _checks(exercises: Sequence[ExerciseReport]) -> str:
    checks = [check for each in exercises for check in each.checks]
    return f"{sum(check.outcome == 'passed' for check in checks)} of {len(checks)} public checks"


def _practised(report: ExerciseReport, width: int) -> Text:
    """An exercise that was checked and not graded: its checks are counted, points are the course's to give."""
    if not report.checks:
        return Text.assemble(("– ", "dim"), (f"{report.id:{width}}", "bold"))
    passed = [check.outcome == "passed" for check in report.checks]
    mark, style = MARKS[True if all(passed) else None if any(passed) else False]
    return Text.assemble((f"{mark} ", style), (f"{report.id:{width}}  ", "bold"), (_checks([report]), style))


def _points(report: Report | ExerciseReport) -> str:
    return f"{number(report.score)} of {number(report.max_score)}"


def _heading(report: ExerciseReport, width: int) -> Text:
    complete = report.score == report.max_score
    mark, style = MARKS[True if complete else None if report.score else False]
    points = _points(report)
    by = "  (follow-through)" if report.follow_through else ""
    return Text.assemble((f"{mark} ", style), (f"{report.id:{width}}  ", "bold"), (points, style), (by, "dim"))


def _first_failed(report: ExerciseReport) -> Check | None:
    """The first check that failed, a public one if there is one."""
    failed = [check for check in report.checks if check.outcome != "passed"]
    return next((check for check in failed if not check.hidden), failed[0] if failed else None)


def _why(check: Check) -> Text:
    return Text.assemble((f"{check.name}: ", "dim"), shown(check.message or check.outcome, 2000))


def _fault(fault: Fault) -> Text:
    where = (
        "" if fault.line is None else f"  ({f'cell {fault.cell}, ' if fault.cell is not None else ''}line {fault.line})"
    )
    quoted = f"\n    {fault.line:>4} │ {shown(fault.source, 200)}" if fault.line is not None and fault.source else ""
    return Text.assemble((f"→ {fault.mistake}{where}: ", "bold yellow"), fault.hint, (quoted, "cyan"))


def _example(example: Example, most: int | None = None) -> RenderableType:
    """The smallest failing example as a table: what went in, what came back (`most` of it), what should have."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for name, value in example.inputs.items():
        if not isinstance(value, (str, bool)):
            table.add_row(Text("for", style="dim"), Text(name), Text(_short(value)))
    for name, value in list(example.actual.items())[:most]:
        table.add_row(Text("is", style="red"), Text(name), Text(_short(value)))
        table.add_row(Text("should be", style="green"), Text(name), Text(_short(example.expected[name])))
    return table


def _short(value: Any) -> str:
    """Numbers with six digits, nested as they are; long ones cut."""
    text = _digits(value)
    return text if len(text) <= 160 else text[:159] + "…"


def _digits(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_digits, value))}]"
    return f"{value:.6g}" if isinstance(value, float) else shown(str(value))


def _indented(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 4))


def validation(result: Validation) -> RenderableType:
    """The figures of a pack's laws."""
    table = Table(box=None, padding=(0, 1))
    table.add_column(result.pack)
    for column in ("autograd", "differences", "noise 64", "noise 32", "tolerance", "signal"):
        table.add_column(column, justify="right")
    exercise_ = ""
    for row in result.rows:
        if row.exercise != exercise_:
            exercise_ = row.exercise
            table.add_row(Text(exercise_, style="bold"))
        table.add_row(f"  {row.case}", *(("–" if value is None else f"{value:.0e}") for value in row.figures))
    parts: list[RenderableType] = [table, Text(result.explanation, style="dim")]
    if result.names:
        parts.append(_names(result))
    for name, outcome in result.laws.items():
        mark, style = MARKS[not outcome]
        parts.append(Text(f"{mark} {name}" + (f": {len(outcome)} found" if outcome else ""), style=style))
        parts += [_indented(Text(finding)) for finding in outcome]
    return Group(*parts)


def _names(result: Validation) -> RenderableType:
    """How well mistakes are told apart."""
    table = Table(box=None, padding=(0, 1))
    table.add_column("mistakes named")
    for column in ("singles", "pairs", "cancel", "hidden", "the same as others", "overlaps", "seconds"):
        table.add_column(column, justify="right")
    for each in result.names:
        table.add_row(
            each.exercise,
            f"{each.singles[0]}/{each.singles[1]}",
            f"{each.pairs[0]}/{each.pairs[1]}",
            str(each.cancelling),
            str(each.hidden),
            str(sum(each.equivalents.values())),
            str(len(each.overlaps)),
            f"{each.seconds:.1f}",
        )
    parts: list[RenderableType] = [table]
    for one, other in result.equivalents:
        text = f"the same on every input: {' + '.join(sorted(one))} = {' + '.join(sorted(other))}"
        parts.append(_indented(Text(text, style="dim")))
    overlaps = {place: slugs for each in result.names for place, slugs in each.overlaps.items()}
    for place, slugs in sorted(overlaps.items()):
        parts.append(_indented(Text(f"exclude each other: {place}: {', '.join(sorted(slugs))}", style="dim")))
    return Group(*parts)


MEANINGS = {
    "landlock": "files, TCP, signals to others",
    "seccomp": "system calls: sockets, processes, tracing",
    "namespaces": "network and shared memory of the machine",
    "rights": "capabilities",
    "limits": "memory, file size, CPU time",
    "user": "files, by another user (where root has no Landlock)",
}


def layers(found: Mapping[str, str]) -> RenderableType:
    """Which layers of isolation there are."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, meaning in MEANINGS.items():
        mark, colour = MARKS[not found[name]]
        table.add_row(Text(mark, style=colour), name, Text(found[name] or meaning, style="" if found[name] else "dim"))
    return Group(Text("Layers", style="bold"), _indented(table))


def attacks(tried: Sequence[tuple[str, bool]], level: str) -> RenderableType:
    """How attacks went."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, is_stopped in tried:
        mark, colour = MARKS[is_stopped]
        table.add_row(Text(mark, style=colour), name, Text("stopped" if is_stopped else "SUCCEEDED", style=colour))
    stopped = sum(is_stopped for _, is_stopped in tried)
    closing = Text(f"{stopped} of {len(tried)} attacks stopped; level of isolation: {level}.", style="bold")
    return Group(Text("Attacks", style="bold"), _indented(table), closing)
