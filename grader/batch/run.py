"""Grades a class: each report is written when it is there, and what was graded before is not graded again."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from pathlib import Path
from typing import Any, Protocol

import msgspec

from grader.grading import Task
from grader.reports import (
    Report,
    SummaryRow,
    from_json,
    summary_row,
    to_json,
    write_atomically,
)
from grader.submissions import UnreadableError

from . import jobs
from .adjustments import Overrides, adjusted, kept_points
from .attempts import Entry, listed
from .discovery import identify
from .jobs import Job
from .processes import NotReadyError

LOOK = 0.25  # seconds between looks at what is running
ATTEMPTS = "attempts"  # the folder for reports of attempts, where the best of several counts

Submit = Callable[[Job], Future[bytes]]


class FolderInUseError(Exception):
    """Another grader writes to the folder of reports."""


class GivenUpError(Exception):
    """The executor gave up what it had been given."""


class Listener(Protocol):
    """Is told how far a class is."""

    def began(self, total: int) -> None: ...

    def running(self, files: Sequence[str]) -> None:
        """What is being graded now."""
        ...

    def graded(self, report: Report, *, again: bool) -> None:
        """A report is written; `again` if it was there from an earlier run."""
        ...


@contextlib.contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Keeps other graders from a folder of reports, and removes what one that was killed has left half written.

    Raises:
      FolderInUseError: another one is writing there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUseError(
                f"another grader is writing to {folder}; wait for it, or choose another -o"
            ) from None
        except OSError:
            pass  # a file system that has no locks
        for left in [*folder.glob(".writing-*"), *(folder / ATTEMPTS).glob(".writing-*")]:
            left.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def finished(folder: Path) -> dict[str, Path]:
    """The reports in a folder by their job's digest, but those of a fault of ours."""

    class Head(msgspec.Struct):
        status: str
        run: dict[str, Any]

    found = {}
    for path in [*folder.glob("*.json"), *(folder / ATTEMPTS).glob("*.json")]:
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            head = msgspec.json.decode(path.read_bytes(), type=Head)
            if head.status != "harness_error" and isinstance(digest := head.run.get("job"), str):
                found[digest] = path
    return found


