"""The zygote: a clean process with all imports done, of which each submission gets a fork, locked before it is used.

It is started with an environment of its own, holds no secret, has one thread, and never runs student code.  The judge
talks to it in JSON messages over a socket of packets; descriptors travel beside them (SCM_RIGHTS):

    {"op": "spawn", "scratch": …, "imports": […], "layers": […], "memory": …, "file_size": …, "cpu": …, "user": …}
        with the worker's socket and the pipe it prints to   ->  {"pid": …}, with a pidfd
    {"op": "reap", "pid": …}                                 ->  {"code": …}: as `subprocess` has it, null if it goes on
    {"op": "warm", "imports": […]}                           ->  {}: they are imported
    {"op": "split"} with a socket of packets                 ->  {"pid": …}, with a pidfd: another zygote like this one
    {"op": "probe", "canary": …, "user": …}                  ->  {"layers": {name: "" or what is wrong with it}}

What failed is answered by {"error": …}.  When the judge hangs up, the zygote ends all its workers, and itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from . import landlock, seccomp
from .lockdown import Bounds, lock
from .process import serve
from .wire import CALL, pack

PR_SET_CHILD_SUBREAPER = 36
MAX_MESSAGE = 1 << 16


def run(descriptor: int) -> None:
    """Serves the judge until it hangs up."""
    control = socket.socket(fileno=descriptor)
    setup = json.loads(control.recv(1 << 20))
    sys.dont_write_bytecode = True
    _adopt_orphans()
    grants = []
    for path, rights in setup["readable"]:
        with contextlib.suppress(OSError):  # not on this machine
            grants.append((os.open(path, os.O_PATH | os.O_CLOEXEC), rights))
    warm(USUAL)
    seccomp.prepare()
    _settle()
    control.send(b"{}")
    Zygote(control, grants).serve()


class Zygote:
    """Forks workers.

    Args:
      grants: what they may read.
    """

    def __init__(self, control: socket.socket, grants: Sequence[landlock.Grant]) -> None:
        self._control = control
        self._grants = grants
        self._codes: dict[int, int | None] = {}  # of the workers that were not asked for yet

    def serve(self) -> None:
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, MAX_MESSAGE, 2)
            if not data:
                break
            passed: list[int] = []
            try:
                request = json.loads(data)
                answer: dict[str, Any]
                if request["op"] == "spawn":
                    warm(request["imports"])
                    pid = self._spawn(request, *descriptors)
                    answer, passed = {"pid": pid}, [os.pidfd_open(pid)]
                elif request["op"] == "reap":
                    answer = {"code": self._reap(request["pid"])}
                elif request["op"] == "warm":
                    warm(request["imports"])
                    answer = {}
                elif request["op"] == "split":
                    pid = self._split(*descriptors)
                    if not pid:
                        continue
                    answer, passed = {"pid": pid}, [os.pidfd_open(pid)]
                else:
                    answer = {"layers": probe(request["canary"], request["user"], self._grants)}
            except Exception:
                answer = {"error": traceback.format_exc()[-4000:]}
            socket.send_fds(self._control, [json.dumps(answer).encode()], passed)
            for each in (*descriptors, *passed):
                os.close(each)
            self._sweep()
        for pid, code in self._codes.items():
            if code is None:
                with contextlib.suppress(OSError):
                    os.killpg(pid, signal.SIGKILL)
        os._exit(0)  # what it has imported need not be taken down piece by piece

    def _spawn(self, request: dict[str, Any], wire: int, printed: int) -> int:
        pid = os.fork()
        if pid == 0:
            self._control.close()
            become_worker(request, wire, printed, self._grants)
        self._codes[pid] = None
        return pid

    def _split(self, control: int) -> int:
        """Its process; 0 in the other one, which serves whoever holds the other end of the socket."""
        pid = os.fork()
        if pid == 0:
            os.setsid()
            self._control.close()
            self._control = socket.socket(fileno=control)
            self._codes = {}
            _adopt_orphans()
        return pid

    def _sweep(self) -> None:
        """Takes note of what has ended."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid in self._codes:
                    self._codes[pid] = os.waitstatus_to_exitcode(status)

    def _reap(self, pid: int) -> int | None:
        """The exit code of a worker that has ended or does so within a second."""
        end = time.monotonic() + 1.0
        while self._codes.get(pid, 0) is None and time.monotonic() < end:
            self._sweep()
            if self._codes[pid] is None:
                time.sleep(0.0005)
        code = self._codes.get(pid)
        if code is not None:
            del self._codes[pid]
        return code


