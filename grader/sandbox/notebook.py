"""Just enough of a kernel manager and client for nbclient to run a notebook in a worker.

nbclient asks a manager for `client`, `start_kernel`, `is_alive`, `interrupt_kernel`, `shutdown_kernel`,
`cleanup_resources` and `has_kernel`, and a client for `kernel_info`, `execute`, `wait_for_ready`, `stop_channels`
and two channels with `get_msg` (read off nbclient 0.11, client.py).  Here all of them sit on the worker's one
socket; the channels take the frames that the judge's own reader has checked.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from nbclient import NotebookClient

from .worker.wire import JUPYTER, pack

if TYPE_CHECKING:
    from nbformat import NotebookNode

MAX_DISPLAY = 8 << 20  # bytes of figures and other rich output that are kept
MESSAGE = 4096  # bytes that each message counts beside its own: nbclient looks through those that it has kept


class Frames(Protocol):
    """Where frames go to and come from."""

    def send(self, frame: bytes) -> None: ...

    def receive_message(self) -> tuple[str, dict[str, Any], int]:
        """Channel name ("iopub" or "shell") and message of the next Jupyter frame."""
        ...

    def keep(self, text: bytes) -> int: ...


class Channel:
    """One of a client's two channels."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.messages: deque[dict[str, Any]] = deque()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; the budget of the worker, not `timeout`, is what ends the wait."""
        while not self.messages:
            self._client.pump()
            await asyncio.sleep(0)  # lets nbclient's other reader have what came for it
        return self.messages.popleft()


class Client:
    """A kernel client; `reply` keeps the last execute_reply's content."""

    allow_stdin = False

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self.shell_channel = Channel(self)
        self.iopub_channel = Channel(self)
        self.cell = 0
        self.reply: dict[str, Any] = {}
        self._display_room = MAX_DISPLAY

    def start_channels(self, **_: Any) -> None:
        pass

    def stop_channels(self) -> None:
        pass

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        pass

    async def is_alive(self) -> bool:
        return True  # its death raises `WorkerLost` out of `pump` at once

    def kernel_info(self) -> str:
        return self._request("kernel_info_request", {})

    def execute(self, code: str, **_: Any) -> str:
        self.reply = {}
        return self._request("execute_request", {"code": code, "cell": self.cell})

    def _request(self, kind: str, content: dict[str, Any]) -> str:
        number = uuid.uuid4().hex
        message = {"header": {"msg_id": number, "msg_type": kind}, "content": content}
        self._frames.send(pack(JUPYTER, {"message": message}))
        return number

    def pump(self) -> None:
        """Reads one message and hands it to its channel."""
        name, message, size = self._frames.receive_message()
        if name == "shell":
            if message["msg_type"] == "execute_reply":
                self.reply = message["content"]
            self.shell_channel.messages.append(message)
        elif self._is_kept(message, size):
            self.iopub_channel.messages.append(message)

    def _is_kept(self, message: dict[str, Any], size: int) -> bool:
        """Cuts output where there is no room left; nbclient itself would keep it all.

        Args:
          size: bytes of its frame.
        """
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            text = str(content.get("text", "")).encode(errors="replace")
            kept = self._frames.keep(text)
            content["text"] = text[:kept].decode(errors="replace")
            return kept > 0
        if kind in ("status", "execute_input"):  # nbclient waits for the former, and keeps neither
            return True
        self._display_room -= size + MESSAGE
        return self._display_room >= 0


class Manager:
    """A kernel manager whose kernel is there already."""

    kernel_name = "python3"
    kernel_spec = None
    has_kernel = True
    ipykernel = True

    def __init__(self, client: Client) -> None:
        self._client = client

    def client(self) -> Client:
        return self._client

    async def start_kernel(self, **_: Any) -> None:
        pass

    async def is_alive(self) -> bool:
        return True

    async def interrupt_kernel(self) -> None:
        pass

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        pass

    async def cleanup_resources(self, restart: bool = False) -> None:
        pass


class Notebook(NotebookClient):
    """nbclient on a worker.  Stored tags such as `skip-execution` are ignored: every code cell runs."""

    def __init__(self, notebook: NotebookNode, client: Client) -> None:
        options: dict[str, Any] = {"timeout": None, "allow_errors": True, "skip_cells_with_tag": ""}
        manager: Any = Manager(client)
        super().__init__(notebook, km=manager, kernel_name="python3", **options)
        self.kc: Any = client
        self._client = client
        self.reset_execution_trackers()

    def run_cell(self, index: int, number: int) -> dict[str, Any]:
        """Runs the cell at `index`, the `number`th code cell; returns the content of its execute_reply.

        nbclient's own `execute` would also install handlers of SIGINT and SIGTERM in the judge.
        """
        self._client.cell = number
        self.execute_cell(self.nb.cells[index], index, execution_count=number)
        return self._client.reply
