"""The result of checking one exercise, as text and as HTML, in the words of a report."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Iterator
from typing import Any

from grader.judging import Outcome
from grader.reports import Check, ExerciseReport, Fault
from grader.sandbox import shown

from . import words

MARKS = {"right": ("✔", "#1a7f37"), "part": ("◐", "#9a6700"), "wrong": ("✘", "#cf222e"), "unasked": ("–", "#59636e")}
LONGEST = 200  # characters of a value that is shown


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """An exercise as it was checked.

    Attributes:
      report: all that is known of it, as in a report of `grader check`.
      hidden: how many checks come on top when it is graded.
    """

    report: ExerciseReport
    hidden: int

    @property
    def passed(self) -> bool:
        """Whether it was asked, and all public checks passed."""
        return self.report.outcome == Outcome.PASSED

    @property
    def score(self) -> float:
        """The points of the public checks that passed."""
        return self.report.score

    @property
    def max_score(self) -> float:
        """The points of all public checks; the hidden ones' come on top."""
        return self.report.max_score

    @property
    def text(self) -> str:
        """What there is to say, in a few lines."""
        return "\n".join(self._lines())

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return "".join(self._parts())

    # ----------------------------------------------------------------------------------------------------- as text

    @property
    def _state(self) -> str:
        if not self.report.checks:
            return "unasked"
        passed = [each.outcome == Outcome.PASSED for each in self.report.checks]
        return "right" if all(passed) else "part" if any(passed) else "wrong"

    @property
    def _count(self) -> str:
        passed = sum(each.outcome == Outcome.PASSED for each in self.report.checks)
        return f"{passed} of {len(self.report.checks)} public checks"

    @property
    def _failed(self) -> Check | None:
        return next((each for each in self.report.checks if each.outcome != Outcome.PASSED), None)

    @property
    def _closing(self) -> str:
        return words.hidden(self.hidden) if self.report.checks else ""

    def _lines(self) -> Iterator[str]:
        report = self.report
        if not report.checks:
            yield f"{MARKS[self._state][0]} {report.id}: {'; '.join(report.remarks)}"
            return
        yield f"{MARKS[self._state][0]} {report.id}: {self._count}"
        if self._failed is not None:
            yield f"    {self._failed.name}: {shown(self._failed.message, 2000)}"
        for fault in report.diagnosis:
            yield f"    → {fault.mistake}{_where(fault)}: {fault.hint}".rstrip(": ")
            if fault.source:
                yield f"        {fault.line:>4} │ {shown(fault.source, LONGEST)}"
        for remark in report.remarks:
            yield f"    · {shown(remark)}"
        if self._closing:
            yield f"  {self._closing}"

    # ----------------------------------------------------------------------------------------------------- as HTML

    def _parts(self) -> Iterator[str]:
        """Everything that comes of a student's code or of a pack is escaped."""
        report = self.report
        mark, colour = MARKS[self._state]
        yield f'<div style="border-left:4px solid {colour};padding:2px 10px;margin:4px 0">'
        said = self._count if report.checks else "; ".join(report.remarks)
        yield (
            f'<div><span style="color:{colour}" aria-hidden="true">{mark}</span> <b>{_safe(report.id)}</b> '
            f"<span>{_safe(said)}</span></div>"
        )
        if self._failed is not None:
            yield f"<div>{_safe(self._failed.name)}: {_safe(self._failed.message)}</div>"
        for fault in report.diagnosis if report.checks else []:
            yield f"<div>→ <b>{_safe(fault.mistake)}</b>{_safe(_where(fault))}: {_safe(fault.hint)}</div>"
            if fault.source:
                yield f'<pre style="margin:2px 0 2px 2em">{fault.line:>4} │ {_safe(fault.source)}</pre>'
        for remark in report.remarks if report.checks else []:
            yield f"<div>· {_safe(remark)}</div>"
        if report.example is not None:
            yield "<details><summary>The numbers</summary><table>"
            for name, value in report.example.inputs.items():
                if not isinstance(value, (str, bool)):
                    yield _row("for", name, value)
            for name, value in report.example.actual.items():
                yield _row("is", name, value) + _row("should be", name, report.example.expected[name])
            yield "</table></details>"
        if self._closing:
            yield f'<div style="color:#59636e"><small>{_safe(self._closing)}</small></div>'
        yield "</div>"


def _where(fault: Fault) -> str:
    if fault.line is None:
        return ""
    return f"  ({f'cell {fault.cell}, ' if fault.cell is not None else ''}line {fault.line})"


def _safe(text: str) -> str:
    return html.escape(shown(text, 2000))


def _row(kind: str, name: str, value: Any) -> str:
    text = json.dumps(_short(value)) if not isinstance(value, str) else value
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return (
        f'<tr><td style="text-align:left">{kind}</td><td style="text-align:left"><code>{_safe(name)}</code></td>'
        f'<td style="text-align:left"><code>{_safe(text)}</code></td></tr>'
    )


def _short(value: Any) -> Any:
    """Numbers with six digits, nested as they are."""
    if isinstance(value, list):
        return [_short(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
