"""Packages that are installed but may not be read behind the wall: to a submission they are not there.

Packages try others, `try: import x except ImportError`; without this they would end in a `PermissionError`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class Closed:
    """A finder that finds nothing, and says of what may not be read that there is no such module."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if path is not None:  # within a package that may be read
            return None
        spec = PathFinder.find_spec(name, None, target)
        if spec is None or not spec.has_location or spec.origin is None:
            return None
        try:
            with open(spec.origin, "rb"):
                return None
        except PermissionError:
            text = f"No module named {name!r} (it is installed, but not among the packages that may be used here)"
            raise ModuleNotFoundError(text, name=name) from None
        except OSError:
            return None


def close() -> None:
    """From now on."""
    place = next((at for at, finder in enumerate(sys.meta_path) if finder is PathFinder), len(sys.meta_path))
    sys.meta_path.insert(place, Closed)
