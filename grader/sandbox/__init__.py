"""The wall: student code runs on its other side, and what comes back over it is data, read as hostile."""

from __future__ import annotations

from .isolation import IsolationError, Wall, choose
from .limits import Limits
from .process import WorkerLost
from .replies import checked_error
from .session import Copy, LoadingError, Place, Session
from .text import shown
from .zygote import ZygoteError

__all__ = [
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
