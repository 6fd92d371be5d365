"""What `from grader import check` and `%load_ext grader` find while a submission is graded: checks that say nothing.

Students leave them in the notebooks that they hand in; the grader itself can't be imported there.
"""

from __future__ import annotations

import sys
import types
from typing import Any


def check(*exercises: object, **options: object) -> None:
    """Nothing: it is being graded."""


def load_ipython_extension(ipython: Any) -> None:
    """Gives a notebook `check` and `%check`, which do nothing."""
    ipython.push({"check": check})
    ipython.register_magic_function(check, "line", "check")


def stand_in() -> None:
    """Makes this what `import grader` finds."""
    module = types.ModuleType("grader", __doc__)
    vars(module).update(check=check, load_ipython_extension=load_ipython_extension)
    sys.modules["grader"] = module
