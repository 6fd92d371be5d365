"""An automated grader for backpropagation exercises.

For students, in a notebook beside what their course has handed out: `from grader import check`, or `%load_ext grader`.
For tests of other graders: `grader.explain`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.practice.result import Result

__version__ = "0.1.0"


def check(*exercises: str, pack: str | Path | None = None) -> None:
    """Checks what you have written up to now, and shows what is right and what is not.

    Your code runs where it is, in this process, and nothing is sent anywhere.  Only public checks are asked; hidden
    ones with other numbers come on top when your work is graded.

    Args:
      exercises: their names, as check("backward"); all of them if there are none.
      pack: the .check file that your course has handed out, or its folder; if not given, it is looked for in the
        current folder and in those above it.
    """
    from grader.practice import notebook

    notebook.check(exercises, pack, sys._getframe(1).f_globals)


def explain(pack: str | Path, exercise: str, namespace: dict[str, Any]) -> Result:
    """What is wrong with one exercise, for a test in another grader.

    There is no wall: the code that is asked runs in this process, beside the expected values of the public checks
    that the pack holds.  Use it where you would run the code in your test anyway.

    Args:
      pack: a .check file that `grader release` has made, or its folder.
      exercise: its name.
      namespace: what the student's code has defined: `globals()` in a notebook, `vars(module)` of a module.

    Returns:
      A result: `passed`, `score` and `max_score`, `text` for a message, HTML in notebooks.

    Raises:
      grader.practice.compiled.NoCheckPackError: there is no such pack.
      grader.practice.examine.NoSuchExerciseError: the pack has no such exercise.
      grader.practice.notebook.NotCheckedError: it can't be checked here, so there is nothing to score.
    """
    from grader.practice import notebook

    return notebook.explain(Path(pack), exercise, namespace)


def load_ipython_extension(ipython: Any) -> None:
    """`%load_ext grader`: gives a notebook `check`, and `%check backward`."""
    from grader.practice import notebook

    notebook.extend(ipython)
