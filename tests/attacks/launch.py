"""The real command, with parts of the wall taken away: how an attack is first seen to succeed.

    python -m tests.attacks.launch JSON grade PACK FILES… -o DIR

JSON: {"layers": those of the wall that stay (null: as the command chooses), "off": names of `DEFENCES`, "limits": what
the pack's are replaced with, "user": whom to be, "refused": whether namespaces are refused as in a container}.
After the command the reports are shown in full, as `grader show` does.
"""

from __future__ import annotations

import ctypes
import dataclasses
import importlib
import json
import os
import platform
import struct
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.revealed import reveal_python

# What a container's default filter refuses (moby's profiles/seccomp/default.json, without CAP_SYS_ADMIN), x86-64:
# unshare, mount, umount2, setns, pivot_root, keyctl, add_key, request_key, bpf, perf_event_open, userfaultfd,
# open_tree to fspick, move_mount, io_uring_setup to _register, mount_setattr.
REFUSED = (272, 165, 166, 308, 155, 250, 248, 249, 321, 298, 323, *range(428, 434), 425, 426, 427, 442)
NEW_NAMESPACES = 0x7E020000


def refuse_namespaces() -> None:
    """Puts this process under a filter like Docker's: neither unshare(2) nor clone(2) makes a namespace."""
    load, equal, any_bit, give = 0x20, 0x15, 0x45, 0x06
    allow, eperm, enosys = 0x7FFF0000, 0x00050001, 0x00050026
    code = [(load, 0, 0, 0)]
    code += [each for number in REFUSED for each in ((equal, 0, 1, number), (give, 0, 0, eperm))]
    code += [(equal, 0, 1, 435), (give, 0, 0, enosys)]  # clone3: its flags lie in memory
    code += [(equal, 0, 3, 56), (load, 0, 0, 16), (any_bit, 0, 1, NEW_NAMESPACES), (give, 0, 0, eperm)]
    code += [(give, 0, 0, allow)]
    buffer = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *each) for each in code))
    libc = ctypes.CDLL(None, use_errno=True)
    program = struct.pack("@HP", len(code), ctypes.addressof(buffer))
    if platform.machine() != "x86_64" or libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.c_char_p(program)):
        raise OSError(ctypes.get_errno(), "the filter could not be installed")


def become(user: int) -> None:
    """Makes this process an ordinary user's, who can reach the interpreter and this project wherever they lie."""
    reveal_python()
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


# ------------------------------------------------------------------------------- the judge's own defences, taken away


def instead(place: Any, name: str, value: Any) -> None:
    assert hasattr(place, name), f"{place} has no {name}"
    setattr(place, name, value)


def no_budgets() -> None:
    """What runs is never stopped."""
    from grader.sandbox.process import Budget

    instead(Budget, "is_spent", lambda self, cpu_now: False)


def no_quota() -> None:
    """Nobody looks at what is written."""
    from grader.sandbox.session import Session

    instead(Session, "_watch", lambda self: None)


def no_escaping() -> None:
    """Text is shown as it came."""
    importlib.import_module("grader.cli.main")
    for module in list(sys.modules.values()):
        if module.__name__.startswith("grader") and hasattr(module, "shown"):
            instead(module, "shown", lambda text, limit=500: text[:limit])


def no_fresh_copies() -> None:
    """An exercise with an oracle runs in a fork like any other, and what it leaves stays."""
    from grader.sandbox.session import Session

    copy = Session.copy
    instead(Session, "copy", lambda self, *, alone: copy(self, alone=False))


def no_gate() -> None:
    """Whoever asks for a fork gets it."""
    from grader.sandbox.process import Gate

    answer = Gate.answer

    def generous(self: Any) -> None:
        class Anyone:
            def __eq__(self, other: object) -> bool:
                return True

            __hash__ = None  # type: ignore[assignment]

        self._allowed = Anyone()
        answer(self)

    instead(Gate, "answer", generous)


def no_group() -> None:
    """The end of a worker is its own alone."""
    os.killpg = lambda pid, number: None


def own_environment() -> None:
    """The zygote gets the judge's environment."""
    from grader.sandbox import zygote

    environment = zygote._environment
    zygote._environment = lambda: {**os.environ, **environment()}


def no_process() -> None:
    """The submission runs in the judge's own process, as in the graders that people write first."""
    from grader.cli import classes
    from grader.packs.implementation import Local

    class InProcess:
        note, loading = "", ()

        def __init__(self, submission: Any, limits: Any, seed: int, wall: Any = None) -> None:
            self.isolation: dict[str, Any] = {}
            module = types.ModuleType(submission.id)
            module.__file__ = submission.name
            sys.modules[submission.id] = module
            self._namespace = module.__dict__
            for cell in submission.cells:
                try:
                    exec(compile("\n" * (cell.line - 1) + cell.source, submission.name, "exec"), self._namespace)
                except BaseException:
                    continue

        def copy(self, *, alone: bool) -> Any:
            local: Any = Local(self._namespace)
            local.allow, local.close, local.is_lost = (lambda cpu: None), (lambda: None), False
            return local

        def place(self, frame: Any) -> None:
            return None

        def spent(self) -> float:
            return 0.0

        def close(self) -> None:
            pass

    instead(classes, "Session", InProcess)


