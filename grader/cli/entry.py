"""The command `grader`: students' `check` runs on any system, so it is started without what grading needs of Linux."""

from __future__ import annotations

import sys


def main() -> None:
    if sys.argv[1:2] == ["check"]:
        from .checking import main as start
    else:
        from .main import main as start
    start()
