"""Grading a class from the command line: where it runs, how it is stopped, what is said at its end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from grader import batch
from grader.batch.attempts import Entry
from grader.batch.jobs import Job
from grader.grading import Runner, Task
from grader.reports import Report, SummaryRow, to_json, write_summary
from grader.sandbox import Session, Wall

STOPPED = 130  # as shells say it of Ctrl-C

Submit = Callable[[Job], Future[bytes]]


class StoppedError(Exception):
    """The run did not come to its end; the text says why, and where to go on."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


@contextlib.contextmanager
def somewhere(
    task: Task,
    jobs: int,
    processes: int | None,
    url: str | None,
    isolation: str,
    wall: Wall | None,
    note: Callable[[str], None],
) -> Iterator[tuple[Submit, int]]:
    """How to have jobs done, and how many to hand out at a time."""
    if url is not None:
        from grader.batch import cluster

        with cluster.connect(url, task, isolation, note) as connected:
            yield connected
    elif jobs == 1:
        here, run = batch.Here(), partial(Session, wall=wall)
        yield lambda job: here.submit(_grade_here, task, run, job), 1
    else:
        count = min(processes or batch.cores(), jobs)
        executor = batch.Processes(count, batch.begin, (batch.Kit.of(task, isolation, wall),))
        try:
            yield lambda job: executor.submit(batch.grade, job), 2 * count
        finally:
            executor.shutdown(cancel_futures=True)


def _grade_here(task: Task, run: Runner, job: Job) -> bytes:
    return to_json(batch.grade_job(task, job, run))


def run(
    task: Task,
    entries: Sequence[Entry],
    folder: Path,
    listener: batch.Listener,
    *,
    about: dict[str, Any],
    isolation: str,
    wall: Wall | None,
    processes: int | None = None,
    url: str | None = None,
    fresh: bool = False,
    overrides: Any = None,
    kept: Callable[[str, Report], float] | None = None,
    others: Sequence[SummaryRow] = (),
    note: Callable[[str], None],
) -> list[SummaryRow]:
    """Grades a class into a folder; writes the summary, with rows of others that are there, and returns the class's own.

    Args:
      wall: what submissions are graded behind here; None where a cluster grades, which chooses by `isolation`.

    Raises:
      StoppedError: it was interrupted, or the disk is full; what was graded is kept.
    """
    counter = _Counter(listener)
    jobs = sum(len(entry.counting) for entry in entries)
    try:
        with _sigterm_as_interrupt(), somewhere(task, jobs, processes, url, isolation, wall, note) as (submit, window):
            started = batch.Run(
                task, entries, folder, submit, counter, window=window, fresh=fresh, overrides=overrides, kept=kept
            )
            rows = started.run()
        beside = [row for row in others if row.id not in started.ids]
        write_summary([*rows, *beside], task.assignment, list(task.pack.exercises), folder, about)
        return rows
    except KeyboardInterrupt:
        raise StoppedError(f"Stopped. {counter.where(folder)}", STOPPED) from None
    except OSError as error:
        reason = f"{error.strerror or error}{f': {batch.escaped(str(error.filename))}' if error.filename else ''}"
        raise StoppedError(f"{reason}. {counter.where(folder)}", 3) from None
    except batch.GivenUpError as error:
        raise StoppedError(f"The run stopped: {error} {counter.where(folder)}", 3) from None


class _Counter:
    """Passes on what it is told, and keeps count."""

    def __init__(self, listener: batch.Listener) -> None:
        self._listener = listener
        self._total = self._done = 0

    def began(self, total: int) -> None:
        self._total = total
        self._listener.began(total)

    def running(self, files: Sequence[str]) -> None:
        self._listener.running(files)

    def graded(self, report: Report, *, again: bool) -> None:
        self._done += 1
        self._listener.graded(report, again=again)

    def where(self, folder: Path) -> str:
        return (
            f"{self._done} of {self._total} submissions are graded and kept in {batch.escaped(folder)}; "
            "the same command goes on with the others."
        )


@contextlib.contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """Lets SIGTERM, by which schedulers end a job, end it like Ctrl-C."""
    try:
        before = signal.signal(signal.SIGTERM, _interrupt)
    except ValueError:  # not the main thread: who started us looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