def _adopt_orphans() -> None:
    """What a worker leaves behind becomes this process's child; a fork does not inherit that."""
    ctypes.CDLL(None).prctl(*map(ctypes.c_ulong, (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)))


def become_worker(request: dict[str, Any], wire: int, printed: int, grants: Sequence[landlock.Grant]) -> NoReturn:
    """Goes on as a worker, and ends as one."""
    try:
        os.setsid()
        scratch = request["scratch"]
        os.chdir(scratch)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"):
            os.environ[name] = scratch
        os.environ["MPLBACKEND"] = "Agg"
        matplotlib: Any = sys.modules.get("matplotlib")
        if matplotlib is not None:
            matplotlib.rcParams["backend"] = "Agg"
        bounds = Bounds(request["memory"], request["file_size"], request["cpu"])
        channel = socket.socket(fileno=wire)
        listener: int | None = None
        try:
            listener = lock(request["layers"], bounds, grants, scratch, [0, 1, 2, wire], request["user"])
        except Exception as error:
            channel.sendall(pack(CALL, {"failed": str(error)}))
            os._exit(70)
        socket.send_fds(channel, [pack(CALL, {})], [] if listener is None else [listener])
        if listener is not None:
            os.close(listener)
        serve(channel.detach())
    except BaseException:
        with contextlib.suppress(BaseException):
            traceback.print_exc()
    os._exit(70)


# --------------------------------------------------------------------------------------------------------- imports

# What nearly every submission imports, or NumPy does late.
USUAL = (
    "numpy.random", "numpy.linalg", "abc", "argparse", "ast", "collections", "contextlib", "copy",
    "dataclasses", "datetime", "enum", "functools", "inspect", "io", "itertools", "json", "linecache", "logging",
    "math", "operator", "os", "pathlib", "pprint", "random", "statistics", "string", "textwrap", "time", "timeit",
    "types", "typing", "warnings",
)  # fmt: skip


def warm(names: Sequence[str]) -> None:
    """Imports what workers will want, once for all of them.

    Raises:
      RuntimeError: an import started a thread, which a fork would lack.
    """
    wanted = [name for name in names if name not in sys.modules]
    for name in wanted:
        with contextlib.suppress(ImportError):  # it is not installed: a student's own import says so
            WARM.get(name, importlib.import_module)(name)
    if wanted:
        _settle()


def _settle() -> None:
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("an import has started a thread")
    gc.collect()
    gc.freeze()  # the collector doesn't write to what is here already, so that it stays shared with the forks


def _torch(name: str) -> None:
    torch: Any = importlib.import_module(name)
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    # The first optimizer imports 800 more modules (torch._dynamo). No backward pass here: it would start threads.
    parameter = torch.nn.Parameter(torch.zeros(2))
    optimizer = torch.optim.SGD([parameter])
    parameter.grad = torch.zeros(2)
    optimizer.step()
    torch.optim.Adam([parameter])
    repr(torch.nn.Linear(2, 2)(torch.zeros(1, 2)))