class Run:
    """One run over a class.

    Args:
      entries: one for each report.
      folder: where reports go.
      submit: has a job done somewhere.
      window: how many jobs are handed out at a time, so that memory stays flat however large the class.
      fresh: whether what was graded before is graded again.
      kept: points that a report's score keeps from before the pack was corrected: by its id, and the report as it is
        graded now; if None, those that it has.
    """

    def __init__(
        self,
        task: Task,
        entries: Sequence[Entry],
        folder: Path,
        submit: Submit,
        listener: Listener,
        *,
        window: int,
        fresh: bool = False,
        overrides: Overrides | None = None,
        kept: Callable[[str, Report], float] | None = None,
    ) -> None:
        self._task = task
        self._entries = entries
        self._folder = folder
        self._submit = submit
        self._listener = listener
        self._window = window
        self._overrides: Overrides = overrides or {}
        self._kept = kept
        self.ids = identify([entry.newest for entry in entries])
        self._digest = jobs.task_digest(task)
        self._before: Mapping[str, Path] = {} if fresh else finished(folder)
        self._pending: dict[Future[bytes], tuple[str, Job]] = {}
        self._waiting: dict[str, list[tuple[int, int]]] = {}  # by a job's digest: entry and attempt
        self._scores: dict[int, dict[int, float | None]] = {}  # of entries with several attempts that may count
        self._rows: dict[int, SummaryRow] = {}
        self._writing: tuple[int, Path, bytes] | None = None

    def run(self) -> list[SummaryRow]:
        """A row a report, in order of the entries."""
        self._listener.began(len(self._entries))
        for place, entry in enumerate(self._entries):
            if not entry.counting:
                self._write(place, None, jobs.unread(self._task, entry.problem), {})
            for attempt in entry.counting:
                self._begin(place, attempt)
        while self._pending:
            self._collect()
        return [self._rows[place] for place in range(len(self._entries))]

    def count(self) -> int:
        """How many entries' reports are written, also when an interrupt came right after one was."""
        if self._writing is None or self._writing[0] in self._rows:
            return len(self._rows)
        _, path, content = self._writing
        return len(self._rows) + _is_there(path, content)

    def _begin(self, place: int, attempt: int) -> None:
        """Hands a job out, unless its report is there or under way."""
        try:
            job = jobs.read(self._entries[place].attempts[attempt])
        except UnreadableError as error:
            self._arrived(place, attempt, jobs.unread(self._task, str(error)))
            return
        digest = job.digest(self._digest)
        if digest in self._waiting:
            self._waiting[digest].append((place, attempt))
        elif (report := self._earlier(digest)) is not None:
            self._arrived(place, attempt, report, again=True)
        else:
            while len(self._pending) >= self._window:
                self._collect()
            self._waiting[digest] = [(place, attempt)]
            self._pending[self._submit(job)] = digest, job

    def _earlier(self, digest: str) -> Report | None:
        """The report of an earlier run."""
        path = self._before.get(digest)
        if path is None:
            return None
        try:
            report = from_json(path.read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        return report if report.run.get("job") == digest else None  # another may have been written there meanwhile

    def _collect(self) -> None:
        """Waits until some job is done, and takes what has arrived."""
        done, _ = wait(self._pending, LOOK, FIRST_COMPLETED)
        for future in done:
            digest, job = self._pending.pop(future)
            try:
                report = from_json(future.result())
            except NotReadyError as error:
                raise GivenUpError(f"where it was to be graded, that can't be done: {error}.") from None
            except CancelledError:
                raise GivenUpError("the executor gave up what it was working on; is the cluster still there?") from None
            except Exception as error:
                sentence = f"This is a fault of the grader, not of the submission: {type(error).__name__}."
                report = jobs.failed(self._task, job, sentence, str(error))
            report.run["job"] = digest
            for place, attempt in self._waiting.pop(digest):
                self._arrived(place, attempt, report)
        running = [
            self._entries[self._waiting[digest][0][0]]
            for future, (digest, _) in self._pending.items()
            if future.running()
        ]
        self._listener.running([entry.newest.shown for entry in running])

    def _arrived(self, place: int, attempt: int, report: Report, *, again: bool = False) -> None:
        """Writes a report; where several attempts may count, the best one's when all are there."""
        entry = self._entries[place]
        if len(entry.counting) == 1:
            self._write(place, attempt, report, {attempt: report.score}, again=again)
            return
        path = self._attempt(place, attempt)
        path.parent.mkdir(exist_ok=True)
        found = entry.attempts[attempt]
        _write(path, to_json(jobs.belonging(adjusted(report, ()), self.ids[place], found)))
        scores = self._scores.setdefault(place, {})
        scores[attempt] = report.score
        if len(scores) == len(entry.counting):
            del self._scores[place]
            best = max(entry.counting, key=lambda each: (-1.0 if (score := scores[each]) is None else score, each))
            self._write(place, best, from_json(self._attempt(place, best).read_bytes()), scores, again=again)

    def _attempt(self, place: int, attempt: int) -> Path:
        return self._folder / ATTEMPTS / f"{self.ids[place]}.{attempt + 1}.json"

    def _write(
        self, place: int, kept: int | None, report: Report, scores: Mapping[int, float | None], *, again: bool = False
    ) -> None:
        """Writes an entry's report.

        Args:
          kept: the attempt that counts.
          scores: of the attempts that were graded.
        """
        entry, id = self._entries[place], self.ids[place]
        found = entry.newest if kept is None else entry.attempts[kept]
        time, deadline = found.submitted_at, self._task.pack.deadline
        points = kept_points(report) if self._kept is None else self._kept(id, report)
        report = jobs.belonging(
            adjusted(report, self._overrides.get(id, ()), points),
            id,
            found,
            submitted_at=time.isoformat() if time else None,
            late_seconds=max(0.0, (time - deadline).total_seconds()) if time and deadline else None,
            attempts=listed(entry, kept, [scores.get(each) for each in range(len(entry.attempts))]),
        )
        self._writing = place, self._folder / f"{id}.json", to_json(report)
        _write(*self._writing[1:])
        self._rows[place] = summary_row(report)
        self._listener.graded(report, again=again)


def _write(path: Path, content: bytes) -> None:
    """Writes a file, unless it is there as it should be."""
    if not _is_there(path, content):
        write_atomically(path, content)


def _is_there(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
