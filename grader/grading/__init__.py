"""Grades one submission."""

from __future__ import annotations

from .asking import Loaded, Runner, Task
from .grade import grade, info, unscored

__all__ = ["Loaded", "Runner", "Task", "grade", "info", "unscored"]
