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
from grader.batch import jobs
from grader.batch.attempts import Entry
from grader.batch.jobs import Job
from grader.batch.run import finished
from grader.grading import Runner, Task
from grader.packs.model import Pack
from grader.reports import Report, SummaryRow, to_json, write_summary
from grader.sandbox import Session, Wall, zygote
from grader.submissions import UnreadableError

STOPPED = 130  # as shells say it of Ctrl-C

Place = tuple[Callable[[Job], Future[bytes]], int]  # where a job is done, and how many are handed out at a time


class StoppedError(Exception):
    """The run did not come to its end; the text says why, and where to go on."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def prepare(pack: Pack, entries: Sequence[Entry]) -> None:
    """Has what submissions will import imported, once for all processes that will grade, while we go on."""
    files = (each.file or each.shown for entry in entries for each in entry.attempts)
    shell = ["IPython"] if any(file.endswith(".ipynb") for file in files) else []
    zygote.prepare([*shell, *pack.modules])


def left(task: Task, entries: Sequence[Entry], folder: Path, most: int) -> int:
    """How many attempts have no report in a folder yet, counted up to `most`."""
    before, digest, count = finished(folder), jobs.task_digest(task), 0
    for entry in entries:
        for place in entry.counting:
            if count == most:
                return count
            with contextlib.suppress(UnreadableError):  # what can't be read is not graded
                count += jobs.read(entry.attempts[place]).digest(digest) not in before
    return count


@contextlib.contextmanager
def somewhere(
    task: Task,
    entries: Sequence[Entry],
    folder: Path,
    processes: int | None,
    url: str | None,
    isolation: str,
    wall: Wall | None,
    note: Callable[[str], None],
    *,
    fresh: bool = False,
) -> Iterator[Place]:
    """How to have jobs done, and how many to hand out at a time.

    Begins with processes that grade, if they can be forks: before anything is locked, and any thread started.

    Args:
      folder: where reports are, if they are not to be made afresh.
      wall: what submissions are graded behind here; None where a cluster grades, which chooses by `isolation`.
    """
    total = sum(len(entry.counting) for entry in entries)
    with _sigterm_as_interrupt():
        if url is not None:
            from grader.batch import cluster

            with cluster.connect(url, task, isolation, note) as connected:
                yield connected
        elif total == 1:
            here, run = batch.Here(), partial(Session, wall=wall)
            yield lambda job: here.submit(_grade_here, task, run, job), 1
        else:
            count = min(processes or batch.cores(), max(total, 1))
            forks = count if fresh else left(task, entries, folder, count)
            if forks:
                prepare(task.pack, entries)
            kit = batch.Kit.of(task, isolation, wall)
            executor = batch.Processes(count, batch.begin, (kit,), forks=forks)
            try:
                yield lambda job: executor.submit(batch.grade, job), 2 * count
            finally:
                _shut_down(executor)


def _shut_down(executor: batch.Processes) -> None:
    """Ends all processes, however often it is interrupted."""
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            executor.shutdown(cancel_futures=True)
            return


def _grade_here(task: Task, run: Runner, job: Job) -> bytes:
    return to_json(batch.grade_job(task, job, run))


def run(
    task: Task,
    entries: Sequence[Entry],
    folder: Path,
    listener: batch.Listener,
    place: Place,
    *,
    about: dict[str, Any],
    fresh: bool = False,
    overrides: Any = None,
    kept: Callable[[str, Report], float] | None = None,
    others: Sequence[SummaryRow] = (),
) -> list[SummaryRow]:
    """Grades a class into a folder; writes the summary, with rows of others that are there, and returns the class's own.

    Raises:
      StoppedError: it was interrupted, or the disk is full; what was graded is kept.
    """
    submit, window = place
    started = None
    try:
        started = batch.Run(
            task, entries, folder, submit, listener, window=window, fresh=fresh, overrides=overrides, kept=kept
        )
        rows = started.run()
        beside = [row for row in others if row.id not in started.ids]
        write_summary([*rows, *beside], task.assignment, list(task.pack.exercises), folder, about)
        return rows
    except KeyboardInterrupt:
        raise StoppedError(f"Stopped. {_where(started, entries, folder)}", STOPPED) from None
    except OSError as error:
        reason = f"{error.strerror or error}{f': {batch.escaped(str(error.filename))}' if error.filename else ''}"
        raise StoppedError(f"{reason}. {_where(started, entries, folder)}", 3) from None
    except batch.GivenUpError as error:
        raise StoppedError(f"The run stopped: {error} {_where(started, entries, folder)}", 3) from None


def _where(run: batch.Run | None, entries: Sequence[Any], folder: Path) -> str:
    count = 0 if run is None else run.count()
    return (
        f"{count} of {len(entries)} submissions are graded and kept in {batch.escaped(folder)}; "
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
