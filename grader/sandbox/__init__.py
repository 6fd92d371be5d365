"""The wall: student code runs on its other side, and what comes back over it is data, read as hostile."""

from __future__ import annotations

from .limits import Limits
from .process import WorkerLost
from .session import Copy, LoadingError, Place, Session
from .text import shown

__all__ = ["Copy", "Limits", "LoadingError", "Place", "Session", "WorkerLost", "shown"]
