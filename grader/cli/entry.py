"""The command `grader`: students' `check` runs on any system, so it is started without what grading needs of Linux."""

from __future__ import annotations

import contextlib
import sys


def main() -> None:
    if sys.argv[1:2] == ["check"]:
        from .checking import main as start
    else:
        if sys.argv[1:2] in (["grade"], ["regrade"]) and not {"-h", "--help", "--executor"} & {*sys.argv}:
            from grader.sandbox import zygote

            # It gets ready while we import what we need ourselves; what is wrong is said when it is needed.
            with contextlib.suppress(OSError):
                zygote.prepare()
        from .main import main as start
    start()
