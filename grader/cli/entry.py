"""The command `grader`: students' `check` runs on any system, so it is started without what grading needs of Linux."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["check"]:
        from .checking import main as start
    else:
        # What is imported and read at the start stays to the end, and the arrays that are compared are small.
        gc.set_threshold(20_000, 20, 20)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        if sys.argv[1:2] in (["grade"], ["regrade"]) and not {"-h", "--help", "--executor"} & {*sys.argv}:
            from grader.sandbox import zygote

            # It gets ready while we import what we need ourselves; what is wrong is said when it is needed.
            with contextlib.suppress(OSError):
                zygote.prepare()
        from .main import main as start
    start()
