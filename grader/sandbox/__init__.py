"""The wall: student code runs on its other side, and what comes back over it is data, read as hostile.

What needs a process of the wall's is imported when it is first asked for: students check their own work, on any
system, without one.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .facts import Answer, IsolationError, LoadingError, Place, WorkerLost, ZygoteError
from .limits import Limits
from .replies import checked_error
from .text import shown

if TYPE_CHECKING:
    from .isolation import Wall, choose
    from .session import Copy, Session

__all__ = [
    "Answer",
    "Copy",
    "IsolationError",
    "Limits",
    "LoadingError",
    "Place",
    "Session",
    "Wall",
    "WorkerLost",
    "ZygoteError",
    "checked_error",
    "choose",
    "shown",
]

LATER = {"Wall": "isolation", "choose": "isolation", "Copy": "session", "Session": "session"}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{LATER[name]}", __name__), name)
