"""Judging is pure: NumPy and the standard library, no files, no processes, nothing of a student's but plain data."""

from __future__ import annotations

from .compare import Fact, Match, Mismatch, Observation, Tolerance, Verdict, compare, judge
from .outcome import Outcome
from .score import share, total

__all__ = [
    "Fact", "Match", "Mismatch", "Observation", "Outcome", "Tolerance", "Verdict", "compare", "judge", "share", "total",
]  # fmt: skip
