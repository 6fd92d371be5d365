"""One process of a student's as the judge sees it: frames, budgets, printed text, its end.

The judge reads what it sends as hostile: each frame's length is checked before it is read, and anything out of order
ends the process.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .worker.wire import CALL, MAX_FRAME, WireError, frame_size, pack, unpack

WORKER = Path(__file__).parent / "worker" / "main.py"
POLL = 0.05  # seconds between looks at the worker's clock
GRACE = 2.0  # seconds of wall time for a cell to end after it was interrupted
FORKING = 10.0  # seconds of wall time for a fork to answer
CREDENTIALS = struct.Struct("3i")  # process, user and group, as the kernel tells them


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


@dataclasses.dataclass(slots=True)
class Budget:
    """CPU seconds that may be used from now on, with a wall-clock backstop.

    What used them up is interrupted first if `interrupt` is set (a notebook's cell), and killed `GRACE` later.
    """

    cpu: float
    patience: float
    cpu_start: float
    interrupt: bool = False
    wall_start: float = dataclasses.field(default_factory=time.monotonic)
    interrupted_at: float | None = None

    def is_spent(self, cpu_now: float) -> bool:
        used_wall = time.monotonic() - self.wall_start
        return not (cpu_now - self.cpu_start <= self.cpu and used_wall <= self.cpu * self.patience)


class Printed:
    """What a worker and its forks print, as far as there is room for it.

    Args:
      pipe: where it comes from.
      room: bytes that are kept.
    """

    def __init__(self, pipe: IO[bytes], room: int) -> None:
        os.set_blocking(pipe.fileno(), False)
        self._pipe = pipe
        self._room = room
        self.text = bytearray()
        self.is_cut = False

    def fileno(self) -> int | None:
        """To be waited for; None once nobody can print any more."""
        return None if self._pipe.closed else self._pipe.fileno()

    def drain(self) -> None:
        """Reads what there is."""
        for _ in range(64):
            try:
                text = self._pipe.read(1 << 16)
            except (OSError, ValueError):
                text = b""
            if text is None:
                return
            if not text:
                self._pipe.close()
                return
            self.keep(text)

    def keep(self, text: bytes) -> int:
        """Keeps printed text as long as there is room; returns how much of it was kept."""
        kept = text[: self._room]
        self.text += kept
        self._room -= len(kept)
        self.is_cut = self.is_cut or len(kept) < len(text)
        return len(kept)

    def close(self) -> None:
        self.drain()
        self._pipe.close()


class Worker:
    """A process to exchange frames with.

    Args:
      pid: leads a process group of its own.
      channel: the socket to it.
      exit_code: waits for its end at most `GRACE` seconds and gives its exit code as `subprocess` has it.
    """

    def __init__(self, pid: int, channel: socket.socket, printed: Printed, exit_code: Callable[[], int | None]) -> None:
        self.pid = pid
        self.printed = printed
        self._socket = channel
        self._socket.setblocking(False)
        self._exit_code = exit_code
        self._pidfd: int | None = os.pidfd_open(pid)
        self._received = bytearray()
        self._cpu_seen = 0.0
        self.budget = Budget(60.0, 5.0, 0.0)

    # -------------------------------------------------------------------------------------------------- budgets

    def allow(self, cpu: float, patience: float, *, interrupt: bool = False) -> None:
        """Starts a new budget."""
        self.budget = Budget(cpu, patience, self.cpu_seconds(), interrupt)

    def cpu_seconds(self) -> float:
        """CPU time that the worker has used up to now, all its threads together."""
        # The clock of another process: clock_getcpuclockid(3) gives (~pid << 3) | CPUCLOCK_SCHED.
        with contextlib.suppress(OSError, OverflowError):  # it has ended, or this is no Linux
            self._cpu_seen = time.clock_gettime((~self.pid << 3) | 2)
        return self._cpu_seen

    # --------------------------------------------------------------------------------------------------- frames

    def send(self, frame: bytes) -> None:
        """Writes a frame, and reads what the worker prints meanwhile."""
        view = memoryview(frame)
        while view:
            self._wait(select.POLLOUT)
            with contextlib.suppress(BlockingIOError):
                try:
                    view = view[self._socket.send(view) :]
                except (BrokenPipeError, ConnectionResetError):
                    raise self._lost() from None

    def receive(self) -> bytes:
        """The next frame.

        Raises:
          WorkerLost: the worker ended, used up its budget, or broke the wire format's rules.
        """
        while True:
            if len(self._received) >= 4:
                try:
                    size = frame_size(self._received)
                except WireError as error:
                    self.kill()
                    raise WorkerLost("crashed", f"ended: {error}") from None
                if len(self._received) >= size:
                    frame = bytes(self._received[:size])
                    del self._received[:size]
                    return frame
            self._wait(select.POLLIN)
            try:
                piece = self._socket.recv(1 << 20)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                piece = b""
            if not piece:
                raise self._lost()
            self._received += piece
            assert len(self._received) <= MAX_FRAME + (2 << 20)

    def _wait(self, event: int) -> None:
        """Waits until the socket is ready; keeps an eye on the budget and on what is printed."""
        poll = select.poll()
        poll.register(self._socket, event)
        printed = self.printed.fileno()
        if printed is not None:
            poll.register(printed, select.POLLIN)
        while True:
            ready = dict(poll.poll(POLL * 1000))
            if printed is not None and printed in ready:
                self.printed.drain()
                if self.printed.fileno() is None:
                    poll.unregister(printed)
                    printed = None
            self._check_budget()
            if self._socket.fileno() in ready:
                return

    def _check_budget(self) -> None:
        budget = self.budget
        if not budget.is_spent(self.cpu_seconds()):
            return
        if budget.interrupt and budget.interrupted_at is None:
            budget.interrupted_at = time.monotonic()
            self._signal(signal.SIGINT)
        elif budget.interrupted_at is None or time.monotonic() - budget.interrupted_at > GRACE:
            self.kill()
            raise WorkerLost("timed_out", f"ran longer than {budget.cpu:g} seconds and was stopped")

    # ----------------------------------------------------------------------------------------------------- forks

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._pidfd is not None and not select.select([self._pidfd], [], [], 0)[0]

    @property
    def can_fork(self) -> bool:
        """Whether it has one thread alone: a fork would lack the others, and what they hold locked."""
        try:
            return len(list(Path(f"/proc/{self.pid}/task").iterdir())) == 1
        except OSError:
            return False

    def fork(self) -> Worker:
        """A copy of the process as it is now, with a socket of its own.

        Raises:
          WorkerLost: it can't be had.
        """
        ours, theirs = socket.socketpair()
        try:
            # The kernel says who sends: the word of the other side is not to be trusted with what is killed later.
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs:
                socket.send_fds(self._socket, [pack(CALL, {"op": "fork"})], [theirs.fileno()])
            ours.settimeout(FORKING)
            frame, about, _, _ = ours.recvmsg(1 << 12, socket.CMSG_SPACE(CREDENTIALS.size))
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            unpack(frame)
            pid = next(
                CREDENTIALS.unpack(data)[0]
                for level, kind, data in about
                if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS)
            )
            return Worker(pid, ours, self.printed, lambda: self._reap(pid))
        except (OSError, WireError, StopIteration) as error:
            ours.close()
            raise WorkerLost("crashed", f"could not be copied ({type(error).__name__})") from None

    def _reap(self, pid: int) -> int | None:
        """The exit code of a fork, as this process tells it: what it says decides on words, never on points."""
        self.allow(GRACE, 1.0)
        try:
            self.send(pack(CALL, {"op": "reap", "pid": pid}))
            _, reply, _ = unpack(self.receive())
        except (WorkerLost, WireError):
            return None
        code = reply.get("code")
        return code if type(code) is int else None

    # ------------------------------------------------------------------------------------------------------- end

    def _lost(self) -> WorkerLost:
        """Says how the worker ended."""
        code = self._exit_code()
        if code is None:  # it closed its socket and goes on
            self.kill()
            return WorkerLost("crashed", "ended the connection to the grader")
        if code == -signal.SIGKILL:
            return WorkerLost("out_of_memory", "was killed by the system, probably for want of memory")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return WorkerLost("crashed", f"crashed the interpreter (signal {name})")
        return WorkerLost("crashed", f"ended the interpreter with exit code {code}")

    def _signal(self, number: signal.Signals) -> None:
        if self._pidfd is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                signal.pidfd_send_signal(self._pidfd, number)

    def kill(self) -> None:
        """Ends the worker and what it started in its process group."""
        if self._pidfd is None:
            return
        self.cpu_seconds()
        self._signal(signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self._pidfd)
        self._pidfd = None
        self._exit_code()

    def close(self) -> None:
        """Ends the worker."""
        self.kill()
        self._socket.close()


def start(scratch: Path, output_limit: int) -> Worker:
    """Starts `worker/main.py` in a scratch folder; of what it prints `output_limit` bytes are kept."""
    ours, theirs = socket.socketpair()
    packages = dict.fromkeys(sysconfig.get_paths()[key] for key in ("purelib", "platlib"))
    process = subprocess.Popen(
        [sys.executable, "-s", "-P", "-S", "-B", str(WORKER), str(theirs.fileno()), *packages],
        pass_fds=[theirs.fileno()],
        cwd=scratch,
        env=_environment(str(scratch)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    theirs.close()
    assert process.stdout is not None

    def exit_code() -> int | None:
        try:
            return process.wait(GRACE)
        except subprocess.TimeoutExpired:
            return None

    return Worker(process.pid, ours, Printed(process.stdout, output_limit), exit_code)


def _environment(scratch: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "HOME": scratch,
        "TMPDIR": scratch,
        "IPYTHONDIR": scratch,
        "MPLCONFIGDIR": scratch,
        "MPLBACKEND": "Agg",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        # One thread: results don't depend on the machine's cores, and neighbours keep theirs.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
