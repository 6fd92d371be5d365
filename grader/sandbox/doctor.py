"""Tries a dozen attacks against the wall of this machine, and says how each went."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import secrets
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from grader.submissions import parse

from . import scratch
from .isolation import Wall
from .limits import Limits
from .session import Session

LIMITS = Limits(loading=5.0, exercise=2.0, memory=1 << 28, file_size=16 << 20)
DYING = 0.5  # seconds for a process that was killed to be gone


@dataclasses.dataclass(frozen=True, slots=True)
class Attack:
    """One attack.

    Attributes:
      name: what it tries.
      code: what a submission does; names in capitals are those of `Surroundings`. It has succeeded if it prints TOKEN
        or `succeeded` says so.
    """

    name: str
    code: str
    succeeded: Callable[[Surroundings], bool] = lambda _: False


@dataclasses.dataclass(frozen=True, slots=True)
class Surroundings:
    """What attacks aim at.

    Attributes:
      folder: holds the file `secret`, in which the token is, and an empty folder `drop`.
      token: stands in no other place.
      listener: is connected to by nobody else.
      victim: a process that does nothing.
    """

    folder: Path
    token: str
    listener: socket.socket
    datagrams: socket.socket
    victim: subprocess.Popen[bytes]

    def fill(self, code: str) -> str:
        words = {
            "SECRET": repr(str(self.folder / "secret")),
            "DROP": repr(str(self.folder / "drop")),
            "PORT": str(self.listener.getsockname()[1]),
            "DATAGRAMS": repr(self.datagrams.getsockname()),
            "VICTIM": str(self.victim.pid),
            # Not the word itself: it would be found in the text of the submission.
            "TOKEN": f"{self.token[:8]!r} + {self.token[8:]!r}",
        }
        for word, value in words.items():
            code = code.replace(word, value)
        # One statement: of a module, the ones after a failing one are run.
        return "def attack():\n" + textwrap.indent(code, "    ") + "\nattack()\n"

    @property
    def dropped(self) -> bool:
        return any((self.folder / "drop").iterdir())

    @property
    def was_reached(self) -> bool:
        for each in (self.listener, self.datagrams):
            with contextlib.suppress(BlockingIOError):
                if each is self.listener:
                    each.accept()[0].close()
                else:
                    each.recv(1)
                return True
        return False


ATTACKS = (
    Attack("read a file of the judge's", "print(open(SECRET).read())"),
    Attack("list a folder of the judge's", "import os\nprint(TOKEN if 'secret' in os.listdir(DROP + '/..') else '')"),
    Attack("read the environment of another process", "print(TOKEN if open('/proc/VICTIM/environ').read() else '')"),
    Attack("write a file outside its folder", "open(DROP + '/file', 'w').write('x')", lambda at: at.dropped),
    Attack(
        "change a file's rights",
        "import os\nos.chmod(SECRET, 0o777)",
        lambda at: (at.folder / "secret").stat().st_mode & 0o777 != 0o600,
    ),
    Attack(
        "connect over TCP",
        "import socket\nsocket.create_connection(('127.0.0.1', PORT), 1)",
        lambda at: at.was_reached,
    ),
    Attack(
        "send to a local service",
        "import socket\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', DATAGRAMS)",
        lambda at: at.was_reached,
    ),
    Attack("start a program", "import subprocess, sys\nprint(subprocess.check_output(['/bin/echo', TOKEN]).decode())"),
    Attack(
        "leave a process behind",
        "import os\nif os.fork() == 0:\n    os.setsid()\n    print(TOKEN, flush=True)\n    os._exit(0)\nos.wait()",
    ),
    Attack("end another process", "import os\nos.kill(VICTIM, 9)", lambda at: _has_ended(at.victim)),
    Attack("trace another process", "import ctypes\nif ctypes.CDLL(None).ptrace(16, VICTIM, 0, 0) == 0: print(TOKEN)"),
    Attack("take more memory than allowed", "a = bytes(1 << 30)\nprint(TOKEN)"),
    Attack(
        "fill the disk",
        "for i in range(400):\n    open(f'{i}', 'wb').write(bytes(1 << 20))\n"
        "import time\nfor _ in range(20): time.sleep(0.1)\nprint(TOKEN)",
    ),
    Attack(
        "run for ever", "import time\nend = time.monotonic() + 20\nwhile time.monotonic() < end: pass\nprint(TOKEN)"
    ),
)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended: one that was killed is not gone at once on a busy machine."""
    try:
        process.wait(DYING)
    except subprocess.TimeoutExpired:
        return False
    return True


def examine(wall: Wall, attacks: Sequence[Attack] = ATTACKS) -> Iterator[tuple[Attack, bool]]:
    """Each attack, and whether it was stopped."""
    for attack in attacks:
        with surroundings() as at:
            submission = parse("attack", "attack.py", at.fill(attack.code).encode())
            with Session(submission, LIMITS, 0, wall) as session:
                printed = session.output
            yield attack, not (at.token in printed or attack.succeeded(at))


@contextlib.contextmanager
def surroundings() -> Iterator[Surroundings]:
    """Canaries, for as long as they are needed."""
    folder = scratch.new_folder()
    victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], env={"SECRET": "1"})
    try:
        with socket.socket() as listener, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
            token = secrets.token_hex(8)
            (folder / "secret").write_text(token)
            (folder / "secret").chmod(0o600)
            (folder / "drop").mkdir()
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            datagrams.bind(str(folder / "service"))
            for each in (listener, datagrams):
                each.setblocking(False)
            yield Surroundings(folder, token, listener, datagrams, victim)
    finally:
        victim.kill()
        victim.wait()
        scratch.remove(folder)
