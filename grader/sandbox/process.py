"""One worker process as the judge sees it: frames, budgets, printed text, its end.

The judge reads what the worker sends as hostile: each frame's length is checked before it is read, and anything
out of order ends the worker.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from .worker.wire import MAX_FRAME, WireError, frame_size

WORKER = Path(__file__).parent / "worker" / "main.py"
POLL = 0.05  # seconds between looks at the worker's clock
GRACE = 2.0  # seconds of wall time for a cell to end after it was interrupted


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


class WorkerProcess:
    """Starts `worker/main.py` in a private scratch folder and exchanges frames with it.

    Args:
      file: name and content of the submission's own file.
      beside: what else lies in the scratch folder: (relative path, content).
      output_limit: bytes of printed text that are kept.
    """

    def __init__(self, file: tuple[str, bytes], beside: Iterable[tuple[str, bytes]], output_limit: int) -> None:
        self.scratch = Path(tempfile.mkdtemp(prefix="grader-"))
        for name, content in beside:
            with contextlib.suppress(OSError):  # a name that this file system won't have, or one folder and file
                (self.scratch / name).parent.mkdir(parents=True, exist_ok=True)
                (self.scratch / name).write_bytes(content)
        (self.scratch / file[0]).write_bytes(file[1])
        ours, theirs = socket.socketpair()
        packages = dict.fromkeys(sysconfig.get_paths()[key] for key in ("purelib", "platlib"))
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-S", "-B", str(WORKER), str(theirs.fileno()), *packages],
            pass_fds=[theirs.fileno()],
            cwd=self.scratch,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        theirs.close()
        ours.setblocking(False)
        assert self._process.stdout is not None
        self._printed = self._process.stdout
        os.set_blocking(self._printed.fileno(), False)
        self._socket = ours
        self._received = bytearray()
        self._cpu_seen = 0.0
        self._room = output_limit
        self.output = bytearray()
        self.output_cut = False
        self.budget = Budget(60.0, 5.0, 0.0)

    def _environment(self) -> dict[str, str]:
        scratch = str(self.scratch)
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

    # -------------------------------------------------------------------------------------------------- budgets

    def allow(self, cpu: float, patience: float, *, interrupt: bool = False) -> None:
        """Starts a new budget."""
        self.budget = Budget(cpu, patience, self.cpu_seconds(), interrupt)

    def cpu_seconds(self) -> float:
        """CPU time that the worker has used up to now, all its threads together."""
        # The clock of another process: clock_getcpuclockid(3) gives (~pid << 3) | CPUCLOCK_SCHED.
        with contextlib.suppress(OSError, OverflowError):  # it has ended, or this is no Linux
            self._cpu_seen = time.clock_gettime((~self._process.pid << 3) | 2)
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
        if not self._printed.closed:
            poll.register(self._printed, select.POLLIN)
        while True:
            ready = dict(poll.poll(POLL * 1000))
            if not self._printed.closed and self._printed.fileno() in ready:
                number = self._printed.fileno()
                self._drain()
                if self._printed.closed:
                    poll.unregister(number)
            self._check_budget()
            if self._socket.fileno() in ready:
                return

    def _check_budget(self) -> None:
        budget = self.budget
        if not budget.is_spent(self.cpu_seconds()):
            return
        if budget.interrupt and budget.interrupted_at is None:
            budget.interrupted_at = time.monotonic()
            self._process.send_signal(signal.SIGINT)
        elif budget.interrupted_at is None or time.monotonic() - budget.interrupted_at > GRACE:
            self.kill()
            raise WorkerLost("timed_out", f"ran longer than {budget.cpu:g} seconds and was stopped")

    def _drain(self) -> None:
        for _ in range(64):
            try:
                text = self._printed.read(1 << 16)
            except OSError:
                text = b""
            if text is None:
                return
            if not text:
                self._printed.close()
                return
            self.keep(text)

    def keep(self, text: bytes) -> int:
        """Keeps printed text as long as there is room; returns how much of it was kept."""
        kept = text[: self._room]
        self.output += kept
        self._room -= len(kept)
        self.output_cut = self.output_cut or len(kept) < len(text)
        return len(kept)

    # ------------------------------------------------------------------------------------------------------ end

    def _lost(self) -> WorkerLost:
        """Says how the worker ended."""
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:  # it closed its socket and goes on
            self.kill()
            return WorkerLost("crashed", "ended the connection to the grader")
        if code == -signal.SIGKILL:
            return WorkerLost("out_of_memory", "was killed by the system, probably for want of memory")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return WorkerLost("crashed", f"crashed the interpreter (signal {name})")
        return WorkerLost("crashed", f"ended the interpreter with exit code {code}")

    def kill(self) -> None:
        """Ends the worker and what it started in its process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Ends the worker and removes its scratch folder."""
        self.kill()
        if not self._printed.closed:
            self._drain()
            self._printed.close()
        self._socket.close()
        shutil.rmtree(self.scratch, ignore_errors=True)
