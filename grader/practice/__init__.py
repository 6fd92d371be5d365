"""What students check their own work with: a compiled pack that holds no solution, asked in their own process."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from grader.reports import Report
from grader.submissions import UnreadableError, parse

from . import words
from .compiled import CheckPack
from .examine import examine
from .here import loaded

__all__ = ["check_file"]


def check_file(check: CheckPack, file: Path) -> tuple[Report, str]:
    """The report of a file that is run here, and what it does not say, in a sentence.

    Raises:
      UnreadableError: it can't become cells.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{file} can't be read: {error.strerror or error}") from None
    if file.suffix.lower() not in (".py", ".ipynb"):
        raise UnreadableError(f"{file} is neither a .py nor an .ipynb file.")
    submission = parse(file.stem, str(file), content)
    submission = dataclasses.replace(submission, runs_as_script=check.task.pack.runs_as_script)
    with loaded(submission, file, check.task.pack) as here:
        report = examine(check, submission, here)
    return report, words.hidden(sum(count for name, count in check.hidden.items() if name not in check.withheld))
