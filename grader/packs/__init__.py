"""Packs: what an author writes, how it is loaded, and what is made from it."""

from __future__ import annotations

from grader.judging import Tolerance

from .implementation import plain, unpacked
from .model import Case, Exercise, Pack, PackError

__all__ = ["Case", "Exercise", "Pack", "PackError", "Tolerance", "plain", "unpacked"]
