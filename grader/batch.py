"""Many submissions: finds them, names their reports, grades each, and lets none spoil another's result."""

from __future__ import annotations

import dataclasses
import os
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from grader import grading
from grader.grading import Task
from grader.reports import Report, SubmissionInfo
from grader.submissions import UnreadableError, digest, parse

SUFFIXES = (".py", ".ipynb")
PASSED_OVER = ("__MACOSX", "__pycache__")
MAX_BESIDE = 64 << 20  # bytes of files beside a submission


class NoSuchSubmissionError(Exception):
    """A path of the call is not there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A submission, not read yet.

    Attributes:
      shown: its path as the report shows it.
      path: the file; None if there is none to grade, and `problem` says why.
      folder: what lies in it lies beside the submission when it runs.
    """

    shown: str
    path: Path | None
    folder: Path | None = None
    problem: str = ""


def discover(paths: Iterable[Path], pack_id: str) -> list[Found]:
    """The submissions that paths stand for: files, and folders of them.

    Raises:
      NoSuchSubmissionError: a path is not there.
    """
    found: list[Found] = []
    for path in paths:
        if not os.path.lexists(path):
            raise NoSuchSubmissionError(f"there is no file or folder {escaped(path)}")
        if path.is_dir():
            found += _in_class(path, pack_id)
        elif path.suffix.lower() in SUFFIXES:
            found.append(Found(escaped(path), path))
        else:
            found.append(Found(escaped(path), None, problem="It is neither a .py nor an .ipynb file."))
    return found


def _in_class(folder: Path, pack_id: str) -> Iterator[Found]:
    """Each file of a folder is a submission, each sub-folder is one."""
    for path in sorted(folder.iterdir()):
        if _is_passed_over(path):
            continue
        if path.is_dir():
            yield _in_folder(path, pack_id)
        elif path.suffix.lower() in SUFFIXES:
            yield Found(escaped(path), path)


def _in_folder(folder: Path, pack_id: str) -> Found:
    """A sub-folder's one submission: its only such file, else the one named like the pack or its stub."""
    files = [path for path in sorted(_walk(folder)) if path.suffix.lower() in SUFFIXES]
    named = [path for path in files if path.stem.lower() in (pack_id.lower(), "stub")]
    chosen = files if len(files) == 1 else named
    if len(chosen) == 1:
        return Found(escaped(chosen[0]), chosen[0], folder)
    names = ", ".join(escaped(path.relative_to(folder)) for path in files[:10])
    problem = (
        f"The folder has several files that could be it ({names}); call one of them {pack_id}.py or {pack_id}.ipynb."
        if files
        else "The folder has no .py or .ipynb file."
    )
    return Found(escaped(folder), None, problem=problem)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if _is_passed_over(path):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            yield path


def _is_passed_over(path: Path) -> bool:
    """Hidden files, checkpoints and caches; links are never followed."""
    return path.name.startswith(".") or path.name in PASSED_OVER or path.is_symlink()


def identify(found: Sequence[Found]) -> list[str]:
    """A report id for each: safe as a file name anywhere, unique without regard to case."""
    taken = {"summary"}
    ids = [""] * len(found)
    for place in sorted(range(len(found)), key=lambda place: found[place].shown):
        shown = found[place].shown
        stem = (
            Path(shown).stem
            if found[place].path is not None or Path(shown).suffix.lower() in SUFFIXES
            else Path(shown).name
        )
        base = re.sub(r"[^A-Za-z0-9._-]", "_", stem).lstrip(".")[:100] or "submission"
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base[: 100 - len(f'-{number}')]}-{number}"
        taken.add(name.lower())
        ids[place] = name
    return ids


def escaped(path: Path) -> str:
    """A path as text; bytes that are no UTF-8 as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def grade_one(task: Task, found: Found, id: str, run: grading.Runner) -> Report:
    """The report of one submission, whatever happens."""
    info = SubmissionInfo(id=id, file=found.shown, kind=None, digest=digest(b""))
    if found.path is None:
        return grading.unscored(task, info, "unreadable", found.problem)
    try:
        content = found.path.read_bytes()
        info = SubmissionInfo(id=id, file=found.shown, kind=None, digest=digest(content))
        submission = parse(id, found.shown, content, tuple(_beside(found)))
    except UnreadableError as error:
        return grading.unscored(task, info, "unreadable", str(error))
    except OSError as error:
        return grading.unscored(task, info, "unreadable", f"The file can't be read: {error.strerror or error}.")
    try:
        return grading.grade(task, submission, run)
    except Exception as error:
        # A fault of ours is never the student's zero: no score, and all that helps to find it, for staff.
        report = grading.unscored(
            task, grading.info(submission), "harness_error",
            f"This is a fault of the grader, not of the submission: {type(error).__name__}.",
        )  # fmt: skip
        report.staff["traceback"] = traceback.format_exc()
        return report


def _beside(found: Found) -> Iterator[tuple[str, bytes]]:
    if found.folder is None or found.path is None:
        return
    room = MAX_BESIDE
    for path in sorted(_walk(found.folder)):
        room -= path.stat().st_size
        if path != found.path and room >= 0:
            yield os.fsdecode(os.fsencode(path.relative_to(found.folder))), path.read_bytes()


def grade_all(task: Task, found: Sequence[Found], run: grading.Runner, done: Callable[[Report], None]) -> list[Report]:
    """Grades one after another; `done` gets each report when it is there."""
    reports = []
    for each, id in zip(found, identify(found), strict=True):
        reports.append(grade_one(task, each, id, run))
        done(reports[-1])
    return reports
