"""What the judge is told of a worker, and what may be wrong with one: plain facts, importable on any system."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

# The frame that answers a call, which comes in the middle of a request, of a function that was handed in: of the
# call's header and buffers.
Answer = Callable[[dict[str, Any], Sequence[Any]], bytes]


class WorkerLost(Exception):
    """The worker is gone.

    Attributes:
      outcome: "timed_out", "crashed" or "out_of_memory".
      text: what happened, to follow "it " or the name of a function.
    """

    def __init__(self, outcome: str, text: str) -> None:
        super().__init__(text)
        self.outcome = outcome
        self.text = text


class IsolationError(Exception):
    """The wall that is demanded is not to be had here."""


class ZygoteError(Exception):
    """No worker is to be had: a fault of the grader or of this machine."""


@dataclasses.dataclass(frozen=True, slots=True)
class LoadingError:
    """A cell that failed: its number (None in modules), the line in the cell or file, "Name: text"."""

    cell: int | None
    line: int | None
    error: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A line of the submission: cell None in modules."""

    cell: int | None
    line: int
