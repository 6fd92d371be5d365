"""Grading again after a pack was corrected: what was, what is, and who changes why."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.reports import Report, Summary, SummaryRow, from_json

from .adjustments import Overrides, adjusted, kept_points

OLD = "old"  # the folder for reports from before, a sub-folder for each version of the pack


class NotGradedError(Exception):
    """There is nothing in the folder that could be graded again; the text says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Graded:
    """What summary.json says was graded, and how; `assignment` is the pack's id."""

    assignment: str
    pack: str
    submissions: tuple[Path, ...]
    seed: int
    keep: str
    isolation: str
    rows: tuple[SummaryRow, ...]


def graded(folder: Path) -> Graded:
    """Raises: NotGradedError."""
    try:
        summary = msgspec.json.decode((folder / "summary.json").read_bytes(), type=Summary)
    except FileNotFoundError:
        raise NotGradedError(
            f"{folder} has no summary.json: what was begun there was not finished. `grader grade` with the same "
            "arguments goes on where it was."
        ) from None
    except msgspec.MsgspecError as error:
        raise NotGradedError(f"{folder / 'summary.json'} can't be read: {error}") from None
    match summary.run:
        case {
            "pack": str(pack),
            "submissions": [*paths],
            "seed": int(seed),
            "keep": str(keep),
            "isolation": str(isolation),
        }:
            submissions = tuple(Path(str(path)) for path in paths)
            return Graded(summary.assignment.id, pack, submissions, seed, keep, isolation, tuple(summary.submissions))
    raise NotGradedError(f"{folder / 'summary.json'} does not say what was graded; grade it once more, then regrade")


def how(pack: Path, submissions: Sequence[Path], seed: int, keep: object, isolation: str) -> dict[str, Any]:
    """What summary.json keeps under `run`, for `graded`."""
    # Not resolved: a path may lead through a link that is laid anew.
    paths = [os.fsencode(Path.cwd() / path).decode("utf-8", "surrogateescape") for path in submissions]
    return {"pack": str(pack), "submissions": paths, "seed": seed, "keep": str(keep), "isolation": str(isolation)}


def beside(folder: Path, assignment: str) -> tuple[Sequence[Path], Sequence[SummaryRow]]:
    """What was graded into a folder by the same pack, and the rows of its reports that are there."""
    with contextlib.suppress(NotGradedError):
        was = graded(folder)
        if was.assignment == assignment:
            return was.submissions, [row for row in was.rows if (folder / f"{row.id}.json").is_file()]
    return (), ()


def together(before: Sequence[Path], now: Sequence[Path]) -> Sequence[Path]:
    """What was graded into a folder and what is now; what lies in another of them comes with that."""
    if not before:
        return now
    here = Path.cwd()
    every = list(dict.fromkeys([*before, *(here / path for path in now)]))
    return [path for path in every if not any(other in path.parents for other in every)]


def reports(folder: Path, ids: Sequence[str]) -> dict[str, Report]:
    """The reports that are there now."""
    found = {}
    for id in ids:
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            found[id] = from_json((folder / f"{id}.json").read_bytes())
    return found


def put_aside(folder: Path, before: dict[str, Report], new: str) -> None:
    """Keeps the reports of other versions of the pack than `new`: in old/<first digits of the version's digest>/."""
    for id, report in before.items():
        if report.assignment.digest != new:
            version = report.assignment.digest.removeprefix("sha256:")[:12]
            place = folder / OLD / version / f"{id}.json"
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                temporary = place.with_name(f".writing-{id}")
                shutil.copy2(folder / f"{id}.json", temporary)
                temporary.replace(place)


@dataclasses.dataclass(frozen=True, slots=True)
class Published:
    """The scores that were published, and whether they may fall."""

    before: dict[str, Report]
    overrides: Overrides
    allow_lower: bool

    def kept(self, id: str, new: Report) -> float:
        """The points that a report keeps, so that no published score falls."""
        old = self.before.get(id)
        if self.allow_lower or old is None:
            return 0.0
        overrides = self.overrides.get(id, ())
        was, would_be = adjusted(old, overrides, kept_points(old)).score, adjusted(new, overrides).score
        return 0.0 if was is None or would_be is None else max(0.0, round(was - would_be, 4))


def differences(old: Report, new: Report) -> Iterator[str]:
    """Why a score changes, or would have changed."""
    if old.submission.digest != new.submission.digest:
        yield "the file was changed since it was graded"
    if old.status != new.status:
        yield f"{old.status} → {new.status}"
    before = {exercise.id: exercise for exercise in old.exercises}
    for exercise in new.exercises:
        was = before.pop(exercise.id, None)
        if was is None:
            yield f"{exercise.id} is new: {exercise.score:g} of {exercise.max_score:g}"
            continue
        checks = {check.name: check.outcome for check in was.checks}
        changed = [
            f"{check.name}: {checks.get(check.name, 'not asked')} → {check.outcome}"
            for check in exercise.checks
            if checks.get(check.name) != check.outcome
        ]
        if (was.score, was.max_score) != (exercise.score, exercise.max_score):
            points = f"{was.score:g} of {was.max_score:g} → {exercise.score:g} of {exercise.max_score:g}"
            yield f"{exercise.id} {points}" + (f" ({'; '.join(changed)})" if changed else "")
    for name in before:
        yield f"{name} is not asked any more"


def is_changed(old: Report, new: Report) -> bool:
    return (old.score, old.status) != (new.score, new.status) or bool(kept_points(new) and not kept_points(old))
