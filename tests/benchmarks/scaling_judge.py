"""A class without its grading, for `scaling`: python -m tests.benchmarks.scaling_judge PACK CLASS OUT"""

from __future__ import annotations

import sys
from concurrent.futures import Future
from pathlib import Path

from rich.console import Console

from grader import batch
from grader.batch.jobs import Job
from grader.cli.main import make_task
from grader.cli.progress import ClassProgress
from grader.packs import loading
from grader.reports import to_json, write_summary


def main() -> None:
    pack, submissions, out = map(Path, sys.argv[1:])
    task = make_task(loading.load(str(pack)), None)
    entries = batch.entries(batch.discover([submissions], task.pack.id), batch.Keep())
    one = to_json(batch.grade_one(task, entries[0].attempts[0], "one"))

    def submit(job: Job) -> Future[bytes]:
        future: Future[bytes] = Future()
        future.set_result(one)
        return future

    with batch.writing_to(out), ClassProgress(Console()) as shown:
        rows = batch.Run(task, entries, out, submit, shown, window=4).run()
        write_summary(rows, task.assignment, list(task.pack.exercises), out, {})


if __name__ == "__main__":
    main()
