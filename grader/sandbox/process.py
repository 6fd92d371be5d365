"""One process of a student's as the judge sees it: frames, budgets, printed text, its end.

The judge reads what it sends as hostile: each frame's length is checked before it is read, and anything out of order
ends the process.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import fcntl
import os
import re
import select
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from .facts import WorkerLost
from .worker.wire import CALL, MAX_FRAME, WireError, frame_size, is_whole, pack, unpack

POLL = 0.05  # seconds between looks at the worker's clock
GRACE = 2.0  # seconds of wall time for a cell to end after it was interrupted
FORKING = 10.0  # seconds of wall time for a fork to answer
SHARED = re.compile(r"^\S+ .w.s ", re.MULTILINE)  # a mapping in /proc/PID/maps that is shared and can be written to
IGNORED = re.compile(r"^SigIgn:\s*([0-9a-f]+)$", re.MULTILINE)  # in /proc/PID/status
CREDENTIALS = struct.Struct("3i")  # process, user and group, as the kernel tells them


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
        self.taken = 0  # bytes that came, kept or not
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
            self.taken += len(text)
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


class Gate:
    """Where the kernel asks whether a process may fork (seccomp_unotify(2)): once for each time that we want it to.

    Args:
      descriptor: of the filter's listener; None if nobody is asked.
      is_open: whether it may fork at all.
    """

    RECEIVE, SEND = 0xC0502100, 0xC0182101  # SECCOMP_IOCTL_NOTIF_RECV and _SEND
    REQUEST = struct.Struct("=QII64x")  # struct seccomp_notif: id, process, flags; then the call, which is a fork
    ANSWER = struct.Struct("=QqiI")  # struct seccomp_notif_resp: id, value, error, flags
    CONTINUE = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE: make the call

    def __init__(self, descriptor: int | None, *, is_open: bool) -> None:
        self.descriptor = descriptor
        self.is_open = is_open
        self._allowed: int | None = None

    def allow(self, pid: int | None) -> None:
        """Lets this process fork once; None: nobody any more."""
        self._allowed = pid

    def answer(self) -> None:
        """Answers what the kernel asks; to be called when the descriptor can be read."""
        assert self.descriptor is not None
        request = bytearray(self.REQUEST.size)
        try:
            fcntl.ioctl(self.descriptor, self.RECEIVE, request)
            number, pid, _ = self.REQUEST.unpack(request)
            granted, self._allowed = pid == self._allowed, None if pid == self._allowed else self._allowed
            result = (number, 0, 0, self.CONTINUE) if granted else (number, 0, -errno.EPERM, 0)
            fcntl.ioctl(self.descriptor, self.SEND, self.ANSWER.pack(*result))
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.EINTR):  # it was killed meanwhile
                raise

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class Process(Protocol):
    """A process that was started elsewhere; one of `subprocess` will do."""

    pid: int

    def send_signal(self, sig: int) -> None: ...

    def poll(self) -> int | None:
        """None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, negative if a signal ended it; raises `subprocess.TimeoutExpired` if there is none."""
        ...


class Forked:
    """A process known by a pidfd.

    Args:
      pid: its number.
      pidfd: stands for it; closed by the end of it.
      reap: gives its exit code once it has ended, None if there is none.
    """

    def __init__(self, pid: int, pidfd: int, reap: Callable[[], int | None]) -> None:
        self.pid = pid
        self._pidfd = pidfd
        self._reap = reap
        self._code: int | None = None

    def send_signal(self, sig: int) -> None:
        if self._pidfd >= 0:
            signal.pidfd_send_signal(self._pidfd, sig)

    def poll(self) -> int | None:
        if self._pidfd < 0:
            return self._code or 0
        return 0 if select.select([self._pidfd], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        if self._code is None:
            self._code = self._reap()
        if self._code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return self._code

    def close(self) -> None:
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    __del__ = close


class Worker:
    """A process to exchange frames with.

    Args:
      process: leads a process group of its own, unless it is a copy.
      channel: the socket to it.
      gate: asks about forks of it and of its copies.
      own: what it is given to hold open, as /proc/PID/fd shows it; nothing can be read from what it prints to.
      watch: looked at while it runs; raises `WorkerLost` where it uses up what is no time.
    """

    def __init__(
        self,
        process: Process,
        channel: socket.socket,
        printed: Printed,
        gate: Gate,
        own: frozenset[str],
        watch: Callable[[], None],
    ) -> None:
        self.pid = process.pid
        self._process = process
        self._is_killed = False
        self.printed = printed
        self.gate = gate
        self._own = own
        self._watch = watch
        self._socket = channel
        self._socket.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)
        self._awaited = select.POLLIN
        self._printed_to = -1 if (descriptor := printed.fileno()) is None else descriptor
        for descriptor in (self._printed_to, gate.descriptor):
            if descriptor is not None and descriptor >= 0:
                self._poll.register(descriptor, select.POLLIN)
        self._received = bytearray()
        self._cpu_seen = 0.0
        self._written = (0, 0)
        self._looked = time.monotonic()
        self.budget = Budget(60.0, 5.0, 0.0)

    # -------------------------------------------------------------------------------------------------- budgets

    def allow(self, cpu: float, patience: float, *, interrupt: bool = False) -> None:
        """Starts a new budget."""
        self.budget = Budget(cpu, patience, self.cpu_seconds(), interrupt)

    def cpu_seconds(self) -> float:
        """CPU time that the worker has used up to now, all its threads together."""
        # The clock of another process: clock_getcpuclockid(3) gives (~pid << 3) | CPUCLOCK_SCHED.
        if self._is_killed:  # its number may be another's by now
            return self._cpu_seen
        with contextlib.suppress(OSError, OverflowError):  # it has ended, or this is no Linux
            self._cpu_seen = time.clock_gettime((~self.pid << 3) | 2)
        return self._cpu_seen

    def written(self) -> tuple[int, int]:
        """Bytes that it has handed to write(2) up to now, and that it has made the file system store.

        Files that have lost their name are seen in no folder, and what holds them may be out of sight as well.
        """
        if self._is_killed:
            return self._written
        with contextlib.suppress(OSError, KeyError, ValueError):
            lines = Path(f"/proc/{self.pid}/io").read_text().splitlines()
            facts = {name: int(value) for name, value in (line.split(":") for line in lines)}
            self._written = facts["wchar"], facts["write_bytes"]
        return self._written

    # --------------------------------------------------------------------------------------------------- frames

    def send(self, frame: bytes) -> None:
        """Writes a frame, and reads what the worker prints meanwhile."""
        view = memoryview(frame)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:
                self._wait(select.POLLOUT)
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
                piece = self._socket.recv(1 << 16)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                piece = b""
            if not piece:
                raise self._lost()
            if not self._received and is_whole(piece):
                return piece
            self._received += piece
            assert len(self._received) <= MAX_FRAME + (1 << 17)

    def _wait(self, event: int) -> None:
        """Waits until the socket is ready; keeps an eye on the budget and on what is printed."""
        if event != self._awaited:
            self._poll.modify(self._socket, event)
            self._awaited = event
        channel = self._socket.fileno()
        while True:
            if self._printed_to >= 0 and self.printed.fileno() is None:  # it or a copy of it was the last to print
                self._poll.unregister(self._printed_to)
                self._printed_to = -1
            is_ready = False
            for descriptor, events in self._poll.poll(POLL * 1000):
                if descriptor == channel:
                    is_ready = True
                elif descriptor == self._printed_to:
                    self.printed.drain()
                elif events & select.POLLIN:
                    self.gate.answer()
            if not is_ready or time.monotonic() - self._looked > POLL:
                self._watch_over()
            if is_ready:
                return

    def _watch_over(self) -> None:
        """Looks at the budget, and now and then at what else it uses up."""
        budget, now = self.budget, time.monotonic()
        if now - self._looked > POLL:
            self._looked = now
            try:
                self._watch()
            except WorkerLost:
                self.kill()
                raise
        if not budget.is_spent(self.cpu_seconds()):
            return
        if budget.interrupt and budget.interrupted_at is None:
            budget.interrupted_at = now
            self._signal(signal.SIGINT)
        elif budget.interrupted_at is None or now - budget.interrupted_at > GRACE:
            self.kill()
            raise WorkerLost("timed_out", f"ran longer than {budget.cpu:g} seconds and was stopped")

    # ----------------------------------------------------------------------------------------------------- forks

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return not self._is_killed and self._process.poll() is None

    def can_fork(self) -> bool:
        """Whether it has one thread: a fork would lack the others, and what they hold locked."""
        try:
            return self.gate.is_open and len(list(Path(f"/proc/{self.pid}/task").iterdir())) == 1
        except OSError:
            return False

    def left_open(self, scratch: Path) -> dict[str, str] | None:
        """What it holds open outside its scratch folder (fonts, say), with the state that forks share.

        None if it has something by which one fork could tell the next what it saw: a pipe, a file that it can write to,
        shared memory, a word that it has not been asked for.
        """
        if self._received or select.select([self._socket], [], [], 0)[0]:
            return None
        process = Path(f"/proc/{self.pid}")
        found = {}
        try:
            for link in (process / "fd").iterdir():
                target = str(link.readlink())
                found[link.name] = state = (process / "fdinfo" / link.name).read_text()
                if target in self._own:
                    continue
                is_read_only = int(state.split("flags:")[1].split()[0], 8) & os.O_ACCMODE == os.O_RDONLY
                if not (target.startswith("/") and is_read_only) or Path(target).is_relative_to(scratch):
                    return None
            # Under the filter no shared memory is to be had.
            is_shared = self.gate.descriptor is None and SHARED.search((process / "maps").read_text())
            return None if is_shared else found
        except (OSError, IndexError, ValueError):
            return None

    def stand_still(self) -> bool:
        """Stops it, so that it sees nothing of what its forks do; whether it will not be told of their ends either.

        It has handlers and timers of the student's, and may run the student's code in place of ours.
        """
        self._signal(signal.SIGSTOP)
        process = Path(f"/proc/{self.pid}")
        end = time.monotonic() + GRACE
        try:
            while (process / "stat").read_text().rpartition(") ")[2][:1] != "T":
                if time.monotonic() > end:
                    return False
                time.sleep(0.0002)
            ignored = int(IGNORED.search((process / "status").read_text())[1], 16)  # type: ignore[index]
            return bool(ignored >> (signal.SIGCHLD - 1) & 1)
        except OSError:
            return False

    def go_on(self) -> None:
        """Lets it run again."""
        self._signal(signal.SIGCONT)

    def fork(self, *, unseen: bool = False) -> Worker:
        """A copy of the process as it is now, with a socket of its own.

        Args:
          unseen: this process is not told of the copy's end, so nobody knows its exit code.

        Raises:
          WorkerLost: it can't be had.
        """
        ours, theirs = socket.socketpair()
        try:
            # The kernel says who sends: the word of the other side is not to be trusted with what is killed later.
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs:
                handed = f"socket:[{os.fstat(theirs.fileno()).st_ino}]"
                socket.send_fds(self._socket, [pack(CALL, {"op": "fork", "unseen": unseen})], [theirs.fileno()])
            self._let_fork(ours)
            frame, about, _, _ = ours.recvmsg(1 << 12, socket.CMSG_SPACE(CREDENTIALS.size))
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            unpack(frame)
            pid = next(
                CREDENTIALS.unpack(data)[0]
                for level, kind, data in about
                if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS)
            )
            pidfd = os.pidfd_open(pid)
            if os.getpgid(pid) != os.getpgid(self.pid):
                os.close(pidfd)
                raise OSError(errno.ESRCH, "not of its group")
            copy = Forked(pid, pidfd, (lambda: None) if unseen else (lambda: self._reap(pid)))
            end = time.monotonic() + GRACE
            while unseen and self._holds(handed) and time.monotonic() < end:  # it has not got round to close it
                time.sleep(0.0001)
            return Worker(copy, ours, self.printed, self.gate, self._own, self._watch)
        except (OSError, WireError, StopIteration) as error:
            ours.close()
            raise WorkerLost("crashed", f"could not be copied ({type(error).__name__})") from None

    def _let_fork(self, answer: socket.socket) -> None:
        """Waits for a word over the socket, and allows one fork meanwhile."""
        poll = select.poll()
        poll.register(answer, select.POLLIN)
        if self.gate.descriptor is not None:
            poll.register(self.gate.descriptor, select.POLLIN)
        self.gate.allow(self.pid)
        try:
            end = time.monotonic() + FORKING
            while time.monotonic() < end:
                ready = dict(poll.poll(FORKING * 1000))
                if answer.fileno() in ready:
                    return
                if self.gate.descriptor in ready:
                    self.gate.answer()
            raise TimeoutError
        finally:
            self.gate.allow(None)

    def _holds(self, target: str) -> bool:
        """Whether it has something open, as /proc/PID/fd shows it."""
        try:
            for link in Path(f"/proc/{self.pid}/fd").iterdir():
                with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                    if str(link.readlink()) == target:
                        return True
        except OSError:  # it has ended, or is another user's: `left_open` decides
            pass
        return False

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
        if code is None:
            has_ended = self._process.poll() is not None  # else it closed its socket and goes on
            self.kill()
            return WorkerLost("crashed", f"ended the {'interpreter' if has_ended else 'connection to the grader'}")
        if code == -signal.SIGKILL:
            return WorkerLost("out_of_memory", "was killed by the system, probably for want of memory")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return WorkerLost("crashed", f"crashed the interpreter (signal {name})")
        return WorkerLost("crashed", f"ended the interpreter with exit code {code}")

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            self._process.send_signal(number)

    def _exit_code(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(GRACE)
        return None

    def kill(self) -> None:
        """Ends the worker and what it started in its process group."""
        if self._is_killed:
            return
        self.cpu_seconds()
        self.written()
        self._is_killed = True
        self._signal(signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._exit_code()

    def close(self) -> None:
        """Ends the worker."""
        self.kill()
        if isinstance(self._process, Forked):
            self._process.close()
        self._socket.close()
