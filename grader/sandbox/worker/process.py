"""The worker's main loop: frames in, frames out, and the submission between them."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import struct
import sys
import threading
import time
from typing import Any

from . import imports
from .lockdown import die_with_parent
from .module import Module
from .practice import stand_in
from .servant import CAUGHT, Servant, describe, seed_everything
from .wire import CALL, JUPYTER, frame_size, is_whole, pack, unpack

DESCRIPTOR = struct.Struct("i")
ROOM = socket.CMSG_SPACE(DESCRIPTOR.size)  # for one that is handed over


class Wire:
    """The one socket; frames are written under a lock because a student's threads may print at any time."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._lock = threading.Lock()
        self._handed: list[int] = []
        self._received = bytearray()

    def send(self, frame: bytes) -> None:
        with self._lock:
            self._socket.sendall(frame)

    def receive(self) -> bytes:
        while len(self._received) < 4 or len(self._received) < frame_size(self._received):
            piece, handed, _, _ = self._socket.recvmsg(1 << 14, ROOM)
            if not piece:
                os._exit(0)  # the judge has hung up
            for _, _, data in handed:
                self._handed += DESCRIPTOR.unpack(data)
            if not self._received and is_whole(piece):
                return piece
            self._received += piece
        size = frame_size(self._received)
        frame = bytes(self._received[:size])
        del self._received[:size]
        return frame

    def fork(self, unseen: bool) -> None:
        """Makes a copy of this process, whose frames go over the socket that was handed in.

        Args:
          unseen: whether the kernel is to tell this process nothing of the copy's end (wait(2)).
        """
        descriptor = self._handed.pop()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN if unseen else signal.SIG_DFL)
        try:
            is_copy = os.fork() == 0
        except OSError:
            is_copy = False  # the closed socket says so
        if not is_copy:
            os.close(descriptor)
            return
        die_with_parent()
        self._socket.close()
        self._socket = socket.socket(fileno=descriptor)
        self.send(pack(CALL, {}))

    def ask(self, frame: bytes) -> bytes:
        self.send(frame)
        return self.receive()


@contextlib.contextmanager
def interruptible() -> Any:
    """While student code runs, SIGINT raises KeyboardInterrupt in it; at any other moment it is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def serve(descriptor: int) -> None:
    """Serves one submission until the judge hangs up.

    The first frame is

        {"op": "start", "kind": "module" | "notebook", "file": "hw.py", "script": false, "seed": 0, "output": …}

    then come cells ("run" for modules, Jupyter messages for notebooks) and the requests that `servant` knows.  The
    current folder is the private scratch folder; the submission lies in it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wire = Wire(descriptor)
    _, start, _ = unpack(wire.receive())
    scratch = os.getcwd()
    sys.path.insert(0, scratch)
    sys.argv = [start["file"]]
    sys.dont_write_bytecode = True
    stand_in()
    imports.close()
    seed_everything(start["seed"])

    def is_own(name: str) -> bool:
        return name.startswith(("<cell ", scratch + os.sep))

    shell: Any = None
    module = Module(start["file"], start["script"])
    namespace = module.module.__dict__
    if start["kind"] == "notebook":
        from .shell import make_shell

        shell = make_shell(wire.send, is_own, 2 * start["output"])
        namespace = shell.user_ns
    servant = Servant(namespace, wire.ask, is_own)
    random.seed(start["seed"])
    wire.send(pack(CALL, {}))
    while True:
        channel, request, buffers = unpack(wire.receive())
        if channel == JUPYTER:
            shell.serve(request, interruptible)
        elif request.get("op") == "run":
            wire.send(pack(CALL, _run(module, request["source"], is_own)))
        elif request.get("op") == "fork":
            wire.fork(request["unseen"])
        elif request.get("op") == "reap":
            wire.send(pack(CALL, {"code": _reap(request["pid"])}))
        else:
            wire.send(servant.answer(request, buffers))


def _reap(pid: int) -> int | None:
    """The exit code of a copy that has ended, or does so within a second."""
    end = time.monotonic() + 1.0
    with contextlib.suppress(OSError):
        while time.monotonic() < end:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
    return None


def _run(module: Module, source: str, is_own: Any) -> dict[str, Any]:
    try:
        with interruptible():
            module.run(source)
    except CAUGHT as error:
        return {"error": describe(error, is_own)}
    finally:
        with contextlib.suppress(CAUGHT):  # stdout may be anything by now
            sys.stdout.flush()
    return {}
