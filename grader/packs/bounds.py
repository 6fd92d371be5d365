"""Bounds on what the judge does itself when a submission calls one of its functions."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Any, ClassVar

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEMORY = 1 << 30  # bytes beyond what the judge has when it begins


class Allowance:
    """CPU seconds for the calls that one exercise makes, all together, and the memory that each may take.

    `with allowance:` stands around each call; there are thousands of them, so it does as little as can be.  The clock is
    the process's own (ITIMER_PROF), so a busy machine takes nothing away.  Only the main thread can be stopped;
    elsewhere (and where there is no such timer) a call that has begun comes to its end.

    Raises: TimeoutError inside or at its begin, when nothing is left; MemoryError inside.
    """

    _is_running: ClassVar[bool] = False  # one of them

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._memory: Memory | None = None  # bounded from the first call on
        self._is_timed = hasattr(signal, "setitimer")

    @property
    def is_used_up(self) -> bool:
        return self._left <= 0

    def __enter__(self) -> None:
        if self._left <= 0:
            raise TimeoutError(TOO_LONG)
        if self._memory is None:
            self._memory = Memory()
            self._is_timed = self._is_timed and threading.current_thread() is threading.main_thread()
            if self._is_timed:
                signal.signal(signal.SIGPROF, _stop)
        self._memory.bound()
        if self._is_timed:
            try:
                Allowance._is_running = True
                signal.setitimer(signal.ITIMER_PROF, self._left)
            except TimeoutError:  # so soon
                self.__exit__()
                raise

    def __exit__(self, *_: object) -> None:
        assert self._memory is not None  # it was entered
        try:
            Allowance._is_running = False
            if self._is_timed:
                self._left = signal.setitimer(signal.ITIMER_PROF, 0)[0]
        finally:  # even if it is stopped at its very end
            self._memory.release()


def _stop(number: int, frame: Any) -> None:
    if Allowance._is_running:
        raise TimeoutError(TOO_LONG)


TOO_LONG = "the functions that it calls have taken too long"


class Memory:
    """What the judge may come to while a submission's calls are answered; who needs more gets a MemoryError.

    Nothing is bounded where it can't be (this is no Linux).
    """

    def __init__(self) -> None:
        self._most = self._before = (0, 0)
        if sys.platform == "linux" and resource is not None:
            # proc(5): the sixth number is data and stack, in pages; RLIMIT_DATA counts private mappings since Linux 4.7.
            held = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
            soft, hard = self._before = resource.getrlimit(resource.RLIMIT_DATA)
            limits = [limit for limit in (held + MEMORY, soft, hard) if limit != resource.RLIM_INFINITY]
            self._most = min(limits), hard

    def bound(self) -> None:
        if self._most != self._before:
            resource.setrlimit(resource.RLIMIT_DATA, self._most)

    def release(self) -> None:
        if self._most != self._before:
            resource.setrlimit(resource.RLIMIT_DATA, self._before)