def trusting_reader() -> None:
    """Frames are read as if nobody would ever send a wrong one."""
    from grader.packs import implementation
    from grader.sandbox import process, session
    from grader.sandbox.worker import wire

    def frame_size(start: bytes | bytearray) -> int:
        return int(struct.unpack_from(">I", start)[0]) + 4

    def unpack(frame: bytes | bytearray) -> tuple[int, dict[str, Any], list[memoryview]]:
        _, channel, length = wire.HEAD.unpack_from(frame)
        header = json.loads(bytes(frame[wire.HEAD.size : wire.HEAD.size + length]))
        view, buffers, start = memoryview(frame)[wire.HEAD.size + length :], [], 0
        for size in header.get("buffers", []):
            buffers.append(view[start : start + size])
            start += size
        return channel, header, buffers

    class Trusting(wire.Decoder):
        def value(self, node: Any, depth: int = 0) -> Any:
            if node is None or type(node) in (bool, int, float, str):
                return node
            ((tag, content),) = node.items()
            if tag in self._special:
                return self._special[tag](content)
            if tag not in ("a", "s", "t"):
                return wire.READERS[tag](self, content, depth)
            import numpy as np

            name, shape, index = content
            array = np.frombuffer(self._buffers[index], np.dtype(name)).reshape(shape).copy()
            return array[()] if tag == "s" else array

    instead(process, "frame_size", frame_size)
    instead(process, "MAX_FRAME", 1 << 40)
    for module in (process, session, implementation):
        instead(module, "unpack", unpack)
    instead(implementation, "Decoder", Trusting)


def no_own_process() -> None:
    """All exercises share one process, and what the judge was asked to hand in stays there for good."""
    from grader.packs.implementation import Connection
    from grader.sandbox.session import Copy, Session

    instead(Session, "copy", lambda self, *, alone: Copy(self, self._live(), is_fork=False, before=None))
    functions: dict[int, Any] = {}
    instead(Connection, "_functions", property(lambda self: functions, lambda self, value: None))


def no_checks_of_answers() -> None:
    """What a reply holds is taken for what it should be."""
    from grader.sandbox import session

    from grader.packs import implementation

    def unchecked(error: Any) -> Any:
        return {"type": "", "text": "", "frames": [], **error} if isinstance(error, dict) else error

    for module in (session, implementation):
        instead(module, "checked_error", unchecked)
    instead(implementation.Connection, "names", lambda self: list(self._now({"op": "names"}, "")))


def no_checks_of_messages() -> None:
    """nbclient gets whatever comes."""
    from grader.sandbox import session

    instead(session, "checked_message", lambda header: (header["channel"], header["message"]))


DEFENCES: dict[str, Callable[[], None]] = {
    "budgets": no_budgets,
    "quota": no_quota,
    "escaping": no_escaping,
    "fresh copies": no_fresh_copies,
    "gate": no_gate,
    "process group": no_group,
    "environment": own_environment,
    "process": no_process,
    "reader": trusting_reader,
    "answers": no_checks_of_answers,
    "messages": no_checks_of_messages,
    "fresh process": no_own_process,
}


def main(how: dict[str, Any], arguments: list[str]) -> None:
    if "user" in (how.get("layers") or ()):
        reveal_python()
    if how.get("user"):
        become(how["user"])
    if how.get("refused"):
        refuse_namespaces()

    from rich.console import Console

    from grader.batch.attempts import Entry
    from grader.cli import classes, show
    from grader.cli import main as command
    from grader.packs.model import Pack
    from grader.reports import from_json
    from grader.sandbox import Wall

    # All in this process: in those of a class, nothing would be changed.
    somewhere = classes.somewhere
    instead(
        classes, "somewhere", lambda task, entries, *rest, **more: somewhere(task, [Entry((), (0,))], *rest, **more)
    )
    if how.get("limits"):
        prepare = Pack.__init__

        def limited(self: Any, *args: Any, **kwargs: Any) -> None:
            prepare(self, *args, **kwargs)
            self.limits = dataclasses.replace(self.limits, **how["limits"])

        instead(Pack, "__init__", limited)
    if how.get("layers") is not None:
        instead(command, "choose", lambda demand, secrets: Wall(tuple(how["layers"])))
    for name in how.get("off", []):
        DEFENCES[name]()
    sys.argv = ["grader", *arguments]
    code: Any = 0
    try:
        command.main()
    except SystemExit as end:
        code = end.code
    console = Console(highlight=False, width=200)
    for path in sorted(Path(arguments[arguments.index("-o") + 1]).glob("*.json")):
        if path.name != "summary.json" and path.stat().st_size:
            report = from_json(path.read_bytes())
            print("===", path.stem)
            console.print(show.result(report))
            for each in report.exercises:
                console.print(show.exercise(each))
    sys.exit(code)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
