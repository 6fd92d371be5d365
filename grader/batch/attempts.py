"""Which of a student's attempts counts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Literal

from .discovery import Found


class KeepError(Exception):
    """`--keep` is not newest, best or before=TIME."""


@dataclasses.dataclass(frozen=True, slots=True)
class Keep:
    """Which attempt counts: the newest, the best, or the newest of those handed in up to a time."""

    which: Literal["newest", "best", "before"] = "newest"
    time: dt.datetime | None = None

    def __str__(self) -> str:
        return f"before={self.time.isoformat()}" if self.time else self.which


def parse_keep(text: str) -> Keep:
    """Raises: KeepError."""
    if text in ("newest", "best"):
        return Keep("newest" if text == "newest" else "best")
    name, _, value = text.partition("=")
    if name == "before":
        try:
            # A time without a zone is meant in the zone of who says it.
            return Keep("before", dt.datetime.fromisoformat(value).astimezone())
        except ValueError:
            pass
    raise KeepError(f"--keep is {text!r}, but should be newest, best or before=TIME, as in before=2026-11-20T23:59")


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """What one report is about: a student's attempts, oldest first; of most, there is just one.

    Attributes:
      counting: places in `attempts` that may count; graded are these. None: `problem` says why.
    """

    attempts: tuple[Found, ...]
    counting: tuple[int, ...]
    problem: str = ""

    @property
    def newest(self) -> Found:
        """The newest that counts; where none does, the newest."""
        return self.attempts[self.counting[-1] if self.counting else -1]


def entries(found: Sequence[Found], keep: Keep, note: Callable[[str], None] = lambda text: None) -> list[Entry]:
    """Attempts of one student put together, in order of each student's first."""
    grouped: dict[Any, list[Found]] = {}
    for place, each in enumerate(found):
        owner = place if each.student is None else (each.student.id, each.student.name)
        grouped.setdefault(owner, []).append(each)
    result = [_entry(each, keep) for each in grouped.values()]
    if keep.time is not None:
        unknown = sum(all(each.submitted_at is None for each in entry.attempts) for entry in result)
        if unknown:
            note(f"Of {unknown} of {len(result)} submissions no time is known; of these the newest counts.")
    return result


def _entry(attempts: Sequence[Found], keep: Keep) -> Entry:
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    ordered = tuple(sorted(attempts, key=lambda each: (each.submitted_at or oldest, each.order)))
    places = range(len(ordered))
    if keep.which == "best":
        return Entry(ordered, tuple(places))
    times = [each.submitted_at for each in ordered]
    if keep.time is None or not any(times):
        return Entry(ordered, (places[-1],))
    in_time = [place for place in places if (time := times[place]) is not None and time <= keep.time]
    if in_time:
        return Entry(ordered, (in_time[-1],))
    problem = f"It was handed in after {keep.time.isoformat()}."
    earlier = [time for each in ordered for time in each.earlier if time <= keep.time]
    if earlier:
        problem += " There was an attempt before, but the export does not hold its files."
    return Entry(ordered, (), problem)


def listed(entry: Entry, kept: int | None, scores: Sequence[float | None]) -> list[dict[str, Any]]:
    """The report's `attempts`; empty where there was one alone.

    Args:
      kept: the place of the one that counts.
      scores: by place, None where it was not graded.
    """
    # Of what was handed in before, some exports tell the time but don't hold the files.
    gone = sorted(
        {time for each in entry.attempts for time in each.earlier} - {each.submitted_at for each in entry.attempts}
    )
    if len(entry.attempts) + len(gone) < 2:
        return []
    rows: list[dict[str, Any]] = [
        {"file": None, "submitted_at": time.isoformat(), "score": None, "kept": False} for time in gone
    ]
    for place, (each, score) in enumerate(zip(entry.attempts, scores, strict=True)):
        time = each.submitted_at.isoformat() if each.submitted_at else None
        row = {"file": each.shown, "submitted_at": time, "score": score, "kept": place == kept}
        rows.append(row if each.late is None else {**row, "late": each.late})
    return rows
