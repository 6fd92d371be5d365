"""Processes that grade, each for many submissions: an executor in the shape of `concurrent.futures`.

The standard library's pool gives up all that is waiting when one of its processes dies.  Here a process that dies takes
no more with it than the call that it was busy with, and that is made again in a fresh one.  Each process is a fresh
interpreter (a fork of a judge that has used PyTorch may hang), holds one end of a socket, and ends when the other end
is closed, however that came about: nothing is left behind by a judge that was killed.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3  # of a call whose process dies
GRACE = 5.0  # seconds for a process to end, with what it has started

ROOT = Path(__file__).parent.parent.parent
# The same grader as this one, whatever else is installed; nothing else is looked for where it lies.
BEGIN = "import sys; sys.path.insert(0, sys.argv[2]); import grader; del sys.path[0]; import grader.batch.lane as lane; lane.main()"


class ProcessDiedError(Exception):
    """The process died over this call, each time that it was tried."""


class NotReadyError(Exception):
    """A process could not be made ready for its work, and no other will be; the text says why."""


class CallFailedError(Exception):
    """The call raised; the text is its traceback there."""


class Here(Executor):
    """Runs each call at once, in this process: for one alone, another process does not pay."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(Executor):
    """Runs calls in other processes, as many at a time as there are.

    Args:
      processes: how many; they are started when there is something to do.
      initializer: is called with `initargs` in each before anything else.
    """

    def __init__(self, processes: int, initializer: Callable[..., object], initargs: tuple[Any, ...] = ()) -> None:
        self._most = processes
        self._initial: tuple[Any, ...] = (initializer, initargs, {})
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lanes: set[_Lane] = set()
        self._lock = threading.Lock()
        self._waiting = 0  # calls that are waiting or under way
        self._is_over = False

    @property
    def is_idle(self) -> bool:
        return self._waiting == 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """`fn` must be a module's own function; arguments and result are pickled."""
        future: Future[T] = Future()
        with self._lock:
            if self._is_over:
                raise RuntimeError("no call can be submitted after shutdown")
            self._waiting += 1
            self._calls.put(_Call(future, (fn, args, kwargs)))
            if len(self._threads) < min(self._waiting, self._most):
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes when all calls are done; at once, if `cancel_futures`."""
        with self._lock:
            self._is_over = True
            if cancel_futures:
                with contextlib.suppress(queue.Empty):
                    while (call := self._calls.get_nowait()) is not None:
                        call.future.cancel()
            for _ in self._threads:
                self._calls.put(None)
            if cancel_futures:
                for lane in self._lanes:
                    lane.stop()
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self) -> None:
        """Hands calls to one process, or its successors."""
        lane: _Lane | None = None
        while (call := self._calls.get()) is not None:
            if call.future.set_running_or_notify_cancel():
                lane = self._make(call, lane)
            with self._lock:
                self._waiting -= 1
        if lane is not None:
            self._end(lane)

    def _make(self, call: _Call, lane: _Lane | None) -> _Lane | None:
        """Makes a call; the process that is left for the next."""
        ends = []
        for _ in range(TRIES):
            try:
                lane = lane or self._start()
                call.future.set_result(lane.call(call.request))
                return lane
            except (EOFError, OSError) as error:
                ends.append(str(error))
                if lane is not None:  # it is gone
                    self._end(lane)
                    ends[-1] = _how(lane.process.returncode)
                    lane = None
                if self._is_over:
                    break
            except Exception as error:
                call.future.set_exception(error)
                return lane
        call.future.set_exception(ProcessDiedError(f"the process that was to do it ended ({', '.join(ends)})"))
        return None

    def _start(self) -> _Lane:
        lane = _Lane()
        with self._lock:
            self._lanes.add(lane)
            if self._is_over:
                lane.stop()
        try:
            lane.call(self._initial)
        except CallFailedError as error:
            self._end(lane)
            raise NotReadyError(str(error).strip().rpartition("\n")[2]) from None
        except (EOFError, OSError):
            self._end(lane)
            raise OSError(_how(lane.process.returncode)) from None
        return lane

    def _end(self, lane: _Lane) -> None:
        lane.close()
        with self._lock:
            self._lanes.discard(lane)


class _Call:
    """What is to be done, and who waits for it."""

    def __init__(self, future: Future[Any], request: tuple[Any, ...]) -> None:
        self.future = future
        self.request = request


class _Lane:
    """One process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                # -P: what lies in the current folder, students' files perhaps, is no module of ours.
                [sys.executable, "-P", "-c", BEGIN, str(theirs.fileno()), str(ROOT)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the judge alone, and it decides
            )
        self._connection = Connection(ours.detach())

    def call(self, request: tuple[Any, ...]) -> Any:
        """Raises: EOFError or OSError if the process is gone, CallFailedError if the call raised."""
        self._connection.send(request)
        is_right, value = self._connection.recv()
        if not is_right:
            raise CallFailedError(value)
        return value

    def stop(self) -> None:
        """Tells it to clean up and end."""
        self.process.terminate()

    def close(self) -> None:
        """Waits for its end."""
        self._connection.close()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
