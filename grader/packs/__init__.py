"""Packs: what an author writes, how it is loaded, and what is made from it."""

from __future__ import annotations

from grader.judging import Outcome, Tolerance, Verdict

from .answers import by_name, named
from .implementation import plain, reseed, unpacked
from .model import Case, Exercise, Pack, PackError

__all__ = [
    "Case", "Exercise", "Outcome", "Pack", "PackError", "Tolerance", "Verdict", "by_name", "named", "plain", "reseed", "unpacked",
]  # fmt: skip
