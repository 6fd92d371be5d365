"""A process that makes one call after another for `processes.Processes`.

It is a fork, or is started with the number of its socket.  It reads pickled (function, arguments, named arguments) and
answers with (True, result) or (False, traceback).  It ends when the socket is closed on the other side, or at SIGTERM;
what it is busy with then cleans up behind itself.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from typing import Any

from grader.sandbox import zygote


class Stop(BaseException):
    """Ends the process; no handler of exceptions on the way takes it for its own."""


def main() -> None:
    serve(Connection(int(sys.argv[1])))


def serve(connection: Connection, *calls: tuple[Any, Any, Any]) -> None:
    """Makes some calls, and then those that are asked for."""
    try:
        signal.signal(signal.SIGTERM, _stop)
        threading.Thread(target=_watch, args=(connection.fileno(),), daemon=True).start()
        try:
            for call in calls:
                connection.send(_call(*call))
            while True:
                connection.send(_call(*connection.recv()))
        except (EOFError, OSError):  # whoever started us is gone, or wants us to go
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except Stop:
        pass
    zygote.end()


def _call(function: Any, arguments: Any, named: Any) -> tuple[bool, Any]:
    try:
        return True, function(*arguments, **named)
    except Exception:
        return False, traceback.format_exc()


def _stop(number: int, frame: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough, and must not disturb the cleaning up
    raise Stop


def _watch(socket: int) -> None:
    """Stops the process when the other end of its socket is closed: it may be busy, and would not notice."""
    poll = select.poll()
    poll.register(socket, getattr(select, "POLLRDHUP", select.POLLHUP))  # the second where there is no Linux
    poll.poll()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
