"""The zygote as the judge sees it: asks it for workers, and starts another when it is gone."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import os
import select
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from . import scratch
from .facts import ZygoteError
from .isolation import Wall
from .limits import Limits
from .process import Forked, Gate, Printed, Process, Worker
from .readable import readable
from .worker.wire import frame_size, unpack

MAIN = Path(__file__).parent / "worker" / "main.py"
HAS_ZYGOTE = sys.platform == "linux"  # elsewhere a worker is a process that is started anew
STARTING = 120.0  # seconds of wall time for it to start, or to import what it is asked to


class Zygote:
    """One zygote; use `ask()`.

    Args:
      control: the socket to it.
      process: its process.
      errors: what it writes errors to.
    """

    def __init__(self, control: socket.socket, process: subprocess.Popen[bytes] | Forked, errors: IO[bytes]) -> None:
        self.process = process
        self._control = control
        self._control.settimeout(STARTING)
        self._errors = errors
        self._unanswered = 0  # requests whose answers nobody has waited for yet

    @classmethod
    def start(cls) -> Zygote:
        """A new one, which is not ready yet."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process that writes to it
        with theirs:
            process = subprocess.Popen(
                _command("zygote", theirs.fileno()),
                pass_fds=[theirs.fileno()],
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        made = cls(ours, process, errors)
        made.tell({"readable": readable()})
        return made

    def split(self) -> Zygote:
        """Another one, a fork of this one with all that it has imported."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                answer, (pidfd,) = self.ask({"op": "split"}, [theirs.fileno()])
        except BaseException:
            ours.close()
            raise
        return Zygote(ours, Forked(answer["pid"], pidfd, lambda: _code_by(pidfd)), self._errors)

    def tell(self, request: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Requests something; raises: ConnectionError if it is gone."""
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
        except OSError as error:
            raise ConnectionError(str(error)) from None
        self._unanswered += 1

    def ask(self, request: dict[str, Any], descriptors: Sequence[int]) -> tuple[dict[str, Any], list[int]]:
        """Its answer to a request, and the descriptors that came with it.

        Raises:
          ConnectionError: it is gone.
          ZygoteError: it could not do it.
        """
        self.tell(request, descriptors)
        answer: dict[str, Any] = {}
        passed: list[int] = []
        while self._unanswered and "error" not in answer:
            for each in passed:
                os.close(each)
            answer, passed = self._hear()
        if "error" in answer:
            raise ZygoteError(answer["error"])
        return answer, passed

    def _hear(self) -> tuple[dict[str, Any], list[int]]:
        """The answer to the oldest request that is not answered yet."""
        try:
            data, passed, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
        except TimeoutError:
            self.close()
            raise ZygoteError("the process that starts workers does not answer") from None
        except OSError as error:
            raise ConnectionError(str(error)) from None
        if not data:
            raise ConnectionError("it has ended")
        self._unanswered -= 1
        return json.loads(data), passed

    def errors(self) -> str:
        """What it wrote before it ended."""
        if self._errors.closed:
            return ""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1.0)
        self._errors.seek(0)
        return self._errors.read()[-4000:].decode(errors="replace")

    def leave(self) -> None:
        """Lets go of it: it goes on for the process that shares the socket, and ends with that one."""
        self._control.close()

    def close(self) -> None:
        """Ends it, and with it all its workers."""
        self._control.close()
        try:
            self.process.wait(2.0)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(2.0)
        if isinstance(self.process, subprocess.Popen):
            self._errors.close()


def _code_by(pidfd: int) -> int | None:
    """Nobody knows the exit code of what is no child of ours: 0 if it ends soon, None if it does not."""
    return 0 if select.select([pidfd], [], [], 1.0)[0] else None


_zygote: Zygote | None = None
_of_fork: Zygote | None = None  # what the next fork of the judge will have
_lock = threading.Lock()


@contextlib.contextmanager
def handed_on() -> Iterator[None]:
    """A fork of the judge that is made meanwhile has a fork of the zygote, with all its imports."""
    global _of_fork
    if _zygote is not None:
        with contextlib.suppress(ConnectionError, ZygoteError, OSError):  # it will start one of its own
            _of_fork = _zygote.split()
    try:
        yield
    finally:
        if _of_fork is not None:
            _of_fork.leave()
            _of_fork = None


def _in_fork() -> None:
    """The zygote is the parent's, which alone may tell it of its end."""
    global _zygote, _of_fork
    if _zygote is not None:
        _zygote.leave()
    _zygote, _of_fork = _of_fork, None
    scratch.forget()


def end() -> None:
    """Ends this process's zygote, if it has one, and removes what its workers ran in."""
    global _zygote
    try:
        if _zygote is not None:
            _zygote.close()
            _zygote = None
    finally:
        scratch.remove_all()


os.register_at_fork(after_in_child=_in_fork)
atexit.register(end)


