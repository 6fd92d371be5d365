"""What a person sees while submissions are graded: a bar on a terminal, else a line for each."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from grader.batch.regrade import differences, is_changed
from grader.reports import Report
from grader.sandbox import shown

from . import show

MOST_NAMED = 3  # files that are named as running


class Shown(Protocol):
    """What `grade` shows while it grades, and can tell of it at the end."""

    again: int
    faults: list[Report]

    @property
    def rate(self) -> str: ...

    def began(self, total: int) -> None: ...

    def running(self, files: Sequence[str]) -> None: ...

    def graded(self, report: Report, *, again: bool) -> None: ...


class Alone:
    """One submission: its result in full."""

    rate = ""

    def __init__(self, out: Console) -> None:
        self._out = out
        self.again = 0
        self.faults: list[Report] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def began(self, total: int) -> None:
        pass

    def running(self, files: Sequence[str]) -> None:
        pass

    def graded(self, report: Report, *, again: bool) -> None:
        if report.status == "harness_error":
            self.faults.append(report)
        self._out.print(show.result(report))
        if again:
            self._out.print("It was graded before; --fresh grades it again.", style="dim")


class Bar:
    """A progress bar where there is a terminal: done and total, rate, time left, what is being graded."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._start = time.monotonic()
        self._bar: Progress | None = None
        self._task = TaskID(0)
        self.total = self.done = self.again = 0
        if out.is_terminal:
            self._bar = Progress(
                TextColumn("{task.percentage:>3.0f} %"), BarColumn(24), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
                TextColumn("{task.fields[now]}", markup=False),
                console=out, transient=True,
            )  # fmt: skip
            self._task = self._bar.add_task("", total=None, rate="", now="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def began(self, total: int) -> None:
        self.total = total
        if self._bar is not None:
            self._bar.update(self._task, total=total)

    def running(self, files: Sequence[str]) -> None:
        if self._bar is not None:
            names = [shown(file.rpartition("/")[2], 30) for file in files]
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            self._bar.update(self._task, now=", ".join(names[:MOST_NAMED]) + more)

    def advance(self, *, again: bool) -> None:
        self.done += 1
        self.again += again
        if self._bar is not None:
            self._bar.update(self._task, completed=self.done, rate=self.rate)

    def print(self, text: Text) -> None:
        """A line; on a terminal above the bar."""
        self._out.print(text, soft_wrap=True)

    @property
    def rate(self) -> str:
        """Submissions a second, or a minute where they take long."""
        graded, seconds = self.done - self.again, time.monotonic() - self._start
        if not graded:
            return ""
        each = graded / max(seconds, 1e-3)
        return f"{each:.1f} a second" if each >= 1 else f"{60 * each:.1f} a minute"


class ClassProgress(Bar):
    """A class: a line for each submission that is graded now."""

    def __init__(self, out: Console) -> None:
        super().__init__(out)
        self.faults: list[Report] = []

    def graded(self, report: Report, *, again: bool) -> None:
        self.advance(again=again)
        if report.status == "harness_error":
            self.faults.append(report)
        if not again:
            count = Text(f"{self.done:>{len(str(self.total))}}/{self.total} ", style="dim")
            self.print(count + show.line(report))


class Regraded(Bar):
    """A class that is graded again: a line for each submission whose score changes, and why.

    Attributes:
      before: the reports that were there.
    """

    def __init__(self, out: Console, *, allow_lower: bool) -> None:
        super().__init__(out)
        self._allow_lower = allow_lower
        self.before: Mapping[str, Report] = {}
        self.faults: list[Report] = []
        self._rise = self._fall = self._kept = self._new = 0

    def graded(self, report: Report, *, again: bool) -> None:
        self.advance(again=again)
        if report.status == "harness_error":
            self.faults.append(report)
        old = self.before.get(report.submission.id)
        if old is None:
            self._new += 1
            self.print(Text(f"{show.number(report.score):>14}  {shown(report.submission.file)}: new"))
        elif is_changed(old, report):
            self.print(self._line(old, report))

    def _line(self, old: Report, new: Report) -> Text:
        was, now = old.score, new.score
        kept = (
            was is not None
            and now is not None
            and now >= was
            and any(each.get("by") == "grader regrade" for each in new.adjustments)
        )
        self._kept += kept
        self._rise += not kept and (now or 0) > (was or 0)
        self._fall += not kept and (now or 0) < (was or 0)
        change = f"{show.number(was)} → {show.number(now)}"
        text = Text(f"{change:>14}  {shown(new.submission.file)}")
        if kept:
            text.append("  (would be less; kept)", style="yellow")
        for reason in differences(old, new):
            text.append(f"\n{'':16}{shown(reason, 400)}", style="dim")
        return text

    def closing(self, folder: str) -> Text:
        same = self.done - self._rise - self._fall - self._kept - self._new
        parts = [f"{self._rise} rise", f"{self._fall} fall", f"{same} stay"]
        if self._kept:
            parts.append(f"{self._kept} would fall and are kept (--allow-lower lets them)")
        if self._new:
            parts.append(f"{self._new} new")
        return Text(f"{self.done} submissions: {', '.join(parts)}. The reports from before: {folder}/old", style="dim")