def _matplotlib(name: str) -> None:
    importlib.import_module("matplotlib.pyplot")
    importlib.import_module("matplotlib.backends.backend_agg")
    importlib.import_module("matplotlib.font_manager")
    with contextlib.suppress(ImportError, AttributeError):  # since 3.9: looks through all packages when first asked
        backends: Any = importlib.import_module("matplotlib.backends.registry")
        backends.backend_registry.list_all()


def _ipython(name: str) -> None:
    importlib.import_module("_grader_worker.shell")
    importlib.import_module("IPython.display")
    for each in _imported_by_a_cell():  # it imports much when it is first wanted
        with contextlib.suppress(Exception):
            importlib.import_module(each)


def _imported_by_a_cell() -> list[str]:
    """The modules that a shell imports for its first cell; found in a fork, so that no shell is left here."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            before = set(sys.modules)
            shell: Any = importlib.import_module("_grader_worker.shell")
            request = {"header": {"msg_type": "execute_request"}, "content": {"code": "print(1)\n1 / 0", "cell": 1}}
            made = shell.make_shell(lambda frame: None, lambda file: False, 1)
            made.serve({"message": request}, contextlib.nullcontext)
            os.write(writing, json.dumps(sorted(sys.modules.keys() - before)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        found: list[str] = json.loads(pipe.read() or b"[]")
    os.waitpid(pid, 0)
    return found


WARM: dict[str, Callable[[str], object]] = {"torch": _torch, "matplotlib": _matplotlib, "IPython": _ipython}


# ---------------------------------------------------------------------------------------------------------- probing


def probe(canary: str, user: int, grants: Sequence[landlock.Grant]) -> dict[str, str]:
    """Tries each layer in a process of its own: "" where it keeps what it promises, else what is wrong with it.

    Args:
      canary: a file that a worker must not be able to read; a new folder beside it is the scratch folder.
      user: the unused user.
    """
    scratch = canary + ".scratch"
    os.mkdir(scratch)
    try:
        return {
            name: _tried(lambda name=name, test=test: _hold(name, test, canary, scratch, user, grants))  # type: ignore[misc]
            for name, test in TESTS.items()
        }
    finally:
        os.rmdir(scratch)


def _hold(
    name: str, test: Callable[[str], str], canary: str, scratch: str, user: int, grants: Sequence[landlock.Grant]
) -> str:
    try:
        lock([name], Bounds(1 << 28, 1 << 16, 60), grants, scratch, [0, 1, 2], user, may_fork=False)
    except OSError as error:
        return f"can't be had: {error.strerror or error}"
    return test(canary)


def _tried(trial: Callable[[], str]) -> str:
    """What a trial says, which is made in a fork."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(writing, 1)  # survives the closing of all others
            os.write(1, b"x" + trial().encode())
        except BaseException as error:
            with contextlib.suppress(BaseException):
                os.write(1, f"x{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(writing)
    text = b""
    if select.select([reading], [], [], 10)[0]:
        text = os.read(reading, 4096)
    os.close(reading)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return text[1:].decode(errors="replace") if text else "the trial did not come back"


def _can_read(canary: str) -> str:
    try:
        os.close(os.open(canary, os.O_RDONLY))
    except OSError:
        return ""
    return "a file outside could be read"


def _can_connect(_: str) -> str:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))  # a documentation address
    except OSError:
        return ""
    return "a socket could be opened"


def _can_allocate(_: str) -> str:
    try:
        bytes(1 << 30)  # calloc: asked for, never touched
    except MemoryError:
        return ""
    return "more memory could be had than allowed"


def _can_have_rights(_: str) -> str:
    with open("/proc/self/status") as status:
        held = [line.split()[1] for line in status if line.startswith("CapEff")]
    return "" if not int(held[0], 16) else "it has kept rights of root's"


TESTS: dict[str, Callable[[str], str]] = {
    "limits": _can_allocate,
    "user": _can_read,
    "namespaces": _can_connect,
    "landlock": _can_read,
    "rights": _can_have_rights,
    "seccomp": _can_connect,
}
