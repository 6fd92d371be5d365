"""Processes that grade, each for many submissions: an executor in the shape of `concurrent.futures`.

The standard library's pool gives up all that is waiting when one of its processes dies.  Here a process that dies takes
no more with it than the call that it was busy with, and that is made again in a fresh one.  Each process holds one end of
a socket and ends when the other end is closed, however that came about: nothing is left behind by a judge that was
killed.  The first ones are forks, which have at once all that the judge has; where a fork may hang (the judge has more
threads, or has used PyTorch) and later they are fresh interpreters.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar, ParamSpec, TypeVar

from grader.sandbox import zygote

from . import lane as lanes

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3  # of a call whose process dies
INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
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
      processes: how many; they are started when there is something to do, but for forks.
      forks: how many of them are forked at once, where that is possible.
      initializer: is called with `initargs` in each before anything else.
    """

    def __init__(
        self, processes: int, initializer: Callable[..., object], initargs: tuple[Any, ...] = (), *, forks: int = 0
    ) -> None:
        self._most = processes
        self._initial: tuple[Any, ...] = (initializer, initargs, {})
        self._forks: list[_Lane] = []  # that have not been used yet
        with contextlib.suppress(OSError):  # then they are started later, like the others
            while can_fork() and len(self._forks) < min(processes, forks):
                self._forks.append(_Lane.fork(self._initial))
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
            unused, self._forks = self._forks, []
            if cancel_futures:
                with contextlib.suppress(queue.Empty):
                    while (call := self._calls.get_nowait()) is not None:
                        call.future.cancel()
            for _ in self._threads:
                self._calls.put(None)
            if cancel_futures:
                for lane in self._lanes:
                    lane.stop()
        for lane in unused:  # all of them are told before one is waited for
            lane.hang_up()
        for lane in unused:
            lane.close()
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
                    ends[-1] = lane.end
                    lane = None
                if self._is_over:
                    break
            except Exception as error:
                call.future.set_exception(error)
                return lane
        call.future.set_exception(ProcessDiedError(f"the process that was to do it ended ({', '.join(ends)})"))
        return None

    def _start(self) -> _Lane:
        with self._lock:
            is_fork = bool(self._forks)
            lane = self._forks.pop() if is_fork else _Lane.fresh()
            self._lanes.add(lane)
            if self._is_over:
                lane.stop()
        try:
            if is_fork:
                lane.answer()
            else:
                lane.call(self._initial)
        except CallFailedError as error:
            self._end(lane)
            raise NotReadyError(str(error).strip().rpartition("\n")[2]) from None
        except (EOFError, OSError):
            self._end(lane)
            raise OSError(lane.end) from None
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
    """One process.

    Args:
      connection: the socket to it.
    """

    open: ClassVar[weakref.WeakSet[_Lane]] = weakref.WeakSet()  # a fork closes their sockets

    def __init__(self, process: subprocess.Popen[bytes] | _Fork, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self.open.add(self)

    @classmethod
    def fork(cls, initial: tuple[Any, ...]) -> _Lane:
        """A process that makes a call of its own accord, to be asked for its answer."""
        ours, theirs = (Connection(end.detach()) for end in socket.socketpair())
        try:
            with theirs, zygote.handed_on():
                return cls(_Fork(theirs, ours, initial), ours)
        except BaseException:
            ours.close()
            raise

    @classmethod
    def fresh(cls) -> _Lane:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                # -P: what lies in the current folder, students' files perhaps, is no module of ours.
                [sys.executable, "-P", "-c", BEGIN, str(theirs.fileno()), str(ROOT)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the judge alone, and it decides
            )
        return cls(process, Connection(ours.detach()))

    def call(self, request: tuple[Any, ...]) -> Any:
        """Raises: EOFError or OSError if the process is gone, CallFailedError if the call raised."""
        self._connection.send(request)
        return self.answer()

    def answer(self) -> Any:
        """What the call gives that it is busy with.

        Raises: as `call` does.
        """
        is_right, value = self._connection.recv()
        if not is_right:
            raise CallFailedError(value)
        return value

    @property
    def end(self) -> str:
        """How it ended, in words."""
        code = self._process.returncode
        if code is None:
            return "not ended"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Tells it to clean up and end."""
        self._process.terminate()

    def hang_up(self) -> None:
        self._connection.close()

    def close(self) -> None:
        """Waits for its end."""
        self.hang_up()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Fork:
    """A fork of this process that serves calls, with what `subprocess.Popen` offers."""

    def __init__(self, channel: Connection, ours: Connection, initial: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("fork")
        # A daemon: it is stopped, and not waited for, when the judge comes to its end without having ended it.
        self._process = context.Process(target=_in_fork, args=(channel, ours, initial), daemon=True)
        # What interrupts the judge does so before or after: not in the fork, nor between what belongs together.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if (code := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired("fork", timeout or 0.0)
        return code

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _in_fork(channel: Connection, ours: Connection, initial: tuple[Any, ...]) -> None:
    os.setsid()  # Ctrl-C reaches the judge alone, and it decides
    ours.close()
    for each in list(_Lane.open):
        each.hang_up()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not the judge's
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
    lanes.serve(channel, initial)


def can_fork() -> bool:
    """Whether a fork of this process has all that it needs: threads, and the locks that they hold, it would lack."""
    return sys.platform == "linux" and threading.active_count() == 1 and "torch" not in sys.modules


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