def prepare(imports: Sequence[str] = ()) -> None:
    """Has the zygote started, and modules imported that workers will want, without waiting for it."""
    global _zygote
    if not HAS_ZYGOTE:
        return
    with _lock:
        if _zygote is None:
            _zygote = Zygote.start()
        if imports:
            with contextlib.suppress(ConnectionError):  # who asks it next sees that it is gone
                _zygote.tell({"op": "warm", "imports": list(imports)})


def ask(request: dict[str, Any], descriptors: Sequence[int] = ()) -> tuple[dict[str, Any], list[int]]:
    """Asks this process's zygote, which is started by the first question and again whenever it is gone.

    Raises:
      ZygoteError: it could not do it, or can't be started.
    """
    global _zygote
    with _lock:
        for is_last in (False, True):
            try:
                if _zygote is None:
                    _zygote = Zygote.start()
                return _zygote.ask(request, descriptors)
            except ConnectionError as error:
                text = _zygote.errors() if _zygote else str(error)
                if _zygote is not None:
                    _zygote.close()
                    _zygote = None
                if is_last:
                    raise ZygoteError(f"the process that starts workers has ended: {text}") from None
    raise AssertionError


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What a worker is wanted for.

    Attributes:
      scratch: the folder that it runs in.
      imports: modules that it will want.
      output: bytes of what it prints that are kept.
    """

    scratch: Path
    imports: tuple[str, ...]
    output: int


def spawn(order: Order, limits: Limits, wall: Wall, watch: Callable[[], None]) -> Worker:
    """A new worker, locked in.

    Raises:
      ZygoteError: there is none to be had.
    """
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    printed = Printed(os.fdopen(reading, "rb", buffering=0), order.output)
    own = {os.devnull, f"pipe:[{os.fstat(writing).st_ino}]", f"socket:[{os.fstat(theirs.fileno()).st_ino}]"}
    try:
        try:
            process = (_fork if HAS_ZYGOTE else _start)(order, limits, wall, theirs.fileno(), writing)
        finally:
            theirs.close()
            os.close(writing)
        listener = _first_word(ours, printed) if HAS_ZYGOTE else None
    except BaseException:
        ours.close()
        printed.close()
        raise
    gate = Gate(listener, is_open=HAS_ZYGOTE and (listener is not None or "seccomp" not in wall.layers))
    return Worker(process, ours, printed, gate, frozenset(own), watch)


def _fork(order: Order, limits: Limits, wall: Wall, channel: int, printed: int) -> Process:
    """A fork of the zygote, which goes on to lock itself in."""
    request = {
        "op": "spawn",
        "scratch": str(order.scratch),
        "imports": order.imports,
        "layers": wall.layers,
        "user": wall.user,
        "memory": limits.memory,
        "file_size": limits.file_size,
        # Far above what the judge allows: for a judge that is gone.
        "cpu": int(limits.loading + limits.whole + 60),
    }
    answer, (pidfd,) = ask(request, [channel, printed])
    pid = answer["pid"]
    return Forked(pid, pidfd, lambda: _exit_code(pid))


def _start(order: Order, limits: Limits, wall: Wall, channel: int, printed: int) -> Process:
    """A process of its own, with nothing around it: where there is no Linux."""
    scratch = str(order.scratch)
    own = dict.fromkeys(("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"), scratch)
    return subprocess.Popen(
        _command("worker", channel),
        pass_fds=[channel],
        cwd=scratch,
        env={**_environment(), **own, "MPLBACKEND": "Agg"},
        stdin=subprocess.DEVNULL,
        stdout=printed,
        stderr=printed,
        start_new_session=True,
    )


def _command(what: str, channel: int) -> list[str]:
    packages = dict.fromkeys(sysconfig.get_paths()[key] for key in ("purelib", "platlib"))
    # Not -I, which would ignore PYTHONHASHSEED.
    return [sys.executable, "-s", "-P", "-S", "-B", str(MAIN), what, str(channel), *packages]


def _first_word(channel: socket.socket, printed: Printed) -> int | None:
    """Waits until a worker is locked in; the filter's listener comes with its first word."""
    channel.settimeout(STARTING)
    data, descriptors, _, _ = socket.recv_fds(channel, 4, 1)
    try:
        while data and len(data) < (4 if len(data) < 4 else frame_size(data)):
            data += channel.recv(1 << 16)
        failed = unpack(data)[1].get("failed") if data else "it ended at once"
    except (OSError, ValueError) as error:
        failed = str(error)
    if failed is not None:
        printed.drain()
        raise ZygoteError(f"a worker could not be locked in: {failed}\n{printed.text.decode(errors='replace')}")
    return descriptors[0] if descriptors else None


def _exit_code(pid: int) -> int | None:
    try:
        code = ask({"op": "reap", "pid": pid})[0]["code"]
    except ZygoteError:
        return None
    return code if type(code) is int else None


def _environment() -> dict[str, str]:
    """Nothing of the judge's but where the C libraries are."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grader" / "matplotlib"
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **kept,
        "HOME": "/",
        "MPLCONFIGDIR": str(cache),  # where its list of fonts is kept from run to run
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        # One thread: results don't depend on the machine's cores, and neighbours keep theirs.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
