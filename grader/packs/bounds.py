"""Bounds on what the judge does itself when a submission calls one of its functions."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEMORY = 1 << 30  # bytes beyond what the judge has when it begins


class Allowance:
    """CPU seconds for the calls that one exercise makes, all together, and the memory that each may take.

    The clock is the process's own (ITIMER_PROF), so a busy machine takes nothing away.  Only the main thread can be
    stopped; elsewhere (and where there is no such timer) a call that has begun comes to its end.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._is_running = False
        self._memory: int | None = None  # what it may come to, known from the first call on

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Raises: TimeoutError inside or at its begin, when nothing is left; MemoryError inside."""
        if self._left <= 0:
            raise TimeoutError("the functions that it calls have taken too long")
        if self._memory is None:
            self._memory = most_memory()
        with bounded_memory(self._memory), self._timed():
            yield

    @contextlib.contextmanager
    def _timed(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGPROF, self._stop)
        self._is_running = True
        try:
            signal.setitimer(signal.ITIMER_PROF, self._left)
            yield
        finally:
            self._is_running = False
            self._left = signal.setitimer(signal.ITIMER_PROF, 0)[0]
            signal.signal(signal.SIGPROF, before)

    def _stop(self, number: int, frame: Any) -> None:
        if self._is_running:
            raise TimeoutError("the functions that it calls have taken too long")


def most_memory() -> int:
    """Bytes that the judge may come to while a submission's calls are answered, 0 where they can't be bounded."""
    if sys.platform != "linux" or resource is None:
        return 0
    # proc(5): the sixth number is data and stack, in pages; RLIMIT_DATA counts private mappings since Linux 4.7.
    return int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize() + MEMORY


@contextlib.contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Whatever needs more memory than the judge may come to gets a MemoryError."""
    if not most:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (most, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
